//! The order in which an adviser puts a young person's contacts, staff and entries alike.

use std::collections::BTreeMap;

use promise_database::Tx;
use promise_protocol::{ids::PersonId, schema};
use serde_json::Value;

use crate::{
    Entity, ServiceError, StaffScope,
    assignments::{CONTACT, write_contact},
    calendar,
    cells::records,
    people::page,
};

/// Moves a contact of a young person up or down by one place in the order in which staff see them. Does
/// nothing at the end of the list.
///
/// Returns [`ServiceError::NotFound`] if it is not a contact of the person any more.
pub fn move_contact(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    (contact, is_up): (&str, bool),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    let contacts = page::contacts(tx, &person.id, calendar::today(now_millis))?;
    let mut order: Vec<String> = contacts.into_iter().map(|record| record.id).collect();
    let place = order.iter().position(|id| id == contact);
    let place = place.ok_or(ServiceError::NotFound(Entity::AddressBookEntry))?;
    let other = if is_up { place.checked_sub(1) } else { place.checked_add(1) };
    if let Some(other) = other.filter(|other| *other < order.len()) {
        order.swap(place, other);
        set_order(tx, scope, &person.id, &order, now_millis)?;
    }
    Ok(())
}

/// Puts contacts of a young person in this order: those that are not named stay below, as they were. Phones
/// list the young person's own favourites and their personal adviser before all others.
///
/// Returns [`ServiceError::NotFound`] if one of them is not a contact of the person any more.
pub fn set_order(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    contacts: &[String],
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    let held = records::list(tx, &person.id, CONTACT)?;
    let is_held = |id: &String| held.iter().any(|record| record.id == *id && !record.is_deleted());
    if !contacts.iter().all(is_held) {
        return Err(ServiceError::NotFound(Entity::AddressBookEntry));
    }
    for record in held.iter().filter(|record| !record.is_deleted()) {
        let place = contacts.iter().position(|id| *id == record.id);
        let place = place.and_then(|index| u64::try_from(index + 1).ok());
        let place = place.filter(|place| *place <= schema::MAX_POSITION);
        let fields = [(schema::POSITION.to_owned(), place.map_or(Value::Null, Value::from))];
        write_contact(tx, scope, &person, &record.id, BTreeMap::from(fields), now_millis)?;
    }
    Ok(())
}
