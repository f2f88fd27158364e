//! What a contact on a young person's phones shows of an entry of the address book.
//!
//! One card is on many phones: saving it writes the contact of each young person who was given the entry,
//! as saving a staff member's card writes those of their young people.

use std::collections::BTreeMap;

use promise_database::{AddressBookEntry, GivenContact, Person, Tx};
use promise_protocol::{ids::EntryId, schema};
use serde_json::Value;

use crate::{
    ServiceError, StaffScope,
    assignments::{CONTACT, card_fields, day_fields, unreachable_fields, write_contact},
    calendar,
    staff_writes::delete_from,
};

/// Writes a changed card to the contact of every young person who was given the entry. One whose last day
/// is over shows none of it. Returns how many young people's phones change.
pub(crate) fn update_contacts(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    entry: &AddressBookEntry,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let today = calendar::today(now_millis);
    let mut changed = 0;
    for given in tx.given_contacts_of_entry(&entry.id)? {
        let Some(person) = tx.person_for_update(&given.person)? else { continue };
        if !given.is_over_on(today) {
            let fields = card_fields(tx, &person.id, &entry.card)?;
            let is_changed = write_contact(tx, scope, &person, &given.contact, fields, now_millis)?;
            changed += usize::from(is_changed);
        }
    }
    Ok(changed)
}

/// Writes the whole contact of an entry: its card, its days, and that it is there. What it held and the card
/// lacks is emptied, but for its place in the adviser's order, and the word why it ends if it still does.
pub(crate) fn write_whole(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    (entry, given): (&AddressBookEntry, &GivenContact),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let held = tx.record(&person.id, CONTACT, &given.contact)?.into_iter();
    let stays = |field: &str| {
        field == schema::POSITION || (field == schema::END_NOTE && given.ends.is_some())
    };
    let mut fields: BTreeMap<String, Value> = held
        .map(|stored| (stored.cell.key.field, Value::Null))
        .filter(|(field, _)| !stays(field))
        .collect();
    fields.extend(card_fields(tx, &person.id, &entry.card)?);
    fields.insert(schema::DELETED.into(), Value::Bool(false));
    fields.extend(day_fields(given.starts, given.ends));
    write_contact(tx, scope, person, &given.contact, fields, now_millis)?;
    update_covers(tx, scope, person, &given.entry, now_millis)
}

/// Writes the leave of the person's other entries for which this one covers: whether phones can name who
/// covers depends on whether it is a contact too.
pub(crate) fn update_covers(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    cover: &EntryId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let today = calendar::today(now_millis);
    for given in tx.given_contacts_of_person(&person.id)? {
        let Some(entry) = tx.book_entry(&given.entry)? else { continue };
        let leave = entry.card.leave();
        let mut covers = leave.iter().filter_map(|leave| leave.cover.as_deref());
        if covers.any(|id| *cover == id) && !given.is_over_on(today) {
            let mut fields = card_fields(tx, &person.id, &entry.card)?;
            let leave = fields.remove("leave").unwrap_or_default();
            let fields = BTreeMap::from([("leave".to_owned(), leave)]);
            write_contact(tx, scope, person, &given.contact, fields, now_millis)?;
        }
    }
    Ok(())
}

/// Writes the days of a contact, and why it ends. One whose last day is over shows no number any more,
/// also on phones that do not check days.
pub(crate) fn write_days(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, given): (&Person, &GivenContact),
    note: Option<&str>,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let mut fields: BTreeMap<String, Value> = day_fields(given.starts, given.ends).into();
    fields.insert(schema::END_NOTE.into(), note.map_or(Value::Null, Value::from));
    if given.is_over_on(calendar::today(now_millis)) {
        fields.extend(unreachable_fields());
    }
    write_contact(tx, scope, person, &given.contact, fields, now_millis)?;
    Ok(())
}

/// Empties the numbers of a contact whose last day is over. Does nothing if they are empty already.
pub(crate) fn clear(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    given: &GivenContact,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let empty = unreachable_fields();
    let held = tx.record(&person.id, CONTACT, &given.contact)?;
    let mut held = held.iter().map(|stored| &stored.cell).filter(|cell| !cell.value.is_null());
    if held.any(|cell| empty.contains_key(&cell.key.field)) {
        write_contact(tx, scope, person, &given.contact, empty, now_millis)?;
    }
    Ok(())
}

/// Deletes what a person was given, and its contact.
pub(crate) fn delete(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    given: &GivenContact,
    now_millis: i64,
) -> Result<(), ServiceError> {
    tx.delete_given_contact(&person.id, &given.entry)?;
    delete_from(tx, scope, person, (CONTACT, &given.contact), now_millis)?;
    update_covers(tx, scope, person, &given.entry, now_millis)
}
