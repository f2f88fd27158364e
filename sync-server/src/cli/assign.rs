//! `assign` and `unassign`

use clap::Args;
use promise_protocol::ids::PersonId;
use promise_services::{OsRandom, assignments};

use super::{CliError, Output, find_staff, now, transact};
use crate::config::Settings;

/// A young person and the staff member who is to support them.
#[derive(Args)]
pub(super) struct Assign {
    /// The young person's id.
    #[arg(long)]
    person: PersonId,
    /// The staff member's id or handle.
    #[arg(long)]
    staff: String,
}

/// A young person and the staff member who no longer supports them.
#[derive(Args)]
pub(super) struct Unassign {
    #[command(flatten)]
    pair: Assign,
}

impl Assign {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        transact(settings, move |tx, scope| {
            let staff = find_staff(tx, &self.staff)?;
            assignments::assign(tx, scope, &self.person, &staff, now(), &mut OsRandom)
        })?;
        output.print("Assigned. Their card reaches the phone with its next sync.");
        Ok(())
    }
}

impl Unassign {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        transact(settings, move |tx, scope| {
            let staff = find_staff(tx, &self.pair.staff)?;
            assignments::unassign(tx, scope, &self.pair.person, &staff, now())
        })?;
        output.print("Ended. Their card leaves the phone with its next sync.");
        Ok(())
    }
}
