//! How messages travel, as the engine sees it.

use promise_protocol::{
    EraseRequest, Invited, PackName, PairRequest, PairResponse, PhoneList, ProblemCode,
    SyncRequest, SyncResponse,
};
use thiserror::Error;

use crate::cancel::CancelHandle;

/// A pack to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackWanted {
    /// Which pack.
    pub name: PackName,
    /// Its hash.
    pub hash: String,
    /// The pack of this name that the phone holds, by its hash: the server may answer with what
    /// is different.
    pub held: Option<(String, Vec<u8>)>,
}

/// Carries messages to one server and back. Every call blocks until the answer is here, the
/// connection fails, or its [`CancelHandle`] is cancelled ([`TransportError::Cancelled`]); a call
/// whose handle is cancelled already sends nothing.
///
/// A transport that cannot do what a default method stands for answers like a server that does not
/// know it.
pub trait Transport: Send + Sync {
    /// Claims an invitation.
    fn pair(
        &self,
        request: &PairRequest,
        cancel: &CancelHandle,
    ) -> Result<PairResponse, TransportError>;
    /// Sends a sync request.
    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        cancel: &CancelHandle,
    ) -> Result<SyncResponse, TransportError>;
    /// Fetches packs, all at once. The answers are in the order of `wanted`.
    fn packs(
        &self,
        wanted: &[PackWanted],
        cancel: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>>;
    /// Fetches a picture of `bytes` bytes. A longer answer is not read to its end.
    fn picture(
        &self,
        _hash: &str,
        _bytes: u32,
        _cancel: &CancelHandle,
    ) -> Result<Vec<u8>, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Requests a pairing code for another phone of the person.
    fn invite(&self, _token: &str, _cancel: &CancelHandle) -> Result<Invited, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Lists the person's phones.
    fn phones(&self, _token: &str, _cancel: &CancelHandle) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Revokes a phone of the person.
    fn revoke(
        &self,
        _token: &str,
        _phone: &str,
        _cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Erases everything the server holds about the person.
    fn erase(
        &self,
        _token: &str,
        _request: &EraseRequest,
        _cancel: &CancelHandle,
    ) -> Result<(), TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
}

/// Why a message did not arrive, or its answer did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TransportError {
    /// No connection to the server. Retrying later helps; nothing is lost.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The connection broke before the answer was whole. Retrying later helps; nothing is lost.
    #[error("the connection broke")]
    Broken,
    /// The call was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The address is plain `http` to another machine. Retrying does not help.
    #[error("the server's address is not https")]
    NotSecure,
    /// The address is not one. Retrying does not help.
    #[error("the server's address is not an address")]
    BadAddress,
    /// The server did not do it, and said why.
    #[error("the server answered {0:?}")]
    Refused(ProblemCode),
    /// The answer is not one this version understands. Retrying does not help.
    #[error("the server's answer cannot be read")]
    NotUnderstood,
}
