//! Pictures of the promise, which are fetched after the data.

use std::sync::Arc;

use promise_core::{PicturesState, PromiseError};

use crate::{
    cancel::{CancelHandle, or_never},
    guard::guard,
    phone::PocketPhone,
};

#[uniffi::export]
impl PocketPhone {
    /// A picture's bytes, by the hash that a section or a pledge refers to; nothing if it is not here,
    /// or not yet.
    pub fn picture(&self, hash: String) -> Result<Option<Vec<u8>>, PromiseError> {
        guard(|| self.0.pictures().get(&hash))
    }

    /// Which pictures are here.
    pub fn pictures_state(&self) -> Result<PicturesState, PromiseError> {
        guard(|| self.0.pictures().state())
    }

    /// Sets whether a sync fetches pictures, which is the default. Those that are here stay.
    pub fn set_pictures_with_sync(&self, with_sync: bool) -> Result<(), PromiseError> {
        guard(|| self.0.pictures().set_with_sync(with_sync))
    }

    /// Fetches the pictures that are not here, whatever is set: for when the person asks for them, or
    /// the phone is on Wi-Fi. Waits for the network. Returns how many came; those stay if it breaks off,
    /// as it does for a sync.
    #[uniffi::method(default(cancel = None))]
    pub fn fetch_pictures(&self, cancel: Option<Arc<CancelHandle>>) -> Result<u32, PromiseError> {
        guard(|| self.0.pictures().fetch(&or_never(cancel)))
    }
}
