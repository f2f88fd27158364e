//! The page with a line's texts in another language.

use axum::extract::{Path, State};
use promise_edition::{check_length, values};
use promise_protocol::pack::Line;
use promise_services::{
    Entity, Permission, ServiceError, directory,
    publishing::drafts::{self, Fields},
};
use serde_json::Value;

use crate::{
    App,
    features::{
        directory::{DIRECTORY, back_to_directory, find_line, line_name, load, load_editable},
        promise::{
            conflict::{SentForm, without_theirs},
            value,
        },
    },
    kit::{
        format,
        forms::{
            Field, FormData, Input, LANGUAGES, TranslationRow, TranslationTemplate, field_error,
            issue_error,
        },
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::line_path,
        words,
    },
};

/// The fields that have translations.
const TEXTS: [&str; 2] = ["display_name", "about"];

/// Returns the languages into which the form offers to translate.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.into_iter().filter(|tag| *tag != "en")
}

/// Validates a language's tag in a path.
fn parse_language(tag: String) -> Result<String, ServiceError> {
    let is_valid = tag != "en" && values::language_tag(&tag).is_ok_and(|valid| valid == tag);
    if is_valid { Ok(tag) } else { Err(ServiceError::NotFound(Entity::Page)) }
}

fn field_name(text: &str, language: &str) -> String {
    format!("{text}.{language}")
}

/// A line's texts in one language, as they are typed.
struct TranslationForm<'a> {
    line: &'a Line,
    language: &'a str,
    texts: [String; 2],
}

impl<'a> TranslationForm<'a> {
    fn of_line(line: &'a Line, language: &'a str) -> Self {
        let stored = drafts::fields_of(line);
        let text = |name: &str| {
            let text = stored.get(&field_name(name, language)).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        Self { line, language, texts: TEXTS.map(text) }
    }

    fn read(line: &'a Line, language: &'a str, form: &FormData) -> Self {
        Self { line, language, texts: [form.text("display_name"), form.lines("about")] }
    }

    fn action(&self) -> String {
        format!("{}/words/{}", line_path(&self.line.id), self.language)
    }

    fn validate(&self) -> Vec<FieldError> {
        let texts = TEXTS.iter().zip(&self.texts);
        texts
            .filter_map(|(name, text)| {
                let label = format!("field-{}", name.replace('_', "-"));
                let kind = check_length(name, text).err()?;
                Some(issue_error((*name).to_owned(), &label, kind))
            })
            .collect()
    }

    /// Returns the fields to save. A text without an English one is not translated.
    fn fields(&self, shown: &Fields) -> Fields {
        let texts = TEXTS.iter().zip(&self.texts);
        let translated = texts.filter(|(name, _)| shown.contains_key(&field_name(name, "en")));
        translated
            .map(|(name, text)| {
                let value = if text.is_empty() { Value::Null } else { text.clone().into() };
                (field_name(name, self.language), value)
            })
            .collect()
    }

    fn template(
        &self,
        session: &Session,
        was: String,
        errors: Vec<FieldError>,
    ) -> TranslationTemplate {
        let stored = drafts::fields_of(self.line);
        let row = |(name, text): (&str, &String)| {
            let english = stored.get(&field_name(name, "en")).and_then(Value::as_str)?;
            let input = if name == "about" { Input::Area(4) } else { Input::Line("text", "wide") };
            let field = Field {
                label: value::label(name, Some(self.language)),
                value: text.clone(),
                language: self.language.to_owned(),
                ..Field::new(name, "", input)
            };
            let english = english.to_owned();
            (!english.is_empty())
                .then(|| TranslationRow { field: field.with_error(&errors), english })
        };
        let rows = TEXTS.into_iter().zip(&self.texts).filter_map(row).collect();
        let language = format::language(self.language);
        let title = [("name", line_name(self.line).into()), ("language", language.into())];
        TranslationTemplate {
            page: session
                .page(words::format("translate-title", &title))
                .back(DIRECTORY, words::t("directory-title"))
                .with_errors(errors),
            lead: vec![words::t("translate-lead")],
            action: self.action(),
            was,
            rows,
        }
    }
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((id, language)): Path<(String, String)>,
) -> PageResult {
    let view = load_editable(&app, &session).await?;
    let (line, language) = (find_line(&view, &id)?, parse_language(language)?);
    let was = serde_json::to_string(&drafts::fields_of(line)).unwrap_or_default();
    let form = TranslationForm::of_line(line, &language);
    Ok(response::render(&form.template(&session, was, Vec::new())))
}

/// Saves the texts, unless another editor changed the same field.
pub(super) async fn post(
    State(app): State<App>,
    Path((id, language)): Path<(String, String)>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let view = load(&app, &session).await?;
    let (line, language) = (find_line(&view, &id)?, parse_language(language)?);
    let translation = TranslationForm::read(line, &language, &form);
    let was = form.raw("was").to_owned();
    let errors = translation.validate();
    if !errors.is_empty() {
        return Ok(response::invalid_form(&translation.template(&session, was, errors)));
    }
    let shown: Fields = serde_json::from_str(&was).unwrap_or_default();
    let (mine, before) = (without_theirs(translation.fields(&shown), &form), shown.clone());
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let saved = app
        .database
        .write(move |tx| directory::save_line(tx, &scope, &id, (&before, &mine), now))
        .await;
    let sent = SentForm {
        session: &session,
        form: &form,
        action: translation.action(),
        back: back_to_directory(),
        shown,
    };
    sent.response(saved, |key| {
        translation.template(&session, was, vec![field_error("display_name", key)])
    })
}
