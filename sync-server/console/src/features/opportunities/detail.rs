//! The page of an opportunity: its parts, its availability, removing and restoring it.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_edition::{Texts, opportunities::to_texts};
use promise_protocol::pack::OpportunityStatus;
use promise_services::{
    Entity, Permission, ServiceError,
    opportunities::{self, Availability, DraftChange, OpportunityView, PLACE_SEPARATOR, PLACES},
    publishing::drafts,
};

use crate::{
    App,
    features::opportunities::{
        OPPORTUNITIES, can_edit, check_editable, format,
        parts::{PARTS, Part},
    },
    kit::{
        forms::Question,
        page::{
            NoticeQuery, Page,
            record::{FieldRow, RecordPart},
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        url::opportunity_path,
        words,
    },
};

#[derive(Template)]
#[template(path = "opportunities/detail.html")]
struct DetailTemplate {
    page: Page,
    id: String,
    availability: String,
    availability_class: &'static str,
    change: String,
    change_class: &'static str,
    /// The name of the feed that the opportunity comes from; empty if it was typed.
    source: String,
    can_edit: bool,
    is_removed: bool,
    /// The statuses that the opportunity can be given: name and button.
    statuses: Vec<(&'static str, String)>,
    /// Whether it closed by its date, and needs a new one before it can be open.
    needs_date: bool,
    parts: Vec<RecordPart>,
}

/// Returns the CSS class of the tag for an availability.
pub(super) fn availability_class(availability: Availability) -> &'static str {
    match availability {
        Availability::Open => "good",
        Availability::ClosesSoon => "warn",
        _ => "",
    }
}

/// Returns the CSS class and the text of the tag for what the draft changes. Both are empty if it
/// changes nothing.
pub(super) fn change_tag(change: DraftChange) -> (&'static str, String) {
    match change {
        DraftChange::Same => ("", String::new()),
        DraftChange::New => ("ask", words::t("tag-new")),
        DraftChange::Changed => ("ask", words::t("tag-changed")),
        DraftChange::Removed => ("warn", words::t("tag-removed")),
    }
}

/// Returns a part with its columns. `opportunity` is the path of the opportunity's page for a caller who
/// can edit it.
fn record_part(part: &Part, texts: &Texts, opportunity: Option<&str>) -> RecordPart {
    let text = |column: &str| texts.get(column).cloned().unwrap_or_default();
    let row = |column: &&'static str| {
        let (name, text) = match *column {
            // Shown with the places.
            "postcode" => return None,
            "area" => {
                let (area, postcode) = (text("area"), text("postcode"));
                let is_empty = area.is_empty() && postcode.is_empty();
                let both = format!("{area}{PLACE_SEPARATOR}{postcode}");
                (PLACES, if is_empty { String::new() } else { both })
            }
            column => (column, text(column)),
        };
        let is_empty = matches!(text.as_str(), "" | "n" | "ongoing");
        Some(FieldRow { label: format::label(name), text: format::value(name, &text), is_empty })
    };
    RecordPart {
        name: part.name,
        title: part.title(),
        rows: part.columns.iter().filter_map(row).collect(),
        edit: opportunity.map(|opportunity| format!("{opportunity}/part/{}", part.name)),
    }
}

/// Reads an opportunity with what the draft changes about it.
pub(super) async fn load(
    app: &App,
    session: &Session,
    id: &str,
) -> Result<OpportunityView, PageError> {
    let (scope, now, id) = (session.scope.clone(), app.clock.now_millis(), id.to_owned());
    let read = app.database.read(move |tx| opportunities::find(tx, &scope, &id, now)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// Reads an opportunity for a caller who is about to edit it. Fails if they cannot edit it now.
pub(super) async fn load_editable(
    app: &App,
    session: &Session,
    id: &str,
) -> Result<OpportunityView, PageError> {
    session.scope.permit(Permission::Edit)?;
    let view = load(app, session, id).await?;
    if view.row.change == DraftChange::Removed {
        return Err(ServiceError::NotFound(Entity::Opportunity).into());
    }
    check_editable(session, &view.stage)?;
    Ok(view)
}

/// Shows an opportunity.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let OpportunityView { row, stage } = load(&app, &session, &id).await?;
    let opportunity = &row.opportunity;
    let is_past = row.availability.is_over();
    let needs_date = is_past && opportunity.status != OpportunityStatus::Closed;
    let statuses: &[OpportunityStatus] = match opportunity.status {
        _ if needs_date => &[],
        OpportunityStatus::Open => &[OpportunityStatus::Closed, OpportunityStatus::Paused],
        OpportunityStatus::Paused => &[OpportunityStatus::Open, OpportunityStatus::Closed],
        OpportunityStatus::Closed => &[OpportunityStatus::Open],
    };
    let button =
        |status: &OpportunityStatus| (status.as_str(), words::t(&format!("opp-set-{status}")));
    let texts = to_texts(opportunity);
    let (change_class, change) = change_tag(row.change);
    let source = opportunity.source.as_ref().and_then(|source| source.feed.clone());
    let (can_edit, is_removed) = (can_edit(&session, &stage), row.change == DraftChange::Removed);
    let editable = (can_edit && !is_removed).then(|| opportunity_path(&id));
    let part = |part| record_part(part, &texts, editable.as_deref());
    let page = session.page(opportunity.title.clone()).back(OPPORTUNITIES, words::t("opp-title"));
    Ok(response::render(&DetailTemplate {
        page: page.notice(query.done.as_deref()),
        availability: words::t(&format!("opp-state-{}", row.availability.name())),
        availability_class: availability_class(row.availability),
        change,
        change_class,
        source: source.unwrap_or_default(),
        can_edit,
        is_removed,
        statuses: statuses.iter().map(button).collect(),
        needs_date,
        parts: PARTS.iter().map(part).collect(),
        id,
    }))
}

/// Sets the status.
pub(super) async fn post_status(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let status: Result<OpportunityStatus, _> = submitted.form.raw("status").parse();
    let status = status.map_err(|_| ServiceError::NotFound(Entity::Page))?;
    let to = format!("{}?done={status}", opportunity_path(&id));
    app.database.write(move |tx| opportunities::set_status(tx, &scope, &id, status, now)).await?;
    Ok(response::redirect(&to))
}

/// Asks for a confirmation of the removal.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let opportunity = load_editable(&app, &session, &id).await?.row.opportunity;
    let path = opportunity_path(&id);
    let page = session
        .page(words::with("opp-remove-title", "name", &opportunity.title))
        .back(path.clone(), opportunity.title.clone());
    let question = Question::removal(page, &path, "opp-remove", drafts::fingerprint(&opportunity))
        .lead(words::t("opp-remove-lead"))
        .lead(words::t("remove-published"));
    Ok(response::render(&question))
}

/// Removes an opportunity, if it has not changed since the confirmation was shown.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let seen = submitted.form.raw("seen").to_owned();
    app.database.write(move |tx| opportunities::remove(tx, &scope, &id, &seen, now)).await?;
    Ok(response::redirect(&format!("{OPPORTUNITIES}?done=removed")))
}

/// Restores an opportunity that the draft removes.
pub(super) async fn post_restore(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let to = format!("{}?done=restored", opportunity_path(&id));
    app.database.write(move |tx| opportunities::restore(tx, &scope, &id, now)).await?;
    Ok(response::redirect(&to))
}
