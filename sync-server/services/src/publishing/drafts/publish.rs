//! Publishing a draft: by a second person, once, and only the content that they read.

use super::{DraftRefusal, Stage, WorkingCopy, council, log, work};
use crate::{
    Permission, ServiceError, StaffScope,
    audit::AuditAction,
    dual_control::History,
    publishing::editions::{self, PublishedEdition},
};
use promise_database::{Actor, Tx};
use promise_protocol::ids::StaffId;

/// Publishes the submitted draft, and deletes it. `read_version` is the
/// [`version`](super::WorkingCopy::version) of the content that the publisher read.
///
/// Returns [`ServiceError::NotAllowed`] also for a publisher who was deactivated or lost the role
/// after the request arrived, the refusals of [`publish_refusal`],
/// [`DraftRefusal::ChangedSinceRead`] and [`DraftRefusal::NothingChanged`].
pub fn publish(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    read_version: &str,
    now_millis: i64,
) -> Result<PublishedEdition, ServiceError> {
    scope.permit_now(tx, Permission::Publish)?;
    let council = council(tx, scope)?;
    let work = work::of_council(tx, council)?;
    if let Some(refusal) = publish_refusal(tx, scope, &work, now_millis)? {
        return Err(refusal.into());
    }
    if work.version() != read_version {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    let id = &work.council.id;
    let published = editions::publish_content(tx, id, &work.content, now_millis)?;
    let published = published.ok_or(DraftRefusal::NothingChanged)?;
    tx.delete_draft(id)?;
    let detail = format!("edition {}", published.edition.number);
    log(tx, scope, &work.council, AuditAction::Published, &detail, now_millis)?;
    Ok(published)
}

/// Returns why the caller cannot publish the draft, or `None` if they can: [`DraftRefusal::NotSubmitted`],
/// [`DraftRefusal::OwnWork`] for one of its authors, [`DraftRefusal::InEmergency`] and
/// [`DraftRefusal::SameHands`] for an account that an author may hold too, and
/// [`DraftRefusal::OutOfDate`].
pub fn publish_refusal(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    work: &WorkingCopy,
    now_millis: i64,
) -> Result<Option<DraftRefusal>, ServiceError> {
    scope.permit(Permission::Publish)?;
    let Stage::Submitted { by, .. } = &work.stage else {
        return Ok(Some(DraftRefusal::NotSubmitted));
    };
    if work.is_by(&scope.actor()) {
        return Ok(Some(DraftRefusal::OwnWork));
    }
    if let Some(publisher) = scope.actor().staff() {
        let history = History::load(tx, &work.council.id)?;
        if history.is_in_emergency(publisher, now_millis) {
            return Ok(Some(DraftRefusal::InEmergency));
        }
        let changed_at = work.changed_at.unwrap_or(now_millis);
        let is_same = |author: &StaffId| {
            author != publisher
                && history.may_publish_own(publisher, author, changed_at, now_millis)
        };
        if work.authors.iter().chain([by]).filter_map(Actor::staff).any(is_same) {
            return Ok(Some(DraftRefusal::SameHands));
        }
    }
    Ok(work.is_behind().then_some(DraftRefusal::OutOfDate))
}
