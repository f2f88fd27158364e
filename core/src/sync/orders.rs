//! What a phone does that its server says was taken off: only what its council signed for it.
//!
//! A lost token, a restored server and a server that lies look the same to a phone, and a phone that
//! wiped itself for them would lose what only it holds. So it keeps everything, unless there is an order
//! that its council signed for this phone and this pairing.

use promise_protocol::{
    PhoneOrder, SignedOrder,
    fault_injection::{Fault, is_injected},
};

use crate::store::{ServerAccess, StoreError, Tx};

/// Does what the council ordered this phone to do, as far as a transaction can: it releases the phone. Returns
/// the order: the caller wipes a phone that has to be wiped. Returns `None` if there is no order that is the
/// council's, and this phone's. It is one transaction, so that no pairing comes in between.
pub fn obey(
    tx: &mut dyn Tx,
    order: Option<&SignedOrder>,
) -> Result<Option<PhoneOrder>, StoreError> {
    let verified = verified(tx, order)?;
    if let (Some(order), Some(PhoneOrder::Release)) = (order, verified) {
        release(tx, order.at)?;
    }
    Ok(verified)
}

/// Returns what the council ordered this phone to do. Returns `None` if the server sent no order, or one
/// that none of the council's keys signed for it that can have signed one.
///
/// The signature names the person and the author, which is new at each pairing: so an order to another
/// phone is none for this one, nor is one from before it was paired again.
fn verified(
    tx: &mut dyn Tx,
    order: Option<&SignedOrder>,
) -> Result<Option<PhoneOrder>, StoreError> {
    let Some(pairing) = tx.pairing()? else { return Ok(None) };
    let Some(order) = order else {
        return Ok(is_injected(Fault::BareRefusalWipes).then_some(PhoneOrder::Wipe));
    };
    let statement = order.statement(&pairing.person, &pairing.author);
    let mut keys = pairing.order_keys.iter();
    let is_signed = keys.any(|key| statement.is_signed(&pairing.council, key, &order.signature));
    if !is_signed && !is_injected(Fault::OrderNotVerified) {
        return Ok(None);
    }
    let is_wiped = order.order == PhoneOrder::Wipe || is_injected(Fault::ReleaseWipes);
    Ok(Some(if is_wiped { PhoneOrder::Wipe } else { PhoneOrder::Release }))
}

/// Notes that the server accepted this phone's token. It was not taken off until now, so no key from before the
/// newest one that it knows can have signed an order to it: a council signs nothing with a key that it
/// replaced. A thief of that key can have no phone wiped that has heard of the next one.
pub fn note_acceptance(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let Some(mut pairing) = tx.pairing()? else { return Ok(()) };
    if pairing.order_keys.len() > 1 {
        pairing.order_keys.truncate(1);
        tx.set_pairing(&pairing)?;
    }
    Ok(())
}

/// Releases this phone: it has no token any more, and syncs no more until it is paired again. Everything
/// else stays as it is.
fn release(tx: &mut dyn Tx, at: i64) -> Result<(), StoreError> {
    let Some(mut pairing) = tx.pairing()? else { return Ok(()) };
    if !is_injected(Fault::ReleasedPhoneSyncs) {
        pairing.access = ServerAccess::Released { at };
    }
    tx.set_pairing(&pairing)?;
    let mut state = tx.sync_state()?;
    state.refused_since = None;
    tx.set_sync_state(&state)
}

/// Notes that the server refuses this phone without an order. The next sync that succeeds removes the
/// note.
pub fn note_refusal(tx: &mut dyn Tx, now_millis: i64) -> Result<(), StoreError> {
    let mut state = tx.sync_state()?;
    if state.refused_since.is_none() {
        state.refused_since = Some(now_millis);
        tx.set_sync_state(&state)?;
    }
    Ok(())
}
