//! What a limited phone keeps back until it is confirmed: the check value of the key, and clears. The
//! server refuses both from it. What it keeps back is sent when it may.

use promise_protocol::{
    Change, SyncResponse,
    schema::{KEY_CHECK, Refusal},
};

use crate::{
    collections::devices,
    store::{StoreError, Tx},
};

/// Returns `true` if this phone waits to be confirmed, as far as it knows.
pub(super) fn is_limited(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    devices::is_this_limited(tx)
}

/// Returns `true` if a limited phone keeps this change back.
pub(super) fn is_kept_back(change: &Change) -> bool {
    change.collection == KEY_CHECK.0
}

/// Returns `true` if the server refused this change because the phone is limited. The phone did not know
/// that when it sent the change: its record comes with the same response.
pub(super) fn is_refused(response: &SyncResponse, sent: &Change) -> bool {
    let reason = Refusal::LimitedPhone.to_string();
    response.verdicts.iter().any(|verdict| {
        verdict.reason == reason
            && verdict.collection == sent.collection
            && verdict.id == sent.id
            && verdict.stamp == sent.stamp
    })
}

/// Returns how many edits and cells to be resent this phone keeps back.
pub(crate) fn count_kept_back(tx: &mut dyn Tx) -> Result<u64, StoreError> {
    if !is_limited(tx)? {
        return Ok(0);
    }
    let mut count = 0;
    for cells in [tx.unsent_cells(usize::MAX, false)?, tx.pending_resend(usize::MAX, false)?] {
        let kept = Change::gather(cells).into_iter().filter(is_kept_back);
        count += kept.count() as u64;
    }
    Ok(count)
}
