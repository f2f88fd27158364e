//! Two staff members who change the same card: the second one sees what changed, and chooses.

use std::collections::BTreeMap;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_database::StaffMember;
use promise_protocol::schema;
use promise_services::cards;
use serde_json::Value;

use crate::{
    features::cards::{Card, card_path, form::label_key, title},
    kit::{
        format,
        forms::{ConflictField, ConflictTemplate, FormData, Side},
        page::response,
        session::Session,
        words,
    },
};

/// A field that both changed.
pub(super) struct Conflict {
    name: String,
    theirs: Value,
    mine: Value,
}

fn value<'a>(card: &'a Card, name: &str) -> &'a Value {
    card.get(name).unwrap_or(&Value::Null)
}

/// Removes what makes no difference: a box that is not checked is as empty as a missing one.
fn normalize(value: &Value) -> Value {
    if *value == Value::Bool(false) { Value::Null } else { value.clone() }
}

/// Normalizes a value, and removes how its numbers were typed.
fn without_typed(value: &Value) -> Value {
    let mut value = value.clone();
    for item in value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        item.remove(cards::TYPED);
    }
    normalize(&value)
}

/// Returns the fields of a form that are not as they were.
pub(super) fn changed(was: &Card, mine: Card) -> Card {
    let is_changed = |name: &str, mine: &Value| normalize(mine) != normalize(value(was, name));
    mine.into_iter().filter(|(name, mine)| is_changed(name, mine)).collect()
}

/// Reads the choices between two values.
pub(super) fn choices(form: &FormData) -> BTreeMap<&'static str, Side> {
    let choice = |name: &&'static str| Some((*name, Side::read(form, name)?));
    schema::CARD.iter().filter_map(choice).collect()
}

/// Returns what to save: the fields that only this form changed, or for which it was chosen.
///
/// # Errors
/// The fields that both changed and for which nothing was chosen.
pub(super) fn resolve(
    was: &Card,
    current: &Card,
    mine: Card,
    choices: &BTreeMap<&str, Side>,
) -> Result<Card, Vec<Conflict>> {
    let (mut fields, mut conflicts) = (Card::new(), Vec::new());
    for (name, mine) in mine {
        let theirs = value(current, &name);
        let before = without_typed(value(was, &name));
        let are_theirs_changed = without_typed(theirs) != before;
        if are_theirs_changed && without_typed(&mine) == before {
            // Mine only writes a number in another way, and theirs is newer.
            continue;
        }
        let is_conflict = are_theirs_changed && without_typed(theirs) != without_typed(&mine);
        match (is_conflict, choices.get(name.as_str())) {
            (true, Some(Side::Theirs)) => {}
            (true, None) => conflicts.push(Conflict { theirs: theirs.clone(), name, mine }),
            _ => drop(fields.insert(name, mine)),
        }
    }
    if conflicts.is_empty() { Ok(fields) } else { Err(conflicts) }
}

fn conflict_field(conflict: Conflict) -> Option<ConflictField> {
    let field = schema::CONTACT.field(&conflict.name)?;
    let formatted = |value| format::value(field.kind, value);
    let (theirs, mine) = (formatted(&conflict.theirs), formatted(&conflict.mine));
    Some(ConflictField::new(conflict.name, words::t(&label_key(field)), theirs, mine))
}

/// Shows both values of each field.
pub(super) fn page(
    session: &Session,
    staff: &StaffMember,
    form: &FormData,
    conflicts: Vec<Conflict>,
) -> Response {
    let title = words::with("card-conflict-title", "card", &title(session, staff));
    let template = ConflictTemplate {
        page: session.page(title),
        lead: words::t("card-conflict-lead"),
        action: card_path(&staff.id),
        hidden: form.fields(),
        fields: conflicts.into_iter().filter_map(conflict_field).collect(),
        button: words::t("card-button"),
    };
    (StatusCode::CONFLICT, response::render(&template)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn card(value: Value) -> Card {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn field_changed_by_both_is_a_conflict() {
        let was = card(json!({"email": "a", "team": "x", "about": "p"}));
        let current = card(json!({"email": "b", "team": "x", "about": "q"}));
        let form = card(json!({"email": "c", "team": "y", "about": "p", "role": null}));
        let mine = changed(&was, form);
        assert_eq!(mine.keys().collect::<Vec<_>>(), ["email", "team"]);
        let resolved = |choices| resolve(&was, &current, mine.clone(), &choices);
        let Err(conflicts) = resolved(BTreeMap::new()) else { panic!() };
        assert_eq!(conflicts.len(), 1);
        assert_eq!((&*conflicts[0].name, &conflicts[0].mine), ("email", &json!("c")));
        let saved = resolved(BTreeMap::from([("email", Side::Mine)])).ok().unwrap();
        assert_eq!(saved, card(json!({"email": "c", "team": "y"})));
        let saved = resolved(BTreeMap::from([("email", Side::Theirs)])).ok().unwrap();
        assert_eq!(saved, card(json!({"team": "y"})));
    }
}
