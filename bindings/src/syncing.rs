//! What waits for the network. Nothing else does.

use promise_core::{Error, sync::Synced};

use crate::{guard::guard, phone::Phone};

#[uniffi::export]
impl Phone {
    /// Pairs with the server by a typed code. Waits for the network.
    pub fn pair(&self, server: String, code: String) -> Result<(), Error> {
        guard(|| self.0.pair(&server, &code))
    }

    /// Pairs by the link that a QR code holds. Waits for the network.
    pub fn pair_by_link(&self, link: String) -> Result<(), Error> {
        guard(|| self.0.pair_by_link(&link))
    }

    /// Sends what this phone wrote and gets what is new. Waits for the network. Whatever breaks it
    /// off, what is saved stays saved and is sent next time.
    pub fn sync(&self) -> Result<Synced, Error> {
        guard(|| self.0.sync())
    }

    /// Stops a sync that is under way on another thread.
    pub fn cancel_sync(&self) -> Result<(), Error> {
        guard(|| {
            self.0.cancel_sync();
            Ok(())
        })
    }
}
