//! Sweeping up after an erasure while the server serves, so that what was erased is nowhere on disk.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::store::{StoreError, sqlite::Writer};

/// How long to let readers read before the next try.
const BETWEEN: Duration = Duration::from_millis(200);

/// Sweeps, and tries again while somebody holds it up. A server that stops before it is done goes
/// on when it starts.
pub(crate) async fn sweep(writer: Writer, stopping: CancellationToken) {
    let done = stopping.run_until_cancelled(until_swept(&writer)).await;
    if let Some(Err(error)) = done {
        tracing::warn!(%error, "traces of an erasure are left; it is tried again within the hour");
    }
}

async fn until_swept(writer: &Writer) -> Result<(), StoreError> {
    loop {
        match writer.sweep().await {
            Ok(true) => return Ok(()),
            Ok(false) | Err(StoreError::Busy) => tokio::time::sleep(BETWEEN).await,
            Err(error) => return Err(error),
        }
    }
}
