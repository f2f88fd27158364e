//! The page on which a manager gives a young person another adviser.

use axum::extract::{Path, State};
use promise_database::StaffMember;
use promise_protocol::ids::{PersonId, StaffId};
use promise_services::{OsRandom, Permission, ServiceError, assignments, staff::teams};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        format::staff_name,
        forms::{Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Reads the staff members whom the caller can make advisers.
pub(super) async fn load_advisers(
    app: &App,
    session: &Session,
) -> Result<Vec<StaffMember>, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::GivePeople)?;
        teams::list_advisers(tx, &scope)
    });
    read.await.map_err(|error: ServiceError| error.into())
}

/// The field that selects an adviser. The message of key `none` stands for no adviser.
pub(super) fn adviser_field(advisers: &[StaffMember], none: &str, selected: &str) -> Field {
    let mut choices = vec![choice("", words::t(none), selected)];
    let advisers = advisers.iter();
    choices.extend(advisers.map(|staff| choice(staff.id.as_str(), staff_name(staff), selected)));
    Field::new("adviser", "people-adviser", Input::Select(choices))
}

/// Reads the person, and the advisers who are not theirs.
async fn load(
    app: &App,
    session: &Session,
    id: PersonId,
) -> Result<(NamedPerson, Vec<StaffMember>), PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::GivePeople)?;
        let mut advisers = teams::list_advisers(tx, &scope)?;
        let person = scope.person_to_change(tx, &id)?;
        let assignments = tx.assignments_of_person(&person.id)?;
        advisers.retain(|staff| !assignments.iter().any(|own| own.staff == staff.id));
        Ok((NamedPerson::load(tx, &scope, person)?, advisers))
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn question(
    session: &Session,
    named: &NamedPerson,
    advisers: &[StaffMember],
    errors: Vec<FieldError>,
) -> Question {
    let field = adviser_field(advisers, "hand-over-choose", "").with_error(&errors);
    let title = words::with("people-give-title", "name", &named.name());
    let page = named.page(session, title).with_errors(errors);
    let action = format!("{}/adviser", person_path(&named.person.id));
    Question::new(page, action, "people-give-button")
        .lead(words::t("people-give-lead"))
        .fields(vec![field])
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
) -> PageResult {
    let (named, advisers) = load(&app, &session, id).await?;
    Ok(response::render(&question(&session, &named, &advisers, Vec::new())))
}

/// Assigns the adviser, who is on the person's phones from now on.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (named, advisers) = load(&app, &session, id).await?;
    let adviser = StaffId::from(form.text("adviser"));
    if !advisers.iter().any(|staff| staff.id == adviser) {
        let errors = vec![field_error("adviser", "hand-over-to-missing")];
        return Ok(response::invalid_form(&question(&session, &named, &advisers, errors)));
    }
    let person = named.person;
    let done = format!("{}?done=given", person_path(&person.id));
    let (scope, now) = (session.scope, app.clock.now_millis());
    let assigned = app.database.write(move |tx| {
        assignments::add_adviser(tx, &scope, &person.id, &adviser, now, &mut OsRandom)
    });
    assigned.await?;
    Ok(response::redirect(&done))
}
