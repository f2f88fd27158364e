//! `timescale import`: last days of visits and reviews, from the council's own case system.

use std::{fs, path::PathBuf, sync::Arc};

use clap::Args;
use promise_protocol::ids::CouncilId;
use promise_services::people::timescales::import::{
    self, CareLeavers, DayProblem, ImportedTimescales, MovedDay, Plan, RefusedDay,
};

use crate::{
    cli::{CliError, Output, now, transact},
    config::Settings,
};

/// A file of last days. The exit code is 3 if a row or a day does not count.
#[derive(Args)]
pub(in crate::cli) struct Import {
    /// The council's short name.
    #[arg(long)]
    council: CouncilId,
    /// `ssd_care_leavers` of the Standard Safeguarding Dataset.
    #[arg(long, value_name = "FILE")]
    care_leavers: PathBuf,
    /// The id of the timescale whose last day is the last review of the pathway plan, such as plan-review.
    #[arg(long, value_name = "TIMESCALE")]
    reviews: String,
    /// The id of the timescale whose last day is the latest contact, if your contacts are visits. Without
    /// it, contacts are not read.
    #[arg(long, value_name = "TIMESCALE")]
    contacts: Option<String>,
    /// Print what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        self.check_timescales(settings)?;
        let Self { council, care_leavers: path, reviews, contacts, dry_run } = self;
        let bytes = fs::read(&path).map_err(|error| {
            CliError::InvalidArgument(format!("cannot read {}: {error}", path.display()))
        })?;
        let timescales = ImportedTimescales { reviews, contacts };
        let file = Arc::new(CareLeavers::read(&bytes, timescales)?);
        let plan = transact(settings, move |tx, scope| {
            if dry_run {
                import::plan(tx, scope, &council, &file, now())
            } else {
                import::apply(tx, scope, &council, &file, now())
            }
        })?;
        print(&plan, dry_run, output);
        if plan.needs_attention() { Err(CliError::NeedsAttention) } else { Ok(()) }
    }

    /// Fails unless the council publishes each timescale, and no two columns have the same.
    fn check_timescales(&self, settings: &Settings) -> Result<(), CliError> {
        let council = self.council.clone();
        let published =
            transact(settings, move |tx, scope| import::published_ids(tx, scope, &council))?;
        let named = [Some(&self.reviews), self.contacts.as_ref()];
        if let Some(unknown) = named.into_iter().flatten().find(|id| !published.contains(id)) {
            let error = if published.is_empty() {
                format!("no timescale {unknown}: the council publishes none")
            } else {
                format!("no timescale {unknown}: the council publishes {}", published.join(", "))
            };
            return Err(CliError::InvalidArgument(error));
        }
        if self.contacts.as_ref() == Some(&self.reviews) {
            let error = "--reviews and --contacts must name two timescales";
            return Err(CliError::InvalidArgument(error.into()));
        }
        Ok(())
    }
}

fn print(plan: &Plan, dry_run: bool, output: &mut Output<'_>) {
    for moved in &plan.moved {
        output.print(&format_moved(moved));
    }
    for refused in &plan.refused {
        output.print(&format_refused(refused));
    }
    if dry_run {
        output.print("Nothing was changed: this was a dry run.");
    }
    let Plan { rows, not_here, moved, same, later_here, refused } = plan;
    output.print(&format!("Rows: {rows}. About people who are not here: {not_here}."));
    let (moved, refused) = (moved.len(), refused.len());
    let verb = if dry_run { "Would move" } else { "Moved" };
    output.print(&format!(
        "{verb} forward: {moved}. The same here: {same}. Later here, and kept: {later_here}. Refused: {refused}."
    ));
}

fn format_moved(moved: &MovedDay) -> String {
    let MovedDay { reference, timescale, before, last_on, emptied, .. } = moved;
    let before = before.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    let emptied = emptied.map(|day| format!("; the planned {day} is emptied"));
    let emptied = emptied.unwrap_or_default();
    format!("{reference}  {timescale}: last {last_on} instead of {before}{emptied}")
}

fn format_refused(refused: &RefusedDay) -> String {
    let RefusedDay { row, reference, column, problem } = refused;
    let reference = reference.as_ref().map(|reference| format!("{reference}: "));
    let column = column.map(|column| format!("{column}: "));
    format!(
        "care-leavers: row {row}: {}{}{}",
        reference.unwrap_or_default(),
        column.unwrap_or_default(),
        describe_problem(*problem)
    )
}

fn describe_problem(problem: DayProblem) -> &'static str {
    match problem {
        DayProblem::Damaged => {
            "there are more cells than columns, or a quotation mark is not closed"
        }
        DayProblem::NoPerson => "no young person is named",
        DayProblem::NotADay => "this is not a day; write it as 2026-12-31",
        DayProblem::ToCome => "the day is after today",
        DayProblem::LongAgo => "the day is before the year 2000",
    }
}
