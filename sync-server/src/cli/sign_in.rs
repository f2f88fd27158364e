//! `staff sign-in`: the one-time link with which somebody signs in for the first time.

use clap::Args;

use super::{CliError, Output, now, staff_id, transact};
use crate::config::Settings;
use promise_services::{OsRandom, StaffRole, sign_in};

/// A link to sign in to the console for the first time, or anew after losing password or phone.
#[derive(Args)]
pub(super) struct GiveSignIn {
    /// The member of staff, or their handle.
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
    /// The server's address as browsers reach it [default: where it listens].
    #[arg(long, env = "PROMISE_SERVER", value_name = "URL")]
    server: Option<String>,
}

impl GiveSignIn {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let scheme = if settings.tls.is_some() { "https" } else { "http" };
        let server = self.server.unwrap_or_else(|| format!("{scheme}://{}", settings.listen));
        let role = self.role.parse::<StaffRole>().map_err(|_| {
            let all = StaffRole::ALL.map(StaffRole::as_str).join(", ");
            CliError::Typed(format!("\"{}\" is not a role: write one of {all}", self.role))
        })?;
        let token = transact(settings, |tx, scope| {
            let staff = staff_id(tx, &self.staff)?;
            let handle = tx.staff(&staff)?.map(|staff| staff.handle).unwrap_or_default();
            let name = self.name.as_deref().unwrap_or(&handle);
            let minutes = self.valid_minutes;
            sign_in::invite(tx, scope, &staff, (name, role), minutes, now(), &mut OsRandom)
        })?;
        output.say(&format!("Link: {server}/console/welcome/{token}"));
        output.say(&format!("It works once, for {} minutes.", self.valid_minutes));
        Ok(())
    }
}
