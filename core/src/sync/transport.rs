//! How messages travel, as the engine sees it.

use promise_protocol::{
    EraseRequest, Invited, PackName, PairRequest, PairResponse, PhoneList, ProblemCode,
    SyncRequest, SyncResponse,
};
use thiserror::Error;

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

/// Something that carries messages to one server and back. Calls block; another thread may
/// cancel them. A transport without other phones answers those calls like a server that does not
/// know them.
pub trait Transport: Send + Sync {
    /// Claims an invitation.
    fn pair(&self, request: &PairRequest) -> Result<PairResponse, TransportError>;
    /// Sends a sync request.
    fn sync(&self, token: &str, request: &SyncRequest) -> Result<SyncResponse, TransportError>;
    /// Fetches packs, all at once. The answers are in the order of what was wanted.
    fn packs(&self, wanted: &[PackWanted]) -> Vec<Result<Vec<u8>, TransportError>>;
    /// Fetches a picture of so many bytes. An answer that is longer is not read.
    fn picture(&self, _hash: &str, _bytes: u32) -> Result<Vec<u8>, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Asks for a code for another phone of the person.
    fn invite(&self, _token: &str) -> Result<Invited, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// The person's phones.
    fn phones(&self, _token: &str) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Takes a phone of the person's off.
    fn revoke(&self, _token: &str, _phone: &str) -> Result<PhoneList, TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Erases everything the server holds of the person.
    fn erase(&self, _token: &str, _request: &EraseRequest) -> Result<(), TransportError> {
        Err(TransportError::Refused(ProblemCode::NotFound))
    }
    /// Breaks off whatever is under way; it fails with [`TransportError::Cancelled`], and so does
    /// what follows until [`Transport::start`]. A sync is many calls, and a cancel may come between
    /// two of them.
    fn cancel(&self);
    /// Something new begins: a cancel before it does not count for it.
    fn start(&self) {}
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
    /// Somebody called cancel.
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
