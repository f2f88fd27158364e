//! Syncing, as the app sees it.

use super::{PocketPhone, PromiseError, Topic, lock};
use crate::sync::{self, Synced};

impl PocketPhone {
    /// Sends what this phone wrote and gets what is new; then the pictures that are not here, if
    /// that is set. Waits for the network; call it off the main thread. Whatever breaks it off,
    /// what is saved stays saved and is sent next time.
    pub fn sync(&self) -> Result<Synced, PromiseError> {
        let mut synced = self.sync_words()?;
        // Everything else is here: what becomes of pictures makes no sync fail.
        synced.pictures = self.fetch_pictures_as_set().unwrap_or_default();
        Ok(synced)
    }

    /// Like [`PocketPhone::sync`], without pictures.
    pub fn sync_words(&self) -> Result<Synced, PromiseError> {
        let server = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?.server;
        let transport = self.transport(&server)?;
        let synced = {
            let _one_at_a_time = self.alone();
            transport.start();
            sync::sync(self, transport.as_ref(), self.clock.as_ref())
        };
        let mut topics = vec![Topic::Status];
        if let Ok(synced) = &synced {
            topics.extend(synced.changed.iter().filter_map(|name| Topic::of_collection(name)));
            if synced.edition.is_some() {
                topics.extend([Topic::Promise, Topic::Opportunities, Topic::Pictures]);
            }
        } else {
            // Some of it may have been applied before it broke off.
            topics.extend(Topic::ALL);
        }
        self.tell(topics);
        self.wiped_if_revoked(synced.map_err(PromiseError::from))
    }

    /// Stops a sync that is under way on another thread; it answers [`PromiseError::Cancelled`].
    pub fn cancel_sync(&self) {
        if let Some((_, transport)) = lock(&self.transport).as_ref() {
            transport.cancel();
        }
    }
}
