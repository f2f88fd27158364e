//! `audit verify` and `audit list`

use clap::Subcommand;
use promise_database::AuditEntry;
use promise_protocol::ids::{CouncilId, PersonId, StaffId};
use promise_services::audit::{self, ChainStatus};

use super::{CliError, Output, format_time, transact};
use crate::config::Settings;

/// The log of who viewed and who changed what.
#[derive(Subcommand)]
pub(super) enum Audit {
    /// Check that no entry was changed or removed. Keep the hash that it prints somewhere else.
    Verify {
        /// The council's short name.
        #[arg(long)]
        council: CouncilId,
    },
    /// List the newest entries.
    List {
        /// The council's short name.
        #[arg(long)]
        council: CouncilId,
        /// The number of entries.
        #[arg(long = "most", value_name = "COUNT", default_value_t = 100)]
        limit: usize,
    },
}

impl Audit {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Verify { council } => {
                match transact(settings, move |tx, scope| audit::verify_chain(tx, scope, &council))?
                {
                    ChainStatus::Intact(count, hash) => {
                        output.print(&format!("Whole: {count} entries."));
                        output.print(&format!("Newest hash: {hash}"));
                    }
                    ChainStatus::Broken(number) => return Err(CliError::BrokenLog(number)),
                }
            }
            Self::List { council, limit } => {
                let entries = transact(settings, move |tx, scope| {
                    audit::list(tx, scope, &council, u64::MAX, limit)
                })?;
                for entry in &entries {
                    output.print(&format_entry(entry));
                }
            }
        }
        Ok(())
    }
}

fn format_entry(entry: &AuditEntry) -> String {
    let AuditEntry { number, at, actor, role, action, person, detail, .. } = entry;
    let staff = actor.staff().map(StaffId::as_str).unwrap_or_default();
    let about = [person.as_ref().map(PersonId::as_str).unwrap_or_default(), detail].join(" ");
    format!("{number}  {}  {role}  {staff}  {action}  {}", format_time(*at), about.trim())
}
