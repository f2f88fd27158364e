//! `GET /v1/phones` and `POST /v1/phones/{phone}/revoke`: a person's phones, seen and revoked with
//! one of them.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use promise_protocol::{PhoneList, Problem};

use super::{ApiError, App, body, caller};
use promise_services::{
    ServiceError,
    devices::{self, authentication},
};

/// See the phones
///
/// Those of the phone's own person, the oldest pairing first.
#[utoipa::path(
    get,
    path = "/v1/phones",
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was taken off", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "A type that is not read here", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let token = caller::token(&headers)?;
    let form = body::form(&headers)?;
    let listed = app.database.read(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        devices::list_own(tx, &scope)
    });
    let listed = listed.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&listed, form))
}

/// Revoke a phone
///
/// One of the phone's own person, and it may be that phone itself. It gets nothing more, and is
/// told to wipe itself. The request has no body.
#[utoipa::path(
    post,
    path = "/v1/phones/{phone}/revoke",
    params(("phone" = String, Path, description = "The phone, as the list names it")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones as they are now", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was taken off", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No such phone of this person", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "A type that is not read here", body = Problem,
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
    let token = caller::token(&headers)?;
    let Path(phone) = phone.map_err(|_| ApiError::NotFound)?;
    let form = body::form(&headers)?;
    let now = app.clock.now_millis();
    let left = app.database.write(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        devices::revoke_own(tx, &scope, &phone, now)
    });
    let left = left.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&left, form))
}
