//! Submitting, withdrawing, returning and discarding a draft.

use super::{DraftRefusal, Stage, council, log, work};
use crate::{Permission, ServiceError, StaffScope, audit::AuditAction};
use promise_database::{Council, Draft, Submission, Tx};
use promise_edition::validate;

/// Submits the draft: it becomes read-only, and a publisher who is not one of its authors can
/// publish it.
///
/// Returns [`DraftRefusal::NothingChanged`], [`DraftRefusal::Submitted`],
/// [`DraftRefusal::OutOfDate`] and [`DraftRefusal::Incomplete`].
pub fn submit(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let council = council(tx, scope)?;
    let work = work::of_council(tx, council)?;
    match work.stage {
        Stage::NoDraft => return Err(DraftRefusal::NothingChanged.into()),
        Stage::Submitted { .. } => return Err(DraftRefusal::Submitted.into()),
        Stage::Open => {}
    }
    if work.is_behind() {
        return Err(DraftRefusal::OutOfDate.into());
    }
    let is_published = work.newest.is_some();
    if is_published && work::edition(tx, &work.council, work.newest)? == work.content {
        return Err(DraftRefusal::NothingChanged.into());
    }
    if !validate(&work.content).is_empty() {
        return Err(DraftRefusal::Incomplete.into());
    }
    let draft = open(tx, &work.council, false)?;
    let submitted = Some(Submission { by: scope.actor(), at: now_millis });
    tx.set_draft(&Draft { submitted, note: None, ..draft })?;
    log(tx, scope, &work.council, AuditAction::SubmittedDraft, "", now_millis)
}

/// Withdraws the submitted draft, so that editors can change it again.
///
/// Returns [`DraftRefusal::NotSubmitted`].
pub fn withdraw(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let council = council(tx, scope)?;
    let draft = open(tx, &council, true)?;
    tx.set_draft(&Draft { submitted: None, ..draft })?;
    log(tx, scope, &council, AuditAction::WithdrewDraft, "", now_millis)
}

/// Returns the submitted draft to its authors, with a note on what to correct.
///
/// Returns [`DraftRefusal::NotSubmitted`].
pub fn return_to_authors(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    reason: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Publish)?;
    let council = council(tx, scope)?;
    let draft = open(tx, &council, true)?;
    tx.set_draft(&Draft { submitted: None, note: Some(reason.to_owned()), ..draft })?;
    log(tx, scope, &council, AuditAction::ReturnedDraft, "", now_millis)
}

/// Discards the draft; published editions stay. `read_version` is the
/// [`version`](super::WorkingCopy::version) of the draft when the caller read it.
///
/// Returns [`DraftRefusal::Submitted`], [`DraftRefusal::NothingChanged`] if there is no draft, and
/// [`DraftRefusal::ChangedSinceRead`].
pub fn discard(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    read_version: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let council = council(tx, scope)?;
    open(tx, &council, false)?;
    let work = work::of_council(tx, council)?;
    if work.version() != read_version {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    tx.delete_draft(&work.council.id)?;
    log(tx, scope, &work.council, AuditAction::DiscardedDraft, "", now_millis)
}

/// Returns the draft if it is submitted, or if it is not, as `is_submitted` demands.
fn open(tx: &mut dyn Tx, council: &Council, is_submitted: bool) -> Result<Draft, ServiceError> {
    match tx.draft(&council.id)? {
        Some(draft) if draft.submitted.is_some() == is_submitted => Ok(draft),
        Some(_) if !is_submitted => Err(DraftRefusal::Submitted.into()),
        None if !is_submitted => Err(DraftRefusal::NothingChanged.into()),
        _ => Err(DraftRefusal::NotSubmitted.into()),
    }
}
