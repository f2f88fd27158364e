//! Drafts: changes by editors, until a second person publishes them.
//!
//! A council has at most one draft, of all three packs. The first change opens it, an editor submits
//! it, and publishing deletes it. Each change is to one record, so editors of different records do
//! not conflict. [`merge_fields`] detects two changes to the same field.

mod fields;
mod pictures;
mod publish;
mod rebase;
mod steps;
mod work;

use promise_protocol::pack::{Directory, MAX_PACK_BYTES, Opportunities, Pack, Promise, Table};
use serde_json::Map;

use crate::{
    Entity, Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};
use promise_database::{Council, DatabaseError, Draft, Tx};

pub use crate::field_merge::FieldConflict;
pub use fields::{
    Fields, apply_fields, fields_of, find_unchanged, fingerprint, merge_fields, move_by_one,
    remove_unchanged,
};
pub(crate) use pictures::picture_hashes;
pub use publish::{publish, publish_refusal};
pub use rebase::rebase;

pub use crate::error::DraftRefusal;
pub use steps::{discard, return_to_authors, submit, withdraw};
pub use work::{Stage, WorkingCopy, load, load_published};

/// A pack that a draft can contain before the council has published one.
pub trait Draftable: Pack {
    /// Returns the pack of a council that has published nothing.
    fn empty(council: &Council) -> Self;
}

impl Draftable for Promise {
    fn empty(council: &Council) -> Self {
        let (id, name) = (council.id.to_string(), council.name.clone());
        let council = promise_protocol::pack::Council { id, name, unknown: Map::new() };
        Self {
            council,
            title: [].into(),
            intro: [].into(),
            sections: Vec::new(),
            pledges: Table::default(),
            unknown: Map::new(),
        }
    }
}

impl Draftable for Opportunities {
    fn empty(_: &Council) -> Self {
        Self::default()
    }
}

impl Draftable for Directory {
    fn empty(_: &Council) -> Self {
        Self::default()
    }
}

/// Changes a pack of the draft, and opens the draft if there is none. The caller becomes one of its
/// authors, unless `edit` changes nothing. `what` is the detail of the audit entry, such as
/// `pledge bus-pass`; it contains ids, never content.
///
/// Returns [`DraftRefusal::Submitted`], and [`ServiceError::TooLarge`] if the pack would be larger
/// than phones accept.
pub fn edit<P: Draftable, R>(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    what: &str,
    now_millis: i64,
    edit: impl FnOnce(&mut P) -> Result<R, ServiceError>,
) -> Result<R, ServiceError> {
    scope.permit(Permission::Edit)?;
    let council = council(tx, scope)?;
    let known = tx.draft(&council.id)?;
    if known.as_ref().is_some_and(|draft| draft.submitted.is_some()) {
        return Err(DraftRefusal::Submitted.into());
    }
    let based_on = match &known {
        Some(draft) => draft.based_on,
        None => tx.newest_edition(&council.id)?.map(|edition| edition.number),
    };
    let mut pack: P = pack(tx, &council, based_on)?;
    let before = pack.to_bytes();
    let answer = edit(&mut pack)?;
    let bytes = pack.to_bytes();
    if bytes == before {
        return Ok(answer);
    }
    if bytes.len() > MAX_PACK_BYTES {
        return Err(ServiceError::TooLarge);
    }
    let note = known.and_then(|draft| draft.note);
    let id = council.id.clone();
    tx.set_draft(&Draft { council: id, based_on, changed_at: now_millis, submitted: None, note })?;
    tx.set_draft_pack(&council.id, P::NAME, &bytes)?;
    tx.add_draft_author(&council.id, &scope.actor())?;
    log(tx, scope, &council, AuditAction::ChangedDraft, what, now_millis)?;
    Ok(answer)
}

/// Returns the caller's council.
fn council(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Council, ServiceError> {
    let own = scope.require_council()?;
    tx.council(own)?.ok_or(ServiceError::NotFound(Entity::Council))
}

/// Returns a pack of the draft, or of the edition `based_on` if the draft does not change it.
fn pack<P: Draftable>(
    tx: &mut dyn Tx,
    council: &Council,
    based_on: Option<u64>,
) -> Result<P, ServiceError> {
    match tx.draft_pack(&council.id, P::NAME)? {
        Some(bytes) => readable(&bytes),
        None => published_pack(tx, council, based_on),
    }
}

/// Returns a pack of the edition with this number, or an empty pack if there is no such edition.
fn published_pack<P: Draftable>(
    tx: &mut dyn Tx,
    council: &Council,
    number: Option<u64>,
) -> Result<P, ServiceError> {
    let edition = match number {
        Some(number) => tx.edition(&council.id, number)?,
        None => None,
    };
    let Some(hash) = edition.and_then(|edition| edition.packs.get(&P::NAME).cloned()) else {
        return Ok(P::empty(council));
    };
    let stored = tx.pack(&hash)?.ok_or(DatabaseError::Unreadable("pack"))?;
    readable(&stored.bytes)
}

/// Parses a pack. An unreadable pack is an error, not an empty one: publishing a draft based on an
/// empty pack would remove what is published.
fn readable<P: Pack>(bytes: &[u8]) -> Result<P, ServiceError> {
    P::from_bytes(bytes).map_err(|_| DatabaseError::Unreadable("pack").into())
}

fn log(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &Council,
    action: AuditAction,
    detail: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    audit::record(tx, scope, Subject::Council(&council.id), action, detail, now_millis)
}

#[cfg(test)]
mod tests;
