//! `unassigned`: lists who has no adviser today, for a job that runs every morning.

use clap::Args;
use promise_protocol::ids::CouncilId;
use promise_services::assignments::unassigned::{self, Reason, Unassigned as UnassignedPerson};

use super::{CliError, Output, now, transact};
use crate::config::Settings;

/// Young people who have no adviser today. The exit code is 1 if there are any.
#[derive(Args)]
pub(super) struct Unassigned {
    /// The council's short name.
    #[arg(long)]
    council: CouncilId,
}

impl Unassigned {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let people =
            transact(settings, move |tx, scope| unassigned::list(tx, scope, &self.council, now()))?;
        for person in &people {
            output.print(&format_line(person));
        }
        if people.is_empty() { Ok(()) } else { Err(CliError::Unassigned(people.len())) }
    }
}

fn format_line(person: &UnassignedPerson) -> String {
    let reference = person.reference.as_deref().unwrap_or("-");
    let reason = match &person.reason {
        Reason::NeverAssigned => "never had an adviser".to_owned(),
        Reason::AdviserLeft(name) => format!("{name} left"),
        Reason::AdviserOnLeave { name, until, .. } => {
            format!("{name} is away until {until}, and nobody covers")
        }
        Reason::AssignmentEnded => "nobody came after their last adviser".to_owned(),
    };
    let coming = person.coming.as_ref().map(|(name, day)| format!("; {name} begins on {day}"));
    format!("{}  {reference}  {reason}{}", person.person, coming.unwrap_or_default())
}
