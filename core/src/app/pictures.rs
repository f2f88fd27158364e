//! Pictures of the promise, which come after all the words.

use std::sync::{Arc, MutexGuard, atomic::Ordering};

use super::{PocketPhone, PromiseError, Topic, lock};
use crate::{
    store::HeldPicture,
    sync::{
        Transport,
        pictures::{self, Fetched},
    },
};

/// Which pictures are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PicturesState {
    /// Whether a sync brings them, after everything else.
    pub with_sync: bool,
    /// How many the promise names.
    pub named: u32,
    /// How many of those are not here.
    pub missing: u32,
    /// How many bytes those take to fetch.
    pub missing_bytes: u64,
}

impl PocketPhone {
    /// A picture's bytes, by the hash that a section or pledge names; `None` if it is not here, or
    /// not yet.
    pub fn picture(&self, hash: &str) -> Result<Option<Vec<u8>>, PromiseError> {
        self.transact(|tx| tx.picture(hash))
    }

    /// Which pictures are here.
    pub fn pictures(&self) -> Result<PicturesState, PromiseError> {
        self.transact(|tx| {
            let mut state = PicturesState {
                with_sync: tx.pictures_with_sync()?,
                named: 0,
                missing: 0,
                missing_bytes: 0,
            };
            for picture in pictures::named(tx)? {
                state.named += 1;
                if tx.picture_held(&picture.hash)? != HeldPicture::Here {
                    state.missing += 1;
                    state.missing_bytes += u64::from(picture.bytes);
                }
            }
            Ok::<_, PromiseError>(state)
        })
    }

    /// Says whether a sync brings pictures, which it does until this says otherwise. Those that are
    /// here stay.
    pub fn set_pictures_with_sync(&self, with_sync: bool) -> Result<(), PromiseError> {
        self.transact(|tx| tx.set_pictures_with_sync(with_sync))?;
        self.tell([Topic::Pictures]);
        Ok(())
    }

    /// Fetches the pictures that are not here, whatever [`PocketPhone::set_pictures_with_sync`] says: for
    /// when the person asks, or the phone is on wifi. Waits for the network; a sync from another
    /// thread breaks it off. Answers how many came; those stay when it breaks off.
    pub fn fetch_pictures(&self) -> Result<u32, PromiseError> {
        let transport = self.way_to_server()?;
        let fetched = {
            let _one_at_a_time = self.alone();
            self.transact(|tx| tx.try_pictures_again())?;
            self.fetch_while_nobody_waits(&transport)?
        };
        self.tell_of(&fetched);
        match fetched.broken_off {
            Some(error) => Err(error.into()),
            None => Ok(u32::try_from(fetched.came).unwrap_or(u32::MAX)),
        }
    }

    /// The same after a sync: if that is set, and nobody else talks to the server, whose own sync
    /// brings them. That the network breaks is no error: the next sync goes on.
    pub fn fetch_pictures_as_set(&self) -> Result<usize, PromiseError> {
        if !self.transact(|tx| tx.pictures_with_sync())? {
            return Ok(0);
        }
        let transport = self.way_to_server()?;
        let fetched = {
            let Ok(_one_at_a_time) = self.syncing.try_lock() else { return Ok(0) };
            self.fetch_while_nobody_waits(&transport)?
        };
        self.tell_of(&fetched);
        Ok(fetched.came)
    }

    /// Breaks pictures off that another thread fetches, and nothing else.
    pub fn cancel_pictures(&self) {
        // They cannot end while this is held, so nothing else is cancelled.
        let under_way = lock(&self.pictures_under_way);
        if let Some(transport) = under_way.as_ref() {
            transport.cancel();
        }
    }

    /// Waits until no other call talks to the server, and breaks pictures off for it.
    pub(super) fn alone(&self) -> MutexGuard<'_, ()> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        self.cancel_pictures();
        let alone = lock(&self.syncing);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        alone
    }

    /// Fetches pictures until somebody else wants to talk to the server. For a caller that is alone.
    fn fetch_while_nobody_waits(
        &self,
        transport: &Arc<dyn Transport>,
    ) -> Result<Fetched, PromiseError> {
        transport.start();
        *lock(&self.pictures_under_way) = Some(Arc::clone(transport));
        let nobody_waits = || self.waiting.load(Ordering::SeqCst) == 0;
        let fetched = pictures::fetch(self, transport.as_ref(), nobody_waits);
        *lock(&self.pictures_under_way) = None;
        Ok(fetched?)
    }

    fn tell_of(&self, fetched: &Fetched) {
        self.tell((fetched.came > 0).then_some(Topic::Pictures));
    }

    fn way_to_server(&self) -> Result<Arc<dyn Transport>, PromiseError> {
        let server = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?.server;
        self.transport(&server)
    }
}
