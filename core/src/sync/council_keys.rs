//! Learning the keys with which the council signs, after pairing.

use promise_protocol::statement::CouncilKeyList;

use crate::store::{StoreError, Tx};

/// Follows the steps that lead from a key that this phone knows to the council's present one. Returns
/// `true` if it learned a key. Each step is signed with the key before it, so it does not matter who sends
/// them.
pub(super) fn learn(tx: &mut dyn Tx, list: &CouncilKeyList) -> Result<bool, StoreError> {
    let Some(mut pairing) = tx.pairing()? else { return Ok(false) };
    let keys = list.follow(&pairing.council, &pairing.council_keys);
    let order_keys = list.follow(&pairing.council, &pairing.order_keys);
    let has_learned = keys != pairing.council_keys || order_keys != pairing.order_keys;
    if has_learned {
        (pairing.council_keys, pairing.order_keys) = (keys, order_keys);
        tx.set_pairing(&pairing)?;
    }
    Ok(has_learned)
}
