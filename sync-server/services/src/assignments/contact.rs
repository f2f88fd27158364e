//! What a contact on a young person's phones shows of a card, and writing it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{Assignment, ContactCard, Person, Tx};
use promise_protocol::{
    ids::{EntryId, PersonId, StaffId},
    schema,
};
use serde_json::Value;

use crate::{
    ServiceError, StaffScope,
    staff_writes::{ValidFields, write_to},
};

/// The collection that shows staff and entries of the address book on phones.
pub const CONTACT: &str = "contact";

/// The fields by which a contact can be reached, and when they were checked.
pub(crate) const REACHED_BY: [&str; 9] = [
    "phones",
    "email",
    "text_ok",
    "whatsapp_ok",
    "voicemail_note",
    "working_pattern",
    schema::ON_CLOSED_DAYS,
    "leave",
    schema::VERIFIED_ON,
];

/// Returns the card's fields as one person's phones show them. Who covers during a leave is a contact of
/// the same person there; leave without such a contact names no cover.
pub(crate) fn card_fields(
    tx: &mut dyn Tx,
    person: &PersonId,
    card: &ContactCard,
) -> Result<BTreeMap<String, Value>, ServiceError> {
    let mut fields = card.fields.clone();
    if let Some(Value::Array(leaves)) = fields.get_mut("leave") {
        for leave in leaves.iter_mut().filter_map(Value::as_object_mut) {
            let cover = leave.get("cover").and_then(Value::as_str).map(str::to_owned);
            let Some(cover) = cover else { continue };
            match contact_of(tx, person, &cover)? {
                Some(contact) => leave.insert("cover".into(), contact.into()),
                None => leave.remove("cover"),
            };
        }
    }
    Ok(fields)
}

/// Returns the contact that shows the card of a staff member or of an entry on one person's phones. The two
/// kinds have no id in common.
fn contact_of(
    tx: &mut dyn Tx,
    person: &PersonId,
    holder: &str,
) -> Result<Option<String>, ServiceError> {
    if let Some(assignment) = tx.assignment(person, &StaffId::new(holder))? {
        return Ok(Some(assignment.contact));
    }
    let given = tx.given_contact(person, &EntryId::new(holder))?;
    Ok(given.map(|given| given.contact))
}

/// Returns the fields that say on which days a contact is the one to ring.
pub(super) fn date_fields(assignment: &Assignment) -> [(String, Value); 2] {
    day_fields(assignment.starts, assignment.ends)
}

/// Like [`date_fields`], for a first day and the first day after the last.
pub(crate) fn day_fields(
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
) -> [(String, Value); 2] {
    let last_day = ends.and_then(|ends| ends.pred_opt());
    let value = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    [("valid_from".into(), value(starts)), ("valid_to".into(), value(last_day))]
}

/// Returns the fields by which a contact can be reached, all empty.
pub(crate) fn unreachable_fields() -> BTreeMap<String, Value> {
    REACHED_BY.map(|field| (field.to_owned(), Value::Null)).into()
}

/// Writes fields of a contact that shows a card. Returns `true` if one of them changed. The caller may change
/// the person.
pub(crate) fn write_contact(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    contact: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    let fields = ValidFields::trusted(CONTACT, fields);
    let rev = write_to(tx, scope, person, (CONTACT, contact), fields, now_millis)?;
    Ok(rev.is_some())
}
