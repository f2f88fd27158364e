//! What phone and server share: the ownership table, stamps, cells, messages and packs.
//!
//! The crate has no I/O, no clock and no async. `PROTOCOL.md` beside it describes the wire format,
//! each rule with its reason.

pub mod access;
pub mod availability;
mod base32hex;
pub mod canonical;
mod cell;
mod clear_proof;
pub mod coding;
pub mod cover;
pub mod digits;
pub mod fault_injection;
#[cfg(feature = "uniffi")]
pub mod ffi_types;
mod fresh_start;
pub mod ids;
mod key_history;
pub mod language_tag;
pub mod london;
mod message;
pub mod opening_hours;
pub mod pack;
pub mod pairing;
mod phone_act;
mod phone_check;
pub mod phone_number;
mod phone_order;
pub mod phone_record;
mod problem;

pub mod schema;
pub mod search;
mod server_address;
pub mod signature;
mod small_order;
pub mod stamp;
pub mod statement;
pub mod text;
pub mod timescale;
pub mod values;
pub mod vcard;
pub mod vocabulary;

pub use cell::{Cell, CellKey, Change, replaces};
pub use clear_proof::{ClearProof, is_clear};
pub use fresh_start::{fresh_start, is_fresh_start};
pub use ids::{
    AppointmentId, AskId, ContactId, CouncilId, InvalidId, OpportunityId, PersonId, PledgeId,
    RecordId, SectionId, StaffId,
};
pub use key_history::{KeyAcceptance, KeyHistory, KeyStep};
pub use message::{
    Edition, EraseRequest, Invited, MAX_CELLS_SENT, MAX_KEY_STEPS, MAX_REQUEST_BYTES,
    MAX_RESPONSE_BYTES, PROTOCOL, PairedPhone, PhoneList, RevokeRequest, SyncRequest, SyncResponse,
    Verdict,
};
pub use pack::PackName;
pub use pairing::{
    InvalidPairingCode, PairRequest, PairResponse, PairingCode, PairingLink, Relink,
};
pub use phone_act::{ActSignature, ActingPhone, InvalidActSignature, PHONE_SIGNATURE, PhoneAct};
pub use phone_check::{InvalidPhoneCheck, PhoneCheck};
pub use phone_order::{PhoneOrder, RevocationReason};
pub use problem::{Problem, ProblemCode};
pub use server_address::{InvalidServerAddress, ServerAddress};
pub use stamp::{Author, AuthorKind, Reading, Stamp};
pub use statement::SignedOrder;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
