//! `phones list` and `phones revoke`

use clap::Subcommand;
use promise_database::Device;
use promise_protocol::{Author, PhoneOrder, RevocationReason, ids::PersonId};
use promise_services::{devices, people::erasure};

use super::{CliError, Output, format_time, now, transact};
use crate::config::Settings;

/// Young people's phones.
#[derive(Subcommand)]
pub(super) enum Phones {
    /// List a young person's phones.
    List {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
    },
    /// Revoke a phone. The reason decides what becomes of what is on it.
    Revoke {
        /// The phone's id from `phones list`.
        phone: String,
        /// `lost_or_stolen`: it wipes itself. `no_longer_used`: it keeps what is on it.
        #[arg(long)]
        reason: RevocationReason,
    },
}

impl Phones {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::List { person } => list(settings, output, person),
            Self::Revoke { phone, reason } => revoke(settings, output, &phone, reason),
        }
    }
}

fn list(settings: &Settings, output: &mut Output<'_>, person: PersonId) -> Result<(), CliError> {
    let id = person.clone();
    if let Some(erased) = transact(settings, move |tx, scope| erasure::find_erased(tx, scope, &id))?
    {
        let at = format_time(erased.erased_at);
        output
            .print(&format!("erased {at}: each of their phones wipes itself at its next contact"));
        return Ok(());
    }
    let (phones, nudge_rev) = transact(settings, move |tx, scope| {
        let nudge_rev = scope.person(tx, &person)?.nudge_rev;
        Ok((devices::list(tx, scope, &person)?, nudge_rev))
    })?;
    for phone in &phones {
        output.print(&format_phone(phone, nudge_rev));
    }
    Ok(())
}

fn revoke(
    settings: &Settings,
    output: &mut Output<'_>,
    phone: &str,
    reason: RevocationReason,
) -> Result<(), CliError> {
    let author: Author = phone.parse().map_err(|_| {
        CliError::InvalidArgument("a phone is named like p0123abcd: see `phones list`".into())
    })?;
    transact(settings, move |tx, scope| devices::revoke(tx, scope, &author, reason, now()))?;
    output.print(match reason {
        RevocationReason::LostOrStolen => {
            "Revoked. It gets nothing more, and wipes itself at its next contact."
        }
        RevocationReason::NoLongerUsed => "Revoked. It gets nothing more, and keeps what is on it.",
    });
    Ok(())
}

fn format_phone(phone: &Device, nudge_rev: u64) -> String {
    let synced = phone.last_sync_at.map_or_else(|| "never".into(), format_time);
    let state = match &phone.revoked {
        Some(order) => {
            let what = match order.order {
                PhoneOrder::Wipe => "it wipes itself",
                PhoneOrder::Release => "it keeps what is on it",
            };
            format!("revoked {}, {what}", format_time(order.at))
        }
        None if phone.last_rev >= nudge_rev => "has everything".into(),
        None => "does not have the newest yet".into(),
    };
    let paired = format_time(phone.paired_at);
    format!("{}  paired {paired}  last sync {synced}  {state}", phone.author)
}
