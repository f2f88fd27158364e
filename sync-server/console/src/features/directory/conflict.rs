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
        forms::{ConflictField, ConflictTemplate, FormData, Side},
        session::Session,
        words,
    },
};

/// Shows both, side by side. The next form was made from what is saved now: if that changes once
/// more, they are asked once more.
pub(super) fn clash(
    session: &Session,
    action: &str,
    form: &FormData,
    (mut was, held): (Fields, &Fields),
    clashes: &[FieldConflict],
) -> ConflictTemplate {
    let id = |clash: &FieldConflict| clash.field.replace('.', "-");
    let mut without = vec!["csrf".to_owned(), "was".to_owned()];
    for clash in clashes {
        without.push(Side::field_name(&id(clash)));
        let now = held.get(&clash.field).cloned().unwrap_or(Value::Null);
        was.insert(clash.field.clone(), now);
    }
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    let mut hidden = form.fields_except(&without);
    hidden.push(("was".into(), serde_json::to_string(&was).unwrap_or_default()));
    let fields = clashes.iter().map(|clash| {
        let (field, language) = field_and_language(&clash.field);
        let language = language.unwrap_or("en");
        let told = |value: &Value| {
            if field == "on_closed_days" {
                return board::closed_days(
                    serde_json::from_value(value.clone()).unwrap_or_default(),
                );
            }
            value::words(field, Some(value).filter(|value| !value.is_null()))
        };
        let label = value::called(field, Some(language));
        ConflictField::new(id(clash), label, told(&clash.theirs), told(&clash.mine))
            .language(language)
    });
    ConflictTemplate {
        page: session
            .page(words::t("conflict-draft-title"))
            .back(HOME, words::t("directory-title")),
        action: action.to_owned(),
        hidden,
        lead: words::t("conflict-draft-lead"),
        fields: fields.collect(),
        button: words::t("promise-save"),
    }
}
