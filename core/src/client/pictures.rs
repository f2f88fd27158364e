//! Pictures of the promise, which come after all the words.

use std::sync::Arc;

use super::{PocketPhone, PromiseError, Topic};
use crate::{
    cancel::CancelHandle,
    store::PictureStatus,
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
            for picture in pictures::usable(tx)? {
                state.named += 1;
                if tx.picture_status(&picture.hash)? != PictureStatus::Present {
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

    /// Fetches the pictures that are not here, whatever [`PocketPhone::set_pictures_with_sync`] says:
    /// for when the person asks for them, or the phone is on Wi-Fi. Waits for the network. Returns how
    /// many came; those stay if it breaks off. A sync from another thread breaks it off
    /// ([`PromiseError::Cancelled`]).
    pub fn fetch_pictures(&self, cancel: &CancelHandle) -> Result<u32, PromiseError> {
        let call = self.network.begin(cancel);
        let transport = self.connection_to_server()?;
        let fetched = {
            let _turn = self.network.wait_for_turn(&call)?;
            self.transact(|tx| tx.retry_unavailable_pictures())?;
            self.fetch_until_another_waits(transport.as_ref(), &call)?
        };
        self.tell_of(&fetched);
        match fetched.interrupted {
            Some(error) => Err(error.into()),
            None => Ok(u32::try_from(fetched.count).unwrap_or(u32::MAX)),
        }
    }

    /// Fetches the pictures that are not here after a sync, if that is set and no other call talks to
    /// the server; a sync of another thread brings them itself. A broken connection is no error: the
    /// next sync goes on. Returns how many came.
    pub(super) fn fetch_pictures_after_sync(
        &self,
        call: &CancelHandle,
    ) -> Result<usize, PromiseError> {
        if !self.transact(|tx| tx.pictures_with_sync())? {
            return Ok(0);
        }
        let transport = self.connection_to_server()?;
        let fetched = {
            let Some(_turn) = self.network.try_turn() else { return Ok(0) };
            self.fetch_until_another_waits(transport.as_ref(), call)?
        };
        self.tell_of(&fetched);
        Ok(fetched.count)
    }

    /// For a caller that has the turn.
    fn fetch_until_another_waits(
        &self,
        transport: &dyn Transport,
        call: &CancelHandle,
    ) -> Result<Fetched, PromiseError> {
        let network = &self.network;
        Ok(network.while_fetching_pictures(call, |handle| {
            pictures::fetch(self, transport, handle, || !network.has_waiting_calls())
        })?)
    }

    fn tell_of(&self, fetched: &Fetched) {
        self.tell((fetched.count > 0).then_some(Topic::Pictures));
    }

    pub(super) fn connection_to_server(&self) -> Result<Arc<dyn Transport>, PromiseError> {
        let server = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?.server;
        self.network.connection(&server)
    }
}
