//! The first page of what is published: how far the draft is, what it lacks, and all there is to
//! write.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use promise_database::Actor;
use promise_edition::{EditionContent, Issue, Place, RecordKind, compare, validate};
use promise_protocol::pack::Promise;
use promise_services::{
    Permission, ServiceError, names as staff_names,
    publishing::drafts::{self, Stage, WorkingCopy},
};

use crate::{
    App,
    features::promise::{HOME, can_edit, parts::Part, target, value, work},
    kit::{
        forms::issue_text,
        page::{
            NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::Session,
        url::{line_path, opportunity_path},
        words::{self, times},
    },
};

/// How a record stands against what is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    New,
    Changed,
    Lacking,
}

/// How records stand, by kind and name.
pub(super) struct States(BTreeMap<(RecordKind, String), Standing>);

impl States {
    /// Compares the draft with what is published.
    pub(super) async fn read(
        app: &App,
        session: &Session,
        work: &WorkingCopy,
    ) -> Result<Self, PageError> {
        let published = published(app, session).await?;
        Ok(Self::of(published.as_ref(), work))
    }

    fn of(published: Option<&EditionContent>, work: &WorkingCopy) -> Self {
        let mut states = BTreeMap::new();
        for changes in compare(published, &work.content) {
            let added = changes.added.iter().map(|it| (it, Standing::New));
            let changed = changes.changed.iter().map(|it| (it, Standing::Changed));
            let all = added.chain(changed);
            states.extend(all.map(|(record, state)| ((changes.kind, record.id.clone()), state)));
        }
        for issue in validate(&work.content) {
            if let Place::Record { kind, id, .. } = issue.place {
                states.insert((kind, id), Standing::Lacking);
            }
        }
        Self(states)
    }

    /// The class and the words of the tag of a record; empty where there is nothing to say.
    fn tag(&self, kind: RecordKind, id: &str) -> (&'static str, String) {
        match self.0.get(&(kind, id.to_owned())) {
            Some(Standing::New) => ("ask", words::t("tag-new")),
            Some(Standing::Changed) => ("ask", words::t("tag-changed")),
            Some(Standing::Lacking) => ("warn", words::t("tag-lacking")),
            None => ("", String::new()),
        }
    }
}

/// What is published; `None` if nothing.
pub(super) async fn published(
    app: &App,
    session: &Session,
) -> Result<Option<EditionContent>, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| drafts::load_published(tx, &scope)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// A pledge in a list.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) class: &'static str,
    pub(super) tag: String,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// The pledges of a section, in order.
pub(super) fn items(promise: &Promise, section: &str, states: &States) -> Vec<Item> {
    let own: Vec<_> = promise.pledges.0.iter().filter(|it| it.section == section).collect();
    let last = own.len().saturating_sub(1);
    own.into_iter()
        .enumerate()
        .map(|(index, pledge)| {
            let (class, tag) = states.tag(RecordKind::Pledge, &pledge.id);
            Item {
                id: pledge.id.clone(),
                title: target::title(&pledge.title, &pledge.id),
                class,
                tag,
                is_first: index == 0,
                is_last: index == last,
            }
        })
        .collect()
}

struct PromiseSection {
    item: Item,
    pledges: Vec<Item>,
}

/// Something to mend, and where.
struct Mend {
    text: String,
    href: String,
}

/// What can be done with the draft now.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button of its own")]
struct Buttons {
    hand_in: bool,
    take_back: bool,
    publish: bool,
    send_back: bool,
    throw_away: bool,
    renew: bool,
}

#[derive(Template)]
#[template(path = "promise/overview.html")]
struct Overview {
    page: Page,
    published: String,
    status: String,
    class: &'static str,
    authors: String,
    note: String,
    has_draft: bool,
    /// Why the reader cannot publish, though others could.
    own_work: bool,
    can_edit: bool,
    buttons: Buttons,
    mend: Vec<Mend>,
    title: String,
    intro: String,
    sections: Vec<PromiseSection>,
}

/// Names on cards, one after the other.
pub(super) async fn names(app: &App, actors: Vec<Actor>) -> Result<Vec<String>, PageError> {
    let read = app.database.read(move |tx| {
        let name = |actor: &Actor| match actor {
            Actor::Operator => Ok(words::t("role-operator")),
            Actor::Staff(id) => staff_names::display_name(tx, id),
        };
        actors.iter().map(name).collect::<Result<Vec<_>, ServiceError>>()
    });
    read.await.map_err(Into::into)
}

/// Shows it.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let work = work(&app, &session).await?;
    let now = app.clock.now_millis();
    let states = States::read(&app, &session, &work).await?;
    let authors = names(&app, work.authors.clone()).await?.join(", ");
    let (status, class) = match &work.stage {
        Stage::NoDraft => (words::t("promise-untouched"), ""),
        Stage::Open => (words::t("promise-writing"), "ask"),
        Stage::Submitted { by, at } => {
            let by = names(&app, vec![by.clone()]).await?.join("");
            let at = times::date_time(*at, now);
            (
                words::format("promise-handed-in", &[("name", by.into()), ("when", at.into())]),
                "warn",
            )
        }
    };
    let published = match work.published_at {
        None => words::t("promise-unpublished"),
        Some(at) => words::format(
            "promise-published",
            &[
                ("number", work.newest.unwrap_or_default().to_string().into()),
                ("when", times::date_time(at, now).into()),
            ],
        ),
    };
    let has_draft = work.stage != Stage::NoDraft;
    let issues = validate(&work.content);
    let mend = issues.iter().filter(|_| has_draft).filter_map(mend).collect();
    let promise = &work.content.promise;
    Ok(response::render(&Overview {
        page: session.page(words::t("promise-title")).notice("promise-done", query.done.as_deref()),
        published,
        status,
        class,
        authors,
        note: work.note.clone().unwrap_or_default(),
        has_draft,
        own_work: session.scope.may(Permission::Publish) && work.is_by(&session.scope.actor()),
        can_edit: can_edit(&session, &work),
        buttons: buttons(&session, &work),
        mend,
        title: target::title(&promise.title, ""),
        intro: target::title(&promise.intro, ""),
        sections: sections(promise, &states),
    }))
}

fn buttons(session: &Session, work: &WorkingCopy) -> Buttons {
    let (may_edit, may_publish) =
        (session.scope.may(Permission::Edit), session.scope.may(Permission::Publish));
    match work.stage {
        Stage::NoDraft => Buttons::default(),
        Stage::Open => Buttons {
            hand_in: may_edit && !work.is_behind(),
            renew: may_edit && work.is_behind(),
            throw_away: may_edit,
            ..Buttons::default()
        },
        Stage::Submitted { .. } => Buttons {
            take_back: may_edit,
            send_back: may_publish,
            publish: may_publish && !work.is_by(&session.scope.actor()),
            ..Buttons::default()
        },
    }
}

fn sections(promise: &Promise, states: &States) -> Vec<PromiseSection> {
    let last = promise.sections.len().saturating_sub(1);
    let section = |(index, section): (usize, &promise_protocol::pack::PromiseSection)| {
        let (class, tag) = states.tag(RecordKind::Section, &section.id);
        PromiseSection {
            item: Item {
                id: section.id.clone(),
                title: target::title(&section.title, &section.id),
                class,
                tag,
                is_first: index == 0,
                is_last: index == last,
            },
            pledges: items(promise, &section.id, states),
        }
    };
    promise.sections.iter().enumerate().map(section).collect()
}

/// An issue of the draft, with the page that fixes it.
fn mend(issue: &Issue) -> Option<Mend> {
    let Place::Record { kind, id, title, field } = &issue.place else { return None };
    let text = draft_issue(issue);
    let text = match kind {
        RecordKind::Promise => text,
        _ => words::format(
            "draft-issue-of",
            &[("name", title.as_str().into()), ("what", text.into())],
        ),
    };
    Some(Mend { text, href: edit_path(*kind, id, field) })
}

/// The page that fixes an issue with a field of a record.
fn edit_path(kind: RecordKind, id: &str, field: &str) -> String {
    match (kind, field) {
        (RecordKind::Promise, "sections" | "pledges") => format!("{HOME}/sections/new"),
        (RecordKind::Promise, _) => format!("{HOME}/title"),
        (RecordKind::Section, _) => format!("{HOME}/sections/{id}/words"),
        (RecordKind::Pledge, "section") => format!("{HOME}/pledges/{id}/section"),
        (RecordKind::Pledge, field) => match Part::with(field) {
            Some(part) => format!("{HOME}/pledges/{id}/part/{}", part.name),
            None => format!("{HOME}/pledges/{id}"),
        },
        (RecordKind::Opportunity, _) => opportunity_path(id),
        (RecordKind::Line, _) => line_path(id),
        (RecordKind::ClosedDay, _) => "/console/directory/days".to_owned(),
    }
}

/// The sentence for an issue of the draft.
fn draft_issue(issue: &Issue) -> String {
    issue_text(issue, &value::called(issue.field().unwrap_or_default(), None))
}

/// The sentences for the issues of one record of the draft.
pub(super) fn issues_of(content: &EditionContent, record: RecordKind, id: &str) -> Vec<String> {
    let is_own = |issue: &Issue| matches!(&issue.place, Place::Record { kind, id: own, .. } if *kind == record && own == id);
    validate(content).iter().filter(|issue| is_own(issue)).map(draft_issue).collect()
}
