//! Rebasing a draft on an edition that was published after the draft was opened.

use super::{DraftRefusal, Stage, council, log, work};
use crate::{Permission, ServiceError, StaffScope, audit::AuditAction};
use promise_database::{Draft, Tx};
use promise_edition::{MergeChoices, MergeConflict, merge};
use promise_protocol::pack::{Pack, PackName};

/// Applies the changes of the draft to the newest edition. Returns the records that both changed and
/// `choices` does not decide; if there are any, nothing is saved. `read_version` is the
/// [`version`](super::WorkingCopy::version) of the draft to which the choices apply. A caller who
/// makes choices becomes one of the authors.
///
/// Returns [`DraftRefusal::Submitted`], because a submitted draft must not change,
/// [`DraftRefusal::NothingChanged`] if there is no draft, and [`DraftRefusal::ChangedSinceRead`].
pub fn rebase(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    read_version: &str,
    choices: &MergeChoices,
    now_millis: i64,
) -> Result<Vec<MergeConflict>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let council = council(tx, scope)?;
    let now = work::of_council(tx, council)?;
    match now.stage {
        Stage::Submitted { .. } => return Err(DraftRefusal::Submitted.into()),
        Stage::NoDraft => return Err(DraftRefusal::NothingChanged.into()),
        Stage::Open if !now.is_behind() => return Ok(Vec::new()),
        Stage::Open => {}
    }
    if !choices.is_empty() && now.version() != read_version {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    let base = work::edition(tx, &now.council, now.based_on)?;
    let theirs = work::edition(tx, &now.council, now.newest)?;
    let merged = match merge(&base, &now.content, &theirs, choices) {
        Ok(merged) => merged,
        Err(conflicts) => return Ok(conflicts),
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
