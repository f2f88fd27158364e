//! `POST /v1/erase`: a person erases everything that the server holds about them.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use promise_database::DatabaseError;
use promise_protocol::{EraseRequest, PhoneAct, Problem};
use promise_services::{ServiceError, people::erasure};
use tokio::task::JoinHandle;

use super::{ApiError, App, bearer::Credentials, body};
use crate::traces;

/// How long the response waits until no trace is left on disk. A backup that is being written can
/// hold that up for longer. What was erased is out of reach by then, and its traces are removed
/// later.
const TRACES_TIMEOUT: Duration = Duration::from_secs(10);

/// Erase everything about the phone's own person
///
/// Also revokes every phone of theirs. This cannot be undone, so the body repeats the person's id.
#[utoipa::path(
    post,
    path = "/v1/erase",
    params(("phone-signature" = String, Header, description = "The phone's signature of this act: see PROTOCOL.md, section 3")),
    request_body = EraseRequest,
    security(("token" = [])),
    responses(
        (status = 204, description = "Everything is erased"),
        (status = 400, description = "Malformed request, another person, or another protocol version",
            body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone is limited, or did not sign this", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type or coding", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn erase(
    State(app): State<App>,
    request: Request,
) -> Result<StatusCode, ApiError> {
    let credentials = Credentials::of(request.headers())?;
    let (request, _) = body::read::<EraseRequest>(request).await?;
    // This goes on if the phone closes the connection, so that no traces stay on disk.
    let erasing = tokio::spawn(erase_all(app, credentials, request)).await;
    let removing = erasing.map_err(|_| ServiceError::from(DatabaseError::Stopped))??;
    let _ = tokio::time::timeout(TRACES_TIMEOUT, removing).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Erases, and returns once that is on disk. The returned task ends when no trace is left.
async fn erase_all(
    app: App,
    credentials: Credentials,
    request: EraseRequest,
) -> Result<JoinHandle<()>, ServiceError> {
    let phone = credentials.prove(&app, &request, |request| PhoneAct::Erase { request }).await?;
    let now = app.clock.now_millis();
    let erased = app.database.write(move |tx| erasure::erase_own(tx, &phone, &request, now));
    erased.await?;
    Ok(tokio::spawn(traces::remove(app.database, app.stopping)))
}
