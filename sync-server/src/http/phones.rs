//! `GET /v1/phones` and `POST /v1/phones/{phone}/revoke`: a phone lists and revokes the phones of
//! its person.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use promise_protocol::{PhoneList, Problem};
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
/// with the order to wipe itself. The request has no body.
#[utoipa::path(
    post,
    path = "/v1/phones/{phone}/revoke",
    params(("phone" = String, Path, description = "The phone's id from the list")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones as they are now", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "The person has no such phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn revoke(
    State(app): State<App>,
    phone: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let token = bearer::token(&headers)?;
    let Path(phone) = phone.map_err(|_| ApiError::NotFound)?;
    let format = body::ResponseFormat::of(&headers)?;
    let now = app.clock.now_millis();
    let phones = app.database.write(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        devices::revoke_own(tx, &scope, &phone, now)
    });
    let phones = phones.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&phones, format))
}
