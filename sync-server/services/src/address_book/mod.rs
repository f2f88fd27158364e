//! The address book: people and teams who help young people and do not use the console, such as supported
//! housing with its night line, a surgery or an advocate.
//!
//! An entry has one card, which is edited like a staff member's: see [`cards`]. Giving it to a
//! young person puts a contact with the card on their phones. An entry can be for one young person alone, such
//! as their solicitor: then no other can be given it, and only who may change that person reaches it.
//!
//! | | adviser | manager |
//! |---|---|---|
//! | see the book, add to it, change an entry | yes | yes |
//! | give, end, order for a young person | their own | all |
//! | an entry of one young person alone | of their own | all |
//! | see who has an entry | their own young people, and how many others | all |
//! | merge and remove entries | no | yes |

mod giving;
pub mod import;
mod merging;
mod order;

use promise_database::{AddressBookEntry, GivenContact, Tx};
use promise_protocol::{
    ids::{EntryId, PersonId},
    text,
};

use crate::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    cards::{self, CardEdit},
    random,
};

pub use giving::{ENDED_CONTACT_DAYS, End, delete, delete_ended, end, give, reopen};
pub use merging::{Gone, count_people, gone, merge, remove, successor};
pub use order::{move_contact, set_order};

/// Who can be given a new entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every young person of the council.
    Council,
    /// This young person alone.
    Person(PersonId),
}

/// Returns the entries that every young person of the caller's council can be given, by name.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<AddressBookEntry>, ServiceError> {
    scope.permit(Permission::UseAddressBook)?;
    let mut entries = tx.book_entries(scope.require_council()?)?;
    entries.sort_by_cached_key(|entry| (text::sort_key(entry.name()), entry.id.clone()));
    Ok(entries)
}

/// Returns what a young person was given, by name: each entry with the days on which it helps.
pub fn list_given(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Vec<(AddressBookEntry, GivenContact)>, ServiceError> {
    let person = scope.person(tx, person)?;
    let mut list = Vec::new();
    for given in tx.given_contacts_of_person(&person.id)? {
        if let Some(entry) = tx.book_entry(&given.entry)? {
            list.push((entry, given));
        }
    }
    list.sort_by_cached_key(|(entry, _)| (text::sort_key(entry.name()), entry.id.clone()));
    Ok(list)
}

/// Adds an entry. Returns its id. It is on no phone until it is [given](give).
///
/// Returns [`ServiceError::Unreachable`] if the card has neither a telephone number nor an e-mail address.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    reach: Reach,
    card: CardEdit,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<EntryId, ServiceError> {
    scope.permit(Permission::UseAddressBook)?;
    let (council, only_for) = match reach {
        Reach::Council => (scope.require_council()?.clone(), None),
        Reach::Person(person) => {
            let person = scope.person_to_change(tx, &person)?;
            (person.council, Some(person.id))
        }
    };
    let entry = AddressBookEntry {
        id: random::record_id(random)?,
        council,
        only_for,
        card: card.into_card(),
        removed_at: None,
        merged_into: None,
    };
    cards::require_reachable(&entry.card)?;
    tx.add_book_entry(&entry)?;
    let subject = Subject::Council(&entry.council);
    audit::record(tx, scope, subject, AuditAction::AddedEntry, entry.id.as_str(), now_millis)?;
    Ok(entry.id)
}

/// Returns the entries of the book that have the same name, telephone number or e-mail address as a new card,
/// by name, so that one is not added twice.
pub fn find_similar(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    card: &CardEdit,
) -> Result<Vec<AddressBookEntry>, ServiceError> {
    let new = card.clone().into_card();
    let numbers: Vec<String> = new.phones().into_iter().map(|phone| phone.number).collect();
    let (name, email) = (new.display_name().unwrap_or_default(), new.text("email"));
    let mut entries = list(tx, scope)?;
    entries.retain(|entry| {
        let has_number = entry.card.phones().iter().any(|phone| numbers.contains(&phone.number));
        let has_email = !email.is_empty() && text::is_same(entry.card.text("email"), email);
        has_number || has_email || text::is_same(entry.name(), name)
    });
    Ok(entries)
}

#[cfg(test)]
mod tests;
