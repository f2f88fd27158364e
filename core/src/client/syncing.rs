//! Syncing with the council's server.

use std::sync::Arc;

use super::{PocketPhone, PromiseError};
use crate::{
    cancel::CancelHandle,
    collections::{Topic, registry},
    sync::{self, SyncError, Synced, Transport},
};

impl PocketPhone {
    /// Syncs data and then pictures: [`PocketPhone::sync_data`], followed by the missing pictures
    /// if [`Pictures::set_with_sync`](super::Pictures::set_with_sync) is on. A sync does not fail
    /// because of pictures; the next one fetches them.
    pub fn sync(&self, cancel: &CancelHandle) -> Result<Synced, PromiseError> {
        let call = self.network.begin(cancel);
        let synced = self.sync_data(&call)?;
        let pictures = self.pictures().fetch_after_sync(&call).unwrap_or_default();
        Ok(Synced { pictures, ..synced })
    }

    /// Sends what this phone wrote and fetches what is new, without pictures. Waits for the
    /// network: call it off the main thread. One sync runs at a time; a second call waits for the
    /// first.
    ///
    /// If it fails, saved edits stay saved and the next sync sends them. A phone that was taken off fails
    /// with [`PromiseError::Revoked`], and has wiped itself, or with [`PromiseError::Released`], and
    /// keeps everything.
    pub fn sync_data(&self, cancel: &CancelHandle) -> Result<Synced, PromiseError> {
        let call = self.network.begin(cancel);
        let transport = self.connection_to_server()?;
        let synced = {
            let _turn = self.network.wait_for_turn(&call)?;
            sync::sync(self, transport.as_ref(), self.clock.as_ref(), &call)
        };
        let mut topics = vec![Topic::Status];
        let may_tell = self.view().has_private();
        if let Some(synced) = synced.as_ref().ok().filter(|_| may_tell) {
            topics.extend(synced.changed.iter().filter_map(|name| registry::topic(name)));
            if synced.edition.is_some() {
                topics.extend([Topic::Promise, Topic::Opportunities, Topic::Pictures]);
            }
        } else {
            // It broke off, and some may have been applied before. Or the app lock is on: then it is the
            // same each time, and does not tell that something private changed.
            topics.extend(Topic::ALL);
        }
        self.notify(topics);
        let synced = synced.map_err(|error| match error {
            SyncError::Transport(error) => self.refused(error, &call),
            error => error.into(),
        })?;
        Ok(if may_tell { synced } else { synced.without_private() })
    }

    /// The connection to the server that this phone is paired with.
    pub(super) fn connection_to_server(&self) -> Result<Arc<dyn Transport>, PromiseError> {
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        if pairing.released_at().is_some() {
            return Err(PromiseError::Released);
        }
        self.network.connection(&pairing.server)
    }
}
