//! Valid and invalid codes, and pairing again.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use promise_core::{AskAbout, Erased, OwnContactEdit, PhoneState, PromiseError};
use promise_ffi::{KeyReplacer, KeyReplacerError, PocketPhone};
use promise_protocol::phone_record::Inviter;
use promise_tests::trouble::Trouble;

use crate::{Scenario, World, world::KEY};

/// A phone whose person was added after the backup that the council restores.
fn lost_in_restore(world: &mut World) -> Arc<PocketPhone> {
    let backup = world.server.back_up("old.db");
    world.person = world.another_person();
    let phone = world.carried("promise.db");
    phone.write_ask("Written before".into(), AskAbout::Anything).unwrap();
    let friend = OwnContactEdit { display_name: Some("Sam".into()), ..OwnContactEdit::default() };
    phone.add_own_contact(friend).unwrap();
    phone.sync(None).unwrap();
    world.server.restore(&backup);
    phone
}

/// Replaces the key, and counts how often.
#[derive(Default)]
struct Replacer(AtomicU8);

impl KeyReplacer for Replacer {
    fn replace_key(&self) -> Result<Vec<u8>, KeyReplacerError> {
        let before = self.0.fetch_add(1, Ordering::SeqCst);
        Ok(vec![43 + before; 32])
    }
}

/// The council takes the person's first phone off.
fn take_off(world: &World, reason: &str) {
    let phones = world.server.run(&["phones", "list", "--person", &world.person]);
    let name = phones.split_whitespace().next().unwrap();
    world.server.run(&["phones", "revoke", name, "--reason", reason]);
}

/// A phone with a contact of the person's own, which was sent.
fn with_sam(world: &World, url: &str) -> Arc<PocketPhone> {
    let phone = world.paired_at(url, "promise.db");
    phone.sync(None).unwrap();
    let friend = OwnContactEdit { display_name: Some("Sam".into()), ..OwnContactEdit::default() };
    phone.add_own_contact(friend).unwrap();
    phone.sync(None).unwrap();
    phone
}

/// The server says that the phone was taken off, and the council did not: everything stays.
fn keeps_all_in(world: &mut World, trouble: Trouble) {
    let url = world.troubled();
    let phone = with_sam(world, &url);
    world.make(trouble);
    assert_eq!(phone.sync(None), Err(PromiseError::Unpaired));
    assert_eq!(phone.own_contacts().unwrap()[0].display_name, "Sam");
    assert!(phone.promise().unwrap().is_some());
    world.make(Trouble::None);
    phone.sync(None).unwrap();
    assert_eq!(phone.status().unwrap().state, PhoneState::Paired);
}

pub const SCENARIOS: &[Scenario] = &[
    ("pair-by-code", |world| {
        let phone = world.open("promise.db");
        assert_eq!(phone.council(), Ok(None));
        let code = world.code().to_lowercase().replace('-', " ");
        world.pair(&phone, &code).unwrap();
        assert_eq!(phone.council(), Ok(Some("Riverbridge Council".into())));
    }),
    ("pair-by-link", |world| {
        let phone = world.open("promise.db");
        let (code, server) = (world.code(), world.server.url());
        let link = format!("pocketpromise://pair?code={code}&server={server}");
        let offer = phone.pair_by_link(link, None).unwrap();
        let details = offer.details().unwrap();
        assert_eq!((details.council.as_str(), details.link), ("Riverbridge Council", None));
        assert_eq!(details.inviter, Inviter::Operator);
        assert_eq!(format!("http://{}", details.server), world.server.url());
        assert_eq!(phone.council(), Ok(None), "nothing is stored yet");
        world.server.confirm(&code, &details.digits);
        phone.finish_pairing(offer, None).unwrap();
        assert_eq!(phone.council(), Ok(Some("Riverbridge Council".into())));
    }),
    ("pairing-refused-by-the-council", |world| {
        let (phone, code) = (world.open("promise.db"), world.code());
        let offer = phone.pair(world.server.url(), code.clone(), None).unwrap();
        world.server.refuse(&code, &offer.details().unwrap().digits);
        assert_eq!(phone.finish_pairing(offer, None), Err(PromiseError::PairingRefused));
        assert_eq!(phone.council(), Ok(None));
    }),
    ("pairing-refused-on-the-phone", |world| {
        let (phone, code) = (world.open("promise.db"), world.code());
        let offer = phone.pair(world.server.url(), code.clone(), None).unwrap();
        let digits = offer.details().unwrap().digits;
        phone.refuse_pairing(offer, None).unwrap();
        let confirm = ["pairing", "confirm", "--code", &code, "--digits", &digits];
        let (_, printed) = world.server.try_run(&confirm);
        assert!(printed.contains("said no"), "{printed}");
        assert_eq!(world.pair(&phone, &code), Err(PromiseError::CodeUsed));
        assert_eq!(phone.council(), Ok(None));
    }),
    ("code-on-two-phones", |world| {
        let (first, code) = (world.open("first.db"), world.code());
        let offer = first.pair(world.server.url(), code.clone(), None).unwrap();
        let second = world.open("second.db").pair(world.server.url(), code, None);
        assert_eq!(second.err(), Some(PromiseError::TwoPhones));
        assert_eq!(first.finish_pairing(offer, None), Err(PromiseError::TwoPhones));
        assert_eq!(first.council(), Ok(None));
    }),
    ("second-phone", |world| {
        let first = world.carried("first.db");
        first.write_ask("Written on the first".into(), AskAbout::Anything).unwrap();
        first.sync(None).unwrap();
        let asks = world.carried("second.db").asks().unwrap();
        assert_eq!(asks[0].text, "Written on the first");
    }),
    ("wrong-code", |world| {
        let phone = world.open("promise.db");
        let url = world.server.url();
        let refused = Some(PromiseError::CodeWrong);
        assert_eq!(phone.pair(url.clone(), "not a code".into(), None).err(), refused);
        let wrong = format!("{}-0000-0000", &world.code()[..4]);
        assert_eq!(phone.pair(url, wrong, None).err(), refused);
        assert_eq!(phone.council(), Ok(None));
    }),
    ("used-code", |world| {
        let code = world.code();
        world.pair(&world.open("first.db"), &code).unwrap();
        let second = world.pair(&world.open("second.db"), &code);
        assert_eq!(second, Err(PromiseError::CodeUsed));
    }),
    ("expired-code", |world| {
        let url = world.troubled();
        world.make(Trouble::OldCode);
        let pairing = world.pair_at(&url, &world.open("promise.db"), &world.code());
        assert_eq!(pairing, Err(PromiseError::CodeExpired));
    }),
    ("locked-code", |world| {
        let phone = world.open("promise.db");
        let code = world.code();
        let wrong = format!("{}-0000-0000", &code[..4]);
        for _ in 0..5 {
            assert_eq!(world.pair(&phone, &wrong), Err(PromiseError::CodeWrong));
        }
        assert_eq!(world.pair(&phone, &code), Err(PromiseError::CodeLocked));
    }),
    ("code-of-another-person", |world| {
        let phone = world.carried("promise.db");
        phone.write_ask("Mine".into(), AskAbout::Anything).unwrap();
        let code = world.server.invite(&world.another_person());
        assert_eq!(world.pair(&phone, &code), Err(PromiseError::OtherPerson));
        assert_eq!(phone.asks().unwrap()[0].text, "Mine");
    }),
    ("unpaired-by-the-council", |world| {
        let phone = world.carried("promise.db");
        take_off(world, "lost_or_stolen");
        assert_eq!(phone.sync(None), Err(PromiseError::Revoked));
        assert!(phone.promise().unwrap().is_none());
    }),
    ("wiped-phone-replaces-its-key", |world| {
        let path = world.file("promise.db").to_string_lossy().into_owned();
        let replacer = Arc::new(Replacer::default());
        let phone = PocketPhone::open(path.clone(), KEY.to_vec(), Some(replacer.clone())).unwrap();
        world.pair(&phone, &world.code()).unwrap();
        phone.sync(None).unwrap();
        take_off(world, "lost_or_stolen");
        assert_eq!(phone.sync(None), Err(PromiseError::Revoked));
        assert_eq!(replacer.0.load(Ordering::SeqCst), 1);
        assert!(phone.contacts().unwrap().is_empty());
        drop(phone);
        let by_the_old_key = PocketPhone::open(path.clone(), KEY.to_vec(), None);
        assert_eq!(by_the_old_key.err(), Some(PromiseError::WrongKey));
        let by_the_new_key = PocketPhone::open(path, vec![43; 32], None).unwrap();
        assert_eq!(by_the_new_key.council(), Ok(None));
    }),
    ("released-by-the-council", |world| {
        let phone = with_sam(world, &world.server.url());
        take_off(world, "no_longer_used");
        assert_eq!(phone.sync(None), Err(PromiseError::Released));
        assert_eq!(phone.own_contacts().unwrap()[0].display_name, "Sam");
        assert_eq!(phone.contacts().unwrap().len(), 1);
        assert!(phone.promise().unwrap().is_some());
        let state = phone.status().unwrap().state;
        assert!(matches!(state, PhoneState::Released { at: Some(_) }), "{state:?}");
        let asked = phone.write_ask("Hello?".into(), AskAbout::Anything);
        assert_eq!(asked, Err(PromiseError::Released));
    }),
    ("paired-again-after-release", |world| {
        let phone = with_sam(world, &world.server.url());
        phone.write_ask("Not sent yet".into(), AskAbout::Anything).unwrap();
        take_off(world, "no_longer_used");
        assert_eq!(phone.sync(None), Err(PromiseError::Released));
        world.pair(&phone, &world.code()).unwrap();
        phone.sync(None).unwrap();
        let status = phone.status().unwrap();
        assert_eq!((status.state, status.unsent), (PhoneState::Paired, 0));
        let asks = world.server.run(&["ask", "list", "--person", &world.person]);
        assert!(asks.contains("Not sent yet"), "{asks}");
    }),
    ("taken-off-without-an-order", |world| keeps_all_in(world, Trouble::TakenOff)),
    ("taken-off-by-a-forged-order", |world| keeps_all_in(world, Trouble::ForgedOrder)),
    ("relink-after-restore", |world| {
        let phone = lost_in_restore(world);
        let words = phone.recovery_phrase().unwrap();
        assert_eq!(phone.sync(None), Err(PromiseError::Unpaired));
        let new = world.another_person();
        let usual = world.server.invite(&new);
        assert_eq!(world.pair(&phone, &usual), Err(PromiseError::OtherPerson));
        assert_eq!(phone.relink(usual, None), Err(PromiseError::CodeUsed));
        let code = world.server.invite_to_relink(&new, &phone.relink_check().unwrap());
        phone.relink(code, None).unwrap();
        phone.sync(None).unwrap();
        let asks = world.server.run(&["ask", "list", "--person", &new]);
        assert!(asks.contains("Written before"), "{asks}");
        assert_eq!(phone.own_contacts().unwrap()[0].display_name, "Sam");
        assert_eq!(phone.recovery_phrase().unwrap(), words);
        assert_eq!(phone.status().unwrap().unsent, 0);
    }),
    ("erase-after-restore", |world| {
        let phone = lost_in_restore(world);
        assert_eq!(phone.erase_account(None), Ok(Erased::ThisPhone));
        assert!(phone.asks().unwrap().is_empty());
        world.pair(&phone, &world.server.invite(&world.another_person())).unwrap();
        phone.erase_this_phone().unwrap();
        assert_eq!(phone.council(), Ok(None));
    }),
    ("not-paired", |world| {
        assert_eq!(world.open("promise.db").sync(None), Err(PromiseError::NotPaired));
    }),
    ("unsafe-address", |world| {
        let pairing = world.open("promise.db").pair("http://10.0.0.1".into(), world.code(), None);
        assert_eq!(pairing.err(), Some(PromiseError::AddressNotSafe));
    }),
];
