//! What follows a form about a record of the draft, such as the page that shows what two editors
//! changed in it.

use askama::Template;
use axum::response::Response;
use promise_edition::field_and_language;
use promise_services::{
    ServiceError,
    publishing::drafts::{FieldConflict, Fields},
};
use serde_json::Value;

use crate::{
    features::promise::value,
    kit::{
        forms::{ConflictField, ConflictTemplate, FormData, Side, resent_fields},
        page::response::{self, PageResult},
        session::Session,
        words,
    },
};

/// A form about a record of the draft, as it was sent.
pub(crate) struct SentForm<'a> {
    pub(crate) session: &'a Session,
    pub(crate) form: &'a FormData,
    /// The path to which it was sent.
    pub(crate) action: String,
    /// The path and title of the page that follows.
    pub(crate) back: (String, String),
    /// The fields as the form showed them.
    pub(crate) shown: Fields,
}

impl SentForm<'_> {
    /// Returns the page that follows: the one that shows the record, the choice between two values,
    /// or the form again. `unsaved` renders the form with the message of a key.
    pub(crate) fn response<T: Template>(
        self,
        saved: Result<(Fields, Vec<FieldConflict>), ServiceError>,
        unsaved: impl FnOnce(&str) -> T,
    ) -> PageResult {
        match saved {
            Ok((_, conflicts)) if conflicts.is_empty() => {
                Ok(response::redirect(&format!("{}?done=saved", self.back.0)))
            }
            Ok((current, conflicts)) => Ok(self.conflict(&current, &conflicts)),
            Err(error) => response::unsaved(error, unsaved),
        }
    }

    /// Shows both values of each field. `current` is the record as it is saved now.
    fn conflict(mut self, current: &Fields, conflicts: &[FieldConflict]) -> Response {
        for conflict in conflicts {
            match current.get(&conflict.field) {
                Some(value) => drop(self.shown.insert(conflict.field.clone(), value.clone())),
                None => drop(self.shown.remove(&conflict.field)),
            }
        }
        let fields: Vec<ConflictField> = conflicts.iter().map(conflict_field).collect();
        let was = serde_json::to_string(&self.shown).unwrap_or_default();
        let (href, text) = self.back;
        response::conflict(&ConflictTemplate {
            page: self.session.page(words::t("conflict-draft-title")).back(href, text),
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
