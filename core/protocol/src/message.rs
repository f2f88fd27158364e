//! The messages of pairing and syncing, as they are on the wire. `PROTOCOL.md` has each rule with
//! its reason.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Change, PackName, Stamp};

/// The protocol's version. A server answers another one with [`crate::Problem`] code
/// `wrong_version`.
pub const PROTOCOL: u32 = 1;

/// The most cells a phone sends in one request. A phone with more syncs again.
pub const MAX_CELLS_SENT: usize = 500;

/// The largest request body a server reads, in bytes, before and after decompression.
pub const MAX_REQUEST_BYTES: usize = 1 << 20;

/// The largest sync answer a phone reads, in bytes, after decompression. A server's page is far
/// smaller; a page never splits a revision, which is at most one request's cells.
pub const MAX_RESPONSE_BYTES: usize = 8 << 20;

/// `POST /v1/sync`, from phone to server: what the phone wrote, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct SyncRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 1))]
    pub protocol: u32,
    /// The server generation the phone's cursor belongs to.
    #[cfg_attr(feature = "utoipa", schema(example = "0123abcd"))]
    pub generation: String,
    /// Rises by one with each request of this phone.
    pub request: u64,
    /// The phone's cursor: it has everything up to this revision of its person.
    pub since: u64,
    /// The number of the edition the phone shows; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub edition: u64,
    /// Edits the server has not confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// The answer to a [`SyncRequest`]. What is left out has not changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct SyncResponse {
    /// The server's clock, in milliseconds since 1970.
    pub now: i64,
    /// The server's generation, if it is not the request's. Then nothing else counts: the phone
    /// starts again from revision 0 and sends everything it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<String>,
    /// Whether the request's cells were applied. Refused cells were not, and have a verdict.
    #[serde(default, skip_serializing_if = "is_false")]
    pub taken: bool,
    /// Nothing was taken because a stamp was too far ahead of the server's clock.
    #[serde(default, skip_serializing_if = "is_false")]
    pub skew: bool,
    /// Nothing was taken because the server has seen a request of this number or a later one: the
    /// latest number it saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_request: Option<u64>,
    /// The phone's new cursor, if it moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// Whether there is more after `next`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub more: bool,
    /// What was written since the phone's cursor, whole revisions at a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The cells of this request that the server refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// The council's current edition, if the phone's is lower.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
}

/// One cell the server refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// The cell's collection.
    pub collection: String,
    /// The cell's record.
    pub id: String,
    /// The cell's field.
    pub field: String,
    /// The refused edit's stamp.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub stamp: Stamp,
    /// The reason: a [`crate::schema::Refusal`] in words, such as `not_owner`. A phone must be
    /// ready for reasons it does not know.
    pub reason: String,
}

/// What a council has published: a number that only rises, and the hash of each pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Edition {
    /// The edition's number. Within a generation a phone refuses a lower one.
    pub number: u64,
    /// The SHA-256 of each pack, in hexadecimal.
    #[cfg_attr(feature = "utoipa", schema(value_type = BTreeMap<String, String>))]
    pub packs: BTreeMap<PackName, String>,
}

/// `POST /v1/pair`: a phone claims an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 1))]
    pub protocol: u32,
    /// The code from the adviser's screen, as typed: case, spaces and dashes do not matter.
    #[cfg_attr(feature = "utoipa", schema(example = "K7QF-3MZD-9XWT"))]
    pub code: String,
}

/// The answer to a [`PairRequest`]: what a phone needs to sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairResponse {
    /// The phone's secret: sent as `Authorization: Bearer` with every sync.
    pub token: String,
    /// The author of every stamp this phone will take.
    pub author: String,
    /// The council's short name, such as `barnet`.
    pub council: String,
    /// The council's name in words.
    pub council_name: String,
    /// The person's name within the server: random, and says nothing about them.
    pub person: String,
    /// The server's generation.
    pub generation: String,
    /// The server's clock, in milliseconds since 1970.
    pub now: i64,
    /// The check value of the key that the person's phones seal under, if one of them made a key.
    /// A phone that pairs without it makes the key, and the words that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_check: Option<String>,
}

/// The answer to `POST /v1/invitations`: a phone invites another phone of its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Invited {
    /// The one-time code.
    #[cfg_attr(feature = "utoipa", schema(example = "K7QF-3MZD-9XWT"))]
    pub code: String,
    /// When it stops working, in milliseconds since 1970.
    pub expires_at: i64,
}

/// The answer to `GET /v1/phones` and `POST /v1/phones/{phone}/revoke`: the person's phones, the
/// oldest pairing first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PhoneList {
    /// The phones, revoked ones too.
    pub phones: Vec<PairedPhone>,
}

/// One phone of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairedPhone {
    /// The author of its stamps, which also names it.
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
    /// Whether it is the phone that asks.
    #[serde(default, skip_serializing_if = "is_false")]
    pub this: bool,
}

/// `POST /v1/erase`: a person erases everything the server holds about them. The answer has no
/// body. Every phone of theirs is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct EraseRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 1))]
    pub protocol: u32,
    /// The person's name within the server, once more: an erasure cannot be taken back.
    pub person: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde calls")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde calls")]
fn is_false(flag: &bool) -> bool {
    !flag
}
