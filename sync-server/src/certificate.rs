//! The certificate for HTTPS, read again when its files change: certificates live for weeks, and
//! nobody has to start the server anew for the next one.

use std::{io, time::Duration};

use axum_server::tls_rustls::RustlsConfig;
use tokio::fs;
use tokio_util::sync::CancellationToken;

use crate::config::Tls;

/// How often the files are looked at. What they say is compared, not when they were written: a
/// link may point to another file that is older.
const LOOKS: Duration = Duration::from_secs(5);

/// What the two files say: the certificate with its chain, and its key.
type Pem = (Vec<u8>, Vec<u8>);

/// A certificate in use, and the files it came from.
pub(crate) struct Certificate {
    files: Tls,
    /// What was read last, whether it could be used or not.
    read: Pem,
    in_use: RustlsConfig,
}

impl Certificate {
    /// Reads the files. Fails if they are missing, or do not belong together.
    pub(crate) async fn read(files: Tls) -> io::Result<Self> {
        // Another part of this process may have chosen the provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let read = pem(&files).await?;
        let in_use = RustlsConfig::from_pem(read.0.clone(), read.1.clone()).await?;
        Ok(Self { files, read, in_use })
    }

    /// What connections are encrypted with. It follows the files while
    /// [`Certificate::keep_fresh`] runs.
    pub(crate) fn in_use(&self) -> RustlsConfig {
        self.in_use.clone()
    }

    /// Looks at the files until the server stops. What cannot be used changes nothing: one of the
    /// two files may be written before the other.
    pub(crate) async fn keep_fresh(mut self, stopping: CancellationToken) {
        let mut looks = tokio::time::interval(LOOKS);
        while stopping.run_until_cancelled(looks.tick()).await.is_some() {
            // Files that are being replaced may be missing for a moment.
            let Ok(found) = pem(&self.files).await else { continue };
            if found == self.read {
                continue;
            }
            self.read = found;
            let (cert, key) = self.read.clone();
            match self.in_use.reload_from_pem(cert, key).await {
                Ok(()) => tracing::info!("the new certificate is in use"),
                Err(error) => tracing::warn!(
                    %error,
                    "the new certificate and key cannot be used together; the old ones stay in use"
                ),
            }
        }
    }
}

async fn pem(files: &Tls) -> io::Result<Pem> {
    Ok((fs::read(&files.cert).await?, fs::read(&files.key).await?))
}
