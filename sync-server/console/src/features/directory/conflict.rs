//! Two who change the same line: the second sees what changed, and chooses.

use promise_edition::field_and_language;
use promise_services::publishing::drafts::{FieldConflict, Fields};
use serde_json::Value;

use crate::{
    features::{
        directory::{HOME, board},
        promise::value,
    },
    kit::{
        forms::{Both, Clashing, Posted},
        session::Session,
        words::{self, text},
    },
};

/// Shows both, side by side. The next form was made from what is saved now: if that changes once
/// more, they are asked once more.
pub(super) fn clash(
    session: &Session,
    action: &str,
    form: &Posted,
    (mut was, held): (Fields, &Fields),
    clashes: &[FieldConflict],
) -> Clashing {
    let id = |clash: &FieldConflict| clash.field.replace('.', "-");
    let mut without = vec!["csrf".to_owned(), "was".to_owned()];
    for clash in clashes {
        without.push(format!("choose-{}", id(clash)));
        let now = held.get(&clash.field).cloned().unwrap_or(Value::Null);
        was.insert(clash.field.clone(), now);
    }
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    let mut hidden = form.again(&without);
    hidden.push(("was".into(), serde_json::to_string(&was).unwrap_or_default()));
    let both = clashes.iter().map(|clash| {
        let (field, language) = field_and_language(&clash.field);
        let language = language.unwrap_or("en").to_owned();
        let told = |value: &Value| {
            if field == "on_closed_days" {
                return board::closed(serde_json::from_value(value.clone()).unwrap_or_default());
            }
            value::words(field, Some(value).filter(|value| !value.is_null()))
        };
        Both {
            id: id(clash),
            label: value::called(field, Some(&language)),
            direction: text::direction(&language),
            language,
            theirs: told(&clash.theirs),
            mine: told(&clash.mine),
        }
    });
    Clashing {
        page: session
            .page(words::t("conflict-draft-title"))
            .back(HOME.into(), words::t("directory-title")),
        action: action.to_owned(),
        hidden,
        both: both.collect(),
    }
}
