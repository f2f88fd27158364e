//! Young people without an adviser today, and giving them one at once.

use askama::Template;
use axum::extract::{Query, State};
use promise_database::StaffMember;
use promise_protocol::ids::{PersonId, StaffId};
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

const UNASSIGNED: &str = "/console/unassigned";

/// The feature's routes. The banner on every page of a manager links to it.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

fn routes() -> Vec<Route> {
    vec![
        Route::get(UNASSIGNED, get),
        Route::post(UNASSIGNED, post_check),
        Route::post("/console/unassigned/confirm", post_confirm),
    ]
}

#[derive(Deserialize)]
struct QueryParams {
    /// Selects everyone if it is there.
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
struct UnassignedTemplate {
    page: Page,
    rows: Vec<Row>,
    count: usize,
    /// The error of the selection.
    error: String,
    /// The field that selects the adviser.
    field: Field,
    /// Advisers on leave without cover.
    away: Vec<Link>,
    can_assign: bool,
}

/// Who is selected for which adviser.
#[derive(Clone, Default)]
struct AssignForm {
    people: Vec<PersonId>,
    adviser: String,
}

impl AssignForm {
    fn read(form: &FormData) -> Self {
        Self {
            people: form.all("person").into_iter().map(PersonId::from).collect(),
            adviser: form.text("to"),
        }
    }
}

/// The young people without an adviser, and the advisers who are not on leave.
struct Overview {
    unassigned: Vec<Unassigned>,
    advisers: Vec<StaffMember>,
}

async fn load(app: &App, session: &Session) -> Result<Overview, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| {
        let council = scope.require_council()?;
        let unassigned = service::list(tx, &scope, council, now)?;
        let mut advisers = teams::list_advisers(tx, &scope)?;
        advisers.retain(|staff| staff.card.on_leave_until(today(now)).is_none());
        Ok(Overview { unassigned, advisers })
    });
    read.await.map_err(|error: ServiceError| error.into())
}

impl Overview {
    fn find(&self, id: &PersonId) -> Option<&Unassigned> {
        self.unassigned.iter().find(|unassigned| &unassigned.person == id)
    }

    /// Validates what was sent. A person of another caseload is an error of its own: the caller
    /// may not learn of them.
    async fn validate(
        &self,
        app: &App,
        session: &Session,
        form: &AssignForm,
    ) -> Result<Vec<FieldError>, PageError> {
        let mut errors = Vec::new();
        if form.people.is_empty() {
            errors.push(field_error("person-0", "hand-over-people-missing"));
        }
        if let Some(id) = form.people.iter().find(|id| self.find(id).is_none()) {
            let (scope, id) = (session.scope.clone(), id.clone());
            app.database.read(move |tx| scope.person_to_change(tx, &id)).await?;
            errors.push(field_error("person-0", "unassigned-not-any-more"));
        }
        if !self.advisers.iter().any(|staff| staff.id == form.adviser.as_str()) {
            errors.push(field_error("to", "hand-over-to-missing"));
        }
        Ok(errors)
    }

    fn template(
        &self,
        session: &Session,
        form: &AssignForm,
        errors: Vec<FieldError>,
    ) -> UnassignedTemplate {
        let row = |unassigned: &Unassigned| Row {
            id: unassigned.person.to_string(),
            name: name(unassigned),
            reason: reason(unassigned),
            is_selected: form.people.contains(&unassigned.person),
        };
        let mut choices = vec![choice("", words::t("hand-over-choose"), &form.adviser)];
        let advisers = self.advisers.iter();
        choices.extend(
            advisers.map(|staff| choice(staff.id.as_str(), staff_name(staff), &form.adviser)),
        );
        let own = errors.iter().find(|error| error.field == "person-0");
        UnassignedTemplate {
            error: own.map(|error| error.message.clone()).unwrap_or_default(),
            field: Field::new("to", "hand-over-to", Input::Select(choices)).with_error(&errors),
            count: self.unassigned.len(),
            rows: self.unassigned.iter().map(row).collect(),
            page: session.page(words::t("unassigned-title")).with_errors(errors),
            away: self.away(),
            can_assign: session.scope.may(Permission::GivePeople),
        }
    }

    /// Returns a link to the leave of each adviser on leave without cover.
    fn away(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for unassigned in &self.unassigned {
            if let Reason::AdviserOnLeave { staff, name, .. } = &unassigned.reason {
                let href = format!("/console/cards/{staff}/leave");
                if !links.iter().any(|link| link.href == href) {
                    links.push(Link::new(href, name.clone()));
                }
            }
        }
        links
    }
}

fn name(unassigned: &Unassigned) -> String {
    display_reference(unassigned.person.as_str(), unassigned.reference.as_deref())
}

fn reason(unassigned: &Unassigned) -> String {
    let reason = match &unassigned.reason {
        Reason::NeverAssigned => words::t("unassigned-never"),
        Reason::AdviserLeft(name) => words::with("unassigned-left", "name", name),
        Reason::AdviserOnLeave { name, until, .. } => {
            let arguments = [("name", name.as_str().into()), ("day", times::day(*until).into())];
            words::format("unassigned-away-until", &arguments)
        }
        Reason::AssignmentEnded => words::t("unassigned-ended"),
    };
    match &unassigned.coming {
        None => reason,
        Some((name, day)) => {
            let arguments = [("name", name.as_str().into()), ("day", times::day(*day).into())];
            format!("{reason} {}", words::format("unassigned-coming", &arguments))
        }
    }
}

/// Lists the young people without an adviser.
async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let overview = load(&app, &session).await?;
    let mut form = AssignForm::default();
    if query.all.is_some() {
        form.people =
            overview.unassigned.iter().map(|unassigned| unassigned.person.clone()).collect();
    }
    let mut template = overview.template(&session, &form, Vec::new());
    template.page = template.page.notice(query.done.as_deref());
    Ok(response::render(&template))
}

/// Asks for a confirmation.
async fn post_check(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::GivePeople)?;
    let overview = load(&app, &session).await?;
    let assign = AssignForm::read(&form);
    let errors = overview.validate(&app, &session, &assign).await?;
    if !errors.is_empty() {
        return Ok(response::invalid_form(&overview.template(&session, &assign, errors)));
    }
    let people = assign.people.iter().filter_map(|id| overview.find(id)).map(name).collect();
    let adviser = overview.advisers.iter().find(|staff| staff.id == assign.adviser.as_str());
    let page = session
        .page(words::t("unassigned-check-title"))
        .back(UNASSIGNED, words::t("unassigned-title"));
    let question = Question::new(page, "/console/unassigned/confirm", "unassigned-button")
        .row("hand-over-people", people)
        .row("hand-over-to", adviser.map(staff_name).into_iter().collect())
        .lead(words::t("unassigned-check-lead"))
        .hidden(form.fields());
    Ok(response::render(&question))
}

/// Assigns the adviser. Like a hand-over, requires the password first.
async fn post_confirm(State(app): State<App>, submitted: StaffForm) -> PageResult {
    submitted.session.scope.permit(Permission::GivePeople)?;
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let overview = load(&app, &session).await?;
    let form = AssignForm::read(&form);
    let errors = overview.validate(&app, &session, &form).await?;
    if !errors.is_empty() {
        return Ok(response::invalid_form(&overview.template(&session, &form, errors)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let adviser = StaffId::from(form.adviser);
    let assigned = app.database.write(move |tx| {
        service::assign_all(tx, &scope, &form.people, &adviser, now, &mut OsRandom)
    });
    assigned.await?;
    Ok(response::redirect("/console/unassigned?done=given"))
}
