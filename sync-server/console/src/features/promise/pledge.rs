//! The page of a pledge, and the forms of its parts.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_edition::{RecordKind, field_and_language, fields_of};
use promise_services::{
    Entity, ServiceError,
    publishing::{
        drafts::{Fields, WorkingCopy},
        promise::{PromiseRecord, english_or},
    },
};

use crate::{
    App,
    features::promise::{
        PROMISE, can_edit,
        fields::FieldSpec,
        find_pledge,
        languages::{self, Progress},
        load,
        parts::{PARTS, Part},
        picture::{self, ShownPicture},
        record_form::{self, RecordForm},
        record_path,
        status::record_issues,
        value,
    },
    kit::{
        page::{
            NoticeQuery, Page,
            record::{FieldRow, RecordPart},
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

#[derive(Template)]
#[template(path = "promise/pledge.html")]
struct PledgeTemplate {
    page: Page,
    id: String,
    section: String,
    picture: Option<ShownPicture>,
    can_edit: bool,
    issues: Vec<String>,
    parts: Vec<RecordPart>,
    languages: Vec<Progress>,
}

fn part_title(part: &Part) -> String {
    words::t(&format!("pledge-{}", part.name))
}

/// Returns a part with its fields. `pledge` is the path of the pledge's page for a caller who can edit it.
fn record_part(part: &Part, fields: &Fields, pledge: Option<&str>) -> RecordPart {
    let row = |spec: FieldSpec| {
        let (name, _) = field_and_language(&spec.name);
        let stored = fields.get(&spec.name);
        FieldRow {
            label: value::label(name, None),
            text: value::format(name, stored),
            is_empty: stored.is_none(),
        }
    };
    RecordPart {
        name: part.name,
        title: part_title(part),
        rows: part.specs().into_iter().map(row).collect(),
        edit: pledge.map(|pledge| format!("{pledge}/part/{}", part.name)),
    }
}

/// Shows a pledge.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let draft = load(&app, &session).await?;
    let promise = &draft.content.promise;
    let pledge = find_pledge(promise, &id)?;
    let fields = fields_of(pledge);
    let section = PromiseRecord::Section(pledge.section.clone());
    let section_title = section.title(promise);
    let (href, text) = match &section_title {
        Some(title) => (record_path(&section), title.clone()),
        None => (PROMISE.to_owned(), words::t("promise-title")),
    };
    let page = session.page(english_or(&pledge.title, &id));
    let record = PromiseRecord::Pledge(id.clone());
    let can_edit = can_edit(&session, &draft);
    let editable = can_edit.then(|| record_path(&record));
    let part = |part| record_part(part, &fields, editable.as_deref());
    Ok(response::render(&PledgeTemplate {
        page: page.back(href, text).notice(query.done.as_deref()),
        picture: picture::shown(pledge.picture.as_ref()),
        section: section_title.unwrap_or_else(|| words::t("pledge-no-section")),
        can_edit,
        issues: record_issues(&draft.content, RecordKind::Pledge, &id),
        parts: PARTS.iter().map(part).collect(),
        languages: languages::progress(promise, &record),
        id,
    }))
}

fn part_form(draft: &WorkingCopy, id: &str, part: &str) -> Result<RecordForm, PageError> {
    let part = Part::find(part).ok_or(ServiceError::NotFound(Entity::Page))?;
    let record = PromiseRecord::Pledge(id.to_owned());
    let title = record.title(&draft.content.promise).unwrap_or_default();
    let lead = words::find(&format!("pledge-{}-lead", part.name));
    Ok(RecordForm {
        specs: part.specs(),
        title: part_title(part),
        lead: lead.into_iter().collect(),
        action: format!("{}/part/{}", record_path(&record), part.name),
        back: (record_path(&record), title),
        record,
    })
}

/// Shows the form of a part.
pub(super) async fn get_part(
    State(app): State<App>,
    session: Session,
    Path((pledge, part)): Path<(String, String)>,
) -> PageResult {
    record_form::get(&app, &session, |draft| part_form(draft, &pledge, &part)).await
}

/// Saves a part.
pub(super) async fn post_part(
    State(app): State<App>,
    Path((pledge, part)): Path<(String, String)>,
    submitted: StaffForm,
) -> PageResult {
    record_form::post(&app, submitted, |draft| part_form(draft, &pledge, &part)).await
}
