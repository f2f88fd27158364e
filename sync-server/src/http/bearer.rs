//! The bearer token of a phone's request, and reading for the phone that has it.

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use promise_database::Tx;
use promise_services::{PhoneScope, ServiceError, devices::authentication};
use serde::Serialize;

use super::{ApiError, App, body};

/// Reads something for the phone that sent the request, and writes it as the response.
pub(super) async fn read<R: Serialize + Send + 'static>(
    app: &App,
    headers: &HeaderMap,
    work: impl FnOnce(&mut dyn Tx, &PhoneScope) -> Result<R, ServiceError> + Clone + Send + 'static,
) -> Result<Response, ApiError> {
    let token = token(headers)?;
    let format = body::ResponseFormat::of(headers)?;
    let found = app.database.read(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        work(tx, &scope)
    });
    Ok(body::write(&found.await?, format))
}

/// Returns the request's bearer token, or [`ServiceError::NotPaired`] if it has none.
pub(super) fn token(headers: &HeaderMap) -> Result<String, ServiceError> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|text| text.split_once(' ')).ok_or(ServiceError::NotPaired)?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| token.trim().to_owned()).ok_or(ServiceError::NotPaired)
}
