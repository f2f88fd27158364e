//! Importing a file of contacts, such as phones write, into the address book.
//!
//! The caller first sees what each card would be and ticks those to add, and exactly these are added. What was
//! read is stored in between, so that the file is uploaded once. Pictures, birthdays, addresses and notes are
//! not stored: what someone wrote about a person for themselves belongs on no young person's phone.

mod card;
mod plan;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use promise_database::{DatabaseError, ImportKind, PendingImport, Tx};
use promise_protocol::vcard::{self, CardFileError};

use super::{Reach, add, list};
use crate::{
    Entity, Permission, Random, ServiceError, StaffScope, publishing::imports::RETENTION_MILLIS,
};

pub use card::{CardProblem, CardRemark, ImportedCard};
pub use plan::{CardState, PlannedCard};

/// An uploaded file, and what adding each of its cards would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// When it was uploaded, in milliseconds since 1970.
    pub uploaded_at: i64,
    /// The cards, in the order of the file.
    pub cards: Vec<PlannedCard>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many entries were added.
    pub added: usize,
    /// How many of the chosen cards were in the book already.
    pub skipped: usize,
}

/// Reads the cards of a file. Takes no transaction, and up to a second.
pub fn read(file: &[u8]) -> Result<Vec<ImportedCard>, CardFileError> {
    let cards = (1..).zip(vcard::read(file)?);
    Ok(cards.map(|(position, card)| ImportedCard::new(position, card)).collect())
}

/// Stores cards in place of the caller's last file.
pub fn store(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    cards: &[ImportedCard],
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::UseAddressBook)?;
    let import = PendingImport {
        council: scope.require_council()?.clone(),
        actor: scope.actor(),
        kind: ImportKind::Cards,
        made_at: now_millis,
        content: serde_json::to_string(cards).map_err(|_| DatabaseError::Unreadable("upload"))?,
    };
    Ok(tx.set_import(&import)?)
}

/// Discards the caller's file.
pub fn discard(tx: &mut dyn Tx, scope: &StaffScope) -> Result<(), ServiceError> {
    scope.permit(Permission::UseAddressBook)?;
    Ok(tx.delete_import(scope.require_council()?, &scope.actor(), ImportKind::Cards)?)
}

/// Returns the caller's file with what adding each card would do; `None` if there is none, or if it has
/// expired.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<Upload>, ServiceError> {
    scope.permit(Permission::UseAddressBook)?;
    let import = tx.import(scope.require_council()?, &scope.actor(), ImportKind::Cards)?;
    let is_current = |import: &PendingImport| import.made_at > now_millis - RETENTION_MILLIS;
    let Some(import) = import.filter(is_current) else { return Ok(None) };
    let cards: Vec<ImportedCard> =
        serde_json::from_str(&import.content).map_err(|_| DatabaseError::Unreadable("upload"))?;
    let entries = list(tx, scope)?;
    Ok(Some(Upload { uploaded_at: import.made_at, cards: plan::plan(cards, &entries) }))
}

/// Adds the chosen cards, by their positions in the file that was uploaded at `seen`. One that is in the book
/// by now is left as it is. Returns `None` and adds nothing if another file was uploaded since.
pub fn add_chosen(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (seen, chosen): (i64, &BTreeSet<u32>),
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Option<Added>, ServiceError> {
    let upload = plan(tx, scope, now_millis)?.ok_or(ServiceError::NotFound(Entity::Upload))?;
    if upload.uploaded_at != seen {
        return Ok(None);
    }
    let mut done = Added::default();
    for PlannedCard { card, state } in upload.cards {
        if !chosen.contains(&card.position) {
            continue;
        }
        if matches!(state, CardState::New { .. }) {
            add(tx, scope, Reach::Council, card.into_edit()?, now_millis, random)?;
            done.added += 1;
        } else {
            done.skipped += 1;
        }
    }
    Ok(Some(done))
}
