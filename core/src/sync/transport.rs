//! The transport of messages, as the engine sees it.

use promise_protocol::{
    ActSignature, EraseRequest, Invited, PackName, PairRequest, PhoneList, ProblemCode,
    RevokeRequest, SignedOrder, SyncRequest, SyncResponse,
    pairing::{PairProgress, PairingAnswer, WaitingPhones},
    statement::CouncilKeyList,
};
use thiserror::Error;

use crate::cancel::CancelHandle;

/// A pack to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackWanted {
    /// The pack's name.
    pub name: PackName,
    /// The pack's hash.
    pub hash: String,
    /// The hash and the bytes of the pack of this name that the phone holds. The server may send the
    /// difference to it.
    pub held: Option<(String, Vec<u8>)>,
}

/// With what a phone asks for something that only it may ask for.
#[derive(Clone, Copy)]
pub struct ActCredentials<'a> {
    /// Its bearer token.
    pub token: &'a str,
    /// Its signature of exactly this act.
    pub signature: &'a ActSignature,
}

/// Carries messages to one server and back. Every call blocks until the response is here, the
/// connection fails, or its [`CancelHandle`] is cancelled ([`TransportError::Cancelled`]); a call
/// whose handle is cancelled already sends nothing.
///
/// The default methods fail like a server that does not have the path.
pub trait Transport: Send + Sync {
    /// Claims an invitation, or takes the next step of a pairing.
    fn pair(
        &self,
        request: &PairRequest,
        cancel: &CancelHandle,
    ) -> Result<PairProgress, TransportError>;
    /// Sends a sync request.
    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        cancel: &CancelHandle,
    ) -> Result<SyncResponse, TransportError>;
    /// Fetches packs, all at once. The results are in the order of `wanted`.
    fn packs(
        &self,
        wanted: &[PackWanted],
        cancel: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>>;
    /// Fetches a picture of `bytes` bytes. A longer response is an error, and is not read to
    /// its end.
    fn picture(
        &self,
        _hash: &str,
        _bytes: u32,
        _cancel: &CancelHandle,
    ) -> Result<Vec<u8>, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Fetches the steps from the council's first signing key to the one in use.
    fn council_keys(
        &self,
        _token: &str,
        _cancel: &CancelHandle,
    ) -> Result<CouncilKeyList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Requests a pairing code for another phone of the person.
    fn invite(
        &self,
        _by: &ActCredentials<'_>,
        _cancel: &CancelHandle,
    ) -> Result<Invited, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Lists the phones that wait with codes of this one.
    fn waiting_phones(
        &self,
        _token: &str,
        _cancel: &CancelHandle,
    ) -> Result<WaitingPhones, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Sends an answer to a phone that waits with a code of this one.
    fn answer_pairing(
        &self,
        _by: &ActCredentials<'_>,
        _code: &str,
        _answer: &PairingAnswer,
        _cancel: &CancelHandle,
    ) -> Result<WaitingPhones, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Lists the person's phones.
    fn phones(&self, _token: &str, _cancel: &CancelHandle) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Revokes a phone of the person.
    fn revoke(
        &self,
        _by: &ActCredentials<'_>,
        _phone: &str,
        _request: &RevokeRequest,
        _cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Confirms a limited phone of the person.
    fn confirm(
        &self,
        _by: &ActCredentials<'_>,
        _phone: &str,
        _cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Refuses a limited phone of the person.
    fn veto(
        &self,
        _by: &ActCredentials<'_>,
        _phone: &str,
        _cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Erases everything the server holds about the person.
    fn erase(
        &self,
        _by: &ActCredentials<'_>,
        _request: &EraseRequest,
        _cancel: &CancelHandle,
    ) -> Result<(), TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
}

/// Why a message or its response did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TransportError {
    /// No connection to the server. Retrying later helps; nothing is lost.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The connection broke before the response was complete. Retrying later helps; nothing is lost.
    #[error("the connection broke")]
    Broken,
    /// The call was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The address is plain `http` to another machine. Retrying does not help.
    #[error("the server's address is not https")]
    NotSecure,
    /// The address is not a valid URL. Retrying does not help.
    #[error("the server's address is not valid")]
    BadAddress,
    /// The server refused the request for this reason.
    #[error("the server refused the request: {0:?}")]
    Refused(ProblemCode),
    /// The server says that the phone was revoked. Contains the order that it sent, which is not verified.
    #[error("the server says that this phone was taken off")]
    Revoked(Option<SignedOrder>),
    /// The response is not one that this version understands. Retrying does not help.
    #[error("the server's response cannot be read")]
    NotUnderstood,
}
