//! `GET /v1/council-keys`: the keys with which a phone's council signs.

use axum::{extract::State, http::HeaderMap, response::Response};
use promise_protocol::{Problem, statement::CouncilKeyList};

use super::{ApiError, App, bearer};

/// List the steps from the first signing key of the phone's council to the one in use
///
/// A phone asks for them when something does not verify with the keys that it knows.
#[utoipa::path(
    get,
    path = "/v1/council-keys",
    security(("token" = [])),
    responses(
        (status = 200, description = "The steps, the oldest first", body = CouncilKeyList),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    bearer::read(&app, &headers, |tx, scope| {
        let successions = tx.council_keys(scope.council())?.successions;
        Ok(CouncilKeyList { successions })
    })
    .await
}
