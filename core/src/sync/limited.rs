//! What a limited phone keeps back until it is confirmed: steps to other keys, and clears. The server
//! accepts neither from it. What it keeps back is sent when it may.

use promise_protocol::{Change, SyncResponse, schema::Refusal};

use crate::{
    collections::devices,
    store::{StoreError, Tx},
};

/// Returns `true` if this phone waits to be confirmed, as far as it knows.
pub(super) fn is_limited(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    devices::is_this_limited(tx)
}

/// Returns `true` if the server refused this change because the phone is limited. The phone did not know
/// that when it sent the change: its record comes with the same response.
pub(super) fn is_refused(response: &SyncResponse, sent: &Change) -> bool {
    has_verdict(response, sent, Refusal::LimitedPhone)
}

/// Returns `true` if the server refused to clear this, because another key is in use there.
pub(super) fn is_not_certified(response: &SyncResponse, sent: &Change) -> bool {
    has_verdict(response, sent, Refusal::NotCertified)
}

fn has_verdict(response: &SyncResponse, sent: &Change, refusal: Refusal) -> bool {
    let reason = refusal.to_string();
    response.verdicts.iter().any(|verdict| {
        verdict.reason == reason
            && verdict.collection == sent.collection
            && verdict.id == sent.id
            && verdict.stamp == sent.stamp
    })
}
