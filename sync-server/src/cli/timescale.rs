//! `timescale list`, `timescale record` and `timescale import`: when visits and reviews were, and when the next
//! ones are planned.

mod import;

use chrono::NaiveDate;
use clap::Subcommand;
use promise_protocol::ids::PersonId;
use promise_services::{
    calendar,
    people::timescales::{self, RecordedDays, RecordedTimescale},
};

use super::{CliError, Output, now, transact};
use crate::config::Settings;

/// When visits and reviews of a young person were, and when the next ones are planned.
#[derive(Subcommand)]
pub(super) enum Timescale {
    /// List the council's timescales with what is recorded.
    List {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
    },
    /// Record a day. The young person's phones show it with their next sync.
    Record {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// The id of the timescale that the council publishes, such as adviser-visit.
        #[arg(long)]
        timescale: String,
        /// The day of the last one, such as 2026-12-01. Without it, the recorded day stays.
        #[arg(long, required_unless_present_any = ["next", "from"])]
        last: Option<NaiveDate>,
        /// The day from which the first one is counted, such as the day they moved in. Without it, the
        /// recorded day stays.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// The day for which the next one is planned. Without it, the recorded day stays if it is after
        /// the last one.
        #[arg(long)]
        next: Option<NaiveDate>,
    },
    /// Record the last days that the council's case system has. A later day that is recorded here stays.
    /// Repeating it changes nothing.
    Import(import::Import),
}

impl Timescale {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let now = now();
        match self {
            Self::List { person } => {
                let list =
                    transact(settings, move |tx, scope| timescales::list(tx, scope, &person, now))?;
                for recorded in &list {
                    output.print(&line(recorded));
                }
            }
            Self::Record { person, timescale, last, from, next } => {
                let (of, id) = (person.clone(), timescale.clone());
                let recorded = transact(settings, move |tx, scope| {
                    timescales::find(tx, scope, &of, &id, now)
                })?;
                let last = last.or(recorded.last_on);
                let is_after_last = |day: &NaiveDate| last.is_none_or(|last| *day > last);
                let next = next.or(recorded.next_on.filter(is_after_last));
                let days = RecordedDays::new(last, next, calendar::today(now))
                    .map_err(|error| CliError::InvalidArgument(error.to_string()))?;
                let days = if from.is_some() { days.counted_from(from) } else { days };
                transact(settings, move |tx, scope| {
                    timescales::save(tx, scope, &person, &timescale, days, now)
                })?;
                output.print("Recorded. The phone has it with its next sync.");
            }
            Self::Import(import) => import.run(settings, output)?,
        }
        Ok(())
    }
}

fn line(recorded: &RecordedTimescale) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let RecordedTimescale { timescale, days, .. } = recorded;
    let by = |limit: Option<promise_protocol::timescale::Limit>| day(limit.map(|limit| limit.by));
    format!(
        "{}  last {}  next {}  promised by {}  by law {}",
        timescale.id,
        day(recorded.last_on),
        day(recorded.next_on),
        by(days.promise),
        by(days.law)
    )
}
