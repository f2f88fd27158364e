//! `assign` and `unassign`

use clap::Args;

use super::{CliError, Output, now, staff_id, transact};
use crate::config::Settings;
use promise_services::{OsRandom, assignments};

/// Who looks after whom.
#[derive(Args)]
pub(super) struct Assign {
    /// The young person.
    #[arg(long)]
    person: String,
    /// The member of staff, or their handle.
    #[arg(long)]
    staff: String,
}

/// Who no longer looks after whom.
#[derive(Args)]
pub(super) struct Unassign {
    #[command(flatten)]
    pair: Assign,
}

impl Assign {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        transact(settings, |tx, scope| {
            let staff = staff_id(tx, &self.staff)?;
            assignments::assign(tx, scope, &self.person, &staff, now(), &mut OsRandom)
        })?;
        output.say("Assigned. Their card reaches the phone with its next sync.");
        Ok(())
    }
}

impl Unassign {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        transact(settings, |tx, scope| {
            let staff = staff_id(tx, &self.pair.staff)?;
            assignments::unassign(tx, scope, &self.pair.person, &staff, now())
        })?;
        output.say("Ended. Their card leaves the phone with its next sync.");
        Ok(())
    }
}
