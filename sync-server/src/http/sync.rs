//! `POST /v1/sync`: pushes what the phone wrote and pulls what is new, at once.

use axum::{
    extract::{Request, State},
    response::Response,
};
use promise_protocol::{Problem, SyncRequest, SyncResponse};

use super::{ApiError, App, body, caller, headers::Bare};
use promise_services::{ServiceError, devices::authentication, sync::answer_within};

/// Sync
///
/// What is left out of the answer has not changed. PROTOCOL.md has each rule with its reason.
#[utoipa::path(
    post,
    path = "/v1/sync",
    request_body = SyncRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "What is new", body = SyncResponse),
        (status = 400, description = "Not a request, or another version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was taken off", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Send less at once", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "A type or coding that is not read here", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn sync(State(app): State<App>, request: Request) -> Result<Response, ApiError> {
    let token = caller::token(request.headers())?;
    let (request, form) = body::read::<SyncRequest>(request).await?;
    let (now, key, limits) = (app.clock.now_millis(), app.key.clone(), app.limits);
    let answered = app.database.write(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        answer_within(tx, &scope, request, now, &key, limits)
    });
    let response = answered.await.map_err(|error: ServiceError| ApiError::from(error))?;
    let mut response = body::write(&response, form);
    response.extensions_mut().insert(Bare);
    Ok(response)
}
