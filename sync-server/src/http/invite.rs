//! `POST /v1/invitations`: a phone invites another phone of its person.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    response::Response,
};
use promise_protocol::{Invited, PhoneAct, Problem};
use promise_services::{OsRandom, ServiceError, devices::pairing::invite_own};

use super::{ApiError, App, bearer::Credentials, body};

/// Create a code that pairs another phone of the same person
///
/// The code works once, for ten minutes. The request has no body. A person's phones can have at most
/// five open codes, and ten phones that came by such codes: those in use, and any of the last day.
#[utoipa::path(
    post,
    path = "/v1/invitations",
    params(("phone-signature" = String, Header, description = "The phone's signature of this act: see PROTOCOL.md, section 3")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The code", body = Invited),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone is limited, or did not sign this", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 429,
            description = "Too many open codes or phones, or too many attempts from this address",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn invite(State(app): State<App>, request: Request) -> Result<Response, ApiError> {
    let address = promise_console::caller::address(&request, app.behind_proxy);
    if !app.inviting.allows(address, Instant::now()) {
        return Err(ApiError::TooManyRequests);
    }
    let credentials = Credentials::of(request.headers())?;
    let format = body::ResponseFormat::of(request.headers())?;
    let phone = credentials.prove(&app, &(), |()| PhoneAct::Invite).await?;
    let now = app.clock.now_millis();
    let invited = app.database.write(move |tx| invite_own(tx, &phone, now, &mut OsRandom));
    let invited = invited.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&invited, format))
}
