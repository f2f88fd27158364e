//! Handing young people over to a colleague: select, check, confirm.

use askama::Template;
use axum::extract::{Path, Query, State};
use chrono::Days;
use promise_database::{StaffMember, Tx};
use promise_protocol::{
    ids::{PersonId, StaffId},
    text,
};
use promise_services::{
    OsRandom, Permission, ServiceError, StaffScope,
    assignments::{
        hand_over as service,
        hand_over::{HandOver, MAX_DAYS_AHEAD},
    },
    calendar::today,
    colleagues,
    people::label,
};
use serde::Deserialize;

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::{person_name, staff_name},
        forms::{Choice, Field, FormData, Input, choice, date_parts, field_error, parse_date},
        page::{
            FieldError, Link, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

const HAND_OVER: &str = "/console/hand-over";

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: HAND_OVER,
        label: "nav-hand-over",
        permission: Permission::ChangePeople,
        unless: None,
        start_for: &[],
    }],
};

fn routes() -> Vec<Route> {
    vec![
        Route::get(HAND_OVER, get),
        Route::post(HAND_OVER, post_check),
        Route::post("/console/hand-over/confirm", post_confirm),
        Route::post("/console/people/{person}/keep/{staff}", post_cancel),
    ]
}

#[derive(Default, Deserialize)]
struct QueryParams {
    /// The young person who is selected from the start.
    #[serde(default)]
    person: String,
    /// For managers: the adviser whose young people are handed over.
    #[serde(default)]
    from: String,
}

/// An adviser, their young people by id and name, and the colleagues who can take over.
struct Caseload {
    adviser: StaffMember,
    people: Vec<(PersonId, String)>,
    colleagues: Vec<StaffMember>,
}

/// A hand-over as it is typed.
#[derive(Default)]
struct HandOverForm {
    people: Vec<PersonId>,
    to: String,
    day: [String; 3],
}

#[derive(Template)]
#[template(path = "handover/form.html")]
struct FormTemplate {
    page: Page,
    from: String,
    is_empty: bool,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "handover/check.html")]
struct CheckTemplate {
    page: Page,
    people: Vec<String>,
    from: String,
    to: String,
    day: String,
    is_today: bool,
    hidden: Vec<(String, String)>,
    /// The path of the form.
    change: String,
}

#[derive(Template)]
#[template(path = "kit/links.html")]
struct AdvisersTemplate {
    page: Page,
    links: Vec<Link>,
}

/// Returns the path of the form for an adviser's young people.
fn form_path(adviser: &StaffId) -> String {
    format!("{HAND_OVER}?from={adviser}")
}

fn find(tx: &mut dyn Tx, scope: &StaffScope, adviser: &StaffId) -> Result<Caseload, ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    // The caller, or for a manager any adviser of the council.
    let adviser = scope.card_holder(tx, adviser)?;
    let mut people = Vec::new();
    for assignment in tx.assignments_of_staff(&adviser.id)? {
        if assignment.covers.is_some() || assignment.ends.is_some() {
            continue;
        }
        if let Some(person) = tx.person(&assignment.person)? {
            let label = label::find(tx, scope, &person.id)?;
            let name = person_name(&person, label.as_ref());
            people.push((person.id, name));
        }
    }
    people.sort_by_cached_key(|(id, name)| (text::sort_key(name), id.clone()));
    let mut colleagues = colleagues::by_name(tx, &adviser.council)?;
    colleagues.retain(|staff| staff.id != adviser.id && !staff.is_deactivated());
    if adviser.is_deactivated() {
        // These people are assigned on the page of young people without an adviser.
        people.clear();
    }
    Ok(Caseload { adviser, people, colleagues })
}

async fn load(app: &App, session: &Session, adviser: &str) -> Result<Caseload, PageError> {
    let scope = session.scope.clone();
    let own = || session.signed_in.staff.clone();
    let adviser = if adviser.is_empty() { own() } else { StaffId::new(adviser) };
    let read = app.database.read(move |tx| find(tx, &scope, &adviser)).await;
    read.map_err(|error: ServiceError| error.into())
}

impl HandOverForm {
    fn read(form: &FormData) -> Self {
        Self {
            people: form.all("person").into_iter().map(PersonId::from).collect(),
            to: form.text("to"),
            day: date_parts(form, "day"),
        }
    }

    /// Parses the form of a caseload.
    fn parse(&self, caseload: &Caseload, now: i64) -> Result<HandOver, Vec<FieldError>> {
        let mut errors = Vec::new();
        let is_own = |id: &PersonId| caseload.people.iter().any(|(own, _)| own == id);
        if self.people.is_empty() || !self.people.iter().all(is_own) {
            errors.push(field_error("person-0", "hand-over-people-missing"));
        }
        if !caseload.colleagues.iter().any(|staff| staff.id == self.to.as_str()) {
            errors.push(field_error("to", "hand-over-to-missing"));
        }
        let today = today(now);
        let last = today.checked_add_days(Days::new(MAX_DAYS_AHEAD));
        let first_day = parse_date(&self.day).ok().flatten();
        match first_day {
            None => errors.push(field_error("day-day", "hand-over-day-wrong")),
            Some(day) if day < today => errors.push(field_error("day-day", "hand-over-day-over")),
            Some(day) if Some(day) > last => {
                errors.push(field_error("day-day", "hand-over-day-far"));
            }
            Some(_) => {}
        }
        match first_day {
            Some(first_day) if errors.is_empty() => {
                let from = caseload.adviser.id.clone();
                Ok(HandOver { from, to: StaffId::new(&*self.to), first_day })
            }
            _ => Err(errors),
        }
    }

    fn template(
        &self,
        session: &Session,
        caseload: &Caseload,
        errors: Vec<FieldError>,
    ) -> FormTemplate {
        let people = caseload.people.iter().map(|(id, name)| Choice {
            is_selected: self.people.contains(id),
            ..choice(id.as_str(), name.clone(), "")
        });
        let mut colleagues = vec![choice("", words::t("hand-over-choose"), &self.to)];
        let staff = caseload.colleagues.iter();
        colleagues
            .extend(staff.map(|staff| choice(staff.id.as_str(), staff_name(staff), &self.to)));
        let fields = [
            Field::new("person", "hand-over-people", Input::Checks(people.collect())),
            Field::new("to", "hand-over-to", Input::Select(colleagues)),
            Field::new("day", "hand-over-day", Input::Date(self.day.clone()))
                .hint("hand-over-day-hint"),
        ];
        FormTemplate {
            fields: fields.map(|field| field.with_error(&errors)).to_vec(),
            page: session.page(words::t("hand-over-title")).with_errors(errors),
            from: caseload.adviser.id.to_string(),
            is_empty: caseload.people.is_empty(),
        }
    }
}

/// Shows the form. A manager first selects an adviser.
async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    session.scope.permit(Permission::ChangePeople)?;
    if session.scope.may(Permission::AnyCard) && query.from.is_empty() {
        return select_adviser(&app, &session).await;
    }
    let caseload = load(&app, &session, &query.from).await?;
    let form = HandOverForm { people: vec![query.person.into()], ..HandOverForm::default() };
    Ok(response::render(&form.template(&session, &caseload, Vec::new())))
}

async fn select_adviser(app: &App, session: &Session) -> PageResult {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| colleagues::by_name(tx, scope.require_council()?));
    let active = read.await?.into_iter().filter(|staff| !staff.is_deactivated());
    let links = active.map(|staff| Link::new(form_path(&staff.id), staff_name(&staff)));
    Ok(response::render(&AdvisersTemplate {
        page: session.page(words::t("hand-over-whose")),
        links: links.collect(),
    }))
}

/// Asks for a confirmation.
async fn post_check(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form: data } = submitted;
    let caseload = load(&app, &session, data.raw("from")).await?;
    let (form, now) = (HandOverForm::read(&data), app.clock.now_millis());
    let hand_over = match form.parse(&caseload, now) {
        Ok(hand_over) => hand_over,
        Err(errors) => {
            return Ok(response::invalid_form(&form.template(&session, &caseload, errors)));
        }
    };
    let selected = caseload.people.iter().filter(|(id, _)| form.people.contains(id));
    let to = caseload.colleagues.iter().find(|staff| staff.id == hand_over.to);
    Ok(response::render(&CheckTemplate {
        page: session.page(words::t("check-title")),
        people: selected.map(|(_, name)| name.clone()).collect(),
        from: staff_name(&caseload.adviser),
        to: to.map(staff_name).unwrap_or_default(),
        day: times::day(hand_over.first_day),
        is_today: hand_over.first_day == today(now),
        hidden: data.fields(),
        change: form_path(&caseload.adviser.id),
    }))
}

/// Plans the hand-over. Requires the password first, so that an unattended browser is not
/// enough.
async fn post_confirm(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form: data } = submitted.require_recent_login()?;
    let caseload = load(&app, &session, data.raw("from")).await?;
    let (form, now) = (HandOverForm::read(&data), app.clock.now_millis());
    let hand_over = match form.parse(&caseload, now) {
        Ok(hand_over) => hand_over,
        Err(errors) => {
            return Ok(response::invalid_form(&form.template(&session, &caseload, errors)));
        }
    };
    let scope = session.scope;
    let planned = app
        .database
        .write(move |tx| service::plan(tx, &scope, &form.people, &hand_over, now, &mut OsRandom));
    planned.await?;
    Ok(response::redirect("/console/people?done=handed-over"))
}

/// Cancels a planned hand-over of one person.
async fn post_cancel(
    State(app): State<App>,
    Path((person, staff)): Path<(PersonId, StaffId)>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let done = format!("/console/people/{person}?done=kept");
    app.database.write(move |tx| service::cancel(tx, &scope, &person, &staff, now)).await?;
    Ok(response::redirect(&done))
}
