//! The bearer token of a phone's request.

use axum::http::{HeaderMap, header};
use promise_services::ServiceError;

/// Returns the request's bearer token, or [`ServiceError::NotPaired`] if it has none.
pub(super) fn token(headers: &HeaderMap) -> Result<String, ServiceError> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|text| text.split_once(' ')).ok_or(ServiceError::NotPaired)?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| token.trim().to_owned()).ok_or(ServiceError::NotPaired)
}
