//! Pairing a phone: the adviser's page with a code to type and a QR code to scan, large enough to
//! print.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_protocol::{PairingCode, PairingLink, ids::PersonId};
use promise_services::{OsRandom, ServiceError, devices::pairing};

use crate::{
    App,
    features::people::{NamedPerson, pairing as pairing_page, person_path, person_to_change},
    kit::{
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

/// How long a code is valid, in minutes: as long as a meeting.
pub(super) const VALID_MINUTES: u32 = 30;

/// A code that was made.
#[expect(clippy::struct_field_names, reason = "the code is what the page shows")]
pub(super) struct Code {
    code: String,
    /// The part of it that is no secret.
    id: String,
    server: String,
    valid_until: String,
    qr: String,
}

impl Code {
    pub(super) fn new(app: &App, headers: &HeaderMap, code: PairingCode, now: i64) -> Self {
        let link = PairingLink { server: server_address(app, headers), code };
        Self {
            code: link.code.to_string(),
            id: link.code.invitation_id().to_owned(),
            qr: qr::svg_image(&link.to_string()),
            valid_until: times::date_time(now + i64::from(VALID_MINUTES) * 60_000, now),
            server: link.server,
        }
    }
}

#[derive(Template)]
#[template(path = "people/invite.html")]
pub(super) struct InviteTemplate {
    pub(super) page: Page,
    pub(super) action: String,
    /// What to do on the phone.
    pub(super) steps: [String; 2],
    /// The check text of the one phone that the code links again; `None` if it pairs any phone.
    pub(super) check: Option<String>,
    /// The page on which the number of the phone is compared; `None` if no number is.
    pub(super) next: Option<String>,
    pub(super) code: Option<Code>,
}

impl InviteTemplate {
    fn new(session: &Session, named: &NamedPerson, code: Option<Code>) -> Self {
        let title = words::with("invite-title", "name", &named.name());
        Self {
            page: named.page(session, title),
            action: format!("{}/invite", person_path(&named.person.id)),
            steps: ["invite-step-app", "invite-step-scan"].map(words::t),
            check: None,
            next: code.as_ref().map(|code| pairing_page::path(&named.person.id, &code.id)),
            code,
        }
    }
}

/// Explains what a code does.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
) -> PageResult {
    let named = person_to_change(&app, &session.scope, id).await?;
    Ok(response::render(&InviteTemplate::new(&session, &named, None)))
}

/// Makes a code and shows it.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    let (session, now) = (submitted.session, app.clock.now_millis());
    let named = person_to_change(&app, &session.scope, id).await?;
    let (scope, id) = (session.scope.clone(), named.person.id.clone());
    let code = app
        .database
        .write(move |tx| pairing::invite(tx, &scope, &id, VALID_MINUTES, now, &mut OsRandom))
        .await
        .map_err(|error: ServiceError| error)?;
    let code = Code::new(&app, &headers, code, now);
    Ok(response::render(&InviteTemplate::new(&session, &named, Some(code))))
}
