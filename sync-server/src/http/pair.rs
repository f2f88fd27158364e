//! `POST /v1/pair`: a phone claims an invitation.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    response::Response,
};
use promise_protocol::{PairRequest, PairResponse, Problem};
use promise_services::{
    OsRandom,
    devices::pairing::{Claim, claim},
};

use super::{ApiError, App, body};

/// Pair a phone
///
/// The code works once. A code that links a phone again after a restore works for that phone only, which
/// proves who it is in `relink`. A body without a content type is read as JSON. The response has a
/// content type only if the request has one.
#[utoipa::path(
    post,
    path = "/v1/pair",
    request_body = PairRequest,
    responses(
        (status = 200, description = "The phone is paired", body = PairResponse),
        (status = 400, description = "Malformed request, or another protocol version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The phone that asks to be linked again was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The code is wrong, used, expired, locked or for another phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type or coding", body = Problem,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts from this address", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn pair(State(app): State<App>, request: Request) -> Result<Response, ApiError> {
    let address = promise_console::caller::address(&request, app.behind_proxy);
    if !app.pairing.allows(address, Instant::now()) {
        return Err(ApiError::TooManyRequests);
    }
    let (request, format) = body::read::<PairRequest>(request).await?;
    let now = app.clock.now_millis();
    let claimed = app.database.write(move |tx| claim(tx, &request, now, &mut OsRandom));
    match claimed.await? {
        Claim::Paired(response) => Ok(body::write(&*response, format)),
        Claim::Refused(refusal) => Err(ApiError::PairingCode(refusal)),
    }
}
