//! Young people whom nobody looks after today, and giving them an adviser at once.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use promise_database::StaffMember;
use promise_services::{
    OsRandom, Permission, ServiceError,
    assignments::{
        unassigned as service,
        unassigned::{Reason, Unassigned},
    },
    calendar::today,
    staff::teams,
};
use serde::Deserialize;

use crate::{
    App,
    kit::{
        feature::{Feature, Route},
        format::{display_reference, staff_name},
        forms::{Field, FormData, Input, Question, choice, field_error},
        page::{
            FieldError, Link, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/unassigned", get),
        Route::post("/console/unassigned", post_check),
        Route::post("/console/unassigned/confirm", post_confirm),
    ]
}

/// What was asked for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// Whether everybody is chosen from the start.
    all: Option<String>,
    done: Option<String>,
}

struct Row {
    id: String,
    name: String,
    reason: String,
    is_selected: bool,
}

#[derive(Template)]
#[template(path = "unassigned/unassigned.html")]
struct Shown {
    page: Page,
    rows: Vec<Row>,
    count: usize,
    /// What is wrong with who was chosen.
    error: String,
    /// Who takes them.
    field: Field,
    /// Those whose leave nobody covers.
    away: Vec<Link>,
    may_give: bool,
}

/// Those whom nobody looks after, and the colleagues who are here.
struct Known {
    alone: Vec<Unassigned>,
    colleagues: Vec<StaffMember>,
}

async fn known(app: &App, session: &Session) -> Result<Known, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| {
        let council = scope.own_council().unwrap_or_default();
        let alone = service::list(tx, &scope, council, now)?;
        let mut colleagues = teams::list_advisers(tx, &scope)?;
        colleagues.retain(|it| it.card.on_leave_until(today(now)).is_none());
        Ok(Known { alone, colleagues })
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn reason(alone: &Unassigned) -> String {
    let why = match &alone.reason {
        Reason::NeverAssigned => words::t("unassigned-never"),
        Reason::AdviserLeft(name) => words::with("unassigned-left", "name", name),
        Reason::AdviserOnLeave { name, until, .. } => words::format(
            "unassigned-away-until",
            &[("name", name.as_str().into()), ("day", times::day(*until).into())],
        ),
        Reason::AssignmentEnded => words::t("unassigned-ended"),
    };
    let coming = alone.coming.as_ref().map(|(name, day)| {
        let arguments = [("name", name.as_str().into()), ("day", times::day(*day).into())];
        words::format("unassigned-coming", &arguments)
    });
    coming.map_or(why.clone(), |coming| format!("{why} {coming}"))
}

fn shown(
    session: &Session,
    known: &Known,
    (chosen, to): (&dyn Fn(&str) -> bool, &str),
    errors: Vec<FieldError>,
) -> Shown {
    let row = |alone: &Unassigned| Row {
        id: alone.person.clone(),
        name: display_reference(&alone.person, alone.reference.as_deref()),
        reason: reason(alone),
        is_selected: chosen(&alone.person),
    };
    let mut away: Vec<Link> = Vec::new();
    for alone in &known.alone {
        let Reason::AdviserOnLeave { staff, name, .. } = &alone.reason else { continue };
        let href = format!("/console/cards/{staff}/leave");
        if !away.iter().any(|link| link.href == href) {
            away.push(Link { href, text: name.clone(), is_current: false });
        }
    }
    let mut colleagues = vec![choice("", words::t("hand-over-choose"), to)];
    colleagues.extend(known.colleagues.iter().map(|it| choice(&it.id, staff_name(it), to)));
    let own = errors.iter().find(|error| error.field == "person-0");
    Shown {
        error: own.map(|error| error.message.clone()).unwrap_or_default(),
        field: Field::new("to", "hand-over-to", Input::Select(colleagues)).with_error(&errors),
        count: known.alone.len(),
        rows: known.alone.iter().map(row).collect(),
        page: session.page(words::t("unassigned-title")).with_errors(errors),
        away,
        may_give: session.scope.may(Permission::GivePeople),
    }
}

/// Shows them.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let known = known(&app, &session).await?;
    let chosen = |_: &str| wanted.all.is_some();
    let mut shown = shown(&session, &known, (&chosen, ""), Vec::new());
    shown.page = shown.page.notice("done", wanted.done.as_deref());
    Ok(response::render(&shown))
}

/// Who is given to whom, if it is right.
struct Typed {
    people: Vec<String>,
    to: String,
}

async fn read(
    app: &App,
    session: &Session,
    sent: &FormData,
    known: &Known,
) -> Result<Typed, PageError> {
    let people = sent.all("person");
    let mut errors = Vec::new();
    if people.is_empty() {
        errors.push(field_error("person-0", "hand-over-people-missing"));
    }
    let is_alone = |id: &String| known.alone.iter().any(|alone| &alone.person == id);
    if let Some(id) = people.iter().find(|id| !is_alone(id)) {
        // Somebody out of reach, or somebody who has an adviser by now.
        let (scope, id) = (session.scope.clone(), id.clone());
        app.database.read(move |tx| scope.person_to_change(tx, &id)).await?;
        errors.push(field_error("person-0", "unassigned-not-any-more"));
    }
    let to = sent.text("to");
    if !known.colleagues.iter().any(|it| it.id == to) {
        errors.push(field_error("to", "hand-over-to-missing"));
    }
    if errors.is_empty() {
        return Ok(Typed { people, to });
    }
    let chosen = |id: &str| people.iter().any(|chosen| chosen == id);
    let response: Response = response::invalid_form(&shown(session, known, (&chosen, &to), errors));
    Err(response.into())
}

/// Shows what would be done.
pub(crate) async fn post_check(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::GivePeople)?;
    let known = known(&app, &session).await?;
    let typed = read(&app, &session, &form, &known).await?;
    let name = |id: &String| {
        let alone = known.alone.iter().find(|alone| &alone.person == id)?;
        Some(display_reference(id, alone.reference.as_deref()))
    };
    let to = known.colleagues.iter().find(|it| it.id == typed.to).map(staff_name);
    let page = session
        .page(words::t("unassigned-check-title"))
        .back("/console/unassigned", words::t("unassigned-title"));
    let question = Question::new(page, "/console/unassigned/confirm", "unassigned-button")
        .row("hand-over-people", typed.people.iter().filter_map(name).collect())
        .row("hand-over-to", to.into_iter().collect())
        .lead(words::t("unassigned-check-lead"))
        .hidden(form.fields_except(&["csrf"]));
    Ok(response::render(&question))
}

/// Does it. As with a hand-over, the password is asked for.
pub(crate) async fn post_confirm(State(app): State<App>, sent: StaffForm) -> PageResult {
    sent.session.scope.permit(Permission::GivePeople)?;
    let StaffForm { session, form } = sent.require_recent_login()?;
    let known = known(&app, &session).await?;
    let Typed { people, to } = read(&app, &session, &form, &known).await?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let given = app
        .database
        .write(move |tx| service::assign_all(tx, &scope, &people, &to, now, &mut OsRandom));
    given.await?;
    Ok(response::redirect("/console/unassigned?done=given"))
}
