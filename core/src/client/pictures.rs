//! Pictures of the promise, which are fetched after the data.

use super::{PocketPhone, PromiseError};
use crate::{
    cancel::CancelHandle,
    collections::Topic,
    store::PictureStatus,
    sync::{
        Transport,
        pictures::{self, Fetched},
    },
};

/// The pictures that the promise refers to.
pub struct Pictures<'a>(&'a PocketPhone);

/// Which pictures are on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PicturesState {
    /// Whether a sync fetches them, after the data.
    pub with_sync: bool,
    /// How many the promise refers to.
    pub total: u32,
    /// How many of those are not here.
    pub missing: u32,
    /// How many bytes those take to fetch.
    pub missing_bytes: u64,
}

impl PocketPhone {
    /// The pictures that the promise refers to.
    pub fn pictures(&self) -> Pictures<'_> {
        Pictures(self)
    }
}

impl Pictures<'_> {
    /// A picture's bytes, by the hash that a section or a pledge refers to; `None` if it is not here,
    /// or not yet.
    pub fn get(&self, hash: &str) -> Result<Option<Vec<u8>>, PromiseError> {
        self.0.transact(|tx| tx.picture(hash))
    }

    /// Which pictures are here.
    pub fn state(&self) -> Result<PicturesState, PromiseError> {
        self.0.transact(|tx| {
            let with_sync = tx.pictures_with_sync()?;
            let mut state = PicturesState { with_sync, total: 0, missing: 0, missing_bytes: 0 };
            for picture in pictures::usable(tx)? {
                state.total += 1;
                if tx.picture_status(&picture.hash)? != PictureStatus::Present {
                    state.missing += 1;
                    state.missing_bytes += u64::from(picture.bytes);
                }
            }
            Ok::<_, PromiseError>(state)
        })
    }

    /// Sets whether a sync fetches pictures, which is the default. Those that are here stay.
    pub fn set_with_sync(&self, with_sync: bool) -> Result<(), PromiseError> {
        self.0.require_open()?;
        self.0.transact(|tx| tx.set_pictures_with_sync(with_sync))?;
        self.0.notify([Topic::Pictures]);
        Ok(())
    }

    /// Fetches the pictures that are not here, whether or not [`Pictures::set_with_sync`] is on:
    /// for when the person asks for them, or the phone is on Wi-Fi. Waits for the network. Returns
    /// how many came; those stay if it breaks off. A sync from another thread breaks it off
    /// ([`PromiseError::Cancelled`]).
    pub fn fetch(&self, cancel: &CancelHandle) -> Result<u32, PromiseError> {
        let call = self.0.network.begin(cancel);
        let transport = self.0.connection_to_server()?;
        let fetched = {
            let _turn = self.0.network.wait_for_turn(&call)?;
            self.0.transact(|tx| tx.retry_unavailable_pictures())?;
            self.fetch_until_another_waits(transport.as_ref(), &call)?
        };
        self.notify(&fetched);
        match fetched.interrupted {
            Some(error) => Err(error.into()),
            None => Ok(u32::try_from(fetched.count).unwrap_or(u32::MAX)),
        }
    }

    /// Fetches the pictures that are not here after a sync, if that is set and no other call talks to
    /// the server; a sync of another thread fetches them itself. A broken connection is no error: the
    /// next sync goes on. Returns how many came.
    pub(super) fn fetch_after_sync(&self, call: &CancelHandle) -> Result<usize, PromiseError> {
        if !self.0.transact(|tx| tx.pictures_with_sync())? {
            return Ok(0);
        }
        let transport = self.0.connection_to_server()?;
        let fetched = {
            let Some(_turn) = self.0.network.try_turn() else { return Ok(0) };
            self.fetch_until_another_waits(transport.as_ref(), call)?
        };
        self.notify(&fetched);
        Ok(fetched.count)
    }

    /// For a caller that has the turn.
    fn fetch_until_another_waits(
        &self,
        transport: &dyn Transport,
        call: &CancelHandle,
    ) -> Result<Fetched, PromiseError> {
        let network = &self.0.network;
        Ok(network.while_fetching_pictures(call, |handle| {
            pictures::fetch(self.0, transport, handle, || !network.has_waiting_calls())
        })?)
    }

    fn notify(&self, fetched: &Fetched) {
        self.0.notify((fetched.count > 0).then_some(Topic::Pictures));
    }
}
