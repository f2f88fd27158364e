//! `phones list` and `phones revoke`

use clap::Subcommand;
use promise_protocol::Author;

use super::{CliError, Output, now, time, transact};
use crate::config::Settings;
use promise_database::Device;
use promise_services::{devices, people::erasure};

/// Young people's phones.
#[derive(Subcommand)]
pub(super) enum Phones {
    /// List a young person's phones.
    List {
        /// The young person.
        #[arg(long)]
        person: String,
    },
    /// Disconnect a phone, such as one that was lost.
    Revoke {
        /// The phone, from `phones list`.
        phone: String,
    },
}

impl Phones {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::List { person } => {
                let erased =
                    transact(settings, |tx, scope| erasure::find_erased(tx, scope, &person))?;
                if let Some(erased) = erased {
                    let at = time(erased.erased_at);
                    output.say(&format!(
                        "erased {at}: each of their phones wipes itself at its next contact"
                    ));
                    return Ok(());
                }
                let (phones, news) = transact(settings, |tx, scope| {
                    let news = scope.person(tx, &person)?.nudge_rev;
                    Ok((devices::list(tx, scope, &person)?, news))
                })?;
                for phone in &phones {
                    output.say(&line(phone, news));
                }
            }
            Self::Revoke { phone } => {
                let author: Author = phone.parse().map_err(|_| {
                    CliError::Typed("a phone is named like p0123abcd: see `phones list`".into())
                })?;
                transact(settings, |tx, scope| devices::revoke(tx, scope, &author, now()))?;
                output.say("Revoked. It gets nothing more, and wipes itself at its next contact.");
            }
        }
        Ok(())
    }
}

fn line(phone: &Device, news: u64) -> String {
    let synced = phone.last_sync_at.map_or_else(|| "never".into(), time);
    let state = match phone.revoked_at {
        Some(at) => format!("revoked {}", time(at)),
        None if phone.last_rev >= news => "has everything".into(),
        None => "does not have the newest yet".into(),
    };
    format!("{}  paired {}  last sync {synced}  {state}", phone.author, time(phone.paired_at))
}
