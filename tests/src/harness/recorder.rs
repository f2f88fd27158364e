//! Records the messages between a phone and its server, before they are compressed.

use std::sync::{Arc, Mutex, PoisonError};

use promise_core::{
    CancelHandle,
    sync::{ActCredentials, PackWanted, Transport, TransportError},
};
use promise_protocol::{
    EraseRequest, Invited, PairRequest, PhoneList, RevokeRequest, SyncRequest, SyncResponse,
    pairing::{PairProgress, PairingAnswer, WaitingPhones},
    statement::CouncilKeyList,
};
use serde::Serialize;

/// Messages as JSON, in order.
#[derive(Clone, Debug, Default)]
pub struct Recording(Arc<Mutex<Vec<String>>>);

impl Recording {
    /// Returns every message so far. Packs are left out: they are the same for every phone.
    pub fn messages(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep<T: Serialize>(&self, message: &T) {
        let json = serde_json::to_string(message).expect("a message is JSON");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(json);
    }

    fn keep_answer<T: Serialize>(
        &self,
        answer: Result<T, TransportError>,
    ) -> Result<T, TransportError> {
        if let Ok(answer) = &answer {
            self.keep(answer);
        }
        answer
    }
}

/// A transport whose messages are recorded.
pub(super) struct Recorded<T> {
    pub(super) transport: T,
    pub(super) recording: Recording,
}

impl<T: Transport> Transport for Recorded<T> {
    fn pair(
        &self,
        request: &PairRequest,
        cancel: &CancelHandle,
    ) -> Result<PairProgress, TransportError> {
        self.recording.keep(request);
        self.recording.keep_answer(self.transport.pair(request, cancel))
    }

    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        cancel: &CancelHandle,
    ) -> Result<SyncResponse, TransportError> {
        self.recording.keep(request);
        self.recording.keep_answer(self.transport.sync(token, request, cancel))
    }

    fn picture(
        &self,
        hash: &str,
        bytes: u32,
        cancel: &CancelHandle,
    ) -> Result<Vec<u8>, TransportError> {
        self.transport.picture(hash, bytes, cancel)
    }

    fn packs(
        &self,
        wanted: &[PackWanted],
        cancel: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>> {
        self.transport.packs(wanted, cancel)
    }

    fn council_keys(
        &self,
        token: &str,
        cancel: &CancelHandle,
    ) -> Result<CouncilKeyList, TransportError> {
        self.recording.keep_answer(self.transport.council_keys(token, cancel))
    }

    fn invite(
        &self,
        by: &ActCredentials<'_>,
        cancel: &CancelHandle,
    ) -> Result<Invited, TransportError> {
        self.recording.keep_answer(self.transport.invite(by, cancel))
    }

    fn waiting_phones(
        &self,
        token: &str,
        cancel: &CancelHandle,
    ) -> Result<WaitingPhones, TransportError> {
        self.recording.keep_answer(self.transport.waiting_phones(token, cancel))
    }

    fn answer_pairing(
        &self,
        by: &ActCredentials<'_>,
        code: &str,
        answer: &PairingAnswer,
        cancel: &CancelHandle,
    ) -> Result<WaitingPhones, TransportError> {
        self.recording.keep(answer);
        self.recording.keep_answer(self.transport.answer_pairing(by, code, answer, cancel))
    }

    fn phones(&self, token: &str, cancel: &CancelHandle) -> Result<PhoneList, TransportError> {
        self.recording.keep_answer(self.transport.phones(token, cancel))
    }

    fn revoke(
        &self,
        by: &ActCredentials<'_>,
        phone: &str,
        request: &RevokeRequest,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        self.recording.keep(request);
        self.recording.keep_answer(self.transport.revoke(by, phone, request, cancel))
    }

    fn confirm(
        &self,
        by: &ActCredentials<'_>,
        phone: &str,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        self.recording.keep_answer(self.transport.confirm(by, phone, cancel))
    }

    fn veto(
        &self,
        by: &ActCredentials<'_>,
        phone: &str,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        self.recording.keep_answer(self.transport.veto(by, phone, cancel))
    }

    fn erase(
        &self,
        by: &ActCredentials<'_>,
        request: &EraseRequest,
        cancel: &CancelHandle,
    ) -> Result<(), TransportError> {
        self.recording.keep(request);
        self.transport.erase(by, request, cancel)
    }
}
