//! `POST /v1/pair`: a phone claims an invitation, and waits until the other side said yes.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    response::Response,
};
use promise_protocol::{PairRequest, Problem, pairing::PairProgress};
use promise_services::{
    OsRandom,
    devices::pairing::{Claim, claim},
};

use super::{ApiError, App, body};

/// Pair a phone
///
/// The phone commits to a key, gets the other side's part, opens the commitment, and repeats that until the
/// other side said yes to the digits that both show. Every step can be repeated. The code works once, and
/// for one phone: a second one ends it. A code that links a phone again after a restore works for that phone
/// only, which proves who it is in `relink`. A body without a content type is read as JSON. The response has
/// a content type only if the request has one.
#[utoipa::path(
    post,
    path = "/v1/pair",
    request_body = PairRequest,
    responses(
        (status = 200, description = "The phone waits, or is paired", body = PairProgress),
        (status = 400, description = "Malformed request, or another protocol version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The code is wrong, used, expired, locked, refused, sent by two phones, or for another phone", body = Problem,
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
        Claim::Answered(progress) => Ok(body::write(&*progress, format)),
        Claim::Refused(refusal) => Err(ApiError::PairingCode(refusal)),
    }
}
