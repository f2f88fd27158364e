//! What waits for the network. Nothing else does.

use promise_core::{PromiseError, sync::Synced};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// Pairs with the server by a typed code. Waits for the network.
    pub fn pair(&self, server: String, code: String) -> Result<(), PromiseError> {
        guard(|| self.0.pair(&server, &code))
    }

    /// Pairs by the link that a QR code holds. Waits for the network.
    pub fn pair_by_link(&self, link: String) -> Result<(), PromiseError> {
        guard(|| self.0.pair_by_link(&link))
    }

    /// Sends what this phone wrote and gets what is new, but for pictures. Waits for the network.
    /// Whatever breaks it off, what is saved stays saved and is sent next time.
    pub fn sync(&self) -> Result<Synced, PromiseError> {
        guard(|| self.0.sync_words())
    }

    /// Fetches the pictures that are not here, if that is set, and answers how many came. To be
    /// called after each sync; another sync breaks it off. That the network breaks is no error.
    pub fn fetch_pictures_as_set(&self) -> Result<u32, PromiseError> {
        guard(|| Ok(u32::try_from(self.0.fetch_pictures_as_set()?).unwrap_or(u32::MAX)))
    }

    /// Fetches the pictures that are not here, whatever is set, and answers how many came: for when
    /// the person asks, or the phone is on wifi. What came stays when it breaks off.
    pub fn fetch_pictures(&self) -> Result<u32, PromiseError> {
        guard(|| self.0.fetch_pictures())
    }

    /// Stops pictures that another thread fetches, and nothing else.
    pub fn cancel_pictures(&self) -> Result<(), PromiseError> {
        guard(|| {
            self.0.cancel_pictures();
            Ok(())
        })
    }

    /// Stops a sync that is under way on another thread.
    pub fn cancel_sync(&self) -> Result<(), PromiseError> {
        guard(|| {
            self.0.cancel_sync();
            Ok(())
        })
    }
}
