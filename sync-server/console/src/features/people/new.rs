//! Adding a young person, and giving one an adviser, for managers.

use axum::extract::{Path, State};
use promise_database::{Person, StaffMember};
use promise_services::{OsRandom, Permission, ServiceError, assignments, people, staff::teams};

use crate::{
    App,
    kit::{
        format::{display_reference, staff_name},
        forms::{Field, Input, Question, choice, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The most characters of a reference.
const MAX: usize = 60;

/// Everybody who could look after young people, for whoever gives them an adviser.
async fn colleagues(app: &App, session: &Session) -> Result<Vec<StaffMember>, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::GivePeople)?;
        teams::list_advisers(tx, &scope)
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn advisers(colleagues: &[StaffMember], first: &str, chosen: &str) -> Field {
    let mut all = vec![choice("", words::t(first), chosen)];
    all.extend(colleagues.iter().map(|it| choice(&it.id, staff_name(it), chosen)));
    Field::new("adviser", "people-adviser", Input::Select(all))
}

fn asked(
    session: &Session,
    colleagues: &[StaffMember],
    (reference, adviser): (&str, &str),
    errors: Vec<FieldError>,
) -> Question {
    let fields = vec![
        Field::line("reference", "people-reference", reference)
            .hint("people-reference-hint")
            .with_error(&errors),
        advisers(colleagues, "people-adviser-none", adviser).with_error(&errors),
    ];
    let page = session
        .page(words::t("people-new"))
        .back("/console/people", words::t("nav-people"))
        .with_errors(errors);
    Question::new(page, "/console/people/new", "people-new-button")
        .lead(words::t("people-new-lead"))
        .fields(fields)
}

/// Shows an empty form.
pub(crate) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let colleagues = colleagues(&app, &session).await?;
    Ok(response::render(&asked(&session, &colleagues, ("", ""), Vec::new())))
}

/// Adds them, and goes to their page.
pub(crate) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    let colleagues = colleagues(&app, &session).await?;
    let (reference, adviser) = (form.text("reference"), form.text("adviser"));
    let mut errors = Vec::new();
    if reference.is_empty() {
        errors.push(field_error("reference", "people-reference-missing"));
    } else if reference.chars().count() > MAX {
        errors.push(too_long_error("reference", "people-reference", MAX));
    }
    if !adviser.is_empty() && !colleagues.iter().any(|it| it.id == adviser) {
        errors.push(field_error("adviser", "hand-over-to-missing"));
    }
    if !errors.is_empty() {
        let typed = (reference.as_str(), adviser.as_str());
        return Ok(response::invalid_form(&asked(&session, &colleagues, typed, errors)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (name, given) = (reference.clone(), adviser.clone());
    let added = app.database.write(move |tx| {
        let given = Some(given.as_str()).filter(|it| !it.is_empty());
        people::add_with_adviser(tx, &scope, &name, given, now, &mut OsRandom)
    });
    match added.await {
        Ok(person) => Ok(response::redirect(&format!("/console/people/{person}?done=added"))),
        Err(ServiceError::AlreadyExists(_)) => {
            let errors = vec![field_error("reference", "people-reference-taken")];
            let typed = (reference.as_str(), adviser.as_str());
            Ok(response::invalid_form(&asked(&session, &colleagues, typed, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The young person, and the colleagues who do not look after them.
async fn others(
    app: &App,
    session: &Session,
    id: String,
) -> Result<(Person, Vec<StaffMember>), PageError> {
    let mut colleagues = colleagues(app, session).await?;
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        let person = scope.person_to_change(tx, &id)?;
        let assigned = tx.assignments_of_person(&person.id)?;
        Ok::<_, ServiceError>((person, assigned))
    });
    let (person, assigned) = read.await?;
    colleagues.retain(|it| !assigned.iter().any(|assigned| assigned.staff == it.id));
    Ok((person, colleagues))
}

fn giving(
    session: &Session,
    person: &Person,
    colleagues: &[StaffMember],
    errors: Vec<FieldError>,
) -> Question {
    let field = advisers(colleagues, "hand-over-choose", "").with_error(&errors);
    let name = display_reference(&person.id, person.reference.as_deref());
    let page = session
        .page(words::with("people-give-title", "name", &name))
        .back(format!("/console/people/{}", person.id), name)
        .with_errors(errors);
    let action = format!("/console/people/{}/adviser", person.id);
    Question::new(page, action, "people-give-button")
        .lead(words::t("people-give-lead"))
        .fields(vec![field])
}

/// Asks who is to look after somebody too.
pub(crate) async fn get_adviser(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let (person, colleagues) = others(&app, &session, id).await?;
    Ok(response::render(&giving(&session, &person, &colleagues, Vec::new())))
}

/// Gives them an adviser, who is on their phones from now on.
pub(crate) async fn post_adviser(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    let (person, colleagues) = others(&app, &session, id).await?;
    let adviser = form.text("adviser");
    if !colleagues.iter().any(|it| it.id == adviser) {
        let errors = vec![field_error("adviser", "hand-over-to-missing")];
        return Ok(response::invalid_form(&giving(&session, &person, &colleagues, errors)));
    }
    let (scope, now, id) = (session.scope, app.clock.now_millis(), person.id.clone());
    let given = app
        .database
        .write(move |tx| assignments::add_adviser(tx, &scope, &id, &adviser, now, &mut OsRandom));
    given.await?;
    Ok(response::redirect(&format!("/console/people/{}?done=given", person.id)))
}
