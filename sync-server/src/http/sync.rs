//! `POST /v1/sync`: sends what the phone wrote and receives what is new, in one round trip.

use axum::{
    extract::{Request, State},
    response::Response,
};
use promise_protocol::{Problem, SyncRequest, SyncResponse};
use promise_services::{ServiceError, devices::authentication, sync::answer_within};

use super::{ApiError, App, bearer, body, headers::WithoutSecurityHeaders};

/// Sync
///
/// A field that is missing in the response has not changed. PROTOCOL.md has each rule with its
/// reason.
#[utoipa::path(
    post,
    path = "/v1/sync",
    request_body = SyncRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "What is new for the phone", body = SyncResponse),
        (status = 400, description = "Malformed request, or another protocol version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large: send less at once", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type or coding", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn sync(State(app): State<App>, request: Request) -> Result<Response, ApiError> {
    let token = bearer::token(request.headers())?;
    let (request, format) = body::read::<SyncRequest>(request).await?;
    let (now, limits) = (app.clock.now_millis(), app.limits);
    let response = app.database.write(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        answer_within(tx, &scope, request, now, limits)
    });
    let response = response.await.map_err(|error: ServiceError| ApiError::from(error))?;
    let mut response = body::write(&response, format);
    response.extensions_mut().insert(WithoutSecurityHeaders);
    Ok(response)
}
