//! Learning the keys with which the council signs, after pairing.

use promise_protocol::statement::CouncilKeyList;

use super::session::ask_again_for_unverified;
use crate::store::{StoreError, Tx};

/// Follows the steps that lead from the newest key that this phone knows to the council's present one. Returns
/// `true` if it learned a key. Each step is signed with both keys, so it does not matter who sends them.
///
/// If the council distrusts its earlier keys, nothing that they signed is accepted any more. What this phone holds
/// under them stays and is shown, until the council's own word for it comes under a key that counts. The edition
/// that is shown stays too, and gives way to any that such a key signed: a thief can have numbered theirs as they
/// liked.
pub fn learn(tx: &mut dyn Tx, list: &CouncilKeyList) -> Result<bool, StoreError> {
    let Some(mut pairing) = tx.pairing()? else { return Ok(false) };
    let followed = list.follow(&pairing.council, &pairing.council_keys);
    let order_keys = list.follow_orders(&pairing.council, &pairing.order_keys);
    if followed.keys == pairing.council_keys && order_keys == pairing.order_keys {
        return Ok(false);
    }
    (pairing.council_keys, pairing.order_keys) = (followed.keys, order_keys);
    tx.set_pairing(&pairing)?;
    if followed.distrusts_earlier {
        distrust_held(tx)?;
    }
    ask_again_for_unverified(tx)?;
    Ok(true)
}

/// After the phone was paired again under another key than the newest one that it knew: what it holds may be a
/// thief's, whose key it took for the council's. Gets everything again.
pub(crate) fn start_under_another_key(tx: &mut dyn Tx) -> Result<(), StoreError> {
    distrust_held(tx)?;
    let mut state = tx.sync_state()?;
    (state.cursor, state.unverified_since) = (0, None);
    tx.set_sync_state(&state)
}

fn distrust_held(tx: &mut dyn Tx) -> Result<(), StoreError> {
    tx.distrust_staff_changes()?;
    let mut state = tx.sync_state()?;
    state.edition_floor = 0;
    tx.set_sync_state(&state)
}
