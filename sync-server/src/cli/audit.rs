//! `audit verify` and `audit list`

use clap::Subcommand;

use super::{CliError, Output, time, transact};
use crate::config::Settings;
use promise_services::audit::{self, ChainStatus};

/// The log of who looked and who changed what.
#[derive(Subcommand)]
pub(super) enum Audit {
    /// Check that no entry was changed or removed. Keep the hash it says somewhere else.
    Verify {
        /// The council's short name.
        #[arg(long)]
        council: String,
    },
    /// List the newest entries.
    List {
        /// The council's short name.
        #[arg(long)]
        council: String,
        /// How many.
        #[arg(long, default_value_t = 100)]
        most: usize,
    },
}

impl Audit {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Verify { council } => {
                match transact(settings, |tx, scope| audit::verify_chain(tx, scope, &council))? {
                    ChainStatus::Intact(count, hash) => {
                        output.say(&format!("Whole: {count} entries."));
                        output.say(&format!("Newest hash: {hash}"));
                    }
                    ChainStatus::Broken(number) => return Err(CliError::BrokenLog(number)),
                }
            }
            Self::List { council, most } => {
                let entries = transact(settings, |tx, scope| {
                    audit::list(tx, scope, &council, u64::MAX, most)
                })?;
                for entry in entries {
                    output.say(&format!(
                        "{}  {}  {}  {}  {}  {}",
                        entry.number,
                        time(entry.at),
                        entry.role,
                        entry.staff,
                        entry.act,
                        [entry.person, entry.detail].join(" ").trim(),
                    ));
                }
            }
        }
        Ok(())
    }
}
