//! `GET /healthz` and `GET /readyz`: for whoever watches the server.

use axum::extract::State;

use super::{ApiError, App};
use promise_database::DatabaseError;

/// Is the server running?
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It is")))]
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// Can the server read its database?
#[utoipa::path(
    get,
    path = "/readyz",
    responses((status = 200, description = "It can"), (status = 503, description = "Not now"))
)]
pub(super) async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    let life = app.database.read(|tx| tx.generation()).await;
    // Whoever watches needs to know that it is not ready, whatever the reason.
    life.map_err(|error: DatabaseError| {
        tracing::error!(%error, "not ready");
        ApiError::from(DatabaseError::Busy)
    })?;
    Ok("ok")
}
