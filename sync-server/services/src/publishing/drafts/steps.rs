//! From hand to hand: handed in, taken back, sent back, thrown away.

use super::{DraftRefusal, Stage, council, load, load_published, log};
use crate::{Permission, ServiceError, StaffScope, audit::AuditAction};
use promise_database::{Draft, Submission, Tx};
use promise_edition::validate;

/// Hands the draft in: from now on nobody changes it, and somebody who did not write in it can
/// publish it.
pub fn submit(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let work = load(tx, scope)?;
    match work.stage {
        Stage::NoDraft => return Err(DraftRefusal::NothingChanged.into()),
        Stage::Submitted { .. } => return Err(DraftRefusal::Submitted.into()),
        Stage::Open => {}
    }
    if work.is_behind() {
        return Err(DraftRefusal::OutOfDate.into());
    }
    if load_published(tx, scope)?.as_ref() == Some(&work.content) {
        return Err(DraftRefusal::NothingChanged.into());
    }
    if !validate(&work.content).is_empty() {
        return Err(DraftRefusal::Incomplete.into());
    }
    let draft = open(tx, scope, false)?;
    let submitted = Some(Submission { by: scope.actor(), at: now_millis });
    tx.set_draft(&Draft { submitted, note: None, ..draft })?;
    log(tx, scope, &work.council, AuditAction::SubmittedDraft, "", now_millis)
}

/// Takes it back, to go on writing.
pub fn withdraw(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let draft = open(tx, scope, true)?;
    tx.set_draft(&Draft { submitted: None, ..draft })?;
    let council = council(tx, scope)?;
    log(tx, scope, &council, AuditAction::WithdrewDraft, "", now_millis)
}

/// Sends it back to whoever wrote it, with what is to be mended.
pub fn return_to_authors(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    reason: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Publish)?;
    let draft = open(tx, scope, true)?;
    tx.set_draft(&Draft { submitted: None, note: Some(reason.to_owned()), ..draft })?;
    let council = council(tx, scope)?;
    log(tx, scope, &council, AuditAction::ReturnedDraft, "", now_millis)
}

/// Throws it away, if it is still what they looked at: what is published stays as it is.
pub fn discard(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    looked_at: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    open(tx, scope, false)?;
    let work = load(tx, scope)?;
    if work.version() != looked_at {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    tx.delete_draft(&work.council.id)?;
    log(tx, scope, &work.council, AuditAction::DiscardedDraft, "", now_millis)
}

/// The draft, which must be handed in or must not be.
fn open(tx: &mut dyn Tx, scope: &StaffScope, is_handed_in: bool) -> Result<Draft, ServiceError> {
    let council = council(tx, scope)?;
    match tx.draft(&council.id)? {
        Some(draft) if draft.submitted.is_some() == is_handed_in => Ok(draft),
        Some(_) if !is_handed_in => Err(DraftRefusal::Submitted.into()),
        None if !is_handed_in => Err(DraftRefusal::NothingChanged.into()),
        _ => Err(DraftRefusal::NotSubmitted.into()),
    }
}
