//! What a contact on a young person's phones shows of a staff member.

use promise_protocol::{
    ids::{PersonId, StaffId},
    schema,
};
use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{Assignment, ContactCard, Tx};
use serde_json::Value;

use crate::ServiceError;

/// The collection that shows staff on phones.
pub const CONTACT: &str = "contact";

/// The fields by which a staff member can be reached, and when they were checked.
pub(crate) const REACHED_BY: [&str; 8] = [
    "phones",
    "email",
    "text_ok",
    "whatsapp_ok",
    "voicemail_note",
    "working_pattern",
    "leave",
    schema::VERIFIED_ON,
];

/// Returns the card's fields as one person's phones show them. The colleague who covers during a
/// leave is a contact of the same person there; leave without such a contact names no cover.
pub(super) fn card_fields(
    tx: &mut dyn Tx,
    person: &PersonId,
    card: &ContactCard,
) -> Result<BTreeMap<String, Value>, ServiceError> {
    let mut fields = card.fields.clone();
    if let Some(Value::Array(leaves)) = fields.get_mut("leave") {
        for leave in leaves.iter_mut().filter_map(Value::as_object_mut) {
            let cover = leave.get("cover").and_then(Value::as_str).map(StaffId::new);
            let Some(cover) = cover else { continue };
            match tx.assignment(person, &cover)? {
                Some(assignment) => leave.insert("cover".into(), assignment.contact.into()),
                None => leave.remove("cover"),
            };
        }
    }
    Ok(fields)
}

/// Returns the fields that say on which days a contact is the one to ring.
pub(super) fn date_fields(assignment: &Assignment) -> [(String, Value); 2] {
    let last_day = assignment.ends.and_then(|ends| ends.pred_opt());
    let value = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    [("valid_from".into(), value(assignment.starts)), ("valid_to".into(), value(last_day))]
}

/// Returns the fields by which a staff member can be reached, all empty.
pub(super) fn unreachable_fields() -> BTreeMap<String, Value> {
    REACHED_BY.map(|field| (field.to_owned(), Value::Null)).into()
}
