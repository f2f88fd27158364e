//! Appointments: a new one, changing one, cancelling one.

mod typed;

use askama::Template;
use axum::extract::{Path, State};
use promise_database::Person;
use promise_services::{OsRandom, Permission, ServiceError, people::appointments};

use crate::{
    App,
    features::people::{appointment::typed::Typed, person},
    kit::{
        format::display_reference,
        forms::{Field, Input, choice},
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
struct Shown {
    page: Page,
    action: String,
    fields: Vec<Field>,
    /// Where to cancel one that is there.
    cancel: Option<String>,
}

fn fields(typed: &Typed, errors: &[FieldError]) -> Vec<Field> {
    let lengths = ["30", "45", "60", "90", "120"];
    let mut lengths: Vec<_> = lengths
        .iter()
        .map(|it| choice(it, words::count("minutes", it.parse().unwrap_or(0)), &typed.minutes))
        .collect();
    lengths.insert(0, choice("", words::t("meeting-open"), &typed.minutes));
    let date = Input::Date(typed.date.clone());
    let time = Field {
        value: typed.time.clone(),
        ..Field::new("time", "meeting-time", Input::Line("text", "short"))
    };
    [
        Field::line("title", "meeting-title", &typed.title).hint("meeting-title-hint"),
        Field::new("date", "meeting-date", date).hint("date-hint"),
        time.hint("meeting-time-hint"),
        Field::new("minutes", "meeting-minutes", Input::Select(lengths)),
        Field::line("place", "meeting-place", &typed.place),
        Field::area("details", "meeting-details", &typed.details).hint("meeting-details-hint"),
    ]
    .into_iter()
    .map(|field| field.with_error(errors))
    .collect()
}

fn shown(
    session: &Session,
    person: &Person,
    id: &str,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Shown {
    let key = if id == "new" { "meeting-new" } else { "meeting-change" };
    let action = format!("/console/people/{}/appointments/{id}", person.id);
    let name = display_reference(&person.id, person.reference.as_deref());
    Shown {
        fields: fields(typed, &errors),
        page: session
            .page(words::t(key))
            .back(format!("/console/people/{}", person.id), name)
            .with_errors(errors),
        cancel: (id != "new").then(|| format!("{action}/cancel")),
        action,
    }
}

/// Shows an empty form.
pub(crate) async fn get_new(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let person = person(&app, &session.scope, id).await?;
    Ok(response::render(&shown(&session, &person, "new", &Typed::default(), Vec::new())))
}

/// Adds one.
pub(crate) async fn post_new(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (session, typed) = (sent.session, Typed::of(&sent.form));
    let person = person(&app, &session.scope, id).await?;
    let fields = match typed.read() {
        Ok(fields) => fields,
        Err(errors) => {
            return Ok(response::invalid_form(&shown(&session, &person, "new", &typed, errors)));
        }
    };
    let (scope, now, id) = (session.scope, app.clock.now_millis(), person.id.clone());
    let added = app
        .database
        .write(move |tx| appointments::add(tx, &scope, &id, fields, now, &mut OsRandom));
    added.await?;
    Ok(response::redirect(&format!("/console/people/{}?done=appointment", person.id)))
}

/// Shows one to change.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path((id, appointment)): Path<(String, String)>,
) -> PageResult {
    let scope = session.scope.clone();
    let found = app.database.read(move |tx| {
        scope.permit(Permission::ChangePeople)?;
        let record = appointments::find(tx, &scope, &id, &appointment)?;
        Ok((scope.person(tx, &id)?, record))
    });
    let (person, record) = found.await.map_err(|error: ServiceError| error)?;
    let typed = Typed::of_record(&record);
    Ok(response::render(&shown(&session, &person, &record.id, &typed, Vec::new())))
}

/// Changes one.
pub(crate) async fn post(
    State(app): State<App>,
    Path((id, appointment)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let (session, typed) = (sent.session, Typed::of(&sent.form));
    let person = person(&app, &session.scope, id).await?;
    let (scope, now, id) = (session.scope.clone(), app.clock.now_millis(), person.id.clone());
    let fields = match typed.read() {
        Ok(fields) => fields,
        Err(errors) => {
            let shown = shown(&session, &person, &appointment, &typed, errors);
            return Ok(response::invalid_form(&shown));
        }
    };
    let done = app
        .database
        .write(move |tx| appointments::update(tx, &scope, &id, &appointment, fields, now));
    done.await?;
    Ok(response::redirect(&format!("/console/people/{}?done=appointment", person.id)))
}

/// Cancels one.
pub(crate) async fn post_cancel(
    State(app): State<App>,
    Path((id, appointment)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let back = format!("/console/people/{id}?done=cancelled");
    app.database.write(move |tx| appointments::cancel(tx, &scope, &id, &appointment, now)).await?;
    Ok(response::redirect(&back))
}
