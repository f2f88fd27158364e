//! Linking again, and syncing.

use std::sync::Arc;

use promise_core::{PromiseError, sync::Synced};

use crate::{
    cancel::{CancelHandle, or_never},
    guard::guard,
    phone::PocketPhone,
};

#[uniffi::export]
impl PocketPhone {
    /// The eight letters and numbers by which an adviser recognises this phone, to be shown when it is
    /// to be linked again.
    pub fn relink_check(&self) -> Result<String, PromiseError> {
        guard(|| self.0.relink_check())
    }

    /// Links this phone again by a code, or the link in a QR code, that the council made for it after a
    /// restore lost the person's record. Call it only after the person said yes. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn relink(
        &self,
        code_or_link: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.relink(&code_or_link, &or_never(cancel)))
    }

    /// Syncs data and then pictures: `sync_data`, followed by the missing pictures if that is set.
    /// A sync does not fail because of pictures. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn sync(&self, cancel: Option<Arc<CancelHandle>>) -> Result<Synced, PromiseError> {
        guard(|| self.0.sync(&or_never(cancel)))
    }

    /// Sends what this phone wrote and fetches what is new, without pictures. Waits for the
    /// network. If it fails, saved edits stay saved and the next sync sends them. One sync runs at
    /// a time: a second call waits for the first, and ends its fetch of pictures.
    #[uniffi::method(default(cancel = None))]
    pub fn sync_data(&self, cancel: Option<Arc<CancelHandle>>) -> Result<Synced, PromiseError> {
        guard(|| self.0.sync_data(&or_never(cancel)))
    }
}
