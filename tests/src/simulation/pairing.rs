//! Someone has read a code over a shoulder, and sends it from a phone of their own. And a server that lies is
//! between two phones of one person, of which one hands the recovery phrase to the other.

use promise_core::{
    sealing::{HandoverKey, RecoveryPhrase},
    store::{Pairing, Store, StoreError},
    sync::pairing::{NewSide, Offered, OldSide},
};
use promise_protocol::pairing::{
    Opening, PairOffer, PairingAnswer, PairingNonce, WaitingPhone, WaitingPhones,
};
use promise_protocol::{
    phone_record::Inviter,
    signature::{SEED_BYTES, SigningKey},
};

use super::{Checked, check, checks::server_is_sound, ledger::PEOPLE, world::World};

const CODE: &str = "K7QF-3MZD-9X01";

/// Tries it with each person.
pub(super) fn take(world: &mut World) -> Checked {
    for person in 0..PEOPLE {
        world.counts.stolen_codes += 1;
        world.server.steal_codes(world.now, person).map_err(|done| (16, done))?;
        server_is_sound(world)?;
    }
    let phone = world.any_phone();
    let pairing = world.phones[phone].store.transact::<_, StoreError>(|tx| tx.pairing());
    let Some(pairing) = pairing.expect("it can be read") else { return Ok(()) };
    key_is_replaced_when_it_is_opened(&pairing)?;
    key_is_replaced_after_it_was_compared(&pairing)
}

/// The server passes the new phone's commitment on, and then opens it with a key of its own.
fn key_is_replaced_when_it_is_opened(pairing: &Pairing) -> Checked {
    let (offered, old, mut now) = opened(pairing);
    let thief = HandoverKey::generate().expect("random bytes");
    if let Some(phone) = now.phones.first_mut() {
        phone.opening = Some(opening_of(&thief));
    }
    let compared = old.compare(&now, pairing);
    check(compared.is_err(), 16, || {
        format!("a key that no phone committed to was accepted, beside {}", offered.digits())
    })
}

/// The server shows the right key, and names another one for the phrase.
fn key_is_replaced_after_it_was_compared(pairing: &Pairing) -> Checked {
    let (offered, old, mut now) = opened(pairing);
    let thief = HandoverKey::generate().expect("random bytes");
    let named = now.phones.first().cloned();
    now.phones
        .extend(named.map(|phone| WaitingPhone { opening: Some(opening_of(&thief)), ..phone }));
    let answer = old.answer();
    let compared = old.compare(&now, pairing);
    let compared =
        compared.map_err(|error| (16, format!("an honest phone was refused: {error}")))?;
    check(compared.digits() == offered.digits(), 16, || "the digits differ".to_owned())?;
    let phrase = RecoveryPhrase::from_entropy(&[7; 16]);
    let sealed = compared.seal(&phrase, pairing).expect("a phrase can be sealed");
    let Some(link) = offered.link() else { return Ok(()) };
    let secret = thief.agree(&answer.key, link.hash).expect("a key");
    let opened = secret.open(&sealed, &pairing.council, &pairing.person);
    check(opened.is_none(), 16, || "the phrase opens on a phone that nobody compared".to_owned())
}

/// A new phone that shows its digits, the phone that made the code, and what an honest server shows that one.
fn opened(pairing: &Pairing) -> (Offered, OldSide, WaitingPhones) {
    let code = CODE.parse().expect("a code");
    let new = NewSide::new(&pairing.server, code).expect("random bytes");
    let start = new.request();
    let mut waiting = WaitingPhone {
        code: "K7QF".to_owned(),
        started_at: 0,
        server: start.server,
        commitment: start.commitment.expect("it commits to a key"),
        opening: None,
        answered: false,
        ended: None,
    };
    let old = OldSide::new(waiting.clone()).expect("random bytes");
    let PairingAnswer { key, nonce, .. } = old.answer();
    let offer = PairOffer {
        council: pairing.council.clone(),
        council_name: pairing.council_name.clone(),
        inviter: Inviter::Phone,
        by: None,
        nonce,
        key: Some(key),
    };
    let offered = new.offered(offer).expect("a key");
    waiting.opening = offered.request().opening;
    (offered, old, WaitingPhones { phones: vec![waiting] })
}

fn opening_of(thief: &HandoverKey) -> Opening {
    Opening {
        key: thief.public().clone(),
        signing_key: SigningKey::from_seed(&[9; SEED_BYTES]).expect("a seed").public_key(),
        nonce: PairingNonce::new([9; 32]),
    }
}
