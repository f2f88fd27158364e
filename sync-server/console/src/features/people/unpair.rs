//! Taking a lost phone off.

use askama::Template;
use axum::extract::{Path, State};
use promise_database::{Device, Person, Tx};
use promise_protocol::Author;
use promise_services::{Permission, ServiceError, StaffScope, devices};

use crate::{
    App,
    kit::{
        format::display_reference,
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

#[derive(Template)]
#[template(path = "people/unpair.html")]
struct Unpair {
    page: Page,
    action: String,
    paired: String,
    last: String,
}

/// A phone of this person that is paired now.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    phone: &str,
) -> Result<(Person, Device), ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    let author: Author = phone.parse().map_err(|_| ServiceError::NotFound("phone"))?;
    let mut devices = devices::list(tx, scope, person)?;
    devices.retain(|device| device.author == author && device.revoked_at.is_none());
    let device = devices.pop().ok_or(ServiceError::NotFound("phone"))?;
    Ok((scope.person(tx, person)?, device))
}

/// Asks whether it is this phone.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, phone)): Path<(String, String)>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (person, device) = app.database.read(move |tx| find(tx, &scope, &person, &phone)).await?;
    let name = display_reference(&person.id, person.reference.as_deref());
    let never = || words::t("phone-never");
    Ok(response::render(&Unpair {
        page: session
            .page(words::t("unpair-title"))
            .back(format!("/console/people/{}", person.id), name),
        action: format!("/console/people/{}/phones/{}/unpair", person.id, device.author),
        paired: times::date_time(device.paired_at, now),
        last: device.last_sync_at.map_or_else(never, |at| times::date_time(at, now)),
    }))
}

/// Takes it off.
pub(crate) async fn post(
    State(app): State<App>,
    Path((person, phone)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let back = format!("/console/people/{person}?done=unpaired");
    let done = app.database.write(move |tx| {
        let (_, device) = find(tx, &scope, &person, &phone)?;
        devices::revoke(tx, &scope, &device.author, now)
    });
    done.await?;
    Ok(response::redirect(&back))
}
