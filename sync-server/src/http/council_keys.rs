//! `GET /v1/council-keys`: the keys with which a phone's council signs.

use axum::{extract::State, http::HeaderMap, response::Response};
use promise_protocol::{Problem, statement::CouncilKeyList};
use promise_services::{ServiceError, devices::authentication};

use super::{ApiError, App, bearer, body};

/// List the steps from the first signing key of the phone's council to the one in use
///
/// A phone asks for them when something does not verify with the keys that it knows. A revoked phone may
/// too, to verify its order.
#[utoipa::path(
    get,
    path = "/v1/council-keys",
    security(("token" = [])),
    responses(
        (status = 200, description = "The steps, the oldest first", body = CouncilKeyList),
        (status = 401, description = "The token is unknown", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let token = bearer::token(&headers)?;
    let format = body::ResponseFormat::of(&headers)?;
    let listed = app.database.read(move |tx| {
        let council = authentication::council(tx, &token)?;
        let successions = tx.council_keys(&council)?.successions;
        Ok::<_, ServiceError>(CouncilKeyList { successions })
    });
    let listed = listed.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&listed, format))
}
