//! TLS with the public root certificates compiled in. The verifiers of the platforms must be set up
//! before the first call, and panic otherwise.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::sync::TransportError;

pub(super) fn config() -> Result<ClientConfig, TransportError> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| TransportError::Unreachable)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
