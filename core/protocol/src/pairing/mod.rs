//! Pairing: codes, and what a new phone and the other side send each other until both said yes.
//!
//! A code alone pairs nothing. The new phone commits to its keys and a nonce ([`Opening::commitment`]); the
//! other side adds its own; then the new phone opens the commitment, and both sides show six digits of the
//! [`Transcript`], which people compare. `PROTOCOL.md`, section 3, has the reasons.

mod code;
mod earlier;
mod messages;
mod new_phone;
mod request;
mod transcript;
mod value;

pub(crate) use code::{ALPHABET, normalise};
pub use code::{InvalidPairingCode, PairingCode, PairingLink};
pub use earlier::EarlierPairing;
pub use messages::{
    Opening, PairOffer, PairProgress, PairingAnswer, PairingDecision, PairingEnd, WaitingPhone,
    WaitingPhones,
};
pub use new_phone::NewPhone;
pub use request::{PairRequest, PairResponse, Relink};
pub use transcript::{
    CompareLink, InvalidPairingDigits, PairingDigits, Transcript, TranscriptHash,
};
pub use value::{
    Commitment, InvalidPairingValue, PairingKey, PairingNonce, PhoneToken, SealedPhrase,
    VALUE_BYTES,
};

/// The most bytes of a server's address in a request. Longer ones are in no QR code and typed by no one.
pub const MAX_SERVER_BYTES: usize = 300;
