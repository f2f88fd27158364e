//! Publishing a draft: by a second person, once, and only the content that they read.

use super::{DraftRefusal, Stage, council, log, work};
use crate::{
    Permission, ServiceError, StaffScope,
    audit::AuditAction,
    publishing::editions::{self, PublishedEdition},
};
use promise_database::Tx;

/// Publishes the submitted draft, and deletes it. `read_version` is the
/// [`version`](super::WorkingCopy::version) of the content that the publisher read.
///
/// Returns [`ServiceError::NotAllowed`] also for a publisher who was deactivated or lost the role
/// after the request arrived, [`DraftRefusal::NotSubmitted`], [`DraftRefusal::OwnWork`] for an author
/// of the draft, [`DraftRefusal::OutOfDate`], [`DraftRefusal::ChangedSinceRead`] and
/// [`DraftRefusal::NothingChanged`].
pub fn publish(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    read_version: &str,
    now_millis: i64,
) -> Result<PublishedEdition, ServiceError> {
    scope.permit_now(tx, Permission::Publish)?;
    let council = council(tx, scope)?;
    let work = work::of_council(tx, council)?;
    if !matches!(work.stage, Stage::Submitted { .. }) {
        return Err(DraftRefusal::NotSubmitted.into());
    }
    if work.is_by(&scope.actor()) {
        return Err(DraftRefusal::OwnWork.into());
    }
    if work.is_behind() {
        return Err(DraftRefusal::OutOfDate.into());
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
