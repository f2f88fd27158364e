//! Publishing a draft: by a second person, once, and only the content that they read.

use promise_protocol::Edition;

use super::{DraftRefusal, Stage, load, log};
use crate::{Permission, ServiceError, StaffScope, audit::AuditAction, publishing::editions};
use promise_database::Tx;

/// Publishes the submitted draft, and deletes it. `read_version` is the
/// [`version`](super::WorkingCopy::version) of the content that the publisher read.
///
/// Returns [`DraftRefusal::NotSubmitted`], [`DraftRefusal::OwnWork`] for an author of the draft,
/// [`DraftRefusal::OutOfDate`], [`DraftRefusal::ChangedSinceRead`] and
/// [`DraftRefusal::NothingChanged`].
pub fn publish(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    read_version: &str,
    now_millis: i64,
) -> Result<Edition, ServiceError> {
    scope.permit(Permission::Publish)?;
    let work = load(tx, scope)?;
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
    let (id, content) = (&work.council.id, &work.content);
    let published = editions::publish(
        tx,
        scope,
        id,
        &content.promise,
        &content.opportunities,
        &content.directory,
        now_millis,
    )?;
    let edition = published.ok_or(DraftRefusal::NothingChanged)?;
    tx.delete_draft(id)?;
    let detail = format!("edition {}", edition.number);
    log(tx, scope, &work.council, AuditAction::Published, &detail, now_millis)?;
    Ok(edition)
}
