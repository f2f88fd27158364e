//! `person add`, `person set-reference`, `person list` and `person erase`

use std::time::Duration;

use clap::Subcommand;
use promise_protocol::ids::{CouncilId, PersonId};
use promise_services::{
    OsRandom, StaffScope, devices,
    people::{self, erasure},
};

use super::{CliError, Output, block_on, format_time, now, transact};
use crate::{config::Settings, storage::Storage, traces};

/// How long to wait for other readers of the database after an erasure.
const TRACES_TIMEOUT: Duration = Duration::from_secs(10);

/// Young people.
#[derive(Subcommand)]
pub(super) enum Person {
    /// Add a young person. The server stores no name and no date of birth.
    Add {
        /// Their council's short name.
        #[arg(long)]
        council: CouncilId,
        /// The council's own reference for them.
        #[arg(long)]
        reference: Option<String>,
    },
    /// Change the reference by which an import of the council's own systems finds a young person.
    SetReference {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// The council's own reference for them. An empty one removes it.
        #[arg(long)]
        reference: String,
    },
    /// List a council's young people.
    List {
        /// The council's short name.
        #[arg(long)]
        council: CouncilId,
    },
    /// Erase everything about a young person who asked for it. This cannot be undone.
    Erase {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// Erase. Without it, the command only prints what would be erased.
        #[arg(long)]
        yes: bool,
    },
}

impl Person {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Add { council, reference } => {
                let id = transact(settings, move |tx, scope| {
                    people::add(tx, scope, &council, reference.as_deref(), &mut OsRandom)
                })?;
                output.print(id.as_str());
                Ok(())
            }
            Self::SetReference { person, reference } => {
                transact(settings, move |tx, scope| {
                    people::reference::set(tx, scope, &person, &reference, now())
                })?;
                output.print("Saved.");
                Ok(())
            }
            Self::List { council } => list(settings, output, council),
            Self::Erase { person, yes: false } => preview_erasure(settings, output, person),
            Self::Erase { person, yes: true } => erase_person(settings, output, person),
        }
    }
}

fn list(settings: &Settings, output: &mut Output<'_>, council: CouncilId) -> Result<(), CliError> {
    let (people, erased) = transact(settings, move |tx, scope| {
        Ok((tx.people(&council)?, erasure::list_erased(tx, scope, &council)?))
    })?;
    for person in people {
        output.print(&format!("{}  {}", person.id, person.reference.as_deref().unwrap_or("-")));
    }
    for person in erased {
        output.print(&format!("{}  erased {}", person.id, format_time(person.erased_at)));
    }
    Ok(())
}

fn preview_erasure(
    settings: &Settings,
    output: &mut Output<'_>,
    person: PersonId,
) -> Result<(), CliError> {
    let phones = transact(settings, move |tx, scope| devices::list(tx, scope, &person))?;
    let phones = phones.iter().filter(|phone| !phone.is_revoked()).count();
    output.print(&format!(
        "This would erase everything the server holds about this person: what they wrote, what \
         staff wrote to them, who looks after them, and your reference for them. Phones that \
         would wipe themselves at their next contact: {phones}. It cannot be taken back."
    ));
    Err(CliError::NotErased)
}

fn erase_person(
    settings: &Settings,
    output: &mut Output<'_>,
    person: PersonId,
) -> Result<(), CliError> {
    let at = now();
    let removed = block_on(async {
        let storage = Storage::open(settings).await?;
        let erased = storage
            .database
            .write(move |tx| erasure::erase(tx, &StaffScope::operator(), &person, at));
        erased.await?;
        let removing = traces::until_removed(&storage.database);
        let removed = tokio::time::timeout(TRACES_TIMEOUT, removing).await;
        storage.close().await;
        Ok(removed)
    })?;
    output.print("Erased. Each of their phones wipes itself at its next contact.");
    output.print(
        "Backups from before, and databases that a restore moved aside, still hold it: delete them.",
    );
    match removed {
        Ok(removed) => removed?,
        Err(_) => output.print(
            "Another process is reading the database, such as a backup, so traces are still on \
             disk. The server removes them within the hour or when it next starts.",
        ),
    }
    Ok(())
}
