//! `GET /v1/phones` and `POST /v1/phones/{phone}/revoke`: a phone lists and revokes the phones of
//! its person.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use promise_protocol::{PhoneList, Problem, RevokeRequest};
use promise_services::{
    ServiceError,
    devices::{self, authentication},
};

use super::{ApiError, App, bearer, body};

/// List the phones of the phone's own person
///
/// The oldest pairing comes first.
#[utoipa::path(
    get,
    path = "/v1/phones",
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    bearer::read(&app, &headers, devices::list_own).await
}

/// Revoke a phone of the phone's own person
///
/// A phone may revoke itself. A revoked phone receives nothing more, and its next request is answered
/// with a signed order, which depends on the reason: to wipe itself, or to keep what is on it. Revoking
/// it again changes nothing, unless it has to be wiped now.
#[utoipa::path(
    post,
    path = "/v1/phones/{phone}/revoke",
    params(("phone" = String, Path, description = "The phone's id from the list")),
    request_body = RevokeRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones as they are now", body = PhoneList),
        (status = 400, description = "Malformed request, or another protocol version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "The person has no such phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type or coding", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn revoke(
    State(app): State<App>,
    phone: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, ApiError> {
    let token = bearer::token(request.headers())?;
    let Path(phone) = phone.map_err(|_| ApiError::NotFound)?;
    let (request, format) = body::read::<RevokeRequest>(request).await?;
    let now = app.clock.now_millis();
    let phones = app.database.write(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        devices::revoke_own(tx, &scope, &phone, &request, now)
    });
    let phones = phones.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&phones, format))
}
