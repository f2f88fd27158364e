//! The page of one opportunity: all its fields, its availability, and removing it.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_edition::{Texts, opportunities::to_texts};
use promise_protocol::pack::OpportunityStatus;
use promise_services::{
    Permission, ServiceError,
    opportunities::{
        self, Availability as State1, DraftChange, OpportunityView, PLACE_SEPARATOR, PLACES,
    },
    publishing::drafts::{self, DraftRefusal},
};

use crate::{
    App,
    features::opportunities::{HOME, can_edit, format, parts::PARTS},
    kit::{
        forms::Question,
        page::{
            NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        url::opportunity_path,
        words,
    },
};

/// A line of a part.
struct Row {
    label: String,
    text: String,
    is_there: bool,
}

struct Shown {
    name: &'static str,
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "opportunities/detail.html")]
struct OnePage {
    page: Page,
    id: String,
    state: String,
    state_class: &'static str,
    change: String,
    change_class: &'static str,
    /// Where it comes from, if that is known.
    source: String,
    can_edit: bool,
    is_removed: bool,
    /// Its status, and those that it can be given: name and button.
    statuses: Vec<(&'static str, String)>,
    /// Whether it closed by its date, and so needs another one before it can be open.
    needs_date: bool,
    parts: Vec<Shown>,
}

/// The class of the tag for a state.
pub(super) fn state_class(state: State1) -> &'static str {
    match state {
        State1::Open => "good",
        State1::ClosesSoon => "warn",
        _ => "",
    }
}

/// What the draft does to it, in a tag: class and words.
pub(super) fn change_tag(change: DraftChange) -> (&'static str, String) {
    match change {
        DraftChange::Same => ("", String::new()),
        DraftChange::New => ("ask", words::t("tag-new")),
        DraftChange::Changed => ("ask", words::t("tag-changed")),
        DraftChange::Removed => ("warn", words::t("tag-removed")),
    }
}

fn rows(columns: &[&'static str], texts: &Texts) -> Vec<Row> {
    let held = |column: &str| texts.get(column).cloned().unwrap_or_default();
    let row = |column: &&'static str| {
        let (name, text) = match *column {
            "postcode" => return None,
            "area" => {
                let (area, postcode) = (held("area"), held("postcode"));
                let is_empty = area.is_empty() && postcode.is_empty();
                let both = format!("{area}{PLACE_SEPARATOR}{postcode}");
                (PLACES, if is_empty { String::new() } else { both })
            }
            column => (column, held(column)),
        };
        let is_there = !text.is_empty() && text != "n" && text != "ongoing";
        Some(Row { label: format::label(name), text: format::told(name, &text), is_there })
    };
    columns.iter().filter_map(row).collect()
}

async fn read(app: &App, session: &Session, id: &str) -> Result<OpportunityView, PageError> {
    let (scope, now, id) = (session.scope.clone(), app.clock.now_millis(), id.to_owned());
    let read = app.database.read(move |tx| opportunities::find(tx, &scope, &id, now)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// Shows it.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let OpportunityView { row, stage } = read(&app, &session, &id).await?;
    let it = &row.opportunity;
    let is_removed = row.change == DraftChange::Removed;
    let is_past = matches!(row.state, State1::Closed | State1::Ended);
    let needs_date = is_past && it.status != OpportunityStatus::Closed;
    let statuses: &[&str] = match it.status {
        _ if needs_date => &[],
        OpportunityStatus::Open => &["closed", "paused"],
        OpportunityStatus::Paused => &["open", "closed"],
        OpportunityStatus::Closed => &["open"],
    };
    let button = |status: &&'static str| (*status, words::t(&format!("opp-set-{status}")));
    let texts = to_texts(it);
    let parts = PARTS.iter().map(|part| Shown {
        name: part.name,
        title: part.title(),
        rows: rows(part.columns, &texts),
    });
    let (change_class, change) = change_tag(row.change);
    let source = it.source.as_ref().and_then(|source| source.feed.clone());
    let page = session.page(it.title.clone());
    let page = page.back(HOME, words::t("opp-title"));
    Ok(response::render(&OnePage {
        page: page.notice("opp-done", query.done.as_deref()),
        state: words::t(&format!("opp-state-{}", row.state.name())),
        state_class: state_class(row.state),
        change,
        change_class,
        source: source.unwrap_or_default(),
        can_edit: can_edit(&session, &stage),
        is_removed,
        statuses: statuses.iter().map(button).collect(),
        needs_date,
        parts: parts.collect(),
        id,
    }))
}

/// Closes it, opens it again, or says that it is full.
pub(super) async fn post_status(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let (status, name) = match sent.form.raw("status") {
        "open" => (OpportunityStatus::Open, "open"),
        "paused" => (OpportunityStatus::Paused, "paused"),
        _ => (OpportunityStatus::Closed, "closed"),
    };
    let to = format!("{}?done={name}", opportunity_path(&id));
    app.database.write(move |tx| opportunities::set_status(tx, &scope, &id, status, now)).await?;
    Ok(response::redirect(&to))
}

/// Asks before it goes.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    session.scope.permit(Permission::Edit)?;
    let OpportunityView { row, stage } = read(&app, &session, &id).await?;
    if row.change == DraftChange::Removed {
        return Err(ServiceError::NotFound("opportunity").into());
    }
    if !can_edit(&session, &stage) {
        return Err(ServiceError::from(DraftRefusal::Submitted).into());
    }
    let name = row.opportunity.title.clone();
    let page = session.page(words::with("opp-remove-title", "name", &name));
    Ok(response::render(
        &Question::new(
            page.back(opportunity_path(&id), name),
            format!("{}/remove", opportunity_path(&id)),
            "opp-remove",
        )
        .lead(words::t("opp-remove-lead"))
        .lead(words::t("remove-published"))
        .hidden(vec![("seen".to_owned(), drafts::fingerprint(&row.opportunity))])
        .danger(),
    ))
}

/// Removes it, if it is still what was seen.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let seen = sent.form.raw("seen").to_owned();
    app.database.write(move |tx| opportunities::remove(tx, &scope, &id, &seen, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=removed")))
}

/// Puts back what the draft removed.
pub(super) async fn post_put_back(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let to = format!("{}?done=put-back", opportunity_path(&id));
    app.database.write(move |tx| opportunities::restore(tx, &scope, &id, now)).await?;
    Ok(response::redirect(&to))
}
