//! Two people who change the same card: the second sees what changed, and chooses.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_database::StaffMember;
use serde_json::Value;

use crate::{
    features::cards::title,
    kit::{
        format,
        forms::Posted,
        page::{Page, response},
        session::Session,
        words,
    },
};

type Card = BTreeMap<String, Value>;

/// In front of the name of a field that was chosen between.
const CHOICE: &str = "choose-";

/// A field that both changed.
pub(super) struct Conflict {
    name: String,
    label: String,
    theirs: Vec<String>,
    mine: Vec<String>,
}

#[derive(Template)]
#[template(path = "cards/conflict.html")]
struct Shown {
    page: Page,
    action: String,
    conflicts: Vec<Conflict>,
    hidden: Vec<(String, String)>,
}

fn held<'a>(card: &'a Card, name: &str) -> &'a Value {
    card.get(name).unwrap_or(&Value::Null)
}

/// What counts of a value: how a number was typed does not.
fn core(value: &Value) -> Value {
    let mut value = value.clone();
    for item in value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        item.remove(promise_services::cards::TYPED);
    }
    plain(&value)
}

/// A box that is not ticked is as empty as one that never was.
fn plain(value: &Value) -> Value {
    if *value == Value::Bool(false) { Value::Null } else { value.clone() }
}

/// The fields of a form that are not as they were.
pub(super) fn changed(was: &Card, mine: Card) -> Card {
    mine.into_iter().filter(|(name, value)| plain(value) != plain(held(was, name))).collect()
}

/// What was chosen: a field, and whether mine is to stay.
pub(super) fn choices(form: &Posted) -> BTreeMap<String, bool> {
    let fields = crate::features::cards::parse::TEXTS.iter().map(|(name, ..)| *name);
    let fields = fields.chain(["phones", "working_pattern", "languages", "text_ok", "whatsapp_ok"]);
    fields
        .filter_map(|name| match form.raw(&format!("{CHOICE}{name}")) {
            "mine" => Some((name.to_owned(), true)),
            "theirs" => Some((name.to_owned(), false)),
            _ => None,
        })
        .collect()
}

/// What to save: mine where only I changed something or where mine was chosen. The fields that
/// both changed and nobody chose between are in the way.
pub(super) fn settle(
    was: &Card,
    now: &Card,
    mine: Card,
    choices: &BTreeMap<String, bool>,
) -> Result<Card, Vec<Conflict>> {
    let mut conflicts = Vec::new();
    let mut fields = Card::new();
    for (name, value) in mine {
        let theirs = held(now, &name);
        let before = core(held(was, &name));
        if core(theirs) != before && core(&value) == before {
            // Only how a number is written differs from before, and theirs is newer.
            continue;
        }
        let both = core(theirs) != before && core(theirs) != core(&value);
        match (both, choices.get(&name)) {
            (true, Some(false)) => {}
            (true, None) => conflicts.push(conflict(&name, theirs, &value)),
            _ => drop(fields.insert(name, value)),
        }
    }
    if conflicts.is_empty() { Ok(fields) } else { Err(conflicts) }
}

fn conflict(name: &str, theirs: &Value, mine: &Value) -> Conflict {
    let lines = |value| format::field(name, value).lines().map(str::to_owned).collect();
    let label = match name {
        "phones" => words::t("card-phones"),
        "working_pattern" => words::t("card-hours"),
        "languages" => words::t("card-languages"),
        "text_ok" => words::t("by-text-ok"),
        "whatsapp_ok" => words::t("by-whatsapp-ok"),
        _ => {
            let known =
                crate::features::cards::parse::TEXTS.iter().find(|(known, ..)| *known == name);
            known.map(|(_, label, _)| words::t(label)).unwrap_or_default()
        }
    };
    Conflict { name: name.to_owned(), label, theirs: lines(theirs), mine: lines(mine) }
}

/// Shows both, side by side.
pub(super) fn page(
    session: &Session,
    staff: &StaffMember,
    form: &Posted,
    conflicts: Vec<Conflict>,
) -> Response {
    let shown = Shown {
        page: session.page(words::with("conflict-title", "card", &title(session, staff))),
        action: format!("/console/cards/{}", staff.id),
        conflicts,
        hidden: form.again(&["csrf"]),
    };
    (StatusCode::CONFLICT, response::page(&shown)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn card(value: Value) -> Card {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn only_what_both_changed_is_asked() {
        let was = card(json!({"email": "a", "team": "x", "about": "p"}));
        let now = card(json!({"email": "b", "team": "x", "about": "q"}));
        let form = card(json!({"email": "c", "team": "y", "about": "p", "role": null}));
        let mine = changed(&was, form);
        assert_eq!(mine.keys().collect::<Vec<_>>(), ["email", "team"]);
        let Err(conflicts) = settle(&was, &now, mine.clone(), &BTreeMap::new()) else { panic!() };
        assert_eq!(conflicts.len(), 1);
        assert_eq!((&*conflicts[0].name, &*conflicts[0].mine[0]), ("email", "c"));
        let chosen = |mine_stays| BTreeMap::from([("email".to_owned(), mine_stays)]);
        let saved = settle(&was, &now, mine.clone(), &chosen(true)).ok().unwrap();
        assert_eq!(saved, card(json!({"email": "c", "team": "y"})));
        let saved = settle(&was, &now, mine, &chosen(false)).ok().unwrap();
        assert_eq!(saved, card(json!({"team": "y"})));
    }
}
