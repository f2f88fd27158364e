//! The overview: how far the draft is, what has to be fixed, and all sections and pledges.

use askama::Template;
use axum::extract::{Query, State};
use promise_database::Actor;
use promise_edition::{Issue, Place, RecordKind, validate};
use promise_services::{
    Permission, ServiceError, names,
    publishing::{
        drafts::{DraftRefusal, Stage, WorkingCopy},
        promise::english_or,
    },
};

use crate::{
    App,
    features::promise::{
        PROMISE, can_edit, load,
        parts::Part,
        publish::publish_refusal,
        status::{SectionItem, Statuses, draft_issue, section_items},
    },
    kit::{
        page::{
            Link, NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::Session,
        url::{line_path, opportunity_path},
        words::{self, times},
    },
};

/// The steps that the caller can take with the draft now.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button")]
struct Buttons {
    submit: bool,
    withdraw: bool,
    publish: bool,
    send_back: bool,
    discard: bool,
    rebase: bool,
}

impl Buttons {
    /// `is_barred` is `true` for a publisher who must leave this draft to another one.
    fn new(session: &Session, draft: &WorkingCopy, is_barred: bool) -> Self {
        let can_edit = session.scope.may(Permission::Edit);
        let can_publish = session.scope.may(Permission::Publish);
        match draft.stage {
            Stage::NoDraft => Self::default(),
            Stage::Open => Self {
                submit: can_edit && !draft.is_behind(),
                rebase: can_edit && draft.is_behind(),
                discard: can_edit,
                ..Self::default()
            },
            Stage::Submitted { .. } => Self {
                withdraw: can_edit,
                send_back: can_publish,
                publish: can_publish && !is_barred,
                ..Self::default()
            },
        }
    }
}

#[derive(Template)]
#[template(path = "promise/overview.html")]
struct OverviewTemplate {
    page: Page,
    published: String,
    stage: String,
    /// The CSS class of the stage's tag; empty for plain text.
    class: &'static str,
    authors: String,
    /// The note with which the draft was sent back.
    note: String,
    has_draft: bool,
    /// Why a publisher must leave this draft to another one; empty if they need not.
    barred: String,
    can_edit: bool,
    buttons: Buttons,
    /// The issues of the draft, each with the page that fixes it.
    issues: Vec<Link>,
    title: String,
    intro: String,
    sections: Vec<SectionItem>,
}

/// Reads the names of actors.
pub(super) async fn actor_names(app: &App, actors: Vec<Actor>) -> Result<Vec<String>, PageError> {
    let read = app.database.read(move |tx| {
        let name = |actor: &Actor| match actor {
            Actor::Operator => Ok(words::t("role-operator")),
            // A phone writes no draft.
            Actor::OwnPhone => Ok(words::t("role-phone")),
            Actor::Staff(id) => names::display_name(tx, id),
        };
        actors.iter().map(name).collect::<Result<Vec<_>, ServiceError>>()
    });
    read.await.map_err(Into::into)
}

/// Shows the overview.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let draft = load(&app, &session).await?;
    let now = app.clock.now_millis();
    let statuses = Statuses::load(&app, &session, &draft).await?;
    let authors = actor_names(&app, draft.authors.clone()).await?.join(", ");
    let (stage, class) = match &draft.stage {
        Stage::NoDraft => (words::t("promise-no-draft"), ""),
        Stage::Open => (words::t("promise-writing"), "ask"),
        Stage::Submitted { by, at } => {
            let by = actor_names(&app, vec![by.clone()]).await?.join("");
            let at = times::date_time(*at, now);
            let arguments = [("name", by.into()), ("when", at.into())];
            (words::format("promise-submitted", &arguments), "warn")
        }
    };
    let has_draft = draft.stage != Stage::NoDraft;
    let issues = validate(&draft.content);
    let promise = &draft.content.promise;
    let barred = barred(&app, &session, &draft).await?;
    Ok(response::render(&OverviewTemplate {
        page: session.page(words::t("promise-title")).notice(query.done.as_deref()),
        published: published(&draft, now),
        stage,
        class,
        authors,
        note: draft.note.clone().unwrap_or_default(),
        has_draft,
        buttons: Buttons::new(&session, &draft, barred.is_some()),
        barred: barred.map(words::t).unwrap_or_default(),
        can_edit: can_edit(&session, &draft),
        issues: issues.iter().filter(|_| has_draft).filter_map(issue_link).collect(),
        title: english_or(&promise.title, ""),
        intro: english_or(&promise.intro, ""),
        sections: section_items(promise, &statuses),
    }))
}

/// Returns the key of the text that tells a publisher why another one has to publish the draft.
async fn barred(
    app: &App,
    session: &Session,
    draft: &WorkingCopy,
) -> Result<Option<&'static str>, PageError> {
    if !session.scope.may(Permission::Publish) {
        return Ok(None);
    }
    if draft.is_by(&session.scope.actor()) {
        return Ok(Some("promise-own-work"));
    }
    Ok(match publish_refusal(app, session, draft).await? {
        Some(DraftRefusal::SameHands) => Some("draft-same-hands"),
        Some(DraftRefusal::InEmergency) => Some("draft-in-emergency"),
        _ => None,
    })
}

fn published(draft: &WorkingCopy, now: i64) -> String {
    let Some(at) = draft.published_at else { return words::t("promise-unpublished") };
    let number = draft.newest.unwrap_or_default().to_string();
    let arguments = [("number", number.into()), ("when", times::date_time(at, now).into())];
    words::format("promise-published", &arguments)
}

/// Returns an issue with a link to the page that fixes it.
fn issue_link(issue: &Issue) -> Option<Link> {
    let text = draft_issue(issue);
    match &issue.place {
        Place::Promise { field: "sections" | "pledges" } => {
            Some(Link::new(format!("{PROMISE}/sections/new"), text))
        }
        Place::Promise { .. } => Some(Link::new(format!("{PROMISE}/title"), text)),
        Place::Record { kind, id, title, field } => {
            let arguments = [("name", title.as_str().into()), ("what", text.into())];
            let text = words::format("draft-issue-of", &arguments);
            Some(Link::new(edit_path(*kind, id, field), text))
        }
        Place::File { .. } | Place::Sheet { .. } | Place::Field { .. } => None,
    }
}

/// Returns the path of the page that edits a field of a record.
fn edit_path(kind: RecordKind, id: &str, field: &str) -> String {
    match (kind, field) {
        (RecordKind::Promise, _) => format!("{PROMISE}/title"),
        (RecordKind::Section, _) => format!("{PROMISE}/sections/{id}/words"),
        (RecordKind::Pledge, "section") => format!("{PROMISE}/pledges/{id}/section"),
        (RecordKind::Pledge, field) => match Part::containing(field) {
            Some(part) => format!("{PROMISE}/pledges/{id}/part/{}", part.name),
            None => format!("{PROMISE}/pledges/{id}"),
        },
        (RecordKind::Opportunity, _) => opportunity_path(id),
        (RecordKind::Line, _) => line_path(id),
        (RecordKind::ClosedDay, _) => "/console/directory/days".to_owned(),
        // They come from a folder, and have no page of their own.
        (RecordKind::Timescale, _) => "/console/directory".to_owned(),
    }
}
