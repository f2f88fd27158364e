//! `POST /v1/erase`: a person erases everything that the server holds about them.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use promise_protocol::{EraseRequest, Problem};
use tokio::task::JoinHandle;

use super::{ApiError, App, body, caller};
use crate::traces;
use promise_database::DatabaseError;
use promise_services::{ServiceError, devices::authentication, people::erasure};

/// How long the answer waits until no trace is left on disk. A backup that is being taken can hold
/// that up for longer; what was erased is then out of everybody's reach, and is swept up later.
const TRACES_TIMEOUT: Duration = Duration::from_secs(10);

/// Erase everything
///
/// What the server holds about the phone's own person is gone, and every phone of theirs is
/// revoked. It cannot be taken back, so the body names the person once more.
#[utoipa::path(
    post,
    path = "/v1/erase",
    request_body = EraseRequest,
    security(("token" = [])),
    responses(
        (status = 204, description = "Everything is erased"),
        (status = 400, description = "Not a request, another person, or another version",
            body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was taken off", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "A type or coding that is not read here", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn erase(
    State(app): State<App>,
    request: Request,
) -> Result<StatusCode, ApiError> {
    let token = caller::token(request.headers())?;
    let (request, _) = body::read::<EraseRequest>(request).await?;
    // A phone that hangs up must not leave traces on disk: this goes on without it.
    let erasing = tokio::spawn(erase_all(app, token, request)).await;
    let removing = erasing.map_err(|_| ServiceError::from(DatabaseError::Stopped))??;
    let _ = tokio::time::timeout(TRACES_TIMEOUT, removing).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Erases, and answers once that is on disk. What it answers ends when no trace is left.
async fn erase_all(
    app: App,
    token: String,
    request: EraseRequest,
) -> Result<JoinHandle<()>, ServiceError> {
    let now = app.clock.now_millis();
    let erased = app.database.write(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        erasure::erase_own(tx, &scope, &request, now)
    });
    erased.await?;
    Ok(tokio::spawn(traces::remove(app.database, app.stopping)))
}
