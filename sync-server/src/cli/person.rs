//! `person add`, `person list` and `person erase`

use std::time::Duration;

use clap::Subcommand;

use super::{CliError, Output, now, time, transact};
use crate::config::Settings;
use crate::data_folder::DataFolder;
use promise_services::{
    OsRandom, StaffScope, devices,
    people::{self, erasure},
};

/// How long to wait for whoever reads the database while somebody is erased.
const TRACES_TIMEOUT: Duration = Duration::from_secs(10);

/// Young people.
#[derive(Subcommand)]
pub(super) enum Person {
    /// Add a young person. The server keeps no name and no date of birth.
    Add {
        /// Their council's short name.
        #[arg(long)]
        council: String,
        /// The council's own reference for them.
        #[arg(long)]
        reference: Option<String>,
    },
    /// List a council's young people.
    List {
        /// The council's short name.
        #[arg(long)]
        council: String,
    },
    /// Erase everything about a young person who asked for it, for good.
    Erase {
        /// The young person.
        #[arg(long)]
        person: String,
        /// Erase. Without it, only what would be erased is said.
        #[arg(long)]
        yes: bool,
    },
}

impl Person {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Add { council, reference } => {
                let id = transact(settings, |tx, scope| {
                    people::add(tx, scope, &council, reference.as_deref(), &mut OsRandom)
                })?;
                output.say(&id);
            }
            Self::List { council } => list(settings, output, &council)?,
            Self::Erase { person, yes } => erase_person(settings, output, &person, yes)?,
        }
        Ok(())
    }
}

fn list(settings: &Settings, output: &mut Output<'_>, council: &str) -> Result<(), CliError> {
    let (people, erased) = transact(settings, |tx, scope| {
        Ok((tx.people(council)?, erasure::list_erased(tx, scope, council)?))
    })?;
    for person in people {
        output.say(&format!("{}  {}", person.id, person.reference.as_deref().unwrap_or("-")));
    }
    for person in erased {
        output.say(&format!("{}  erased {}", person.id, time(person.erased_at)));
    }
    Ok(())
}

fn erase_person(
    settings: &Settings,
    output: &mut Output<'_>,
    person: &str,
    yes: bool,
) -> Result<(), CliError> {
    if !yes {
        let phones = transact(settings, |tx, scope| devices::list(tx, scope, person))?;
        let phones = phones.iter().filter(|phone| phone.revoked_at.is_none()).count();
        output.say(&format!(
            "This would erase everything the server holds about this person: what they wrote, what \
             staff wrote to them, who looks after them, and your reference for them. Phones that \
             would wipe themselves at their next contact: {phones}. It cannot be taken back."
        ));
        return Err(CliError::NotErased);
    }
    let mut folder = DataFolder::open(settings)?;
    let (at, scope) = (now(), StaffScope::operator());
    folder.store.transact(|tx| erasure::erase(tx, &scope, person, at))?;
    output.say("Erased. Each of their phones wipes itself at its next contact.");
    output.say(
        "Backups from before, and databases that a restore moved aside, still hold it: delete them.",
    );
    if !folder.store.remove_traces_within(TRACES_TIMEOUT)? {
        output.say(
            "Somebody is reading the database, such as a backup, so traces are still on disk. The \
             server removes them within the hour or when it next starts.",
        );
    }
    Ok(())
}
