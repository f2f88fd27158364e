//! `GET /v1/pairings`, and `POST /v1/pairings/{code}`: a phone sees which phone waits with a code that it
//! made, adds its part, and says yes or no.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use promise_protocol::{
    PhoneAct, Problem,
    pairing::{PairingAnswer, WaitingPhones},
};
use promise_services::{
    ServiceError,
    devices::pairing::{Answered, answer_own, list_own_waiting},
};

use super::{
    ApiError, App,
    bearer::{self, Credentials},
    body,
};

/// List the phones that wait with codes of the calling phone
///
/// The code that expires first comes first. A code that ended stays listed until it expires.
#[utoipa::path(
    get,
    path = "/v1/pairings",
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones that wait", body = WaitingPhones),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone is limited", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let now = app.clock.now_millis();
    bearer::read(&app, &headers, move |tx, scope| list_own_waiting(tx, scope, now)).await
}

/// Answer a phone that waits, and say yes or no to it
///
/// The calling phone sends its key and nonce, and repeats that until the other one has opened what it
/// committed to. With a decision it says yes or no, and may add the recovery phrase, sealed to the other
/// phone's key. Every answer can be repeated; of two keys the first stays.
#[utoipa::path(
    post,
    path = "/v1/pairings/{code}",
    params(
        ("code" = String, Path, description = "The id of the code: its first four characters"),
        ("phone-signature" = String, Header, description = "The phone's signature of this act: see PROTOCOL.md, section 3"),
    ),
    request_body = PairingAnswer,
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones that wait now", body = WaitingPhones),
        (status = 400, description = "Malformed request, or another protocol version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone is limited, or did not sign this, or the code has ended", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No phone waits with this code of the calling phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type or coding", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn answer(
    State(app): State<App>,
    code: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, ApiError> {
    let credentials = Credentials::of(request.headers())?;
    let Path(code) = code.map_err(|_| ApiError::NotFound)?;
    let (answer, format) = body::read::<PairingAnswer>(request).await?;
    let asked = (code, answer);
    let phone =
        credentials.prove(&app, &asked, |(code, answer)| PhoneAct::Answer { code, answer }).await?;
    let (code, answer) = asked;
    let now = app.clock.now_millis();
    let answered = app.database.write(move |tx| answer_own(tx, &phone, &code, &answer, now));
    match answered.await.map_err(|error: ServiceError| ApiError::from(error))? {
        Answered::Waiting(waiting) => Ok(body::write(&waiting, format)),
        Answered::Refused(refusal) => Err(ApiError::PairingCode(refusal)),
    }
}
