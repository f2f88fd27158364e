//! `staff sign-in`: the one-time link for a staff member's first sign-in.

use clap::Args;
use promise_services::{OsRandom, StaffRole, sign_in};

use super::{CliError, Output, find_staff, now, transact};
use crate::config::Settings;

/// A link for the first sign-in to the console, or for a new one after password or phone were lost.
#[derive(Args)]
pub(super) struct CreateLink {
    /// The staff member's id or handle.
    #[arg(long)]
    staff: String,
    /// Their role: adviser, manager, editor, publisher, administrator or auditor.
    #[arg(long, default_value = "adviser")]
    role: String,
    /// The name they sign in with [default: their handle].
    #[arg(long)]
    name: Option<String>,
    /// How long the link works, in minutes.
    #[arg(long, default_value_t = 1440, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    valid_minutes: u32,
}

impl CreateLink {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self { staff, role, name, valid_minutes } = self;
        let server = settings.server_address();
        let role = parse_role(&role)?;
        let token = transact(settings, move |tx, scope| {
            let staff = find_staff(tx, &staff)?;
            let handle = tx.staff(&staff)?.map(|staff| staff.handle).unwrap_or_default();
            let sign_in = (name.as_deref().unwrap_or(&handle), role);
            sign_in::invite(tx, scope, &staff, sign_in, valid_minutes, now(), &mut OsRandom)
        })?;
        output.print(&format!("Link: {server}/console/welcome/{token}"));
        output.print(&format!("It works once, for {valid_minutes} minutes."));
        Ok(())
    }
}

fn parse_role(text: &str) -> Result<StaffRole, CliError> {
    text.parse().map_err(|_| {
        let all = StaffRole::ALL.map(StaffRole::as_str).join(", ");
        CliError::InvalidArgument(format!("\"{text}\" is not a role: write one of {all}"))
    })
}
