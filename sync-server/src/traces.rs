//! Removes the traces of erased people while the server serves, until no byte of them is on disk.

use std::time::Duration;

use promise_database::{Database, DatabaseError};
use tokio_util::sync::CancellationToken;

/// How long to wait before the next attempt.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Removes the traces until none are left or the server stops. A server that stops before that
/// continues when it starts.
pub(crate) async fn remove(database: Database, stopping: CancellationToken) {
    let done = stopping.run_until_cancelled(until_removed(&database)).await;
    if let Some(Err(error)) = done {
        tracing::warn!(%error, "traces of an erasure are left; retrying within the hour");
    }
}

/// Removes the traces, and retries while another connection holds it up.
pub(crate) async fn until_removed(database: &Database) -> Result<(), DatabaseError> {
    loop {
        match database.remove_traces().await {
            Ok(true) => return Ok(()),
            Ok(false) | Err(DatabaseError::Busy) => tokio::time::sleep(RETRY_INTERVAL).await,
            Err(error) => return Err(error),
        }
    }
}
