//! A line's words in another language.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_edition::check_length;
use promise_protocol::pack::Line;
use promise_services::{
    Permission, ServiceError, directory,
    publishing::drafts::{self, DraftRefusal, Fields},
};
use serde_json::Value;

use crate::{
    App,
    features::{
        directory::{HOME, conflict::clash, nothing, open, read},
        promise::value,
    },
    kit::{
        format,
        forms::{Field, Input, LANGUAGES, issue_error},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        url::line_path,
        words,
    },
};

/// The texts that there are in several languages.
const TEXTS: [&str; 2] = ["display_name", "about"];

/// A field, with the English text that it is a translation of.
struct Row {
    field: Field,
    english: String,
}

#[derive(Template)]
#[template(path = "kit/translation_form.html")]
struct FormPage {
    page: Page,
    lead: Vec<String>,
    action: String,
    was: String,
    rows: Vec<Row>,
}

fn known(language: &str) -> Result<String, PageError> {
    let is_known = language != "en"
        && promise_edition::values::language_tag(language).is_ok_and(|it| it == language);
    if is_known { Ok(language.to_owned()) } else { Err(nothing("language")) }
}

/// The languages to translate into.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.into_iter().filter(|tag| *tag != "en")
}

fn form(
    session: &Session,
    (line, language): (&Line, &str),
    typed: &[String; 2],
    was: String,
    errors: Vec<FieldError>,
) -> FormPage {
    let held = drafts::fields_of(line);
    let row = |(name, typed): (&str, &String)| {
        let english = held.get(&format!("{name}.en")).and_then(Value::as_str).unwrap_or_default();
        let input = if name == "about" { Input::Area(4) } else { Input::Line("text", "wide") };
        let field = Field {
            label: value::called(name, Some(language)),
            value: typed.clone(),
            language: language.to_owned(),
            ..Field::new(name, "", input)
        };
        Row { field: field.with_error(&errors), english: english.to_owned() }
    };
    let rows: Vec<Row> = TEXTS.into_iter().zip(typed).map(row).collect();
    let name = line.display_name.get("en").unwrap_or(&line.id).clone();
    let title = [("name", name.into()), ("language", format::language(language).into())];
    FormPage {
        page: session
            .page(words::format("translate-title", &title))
            .back(HOME, words::t("directory-title"))
            .with_errors(errors),
        lead: vec![words::t("translate-lead")],
        action: format!("{}/words/{language}", line_path(&line.id)),
        was,
        // Nothing is translated that is not there.
        rows: rows.into_iter().filter(|row| !row.english.is_empty()).collect(),
    }
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((id, language)): Path<(String, String)>,
) -> PageResult {
    let board = open(&app, &session).await?;
    let line = board.directory.lines.0.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| nothing("line"))?;
    let language = known(&language)?;
    let held = drafts::fields_of(line);
    let text = |name: &str| {
        let text = held.get(&format!("{name}.{language}")).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let was = serde_json::to_string(&held).unwrap_or_default();
    Ok(response::render(&form(&session, (line, &language), &TEXTS.map(text), was, Vec::new())))
}

/// Saves the words, unless somebody else changed the same meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path((id, language)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form: posted } = sent;
    session.scope.permit(Permission::Edit)?;
    let board = read(&app, &session).await?;
    let line = board.directory.lines.0.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| nothing("line"))?;
    let language = known(&language)?;
    let typed = [posted.text("display_name"), posted.lines("about")];
    let raw_was = posted.raw("was").to_owned();
    let again = |errors| form(&session, (line, &language), &typed, raw_was.clone(), errors);
    let errors: Vec<FieldError> = TEXTS
        .iter()
        .zip(&typed)
        .filter_map(|(name, typed)| {
            let label = format!("field-{}", name.replace('_', "-"));
            let kind = check_length(name, typed).err()?;
            Some(issue_error((*name).to_owned(), &label, kind))
        })
        .collect();
    if !errors.is_empty() {
        return Ok(response::invalid_form(&again(errors)));
    }
    let was: Fields = serde_json::from_str(&raw_was).unwrap_or_default();
    let mut mine = Fields::new();
    for (name, typed) in TEXTS.iter().zip(&typed) {
        let is_theirs = posted.raw(&format!("choose-{name}-{language}")) == "theirs";
        let has_english = was.contains_key(&format!("{name}.en"));
        if !is_theirs && has_english {
            let value = if typed.is_empty() { Value::Null } else { typed.clone().into() };
            mine.insert(format!("{name}.{language}"), value);
        }
    }
    let (scope, now, before) = (session.scope.clone(), app.clock.now_millis(), was.clone());
    let saved = app
        .database
        .write(move |tx| directory::save_line(tx, &scope, &id, (&before, &mine), now))
        .await;
    let conflict = |page: Response| (StatusCode::CONFLICT, page).into_response();
    match saved {
        Ok((_, clashes)) if clashes.is_empty() => {
            Ok(response::redirect(&format!("{HOME}?done=saved")))
        }
        Ok((held, clashes)) => {
            let action = format!("{}/words/{language}", line_path(&line.id));
            let page = clash(&session, &action, &posted, (was, &held), &clashes);
            Ok(conflict(response::render(&page)))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            let errors = vec![FieldError {
                field: "display_name".into(),
                message: words::t("promise-late"),
            }];
            Ok(conflict(response::render(&again(errors))))
        }
        Err(error) => Err(error.into()),
    }
}
