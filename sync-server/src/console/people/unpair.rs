//! Taking a lost phone off.

use askama::Template;
use axum::extract::{Path, State};
use promise_protocol::Author;

use super::{
    super::{
        answer::{self, Answer},
        page::Page,
        request::{Sent, Visit},
        times, words,
    },
    called,
};
use crate::{
    routes::App,
    service::{Act, ServiceError, StaffScope, phones},
    store::{Device, Person, Tx},
};

#[derive(Template)]
#[template(path = "unpair.html")]
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
    scope.permit(Act::ChangePeople)?;
    let author: Author = phone.parse().map_err(|_| ServiceError::Unknown("phone"))?;
    let mut devices = phones::list(tx, scope, person)?;
    devices.retain(|device| device.author == author && device.revoked_at.is_none());
    let device = devices.pop().ok_or(ServiceError::Unknown("phone"))?;
    Ok((scope.person(tx, person)?, device))
}

/// Asks whether it is this phone.
pub(in crate::console) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path((person, phone)): Path<(String, String)>,
) -> Answer {
    let (scope, now) = (visit.scope.clone(), app.clock.now_millis());
    let (person, device) = app.readers.run(move |tx| find(tx, &scope, &person, &phone)).await?;
    let name = called(&person.id, person.reference.as_deref());
    let never = || words::t("phone-never");
    Ok(answer::page(&Unpair {
        page: Page::of(&visit, words::t("unpair-title"))
            .back(format!("/console/people/{}", person.id), name),
        action: format!("/console/people/{}/phones/{}/unpair", person.id, device.author),
        paired: times::moment(device.paired_at, now),
        last: device.last_sync_at.map_or_else(never, |at| times::moment(at, now)),
    }))
}

/// Takes it off.
pub(in crate::console) async fn send(
    State(app): State<App>,
    Path((person, phone)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    let (scope, now) = (sent.visit.scope, app.clock.now_millis());
    let back = format!("/console/people/{person}?done=unpaired");
    let done = app.writer.run(move |tx| {
        let (_, device) = find(tx, &scope, &person, &phone)?;
        phones::revoke(tx, &scope, &device.author, now)
    });
    done.await?;
    app.nudges.wake();
    Ok(answer::go(&back))
}
