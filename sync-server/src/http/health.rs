//! `GET /healthz` and `GET /readyz`: for monitoring.

use axum::extract::State;
use promise_database::DatabaseError;

use super::{ApiError, App};

/// Check that the server runs
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It runs")))]
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// Check that the server can read its database
#[utoipa::path(
    get,
    path = "/readyz",
    responses((status = 200, description = "It can"), (status = 503, description = "It cannot"))
)]
pub(super) async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    let read = app.database.read(|tx| tx.generation()).await;
    // Every error means that the server is not ready.
    read.map_err(|error: DatabaseError| {
        tracing::error!(%error, "not ready");
        ApiError::from(DatabaseError::Busy)
    })?;
    Ok("ok")
}
