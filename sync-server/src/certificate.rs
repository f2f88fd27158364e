//! The certificate for HTTPS. Its files are read again when they change, because certificates last
//! for weeks and the server should not need a restart for the next one.

use std::{io, time::Duration};

use axum_server::tls_rustls::RustlsConfig;
use tokio::fs;
use tokio_util::sync::CancellationToken;

use crate::config::Tls;

/// How often the files are read. Their content is compared and not their modification time,
/// because a link may point to another file that is older.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

/// The content of the two files: the certificate with its chain, and its key.
type Pem = (Vec<u8>, Vec<u8>);

/// A certificate in use, and the files it came from.
pub(crate) struct Certificate {
    files: Tls,
    /// What was read last, valid or not.
    last_read: Pem,
    config: RustlsConfig,
}

impl Certificate {
    /// Reads the files. Fails if one is missing, or if certificate and key do not match.
    pub(crate) async fn read(files: Tls) -> io::Result<Self> {
        // Another part of this process may have installed the provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let last_read = read_pem(&files).await?;
        let config = RustlsConfig::from_pem(last_read.0.clone(), last_read.1.clone()).await?;
        Ok(Self { files, last_read, config })
    }

    /// The configuration of connections. It follows the files while
    /// [`Certificate::keep_up_to_date`] runs.
    pub(crate) fn config(&self) -> RustlsConfig {
        self.config.clone()
    }

    /// Polls the files until the server stops. Files that cannot be used change nothing: one of the
    /// two may be written before the other.
    pub(crate) async fn keep_up_to_date(mut self, stopping: CancellationToken) {
        let mut polls = tokio::time::interval(POLL_INTERVAL);
        while stopping.run_until_cancelled(polls.tick()).await.is_some() {
            // Files that are being replaced may be missing for a moment.
            let Ok(pem) = read_pem(&self.files).await else { continue };
            if pem == self.last_read {
                continue;
            }
            self.last_read = pem;
            let (cert, key) = self.last_read.clone();
            match self.config.reload_from_pem(cert, key).await {
                Ok(()) => tracing::info!("the new certificate is in use"),
                Err(error) => tracing::warn!(
                    %error,
                    "the new certificate and key cannot be used together; the old ones stay in use"
                ),
            }
        }
    }
}

async fn read_pem(files: &Tls) -> io::Result<Pem> {
    Ok((fs::read(&files.cert).await?, fs::read(&files.key).await?))
}
