//! Publishing a draft: by a second person, once, and only what they looked at.

use promise_protocol::Edition;

use super::{DraftRefusal, Stage, load, log};
use crate::{Permission, ServiceError, StaffScope, audit::AuditAction, publishing::editions};
use promise_database::Tx;

/// Publishes the draft that was handed in, in one transaction with its end. `looked_at` is the
/// [`version`](super::WorkingCopy::version) of what the publisher looked at.
pub fn publish(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    looked_at: &str,
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
    if work.version() != looked_at {
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
