//! The form with the reference by which the council's own systems find a young person.

use axum::extract::{Path, State};
use promise_protocol::ids::PersonId;
use promise_services::{Permission, ServiceError, people::reference};

use crate::{
    App,
    features::people::{
        NamedPerson,
        new::{REFERENCE, reference_error},
        person_path,
    },
    kit::{
        forms::{Field, Question, field_error},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Reads a person whose reference the caller may change.
async fn load(app: &App, session: &Session, id: PersonId) -> Result<NamedPerson, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::GivePeople)?;
        let person = scope.person_to_change(tx, &id)?;
        NamedPerson::load(tx, &scope, person)
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn question(
    session: &Session,
    named: &NamedPerson,
    typed: &str,
    errors: Vec<FieldError>,
) -> Question {
    let field = Field::line(REFERENCE, "people-reference", typed)
        .hint("people-reference-hint")
        .with_error(&errors);
    let page = named.page(session, words::t("reference-title")).with_errors(errors);
    let action = format!("{}/reference", person_path(&named.person.id));
    Question::new(page, action, "reference-button")
        .lead(words::t("reference-lead"))
        .lead(words::t("reference-log"))
        .fields(vec![field])
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
) -> PageResult {
    let named = load(&app, &session, id).await?;
    let typed = named.person.reference.as_deref().unwrap_or_default();
    Ok(response::render(&question(&session, &named, typed, Vec::new())))
}

/// Saves the reference.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let named = load(&app, &session, id.clone()).await?;
    let typed = form.text(REFERENCE);
    let invalid = |error: FieldError| {
        Ok(response::invalid_form(&question(&session, &named, &typed, vec![error])))
    };
    if let Some(error) = reference_error(&typed) {
        return invalid(error);
    }
    let done = format!("{}?done=reference", person_path(&id));
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let reference = typed.clone();
    let saved = app.database.write(move |tx| reference::set(tx, &scope, &id, &reference, now));
    match saved.await {
        Ok(()) => Ok(response::redirect(&done)),
        Err(ServiceError::AlreadyExists(_)) => {
            invalid(field_error(REFERENCE, "people-reference-taken"))
        }
        Err(error) => Err(error.into()),
    }
}
