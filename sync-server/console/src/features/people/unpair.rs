//! Revoking a phone, for example a lost one.

use axum::extract::{Path, State};
use promise_database::{Device, Tx};
use promise_protocol::Author;
use promise_protocol::ids::PersonId;
use promise_services::{Entity, Permission, ServiceError, StaffScope, devices};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// Finds a phone of this person that is paired now.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    phone: &str,
) -> Result<(NamedPerson, Device), ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    let author: Author = phone.parse().map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    let mut devices = devices::list(tx, scope, person)?;
    devices.retain(|device| device.author == author && device.revoked_at.is_none());
    let device = devices.pop().ok_or(ServiceError::NotFound(Entity::Phone))?;
    let person = scope.person(tx, person)?;
    Ok((NamedPerson::load(tx, scope, person)?, device))
}

/// Asks for a confirmation.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, phone)): Path<(PersonId, String)>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (named, device) = app.database.read(move |tx| find(tx, &scope, &person, &phone)).await?;
    let last_sync = device.last_sync_at.map(|at| times::date_time(at, now));
    let page = named.page(&session, words::t("unpair-title"));
    let action = format!("{}/phones/{}/unpair", person_path(&named.person.id), device.author);
    let question = Question::new(page, action, "unpair-button")
        .lead(words::t("unpair-lead"))
        .row("phone-paired", vec![times::date_time(device.paired_at, now)])
        .row("phone-last", vec![last_sync.unwrap_or_else(|| words::t("phone-never"))])
        .danger();
    Ok(response::render(&question))
}

/// Revokes the phone.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, phone)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let done = format!("{}?done=unpaired", person_path(&person));
    let revoked = app.database.write(move |tx| {
        let (_, device) = find(tx, &scope, &person, &phone)?;
        devices::revoke(tx, &scope, &device.author, now)
    });
    revoked.await?;
    Ok(response::redirect(&done))
}
