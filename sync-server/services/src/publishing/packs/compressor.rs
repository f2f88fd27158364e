//! Compressing packs, one at a time.

use std::sync::Arc;

use promise_database::Database;
use tokio::sync::Mutex;

use super::{
    Coding, CompressionJob, PackRequest, Prepared, compress, likely_requests, prepare,
    store_compressed,
};
use crate::{ServiceError, publishing::editions::PublishedEdition};

/// Compresses packs, and stores the result. Requests for the same pack wait for the first of them,
/// and compressing never occupies more than one processor. Cheap to clone.
#[derive(Clone)]
pub struct PackCompressor {
    database: Database,
    turn: Arc<Mutex<()>>,
}

impl PackCompressor {
    /// Creates a compressor that reads packs from `database` and stores the compressed ones there.
    pub fn new(database: Database) -> Self {
        Self { database, turn: Arc::default() }
    }

    /// Returns a pack in the best coding that the client accepts, or `None` if there is no such pack.
    pub async fn coded(
        &self,
        hash: &str,
        wanted: &PackRequest,
    ) -> Result<Option<(Coding, Vec<u8>)>, ServiceError> {
        match self.prepared(hash, wanted).await? {
            None => Ok(None),
            Some(Prepared::Ready(coding, bytes)) => Ok(Some((coding, bytes))),
            Some(Prepared::ToCompress(_)) => self.compressed(hash, wanted).await,
        }
    }

    /// Compresses what phones will request first of a published edition.
    pub async fn compress_ahead(&self, published: &PublishedEdition) -> Result<(), ServiceError> {
        for (hash, wanted) in likely_requests(published) {
            self.coded(&hash, &wanted).await?;
        }
        Ok(())
    }

    async fn prepared(
        &self,
        hash: &str,
        wanted: &PackRequest,
    ) -> Result<Option<Prepared>, ServiceError> {
        let (hash, wanted) = (hash.to_owned(), wanted.clone());
        self.database.read(move |tx| prepare(tx, &hash, &wanted)).await
    }

    /// Compresses a pack, unless another request did while this one waited for its turn.
    async fn compressed(
        &self,
        hash: &str,
        wanted: &PackRequest,
    ) -> Result<Option<(Coding, Vec<u8>)>, ServiceError> {
        let _turn = self.turn.lock().await;
        let work = match self.prepared(hash, wanted).await? {
            None => return Ok(None),
            Some(Prepared::Ready(coding, bytes)) => return Ok(Some((coding, bytes))),
            Some(Prepared::ToCompress(work)) => work,
        };
        let done = tokio::task::spawn_blocking(move || {
            let bytes = compress(&work)?;
            Ok::<(Arc<CompressionJob>, Vec<u8>), ServiceError>((Arc::from(work), bytes))
        });
        let (work, bytes) = done.await.map_err(|_| ServiceError::Compression)??;
        let coding = work.coding.clone();
        let kept =
            self.database.write(move |tx| store_compressed(tx, &work, &bytes).map(|()| bytes));
        Ok(Some((coding, kept.await?)))
    }
}
