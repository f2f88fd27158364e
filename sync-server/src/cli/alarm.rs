//! `alarm`: who has no adviser today, for whoever runs it every morning.

use clap::Args;

use super::{CliError, Output, now, transact};
use crate::config::Settings;
use promise_services::assignments::unassigned::{self, Reason, Unassigned};

/// Young people whom nobody looks after today. The exit code is 1 if there are any.
#[derive(Args)]
pub(super) struct Alarm {
    /// The council's short name.
    #[arg(long)]
    council: String,
}

impl Alarm {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let alone =
            transact(settings, |tx, scope| unassigned::list(tx, scope, &self.council, now()))?;
        for alone in &alone {
            output.say(&line(alone));
        }
        if alone.is_empty() { Ok(()) } else { Err(CliError::Alarm(alone.len())) }
    }
}

fn line(alone: &Unassigned) -> String {
    let reference = alone.reference.as_deref().unwrap_or("-");
    let why = match &alone.reason {
        Reason::NeverAssigned => "never had an adviser".to_owned(),
        Reason::AdviserLeft(name) => format!("{name} left"),
        Reason::AdviserOnLeave { name, until, .. } => {
            format!("{name} is away until {until}, and nobody covers")
        }
        Reason::AssignmentEnded => "nobody came after their last adviser".to_owned(),
    };
    let coming = alone.coming.as_ref().map(|(name, day)| format!("; {name} begins on {day}"));
    format!("{}  {reference}  {why}{}", alone.person, coming.unwrap_or_default())
}
