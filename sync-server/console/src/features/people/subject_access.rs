//! Exporting everything that is held about a young person, for a subject access request: as a page
//! to read or as JSON.

use askama::Template;
use axum::{
    body::Body,
    extract::{Path, State},
};
use promise_protocol::ids::PersonId;
use promise_services::{Permission, ServiceError, calendar::today, people::subject_access};

use crate::{
    App,
    features::people::{NamedPerson, person_path, subject_access_file::FileTemplate},
    kit::{
        csv,
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

#[derive(Template)]
#[template(path = "people/subject_access.html")]
struct SubjectAccessTemplate {
    page: Page,
    action: String,
}

/// Explains what the export contains, and asks for its format.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
) -> PageResult {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::ExportPeople)?;
        let person = scope.person(tx, &id)?;
        NamedPerson::load(tx, &scope, person)
    });
    let named = read.await.map_err(|error: ServiceError| error)?;
    let title = words::with("subject-title", "name", &named.name());
    Ok(response::render(&SubjectAccessTemplate {
        page: named.page(&session, title),
        action: format!("{}/export", person_path(&named.person.id)),
    }))
}

/// Sends the export. It holds everything about a person, so it requires the password first.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    submitted.session.scope.permit(Permission::ExportPeople)?;
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let now = app.clock.now_millis();
    let export =
        app.database.write(move |tx| subject_access::export(tx, &session.scope, &id, now)).await?;
    let file_name = format!("everything-{}-{}", export.person, today(now));
    if form.raw("kind") == "json" {
        let json = serde_json::to_vec_pretty(&export).unwrap_or_default();
        let file_name = format!("{file_name}.json");
        return Ok(csv::download(&file_name, "application/json", Body::from(json)));
    }
    let html = FileTemplate::new(&export, now).render().map_err(|_| ServiceError::Compression)?;
    let file_name = format!("{file_name}.html");
    Ok(csv::download(&file_name, "text/html; charset=utf-8", Body::from(html)))
}
