//! `address-book add`, `set`, `list`, `give` and `end`: people and teams who help and do not use the console.

use chrono::NaiveDate;
use clap::Subcommand;
use promise_protocol::ids::{CouncilId, EntryId, PersonId};
use promise_services::{
    Entity, OsRandom, ServiceError, StaffScope,
    address_book::{self, End, Reach},
    cards::{self, CardEdit},
};

use super::{CliError, Output, card::Card, now, transact};
use crate::config::Settings;

/// The address book.
#[derive(Subcommand)]
pub(super) enum AddressBook {
    /// Add an entry. Prints its id. It is on no phone until it is given.
    Add {
        /// The council's short name.
        #[arg(long)]
        council: CouncilId,
        /// The id of the only young person who can have it.
        #[arg(long)]
        only_for: Option<PersonId>,
        #[command(flatten)]
        card: Card,
    },
    /// Change an entry, on every phone that has it. Fields that are not given stay as they are.
    Set {
        /// The entry's id.
        #[arg(long)]
        entry: EntryId,
        #[command(flatten)]
        card: Card,
    },
    /// List the entries that every young person of a council can be given.
    List {
        /// The council's short name.
        #[arg(long)]
        council: CouncilId,
    },
    /// Give an entry to a young person.
    Give {
        /// The entry's id.
        #[arg(long)]
        entry: EntryId,
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
    },
    /// End an entry for a young person, with a word why. Their phone shows both.
    End {
        /// The entry's id.
        #[arg(long)]
        entry: EntryId,
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// The last day on which it helps, such as 2026-12-01.
        #[arg(long)]
        last_day: NaiveDate,
        /// Why it ends, and who helps now.
        #[arg(long)]
        why: String,
    },
}

impl AddressBook {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Add { council, only_for, card } => {
                let entry = add(settings, council, only_for, card)?;
                output.print(entry.as_str());
            }
            Self::Set { entry, card } => {
                let fields = card.into_fields()?;
                let reached = transact(settings, move |tx, scope| {
                    cards::update(tx, scope, &entry, CardEdit::new(fields)?, now(), &mut OsRandom)
                })?;
                let people = if reached == 1 { "young person" } else { "young people" };
                output.print(&format!("Saved. It reaches {reached} {people}."));
            }
            Self::List { council } => {
                let scope = StaffScope::of_council(council);
                let entries = transact(settings, move |tx, _| address_book::list(tx, &scope))?;
                for entry in entries {
                    output.print(&format!("{}  {}", entry.id, entry.name()));
                }
            }
            Self::Give { entry, person } => {
                transact(settings, move |tx, scope| {
                    let given = (&person, &entry);
                    address_book::give(tx, scope, given, None, now(), &mut OsRandom)
                })?;
                output.print("Given. It reaches the phone with its next sync.");
            }
            Self::End { entry, person, last_day, why } => {
                let end = End { last_day, note: why };
                transact(settings, move |tx, scope| {
                    address_book::end(tx, scope, (&person, &entry), &end, now())
                })?;
                output.print("Ended. The phone shows the last day and the word why.");
            }
        }
        Ok(())
    }
}

fn add(
    settings: &Settings,
    council: CouncilId,
    only_for: Option<PersonId>,
    card: Card,
) -> Result<EntryId, CliError> {
    let fields = card.into_fields()?;
    if !fields.contains_key("display_name") {
        return Err(CliError::InvalidArgument("give the entry a name with --name".into()));
    }
    transact(settings, move |tx, _| {
        let council = tx.council(&council)?.ok_or(ServiceError::NotFound(Entity::Council))?;
        let scope = StaffScope::of_council(council.id);
        let reach = only_for.map_or(Reach::Council, Reach::Person);
        address_book::add(tx, &scope, reach, CardEdit::new(fields)?, now(), &mut OsRandom)
    })
}
