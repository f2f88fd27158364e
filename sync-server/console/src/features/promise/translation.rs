//! The form with a record's texts in another language, beside the English ones.

use axum::extract::{Path, State};
use promise_services::publishing::drafts::WorkingCopy;

use crate::{
    App,
    features::promise::{
        fields::{Control, FieldSpec},
        languages::{language_path, parse_language, parse_record, record_title, translation_path},
        record_form::{self, RecordForm},
    },
    kit::{
        format,
        forms::FormData,
        page::response::{PageError, PageResult},
        session::{Session, StaffForm},
        words,
    },
};

/// The fields that have translations, and their controls.
const TEXTS: [(&str, Control); 5] = [
    ("title", Control::Line),
    ("intro", Control::Lines(3)),
    ("text", Control::Lines(6)),
    ("easy_read", Control::Lines(6)),
    ("how_to_get", Control::Lines(4)),
];

/// The language, and the kind and id of the record, in a path.
type PathParams = (String, String, String);

fn form(
    draft: &WorkingCopy,
    (language, kind, id): &PathParams,
    submitted: Option<&FormData>,
) -> Result<RecordForm, PageError> {
    let language = parse_language(language)?;
    let record = parse_record(kind, id)?;
    let promise = &draft.content.promise;
    let stored = record.fields(promise).unwrap_or_default();
    // A text is offered if it is in English, if it is translated, or if a translation was sent: the
    // English one may have been removed meanwhile.
    let is_stored = |field: &str, tag: &str| stored.contains_key(&format!("{field}.{tag}"));
    let is_submitted = |field: &str| {
        submitted.is_some_and(|form| !form.raw(&format!("{field}-{language}")).is_empty())
    };
    let offered = TEXTS.iter().filter(|(field, _)| {
        is_stored(field, "en") || is_stored(field, &language) || is_submitted(field)
    });
    let specs =
        offered.map(|(field, control)| FieldSpec::new(&format!("{field}.{language}"), *control));
    let language_name = format::language(&language);
    let title =
        [("name", record_title(promise, &record).into()), ("language", (&*language_name).into())];
    Ok(RecordForm {
        specs: specs.collect(),
        title: words::format("translate-title", &title),
        lead: vec![words::t("translate-lead")],
        action: translation_path(&language, &record),
        back: (language_path(&language), language_name.clone()),
        record,
    })
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(path): Path<PathParams>,
) -> PageResult {
    record_form::get(&app, &session, |draft| form(draft, &path, None)).await
}

/// Saves the texts.
pub(super) async fn post(
    State(app): State<App>,
    Path(path): Path<PathParams>,
    submitted: StaffForm,
) -> PageResult {
    let data = submitted.form.clone();
    record_form::post(&app, submitted, |draft| form(draft, &path, Some(&data))).await
}
