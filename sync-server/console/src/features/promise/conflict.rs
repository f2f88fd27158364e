//! The page that shows what two editors changed in the same record of the draft.

use axum::response::Response;
use promise_edition::field_and_language;
use promise_services::publishing::drafts::{FieldConflict, Fields};
use serde_json::Value;

use crate::{
    features::promise::value,
    kit::{
        forms::{ConflictField, ConflictTemplate, FormData, Side, resent_fields},
        page::{Page, response},
        words,
    },
};

/// A form that could not be saved.
pub(crate) struct Conflict<'a> {
    pub(crate) page: Page,
    /// The path to which the form is sent again.
    pub(crate) action: String,
    pub(crate) form: &'a FormData,
    /// The fields as the form showed them.
    pub(crate) shown: Fields,
    /// The fields as they are now.
    pub(crate) current: &'a Fields,
    pub(crate) conflicts: &'a [FieldConflict],
}

impl Conflict<'_> {
    /// Shows both values of each field.
    pub(crate) fn response(mut self) -> Response {
        for conflict in self.conflicts {
            match self.current.get(&conflict.field) {
                Some(value) => drop(self.shown.insert(conflict.field.clone(), value.clone())),
                None => drop(self.shown.remove(&conflict.field)),
            }
        }
        let fields: Vec<ConflictField> = self.conflicts.iter().map(conflict_field).collect();
        let was = serde_json::to_string(&self.shown).unwrap_or_default();
        response::conflict(&ConflictTemplate {
            page: self.page,
            lead: words::t("conflict-draft-lead"),
            action: self.action,
            hidden: resent_fields(self.form, was, &fields),
            fields,
            button: words::t("promise-save"),
        })
    }
}

fn conflict_field(conflict: &FieldConflict) -> ConflictField {
    let (field, language) = field_and_language(&conflict.field);
    let language = language.unwrap_or("en");
    let formatted = |side: &Value| value::format(field, Some(side).filter(|side| !side.is_null()));
    ConflictField::new(
        form_id(&conflict.field),
        value::label(field, Some(language)),
        formatted(&conflict.theirs),
        formatted(&conflict.mine),
    )
    .language(language)
}

/// Returns the id in a form of a record's field: `title-en` of `title.en`.
pub(crate) fn form_id(field: &str) -> String {
    field.replace('.', "-")
}

/// Returns the fields of a form without those for which the other editor's value was chosen.
pub(crate) fn without_theirs(mut fields: Fields, form: &FormData) -> Fields {
    fields.retain(|field, _| Side::read(form, &form_id(field)) != Some(Side::Theirs));
    fields
}
