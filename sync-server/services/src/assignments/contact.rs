//! What a contact on a young person's phones shows of a staff member.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::{ServiceError, cards::TYPED};
use promise_database::{Assignment, Tx};

/// The collection that shows cards on phones.
pub const CONTACT: &str = "contact";

/// A card as one person's phones show it: whoever covers is a contact of theirs there, and how a
/// number was typed stays here.
pub(crate) fn fields_for(
    tx: &mut dyn Tx,
    person: &str,
    card: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, ServiceError> {
    let mut shown = card.clone();
    if let Some(Value::Array(phones)) = shown.get_mut("phones") {
        for phone in phones.iter_mut().filter_map(Value::as_object_mut) {
            phone.remove(TYPED);
        }
    }
    if let Some(Value::Array(leaves)) = shown.get_mut("leave") {
        for leave in leaves.iter_mut().filter_map(Value::as_object_mut) {
            let cover = leave.get("cover").and_then(Value::as_str).map(str::to_owned);
            let Some(cover) = cover else { continue };
            match tx.assignment(person, &cover)? {
                Some(assignment) => leave.insert("cover".into(), assignment.contact.into()),
                None => leave.remove("cover"),
            };
        }
    }
    Ok(shown)
}

/// The days on which a contact counts, as its cells say them.
pub(crate) fn date_fields(assignment: &Assignment) -> [(String, Value); 2] {
    let last = assignment.ends.and_then(|ends| ends.pred_opt());
    let day = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    [("valid_from".into(), day(assignment.starts)), ("valid_to".into(), day(last))]
}
