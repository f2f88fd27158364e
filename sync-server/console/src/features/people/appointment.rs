//! The pages on which an adviser adds, changes and cancels an appointment.

use askama::Template;
use axum::extract::{Path, State};
use promise_protocol::ids::PersonId;
use promise_services::{OsRandom, Permission, ServiceError, people::appointments};

use crate::{
    App,
    features::people::{
        NamedPerson, appointment_form::AppointmentForm, person_path, person_to_change,
    },
    kit::{
        forms::{Field, Input},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

#[derive(Template)]
#[template(path = "people/appointment.html")]
struct AppointmentTemplate {
    page: Page,
    action: String,
    fields: Vec<Field>,
    /// The path to which cancelling is sent, if the appointment is stored.
    cancel: Option<String>,
}

impl AppointmentTemplate {
    /// The page about an appointment; `id` is `None` for a new one.
    fn new(
        session: &Session,
        named: &NamedPerson,
        id: Option<&str>,
        form: &AppointmentForm,
        errors: Vec<FieldError>,
    ) -> Self {
        let key = if id.is_some() { "meeting-change" } else { "meeting-new" };
        let action =
            format!("{}/appointments/{}", person_path(&named.person.id), id.unwrap_or("new"));
        Self {
            fields: form.fields(&errors),
            page: named.page(session, words::t(key)).with_errors(errors),
            cancel: id.map(|_| format!("{action}/cancel")),
            action,
        }
    }
}

/// Shows an empty form.
pub(super) async fn get_new(
    State(app): State<App>,
    session: Session,
    Path(person): Path<PersonId>,
) -> PageResult {
    let named = person_to_change(&app, &session.scope, person).await?;
    let form = AppointmentForm::default();
    Ok(response::render(&AppointmentTemplate::new(&session, &named, None, &form, Vec::new())))
}

/// Adds an appointment.
pub(super) async fn post_new(
    State(app): State<App>,
    Path(person): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    let (session, form) = (submitted.session, AppointmentForm::read(&submitted.form));
    let fields = match form.parse() {
        Ok(fields) => fields,
        Err(errors) => {
            let named = person_to_change(&app, &session.scope, person).await?;
            let template = AppointmentTemplate::new(&session, &named, None, &form, errors);
            return Ok(response::invalid_form(&template));
        }
    };
    let (scope, now) = (session.scope, app.clock.now_millis());
    let done = format!("{}?done=appointment", person_path(&person));
    let added = app
        .database
        .write(move |tx| appointments::add(tx, &scope, &person, fields, now, &mut OsRandom));
    added.await?;
    Ok(response::redirect(&done))
}

/// Shows the form of an appointment.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, id)): Path<(PersonId, String)>,
) -> PageResult {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::ChangePeople)?;
        let record = appointments::find(tx, &scope, &person, &id)?;
        let person = scope.person(tx, &person)?;
        Ok::<_, ServiceError>((NamedPerson::load(tx, &scope, person)?, record))
    });
    let (named, record) = read.await?;
    let form = AppointmentForm::of_record(&record);
    let id = Some(record.id.as_str());
    Ok(response::render(&AppointmentTemplate::new(&session, &named, id, &form, Vec::new())))
}

/// Changes an appointment.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, id)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    let (session, form) = (submitted.session, AppointmentForm::read(&submitted.form));
    let fields = match form.parse() {
        Ok(fields) => fields,
        Err(errors) => {
            let named = person_to_change(&app, &session.scope, person).await?;
            let template = AppointmentTemplate::new(&session, &named, Some(&id), &form, errors);
            return Ok(response::invalid_form(&template));
        }
    };
    let (scope, now) = (session.scope, app.clock.now_millis());
    let done = format!("{}?done=appointment", person_path(&person));
    let changed =
        app.database.write(move |tx| appointments::update(tx, &scope, &person, &id, fields, now));
    changed.await?;
    Ok(response::redirect(&done))
}

/// Cancels an appointment.
pub(super) async fn post_cancel(
    State(app): State<App>,
    Path((person, id)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let done = format!("{}?done=cancelled", person_path(&person));
    app.database.write(move |tx| appointments::cancel(tx, &scope, &person, &id, now)).await?;
    Ok(response::redirect(&done))
}
