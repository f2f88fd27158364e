//! Valid and invalid codes, and pairing again.

use promise_core::{AskAbout, PromiseError};
use promise_tests::trouble::Trouble;

use crate::Scenario;

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
        world.server.run(&["phones", "revoke", name]);
        assert_eq!(phone.sync(None), Err(PromiseError::Revoked));
        assert!(phone.promise().unwrap().is_none());
    }),
    ("not-paired", |world| {
        assert_eq!(world.open("promise.db").sync(None), Err(PromiseError::NotPaired));
    }),
    ("unsafe-address", |world| {
        let pairing = world.open("promise.db").pair("http://10.0.0.1".into(), world.code(), None);
        assert_eq!(pairing, Err(PromiseError::AddressNotSafe));
    }),
];
