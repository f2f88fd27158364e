//! A pledge: its parts, where it stands, and its languages.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_database::DatabaseError;
use promise_edition::{EditionContent, RecordKind, field_and_language, fields_of, id_from_title};
use promise_protocol::pack::{Pledge, Promise};
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Fields, WorkingCopy},
};
use serde_json::{Value, json};

use crate::{
    App,
    features::promise::{
        HOME, can_edit,
        edit::{self, Form},
        fields::{self, Shape, Spec},
        languages::{self, Progress},
        nothing, open,
        overview::issues_of,
        parts::{PARTS, Part},
        picture,
        sections::{New, late},
        target::{self, Target},
        value, work,
    },
    kit::{
        forms::Field,
        page::{
            FieldError, NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// A field of a pledge, in words.
struct Row {
    label: String,
    text: String,
    is_there: bool,
}

/// A part of a pledge.
struct Shown {
    name: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "promise/pledge.html")]
struct OnePledge {
    page: Page,
    id: String,
    section: String,
    /// The hash of its picture; empty if there is none.
    picture: String,
    alt: String,
    can_edit: bool,
    lacks: Vec<String>,
    parts: Vec<Shown>,
    languages: Vec<Progress>,
}

pub(super) fn find<'a>(promise: &'a Promise, id: &str) -> Result<&'a Pledge, PageError> {
    promise.pledges.0.iter().find(|pledge| pledge.id == id).ok_or_else(|| nothing("pledge"))
}

fn part_title(part: &Part) -> String {
    words::t(&format!("pledge-{}", part.name))
}

fn shown(part: &Part, held: &Fields) -> Shown {
    let row = |spec: Spec| {
        let (name, _) = field_and_language(&spec.name);
        let value = held.get(&spec.name);
        Row {
            label: value::called(name, None),
            text: value::words(name, value),
            is_there: value.is_some(),
        }
    };
    Shown {
        name: part.name.to_owned(),
        title: part_title(part),
        rows: part.specs().into_iter().map(row).collect(),
    }
}

/// Shows a pledge.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let work = work(&app, &session).await?;
    let promise = &work.content.promise;
    let pledge = find(promise, &id)?;
    let held = fields_of(pledge);
    let section = Target::Section(pledge.section.clone());
    let page = session.page(target::title(&pledge.title, &id));
    let section_name = section.name(promise);
    let (href, text) = match &section_name {
        Some(name) => (section.home(), name.clone()),
        None => (HOME.to_owned(), words::t("promise-title")),
    };
    let (picture, alt) = picture::shown(pledge.picture.as_ref());
    let lacks = issues_of(&work.content, RecordKind::Pledge, &id);
    Ok(response::render(&OnePledge {
        page: page.back(href, text).notice("promise-done", query.done.as_deref()),
        picture,
        alt,
        section: section_name.unwrap_or_else(|| words::t("pledge-no-section")),
        can_edit: can_edit(&session, &work),
        lacks,
        parts: PARTS.iter().map(|part| shown(part, &held)).collect(),
        languages: languages::progress(promise, &Target::Pledge(id.clone())),
        id,
    }))
}

fn part_form(work: &WorkingCopy, id: &str, part: &str) -> Result<Form, PageError> {
    let part = Part::of(part).ok_or_else(|| nothing("part"))?;
    let target = Target::Pledge(id.to_owned());
    let name = target.name(&work.content.promise).unwrap_or_default();
    let lead = words::find(&format!("pledge-{}-lead", part.name));
    Ok(Form {
        specs: part.specs(),
        title: part_title(part),
        lead: lead.into_iter().collect(),
        action: format!("{}/part/{}", target.home(), part.name),
        back: (target.home(), name),
        target,
    })
}

/// Shows the form of a part.
pub(super) async fn get_part(
    State(app): State<App>,
    session: Session,
    Path((pledge, part)): Path<(String, String)>,
) -> PageResult {
    edit::get_form(&app, &session, |work| part_form(work, &pledge, &part)).await
}

/// Saves it.
pub(super) async fn post_part(
    State(app): State<App>,
    Path((pledge, part)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    edit::post_form(&app, sent, |work| part_form(work, &pledge, &part)).await
}

fn new_specs() -> Vec<Spec> {
    vec![Spec::new("title.en", Shape::Line).required(), Spec::new("text.en", Shape::Lines(6))]
}

fn new_form(
    session: &Session,
    work: &WorkingCopy,
    section: &str,
    fields: Vec<Field>,
    errors: Vec<FieldError>,
) -> Result<New, PageError> {
    let target = Target::Section(section.to_owned());
    let name = target.name(&work.content.promise).ok_or_else(|| nothing("section"))?;
    let page = session.page(words::with("pledge-new-in", "section", &name));
    Ok(New {
        page: page.back(target.home(), name).with_errors(errors),
        lead: vec![words::t("pledge-new-lead")],
        action: format!("{}/pledges/new", target.home()),
        fields,
        button: words::t("pledge-new-button"),
    })
}

/// Shows the form for a new pledge.
pub(super) async fn get_new(
    State(app): State<App>,
    session: Session,
    Path(section): Path<String>,
) -> PageResult {
    let work = open(&app, &session).await?;
    let fields = fields::held(&new_specs(), &[].into());
    Ok(response::render(&new_form(&session, &work, &section, fields, Vec::new())?))
}

/// Adds a pledge.
pub(super) async fn post_new(
    State(app): State<App>,
    Path(section): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let known = work(&app, &session).await?;
    let again = |errors: Vec<FieldError>| -> PageResult {
        let fields = fields::sent(&new_specs(), &form, &errors);
        Ok(response::invalid_form(&new_form(&session, &known, &section, fields, errors)?))
    };
    let read = match fields::read(&new_specs(), &form) {
        Ok(read) => read,
        Err(errors) => return again(errors),
    };
    let text = |field: &str| match read.get(field) {
        Some(Value::String(text)) => json!({"en": text}),
        _ => json!({}),
    };
    let mut pledge =
        json!({"id": "", "section": section, "title": text("title.en"), "text": text("text.en")});
    let english = read.get("title.en").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (scope, now, section_id) = (session.scope.clone(), app.clock.now_millis(), section.clone());
    let added = app.database.write(move |tx| {
        let published = drafts::load_published(tx, &scope)?;
        let content = drafts::load(tx, &scope)?.content;
        let known =
            |draft: &EditionContent, id: &str| draft.promise.pledges.0.iter().any(|it| it.id == id);
        let id = id_from_title(&english, "pledge", |id| {
            known(&content, id) || published.as_ref().is_some_and(|draft| known(draft, id))
        });
        drafts::edit(tx, &scope, &format!("pledge {id}"), now, |promise: &mut Promise| {
            if !promise.sections.iter().any(|section| section.id == section_id) {
                return Err(ServiceError::NotFound("section"));
            }
            if let Some(name) = pledge.get_mut("id") {
                *name = id.clone().into();
            }
            let pledge = serde_json::from_value(pledge);
            promise.pledges.0.push(pledge.map_err(|_| DatabaseError::Unreadable("pledge"))?);
            Ok(id)
        })
    });
    match added.await {
        Ok(id) => Ok(response::redirect(&format!("{HOME}/pledges/{id}?done=added"))),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => again(vec![late("title-en")]),
        Err(error) => Err(error.into()),
    }
}
