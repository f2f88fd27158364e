//! What this phone asks for with its own key: see [`PhoneAct`].

use promise_protocol::{ActSignature, ActingPhone, PhoneAct};

use crate::store::{StoreError, Tx};

/// Returns the number of the next act, and stores that it is used. Numbers rise with the phone's clock, and by one
/// where that stands or goes back: so they are right without asking the server, and a phone that was restored from
/// its own backup does not use one again.
pub fn take_number(tx: &mut dyn Tx, now_millis: i64) -> Result<u64, StoreError> {
    let number = next_number(tx, now_millis)?;
    let mut state = tx.sync_state()?;
    state.act = number;
    tx.set_sync_state(&state)?;
    Ok(number)
}

/// Returns the number of the next act without storing it.
pub fn next_number(tx: &mut dyn Tx, now_millis: i64) -> Result<u64, StoreError> {
    let clock = u64::try_from(now_millis).unwrap_or_default();
    Ok(clock.max(tx.sync_state()?.act.saturating_add(1)))
}

/// Signs an act as this phone, in the generation of the server that it knows. Returns `None` if the phone is not
/// paired.
pub fn sign(
    tx: &mut dyn Tx,
    act: &PhoneAct<'_>,
    number: u64,
) -> Result<Option<ActSignature>, StoreError> {
    let Some(pairing) = tx.pairing()? else { return Ok(None) };
    let generation = tx.sync_state()?.generation.unwrap_or_default();
    let phone = ActingPhone {
        council: &pairing.council,
        person: &pairing.person,
        author: &pairing.author,
        generation: &generation,
    };
    Ok(Some(phone.sign(act, number, &pairing.key.signing_key())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::Store,
        sync::tests::{NOW, phone},
    };

    #[test]
    fn numbers_of_acts_rise_whatever_the_clock_shows() {
        let mut store = phone();
        let mut take = |now| store.transact(|tx| take_number(tx, now)).unwrap();
        let at = |now: i64| u64::try_from(now).unwrap();
        assert_eq!(take(NOW), at(NOW));
        assert_eq!(take(NOW), at(NOW) + 1, "it stands still");
        assert_eq!(take(NOW - 9), at(NOW) + 2, "it was set back");
        assert_eq!(take(-5), at(NOW) + 3, "it shows a time before 1970");
        assert_eq!(take(NOW + 60_000), at(NOW) + 60_000);
    }

    #[test]
    fn act_is_signed_with_the_key_of_the_pairing() {
        let mut store = phone();
        let signed = store.transact(|tx| sign(tx, &PhoneAct::Invite, 7)).unwrap().unwrap();
        let pairing = store.transact(|tx| tx.pairing()).unwrap().unwrap();
        let acting = ActingPhone {
            council: "riverbridge",
            person: "ada",
            author: "p00000001",
            generation: "",
        };
        assert!(acting.has_signed(&PhoneAct::Invite, &signed, &pairing.key.public()));
    }
}
