//! Bringing a draft up to date after something else was published.

use super::{DraftRefusal, Stage, load, log, work};
use crate::{Permission, ServiceError, StaffScope, audit::AuditAction};
use promise_database::{Draft, Tx};
use promise_edition::{MergeChoices, MergeConflict, merge};
use promise_protocol::pack::{Pack, PackName};

/// Puts what the draft changes on top of the newest edition. The records that both changed and
/// nobody chose between are answered, and nothing is done. `looked_at` is the version of what was
/// chosen between. Whoever chooses is one of its authors; whoever only brings together what does
/// not touch is not.
///
/// [`DraftRefusal::Submitted`]: take it back first, since what is handed in must not change.
pub fn rebase(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    looked_at: &str,
    choices: &MergeChoices,
    now_millis: i64,
) -> Result<Vec<MergeConflict>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let now = load(tx, scope)?;
    match now.stage {
        Stage::Submitted { .. } => return Err(DraftRefusal::Submitted.into()),
        Stage::NoDraft => return Err(DraftRefusal::NothingChanged.into()),
        Stage::Open if !now.is_behind() => return Ok(Vec::new()),
        Stage::Open => {}
    }
    if !choices.is_empty() && now.version() != looked_at {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    let base = work::edition(tx, &now.council, now.based_on)?;
    let theirs = work::edition(tx, &now.council, now.newest)?;
    let merged = match merge(&base, &now.content, &theirs, choices) {
        Ok(merged) => merged,
        Err(clashes) => return Ok(clashes),
    };
    let id = &now.council.id;
    tx.set_draft(&Draft {
        council: id.clone(),
        based_on: now.newest,
        changed_at: now_millis,
        submitted: None,
        note: now.note,
    })?;
    for (name, bytes) in [
        (PackName::Promise, merged.promise.to_bytes()),
        (PackName::Opportunities, merged.opportunities.to_bytes()),
        (PackName::Directory, merged.directory.to_bytes()),
    ] {
        tx.set_draft_pack(id, name, &bytes)?;
    }
    if !choices.is_empty() {
        tx.add_draft_author(id, &scope.actor())?;
    }
    let detail = format!("edition {}", now.newest.unwrap_or_default());
    log(tx, scope, &now.council, AuditAction::RebasedDraft, &detail, now_millis)?;
    Ok(Vec::new())
}
