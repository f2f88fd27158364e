//! Merging an entry into another one, and removing one, also while it is on many phones.
//!
//! Nothing vanishes without a word. Merged, a contact stays the same record on each phone and shows the other
//! card, so the young person's own notes beside it stay. Removed, it ends today on each phone, with the word
//! why, and stays for a while as every contact that ends.

use promise_database::{AddressBookEntry, GivenContact, Tx};
use promise_protocol::ids::EntryId;
use serde_json::Value;

use super::{End, giving::end_given};
use crate::{
    Entity, Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar, given_contacts,
};

/// Returns an entry of the book that the caller may merge or remove, and how many young people have it.
pub fn count_people(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    entry: &EntryId,
) -> Result<(AddressBookEntry, usize), ServiceError> {
    scope.permit(Permission::CurateAddressBook)?;
    let entry = shared_entry(tx, scope, entry)?;
    let people = tx.given_contacts_of_entry(&entry.id)?.len();
    Ok((entry, people))
}

/// Returns an entry that every young person of the council can be given. One of a single person is ended for
/// them instead.
fn shared_entry(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    entry: &EntryId,
) -> Result<AddressBookEntry, ServiceError> {
    let entry = scope.entry(tx, entry)?;
    let entry = Some(entry).filter(|entry| entry.only_for.is_none());
    entry.ok_or(ServiceError::NotFound(Entity::AddressBookEntry))
}

/// Merges an entry into another one, which everyone who has it gets instead. Returns how many young people that
/// are. A young person who has both keeps the other one, and the first is deleted from their phones.
///
/// Returns [`ServiceError::NotFound`] if the two are one, or not both in the book any more.
pub fn merge(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (from, into): (&EntryId, &EntryId),
    now_millis: i64,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::CurateAddressBook)?;
    let (from, into) = (shared_entry(tx, scope, from)?, shared_entry(tx, scope, into)?);
    if from.id == into.id || from.council != into.council {
        return Err(ServiceError::NotFound(Entity::AddressBookEntry));
    }
    let detail = format!("{} {}", from.id, into.id);
    let subject = Subject::Council(&from.council);
    audit::record(tx, scope, subject, AuditAction::MergedEntry, &detail, now_millis)?;
    let given = tx.given_contacts_of_entry(&from.id)?;
    let today = calendar::today(now_millis);
    for given in &given {
        let Some(person) = tx.person_for_update(&given.person)? else { continue };
        if tx.given_contact(&person.id, &into.id)?.is_some() {
            given_contacts::delete(tx, scope, &person, given, now_millis)?;
            continue;
        }
        let moved = GivenContact { entry: into.id.clone(), ..given.clone() };
        tx.set_given_contact(&moved)?;
        // One that ended shows no numbers, and keeps the word why.
        if !moved.is_over_on(today) {
            given_contacts::write_whole(tx, scope, &person, (&into, &moved), now_millis)?;
        }
    }
    tx.set_book_entry_removed(&from.id, now_millis, Some(&into.id))?;
    replace_cover(tx, scope, &from, &into.id, now_millis)?;
    Ok(given.len())
}

/// Returns the entry that is given instead of one that was merged, however often. Returns `None` if it was not
/// merged, if what it was merged into was removed, or if it is out of the caller's reach.
pub fn successor(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &EntryId,
) -> Result<Option<AddressBookEntry>, ServiceError> {
    scope.permit(Permission::UseAddressBook)?;
    let mut next = tx.book_entry(id)?.filter(|entry| scope.reaches(&entry.council));
    // Only entries of the book are merged, and a merged one is none, so there is no circle.
    while let Some(entry) = next {
        let Some(into) = &entry.merged_into else {
            return Ok(Some(entry).filter(|entry| entry.id != *id && !entry.is_removed()));
        };
        next = tx.book_entry(into)?;
    }
    Ok(None)
}

/// What became of an entry that is not in the book any more.
#[derive(Clone, Debug, PartialEq)]
pub enum Gone {
    /// It was merged: this one is given instead.
    Merged(Box<AddressBookEntry>),
    /// It was removed, or what it was merged into was.
    Removed,
}

/// Returns what became of an entry of the book. Returns `None` if it is there, if there never was one, or if it
/// is out of the caller's reach.
pub fn gone(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &EntryId,
) -> Result<Option<Gone>, ServiceError> {
    scope.permit(Permission::CurateAddressBook)?;
    let entry = tx.book_entry(id)?.filter(|entry| scope.reaches(&entry.council));
    let was_in_book = |entry: &AddressBookEntry| entry.is_removed() && entry.only_for.is_none();
    if !entry.as_ref().is_some_and(was_in_book) {
        return Ok(None);
    }
    let successor = successor(tx, scope, id)?;
    Ok(Some(successor.map_or(Gone::Removed, |entry| Gone::Merged(Box::new(entry)))))
}

/// Names another entry as the one that covers, on the cards of the book that name this one.
fn replace_cover(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    from: &AddressBookEntry,
    into: &EntryId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for mut entry in tx.book_entries(&from.council)? {
        let leaves = entry.card.fields.get_mut("leave").and_then(Value::as_array_mut);
        let mut is_changed = false;
        for leave in leaves.into_iter().flatten().filter_map(Value::as_object_mut) {
            if leave.get("cover").and_then(Value::as_str) == Some(from.id.as_str()) {
                leave.insert("cover".into(), into.as_str().into());
                is_changed = true;
            }
        }
        if is_changed {
            tx.set_book_card(&entry.id, &entry.card)?;
            given_contacts::update_contacts(tx, scope, &entry, now_millis)?;
        }
    }
    Ok(())
}

/// Removes an entry from the book. For everyone who has it, it ends today with the word why. Returns how many
/// young people that are.
pub fn remove(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    entry: &EntryId,
    note: &str,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::CurateAddressBook)?;
    let entry = shared_entry(tx, scope, entry)?;
    let subject = Subject::Council(&entry.council);
    audit::record(tx, scope, subject, AuditAction::RemovedEntry, entry.id.as_str(), now_millis)?;
    let today = calendar::today(now_millis);
    let end = End { last_day: today, note: note.to_owned() };
    let given = tx.given_contacts_of_entry(&entry.id)?;
    for given in &given {
        let Some(person) = tx.person_for_update(&given.person)? else { continue };
        if !given.is_over_on(today) {
            // A contact that was to begin later never did.
            let starts = given.starts.filter(|starts| *starts <= today);
            let given = GivenContact { starts, ..given.clone() };
            end_given(tx, scope, (&person, given), &end, now_millis)?;
        }
    }
    tx.set_book_entry_removed(&entry.id, now_millis, None)?;
    Ok(given.len())
}
