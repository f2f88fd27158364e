//! Handing young people over: choose, check, confirm.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use promise_database::{StaffMember, Tx};
use promise_services::{
    OsRandom, Permission, ServiceError, StaffScope,
    assignments::{
        hand_over as service,
        hand_over::{HandOver, MAX_DAYS_AHEAD},
    },
    calendar::today,
};
use serde::Deserialize;

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::{display_reference, staff_name},
        forms::{Choice, Field, FormData, Input, choice, date_parts, field_error, parse_date},
        page::{
            FieldError, Link, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/hand-over",
        label: "nav-hand-over",
        permission: Some(Permission::ChangePeople),
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::post("/console/people/{person}/keep/{staff}", post_undo),
        Route::get("/console/hand-over", get),
        Route::post("/console/hand-over", post_check),
        Route::post("/console/hand-over/confirm", post_confirm),
    ]
}

/// What was asked for.
#[derive(Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    person: String,
    /// For managers: whose young people.
    #[serde(default)]
    from: String,
}

/// Who hands over, their young people by id and name, and everybody else.
struct Known {
    from: StaffMember,
    people: Vec<(String, String)>,
    colleagues: Vec<StaffMember>,
}

#[derive(Template)]
#[template(path = "handover/form.html")]
struct Form {
    page: Page,
    from: String,
    nobody: bool,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "handover/check.html")]
struct Check {
    page: Page,
    people: Vec<String>,
    from: String,
    to: String,
    day: String,
    is_now: bool,
    hidden: Vec<(String, String)>,
    change: String,
}

#[derive(Template)]
#[template(path = "kit/links.html")]
struct Whose {
    page: Page,
    links: Vec<Link>,
}

fn find(tx: &mut dyn Tx, scope: &StaffScope, from: &str) -> Result<Known, ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    // Oneself, or as a manager somebody else.
    let from = scope.card_holder(tx, from)?;
    let mut people = Vec::new();
    for own in tx.assignments_of_staff(&from.id)? {
        if own.covers.is_some() || own.ends.is_some() {
            continue;
        }
        if let Some(person) = tx.person(&own.person)? {
            let name = display_reference(&person.id, person.reference.as_deref());
            people.push((person.id, name));
        }
    }
    people.sort_by(|a, b| a.1.cmp(&b.1));
    let mut colleagues = tx.staff_of(&from.council)?;
    colleagues.retain(|it| it.id != from.id && !it.is_deactivated());
    if from.is_deactivated() {
        // They are given to a colleague at once, from the list of those who have nobody.
        people.clear();
    }
    Ok(Known { from, people, colleagues })
}

async fn known(app: &App, session: &Session, from: &str) -> Result<Known, PageError> {
    let scope = session.scope.clone();
    let from = if from.is_empty() { session.signed_in.staff.clone() } else { from.to_owned() };
    let found = app.database.read(move |tx| find(tx, &scope, &from)).await;
    found.map_err(|error: ServiceError| error.into())
}

fn form(
    session: &Session,
    known: &Known,
    (chosen, to, day): (&[String], &str, [String; 3]),
    errors: Vec<FieldError>,
) -> Form {
    let people = known.people.iter().map(|(id, name)| Choice {
        is_selected: chosen.contains(id),
        ..choice(id, name.clone(), "")
    });
    let mut colleagues = vec![choice("", words::t("hand-over-choose"), to)];
    colleagues.extend(known.colleagues.iter().map(|it| choice(&it.id, staff_name(it), to)));
    let fields = [
        Field::new("person", "hand-over-people", Input::Checks(people.collect())),
        Field::new("to", "hand-over-to", Input::Select(colleagues)),
        Field::new("day", "hand-over-day", Input::Date(day)).hint("hand-over-day-hint"),
    ];
    Form {
        fields: fields.map(|field| field.with_error(&errors)).to_vec(),
        page: session.page(words::t("hand-over-title")).with_errors(errors),
        from: known.from.id.clone(),
        nobody: known.people.is_empty(),
    }
}

/// Shows the form; a manager first says whose young people.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    session.scope.permit(Permission::ChangePeople)?;
    if session.scope.may(Permission::AnyCard) && wanted.from.is_empty() {
        let scope = session.scope.clone();
        let read = app.database.read(move |tx| {
            Ok::<_, ServiceError>(tx.staff_of(scope.own_council().unwrap_or_default())?)
        });
        let here = read.await?.into_iter().filter(|staff| !staff.is_deactivated());
        let links = here.map(|staff| Link {
            href: format!("/console/hand-over?from={}", staff.id),
            text: staff_name(&staff),
            is_current: false,
        });
        let page = session.page(words::t("hand-over-whose"));
        return Ok(response::render(&Whose { page, links: links.collect() }));
    }
    let known = known(&app, &session, &wanted.from).await?;
    let typed = (&[wanted.person][..], "", <[String; 3]>::default());
    Ok(response::render(&form(&session, &known, typed, Vec::new())))
}

/// What was typed, if it is right.
struct Typed {
    people: Vec<String>,
    hand_over: HandOver,
}

fn read(sent: &FormData, known: &Known, now: i64) -> Result<Typed, Vec<FieldError>> {
    let mut errors = Vec::new();
    let people = sent.all("person");
    let all_known = people.iter().all(|id| known.people.iter().any(|(own, _)| own == id));
    if people.is_empty() || !all_known {
        errors.push(field_error("person-0", "hand-over-people-missing"));
    }
    let to = sent.text("to");
    if !known.colleagues.iter().any(|it| it.id == to) {
        errors.push(field_error("to", "hand-over-to-missing"));
    }
    let today = today(now);
    let last = today.checked_add_days(chrono::Days::new(MAX_DAYS_AHEAD));
    let first_day = parse_date(&date_parts(sent, "day")).ok().flatten();
    match first_day {
        None => errors.push(field_error("day-day", "hand-over-day-wrong")),
        Some(day) if day < today => errors.push(field_error("day-day", "hand-over-day-over")),
        Some(day) if Some(day) > last => errors.push(field_error("day-day", "hand-over-day-far")),
        Some(_) => {}
    }
    match first_day {
        Some(first_day) if errors.is_empty() => {
            let from = known.from.id.clone();
            Ok(Typed { people, hand_over: HandOver { from, to, first_day } })
        }
        _ => Err(errors),
    }
}

fn not_right(
    session: &Session,
    known: &Known,
    sent: &FormData,
    errors: Vec<FieldError>,
) -> Response {
    let (people, to) = (sent.all("person"), sent.text("to"));
    let typed = (people.as_slice(), to.as_str(), date_parts(sent, "day"));
    response::invalid_form(&form(session, known, typed, errors))
}

/// Shows what would be done.
pub(crate) async fn post_check(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form: sent } = sent;
    let known = known(&app, &session, sent.raw("from")).await?;
    let now = app.clock.now_millis();
    let typed = match read(&sent, &known, now) {
        Ok(typed) => typed,
        Err(errors) => return Ok(not_right(&session, &known, &sent, errors)),
    };
    let name =
        |id: &String| known.people.iter().find(|(own, _)| own == id).map(|(_, name)| name.clone());
    let to = known.colleagues.iter().find(|it| it.id == typed.hand_over.to);
    Ok(response::render(&Check {
        page: session.page(words::t("check-title")),
        people: typed.people.iter().filter_map(name).collect(),
        from: staff_name(&known.from),
        to: to.map(staff_name).unwrap_or_default(),
        day: times::day(typed.hand_over.first_day),
        is_now: typed.hand_over.first_day == today(now),
        hidden: sent.fields_except(&["csrf"]),
        change: format!("/console/hand-over?from={}", known.from.id),
    }))
}

/// Does it. Whoever leaves a laptop open does not hand anybody over: the password is asked for.
pub(crate) async fn post_confirm(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form: sent } = sent.require_recent_login()?;
    let known = known(&app, &session, sent.raw("from")).await?;
    let now = app.clock.now_millis();
    let Typed { people, hand_over } = match read(&sent, &known, now) {
        Ok(typed) => typed,
        Err(errors) => return Ok(not_right(&session, &known, &sent, errors)),
    };
    let scope = session.scope.clone();
    let done = app
        .database
        .write(move |tx| service::plan(tx, &scope, &people, &hand_over, now, &mut OsRandom));
    done.await?;
    Ok(response::redirect("/console/people?done=handed-over"))
}

/// Takes one back that has not happened yet.
pub(crate) async fn post_undo(
    State(app): State<App>,
    Path((person, staff)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let back = format!("/console/people/{person}?done=kept");
    app.database.write(move |tx| service::cancel(tx, &scope, &person, &staff, now)).await?;
    Ok(response::redirect(&back))
}
