//! The trait by which an app destroys the key of the database, before a phone is wiped.

use std::{error::Error, fmt, sync::Arc};

use promise_core::{DatabaseKey, KeyNotReplaced};
use zeroize::Zeroizing;

/// Destroys and replaces the key where the platform stores it: the Keystore or the Keychain. Called on the
/// thread that learns that the phone is wiped. It must not call the phone.
#[uniffi::export(foreign)]
pub trait KeyReplacer: Send + Sync {
    /// Destroys the stored key, so that no copy of the database can be opened any more, and returns a new
    /// one of 32 bytes, stored in its place. If it fails, the data is deleted all the same.
    fn replace_key(&self) -> Result<Vec<u8>, KeyReplacerError>;
}

/// Anything that a replacer throws becomes this.
#[derive(Debug, uniffi::Error)]
pub enum KeyReplacerError {
    /// The key was not replaced.
    Failed,
}

impl fmt::Display for KeyReplacerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key was not replaced")
    }
}

impl Error for KeyReplacerError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeyReplacerError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// Passes calls from the core to an app's replacer.
pub(crate) struct ForwardingReplacer(pub(crate) Arc<dyn KeyReplacer>);

impl promise_core::KeyReplacer for ForwardingReplacer {
    fn replace_key(&self) -> Result<DatabaseKey, KeyNotReplaced> {
        let bytes = Zeroizing::new(self.0.replace_key().map_err(|_| KeyNotReplaced)?);
        let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeyNotReplaced)?;
        Ok(DatabaseKey::new(bytes))
    }
}
