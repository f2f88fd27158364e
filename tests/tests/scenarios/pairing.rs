//! Valid and invalid codes, and pairing again.

use std::sync::Arc;

use promise_core::{AskAbout, Erased, OwnContactEdit, PromiseError};
use promise_ffi::PocketPhone;
use promise_tests::trouble::Trouble;

use crate::{Scenario, World};

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

pub const SCENARIOS: &[Scenario] = &[
    ("pair-by-code", |world| {
        let phone = world.open("promise.db");
        assert_eq!(phone.council(), Ok(None));
        let code = world.code().to_lowercase().replace('-', " ");
        phone.pair(world.server.url(), code, None).unwrap();
        assert_eq!(phone.council(), Ok(Some("Riverbridge Council".into())));
    }),
    ("pair-by-link", |world| {
        let phone = world.open("promise.db");
        let (code, server) = (world.code(), world.server.url());
        phone
            .pair_by_link(format!("pocketpromise://pair?code={code}&server={server}"), None)
            .unwrap();
        assert_eq!(phone.council(), Ok(Some("Riverbridge Council".into())));
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
        assert_eq!(
            phone.pair(url.clone(), "not a code".into(), None),
            Err(PromiseError::CodeWrong)
        );
        let wrong = format!("{}-0000-0000", &world.code()[..4]);
        assert_eq!(phone.pair(url, wrong, None), Err(PromiseError::CodeWrong));
        assert_eq!(phone.council(), Ok(None));
    }),
    ("used-code", |world| {
        let code = world.code();
        let url = world.server.url();
        world.open("first.db").pair(url.clone(), code.clone(), None).unwrap();
        assert_eq!(world.open("second.db").pair(url, code, None), Err(PromiseError::CodeUsed));
    }),
    ("expired-code", |world| {
        let url = world.troubled();
        world.make(Trouble::OldCode);
        let pairing = world.open("promise.db").pair(url, world.code(), None);
        assert_eq!(pairing, Err(PromiseError::CodeExpired));
    }),
    ("locked-code", |world| {
        let phone = world.open("promise.db");
        let (url, code) = (world.server.url(), world.code());
        let wrong = format!("{}-0000-0000", &code[..4]);
        for _ in 0..5 {
            assert_eq!(phone.pair(url.clone(), wrong.clone(), None), Err(PromiseError::CodeWrong));
        }
        assert_eq!(phone.pair(url, code, None), Err(PromiseError::CodeLocked));
    }),
    ("code-of-another-person", |world| {
        let phone = world.carried("promise.db");
        phone.write_ask("Mine".into(), AskAbout::Anything).unwrap();
        let code = world.server.invite(&world.another_person());
        assert_eq!(phone.pair(world.server.url(), code, None), Err(PromiseError::OtherPerson));
        assert_eq!(phone.asks().unwrap()[0].text, "Mine");
    }),
    ("unpaired-by-the-council", |world| {
        let phone = world.carried("promise.db");
        let phones = world.server.run(&["phones", "list", "--person", &world.person]);
        let name = phones.split_whitespace().next().unwrap();
        world.server.run(&["phones", "revoke", name, "--reason", "lost_or_stolen"]);
        assert_eq!(phone.sync(None), Err(PromiseError::Revoked));
        assert!(phone.promise().unwrap().is_none());
    }),
    ("relink-after-restore", |world| {
        let phone = lost_in_restore(world);
        let words = phone.recovery_phrase().unwrap();
        assert_eq!(phone.sync(None), Err(PromiseError::Unpaired));
        let (url, new) = (world.server.url(), world.another_person());
        let usual = world.server.invite(&new);
        assert_eq!(phone.pair(url, usual.clone(), None), Err(PromiseError::OtherPerson));
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
        phone.pair(world.server.url(), world.server.invite(&world.another_person()), None).unwrap();
        phone.erase_this_phone().unwrap();
        assert_eq!(phone.council(), Ok(None));
    }),
    ("not-paired", |world| {
        assert_eq!(world.open("promise.db").sync(None), Err(PromiseError::NotPaired));
    }),
    ("unsafe-address", |world| {
        let pairing = world.open("promise.db").pair("http://10.0.0.1".into(), world.code(), None);
        assert_eq!(pairing, Err(PromiseError::AddressNotSafe));
    }),
];
