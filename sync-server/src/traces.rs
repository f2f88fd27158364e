//! Removes the traces of erased rows while the server serves, so that no byte of them is on disk.

use std::time::Duration;

use promise_database::{Database, DatabaseError};
use tokio_util::sync::CancellationToken;

/// How long readers have before the next try.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Removes the traces, and retries while another connection holds it up. A server that stops
/// before it is done continues when it starts.
pub(crate) async fn remove(database: Database, stopping: CancellationToken) {
    let done = stopping.run_until_cancelled(until_removed(&database)).await;
    if let Some(Err(error)) = done {
        tracing::warn!(%error, "traces of an erasure are left; it is tried again within the hour");
    }
}

async fn until_removed(database: &Database) -> Result<(), DatabaseError> {
    loop {
        match database.remove_traces().await {
            Ok(true) => return Ok(()),
            Ok(false) | Err(DatabaseError::Busy) => tokio::time::sleep(RETRY_INTERVAL).await,
            Err(error) => return Err(error),
        }
    }
}
