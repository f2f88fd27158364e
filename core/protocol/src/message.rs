//! The messages of syncing, of a person's phones and of erasing, in their wire format. `PROTOCOL.md` gives each
//! rule with its reason. Those of pairing are in [`crate::pairing`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Change, KeyAcceptance, KeyStep, PackName, RevocationReason, Stamp, signature::Signature,
};

/// The protocol's version. A server refuses other versions with the [`crate::Problem`] code
/// `wrong_version`.
pub const PROTOCOL: u32 = 2;

/// The most cells a phone sends in one request. A phone with more syncs again.
pub const MAX_CELLS_SENT: usize = 500;

/// The most key steps in one request. A phone makes one each time that the person changes the recovery phrase
/// without a connection.
pub const MAX_KEY_STEPS: usize = 32;

/// The largest request body a server reads, in bytes, before and after decompression.
pub const MAX_REQUEST_BYTES: usize = 1 << 20;

/// The largest sync response a phone reads, in bytes, after decompression. A server's page is far
/// smaller. A page never splits a revision, which holds at most one request's cells.
pub const MAX_RESPONSE_BYTES: usize = 8 << 20;

/// `POST /v1/sync`, from phone to server: what the phone wrote, and how far it has synced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct SyncRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 2))]
    pub protocol: u32,
    /// The server generation that the phone's cursor belongs to.
    #[cfg_attr(feature = "utoipa", schema(example = "0123abcd"))]
    pub generation: String,
    /// Rises by one with each request of this phone.
    pub request: u64,
    /// The phone's cursor: it has every revision of its person up to this one.
    pub since: u64,
    /// The number of the edition that the phone displays, or 0 if it has none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub edition: u64,
    /// Edits that the server has not confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The steps from the key in use to the one that the phone seals with, if the server has not accepted them.
    /// They are applied after the changes.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "crate::key_history::serialize_short"
    )]
    pub key_steps: Vec<KeyStep>,
    /// The proof for the clears among the changes: see [`SyncRequest::sign_clears`]. Left out without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub clear_signature: Option<Signature>,
}

/// The response to a [`SyncRequest`]. What is left out has not changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct SyncResponse {
    /// The server's clock, in milliseconds since 1970.
    pub now: i64,
    /// The server's generation, if it differs from the request's. The rest of the response is empty
    /// then: the phone starts again from revision 0 and sends everything it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<String>,
    /// `true` if the request's cells were applied. Refused cells were not, and have a verdict.
    #[serde(default, skip_serializing_if = "is_false")]
    pub taken: bool,
    /// `true` if nothing was applied because a stamp was too far ahead of the server's clock.
    #[serde(default, skip_serializing_if = "is_false")]
    pub skew: bool,
    /// The greatest request number that the server has seen, if it is not less than this request's.
    /// Nothing was applied then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_request: Option<u64>,
    /// The phone's new cursor, if it moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// `true` if there are revisions after `next`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub more: bool,
    /// What was written since the phone's cursor, whole revisions at a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The cells of this request that the server refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// The acceptances of the request's key steps, in their order. Steps after the last one were not accepted:
    /// another step came first, and is in this response or in a later one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Vec<String>))]
    pub key_accepted: Vec<KeyAcceptance>,
    /// The council's current edition, if the phone's is lower.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
}

/// One cell that the server refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// The cell's collection.
    pub collection: String,
    /// The id of the cell's record.
    pub id: String,
    /// The cell's field.
    pub field: String,
    /// The refused edit's stamp.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub stamp: Stamp,
    /// The reason: the text of a [`crate::schema::Refusal`], such as `not_owner`. A newer server may
    /// send others.
    pub reason: String,
}

/// What a council has published: a number that only rises, and each pack's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Edition {
    /// The edition's number. Within a generation a phone refuses a lower one.
    pub number: u64,
    /// The SHA-256 of each pack, in hexadecimal.
    #[cfg_attr(feature = "utoipa", schema(value_type = BTreeMap<String, String>))]
    pub packs: BTreeMap<PackName, String>,
    /// The council's signature of number and all packs. A response leaves out the packs that the phone
    /// has, and the phone adds them before it checks the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub signature: Option<Signature>,
}

/// The response to `POST /v1/invitations`: a phone invites another phone of its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Invited {
    /// The one-time code.
    #[cfg_attr(feature = "utoipa", schema(example = "K7QF-3MZD-9XWT"))]
    pub code: String,
    /// When it expires, in milliseconds since 1970.
    pub expires_at: i64,
}

/// The response to `GET /v1/phones` and to revoking, confirming or refusing one of them: the person's phones, the
/// oldest pairing first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PhoneList {
    /// The phones, including revoked ones.
    pub phones: Vec<PairedPhone>,
}

/// One phone of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairedPhone {
    /// Its id: the author of its stamps.
    #[cfg_attr(feature = "utoipa", schema(example = "p0123abcd"))]
    pub phone: String,
    /// When it was paired, in milliseconds since 1970.
    pub paired_at: i64,
    /// When it last synced, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sync_at: Option<i64>,
    /// When it was revoked, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<i64>,
    /// `true` while it waits to be confirmed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub limited: bool,
    /// `true` for the phone that sent the request.
    #[serde(default, skip_serializing_if = "is_false")]
    pub this: bool,
}

/// `POST /v1/phones/{phone}/revoke`: a person takes one of their phones off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct RevokeRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 2))]
    pub protocol: u32,
    /// Why, which decides what becomes of the phone.
    pub reason: RevocationReason,
}

/// `POST /v1/erase`: a person erases everything that the server holds about them. The response has
/// no body. All their phones are revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct EraseRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 2))]
    pub protocol: u32,
    /// The person's id, as a confirmation: an erasure cannot be undone.
    pub person: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
