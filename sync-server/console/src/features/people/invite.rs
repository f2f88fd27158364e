//! Connecting a phone: a code to type and a picture to scan, large enough to print.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_protocol::PairingLink;
use promise_services::{OsRandom, ServiceError, devices::pairing};

use crate::{
    App,
    features::people::person,
    kit::{
        format::display_reference,
        page::{
            Page,
            response::{self, PageResult},
        },
        qr,
        session::{Session, StaffForm},
        url::server_address,
        words::{self, times},
    },
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
#[template(path = "people/invite.html")]
struct Invite {
    page: Page,
    action: String,
    made: Option<Made>,
}

fn page(session: &Session, id: &str, name: &str) -> Page {
    session
        .page(words::with("invite-title", "name", name))
        .back(format!("/console/people/{id}"), name.to_owned())
}

/// Shows what will happen.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let person = person(&app, &session.scope, id).await?;
    let name = display_reference(&person.id, person.reference.as_deref());
    let action = format!("/console/people/{}/invite", person.id);
    Ok(response::render(&Invite { page: page(&session, &person.id, &name), action, made: None }))
}

/// Makes a code and shows it.
pub(crate) async fn post(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    sent: StaffForm,
) -> PageResult {
    let (session, now) = (sent.session, app.clock.now_millis());
    let person = person(&app, &session.scope, id).await?;
    let (scope, id) = (session.scope.clone(), person.id.clone());
    let code = app
        .database
        .write(move |tx| pairing::invite(tx, &scope, &id, MINUTES, now, &mut OsRandom))
        .await
        .map_err(|error: ServiceError| error)?;
    let link = PairingLink { server: server_address(&app, &headers), code };
    let made = Made {
        code: link.code.to_string(),
        qr: qr::svg_image(&link.to_string()),
        until: times::date_time(now + i64::from(MINUTES) * 60_000, now),
        server: link.server,
    };
    let name = display_reference(&person.id, person.reference.as_deref());
    let action = format!("/console/people/{}/invite", person.id);
    Ok(response::render(&Invite {
        page: page(&session, &person.id, &name),
        action,
        made: Some(made),
    }))
}
