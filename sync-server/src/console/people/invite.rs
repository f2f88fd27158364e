//! Connecting a phone: a code to type and a picture to scan, large enough to print.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_protocol::PairingLink;

use super::{
    super::{
        answer::{self, Answer},
        page::Page,
        request::{Sent, Visit},
        times, words,
    },
    called, own_address, person, qr,
};
use crate::{
    routes::App,
    service::{OsRandom, ServiceError, pair},
};

/// How long the code works, in minutes: as long as a meeting.
const MINUTES: u32 = 30;

/// The code, once it is made.
struct Made {
    code: String,
    server: String,
    until: String,
    qr: String,
}

#[derive(Template)]
#[template(path = "invite.html")]
struct Invite {
    page: Page,
    action: String,
    made: Option<Made>,
}

fn page(visit: &Visit, id: &str, name: &str) -> Page {
    Page::of(visit, words::with("invite-title", "name", name))
        .back(format!("/console/people/{id}"), name.to_owned())
}

/// Shows what will happen.
pub(in crate::console) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
) -> Answer {
    let person = person(&app, &visit.scope, id).await?;
    let name = called(&person.id, person.reference.as_deref());
    let action = format!("/console/people/{}/invite", person.id);
    Ok(answer::page(&Invite { page: page(&visit, &person.id, &name), action, made: None }))
}

/// Makes a code and shows it.
pub(in crate::console) async fn send(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    let (visit, now) = (sent.visit, app.clock.now_millis());
    let person = person(&app, &visit.scope, id).await?;
    let (scope, id) = (visit.scope.clone(), person.id.clone());
    let code = app
        .writer
        .run(move |tx| pair::invite(tx, &scope, &id, MINUTES, now, &mut OsRandom))
        .await
        .map_err(|error: ServiceError| error)?;
    let link = PairingLink { server: own_address(&app, &headers), code };
    let made = Made {
        code: link.code.to_string(),
        qr: qr(&link.to_string()),
        until: times::moment(now + i64::from(MINUTES) * 60_000, now),
        server: link.server,
    };
    let name = called(&person.id, person.reference.as_deref());
    let action = format!("/console/people/{}/invite", person.id);
    Ok(answer::page(&Invite { page: page(&visit, &person.id, &name), action, made: Some(made) }))
}
