//! Data that only the person's own phones can read.

use std::sync::Arc;

use chrono::NaiveDate;
use promise_core::{
    CardImport, CardState, OpportunityEdit, OpportunityFilter, OwnContactEdit, Profile,
    PromiseError, RecoveryPhraseState, SharedItem, export::cards::CardVersion,
};
use promise_ffi::{PocketPhone, phone_number_use};
use promise_protocol::{
    RevocationReason,
    phone_record::{DeviceState, Inviter},
    values::{CarePeriod, PhoneKind, PhoneNumber},
    vcard::CardRemark,
};
use promise_tests::trouble::Trouble;

use crate::{Scenario, world::World};

fn note(phone: &PocketPhone) -> Option<String> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    phone.opportunities(filter).unwrap().pop().and_then(|listed| listed.saved?.note)
}

/// A phone with a private note, which was sent.
fn with_note(world: &World) -> Arc<PocketPhone> {
    with_note_at(world, &world.server.url())
}

fn with_note_at(world: &World, url: &str) -> Arc<PocketPhone> {
    let phone = world.paired_at(url, "first.db");
    phone.sync(None).unwrap();
    let edit = OpportunityEdit { note: Some("Only for me".into()), ..OpportunityEdit::default() };
    phone.save_opportunity("p01".into(), edit).unwrap();
    phone.sync(None).unwrap();
    phone
}

/// Cards as an Android phone, an iPhone and a newer address book write them. The second one has no name.
const CARDS: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
    N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;Zo=C3=\r\n=AB;;;\r\nTEL;CELL:07700 900789\r\n\
    BDAY:2006-02-28\r\nEND:VCARD\r\n\
    BEGIN:VCARD\nVERSION:3.0\nitem1.TEL:020 7946 0000\nEND:VCARD\n\
    BEGIN:VCARD\nVERSION:4.0\nFN:Mo\nTEL;VALUE=uri:tel:+447700900456\nEND:VCARD\n";

fn number(typed: &str) -> PhoneNumber {
    let unknown = serde_json::Map::new();
    PhoneNumber { number: typed.into(), kind: PhoneKind::Mobile, ext: None, prefer: false, unknown }
}

pub const SCENARIOS: &[Scenario] = &[
    ("second-phone-by-words", |world| {
        let first = with_note(world);
        let second = world.carried("second.db");
        assert_eq!(second.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Needed);
        assert_eq!(note(&second), None);
        second
            .enter_recovery_phrase(first.recovery_phrase().unwrap().join("  ").to_uppercase())
            .unwrap();
        second.sync(None).unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
    }),
    ("second-phone-by-picture", |world| {
        let first = with_note(world);
        let second = world.open("second.db");
        World::pair_beside(&first, &second);
        second.sync(None).unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
        assert_eq!(first.devices(None).unwrap().len(), 2);
    }),
    ("second-phone-by-typed-code", |world| {
        let first = with_note(world);
        let (second, url) = (world.open("second.db"), world.server.url());
        let (device, offer) =
            World::meet(&first, |invited| second.pair(url, invited.code.clone(), None));
        let details = offer.details().unwrap();
        assert_eq!(details.inviter, Inviter::Phone);
        assert_eq!(device.digits(), Ok(details.digits.clone()));
        let wrong = if details.digits == "123 456" { "654321" } else { "123456" };
        let refused = first.confirm_new_device(device.clone(), wrong.into(), None);
        assert_eq!(refused, Err(PromiseError::DigitsDiffer));
        first.confirm_new_device(device, details.digits.replace(' ', ""), None).unwrap();
        second.finish_pairing(offer, None).unwrap();
        second.sync(None).unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
        assert_eq!(second.recovery_phrase(), first.recovery_phrase());
    }),
    ("pairing-refused-by-the-first-phone", |world| {
        let first = with_note(world);
        let second = world.open("second.db");
        let (device, offer) =
            World::meet(&first, |invited| second.pair_by_link(invited.link.clone(), None));
        first.refuse_new_device(device, None).unwrap();
        assert_eq!(second.finish_pairing(offer, None), Err(PromiseError::PairingRefused));
        assert_eq!(second.council(), Ok(None));
        assert_eq!(first.devices(None).unwrap().len(), 1);
    }),
    ("new-phone-is-shown", |world| {
        let first = world.carried("first.db");
        assert!(first.device_records().unwrap().iter().all(|device| device.is_this));
        let second = world.open("second.db");
        World::pair_beside(&first, &second);
        second.sync(None).unwrap();
        first.sync(None).unwrap();
        let records = first.device_records().unwrap();
        let new = records.iter().find(|device| device.is_new).unwrap();
        assert_eq!((&new.inviter, &new.state), (&Inviter::Phone, &DeviceState::Full));
        assert_eq!(new.invited_by.as_ref(), Some(&records[0].id));
        assert!(new.paired_at >= records[0].paired_at);
        first.mark_device_seen(new.id.clone()).unwrap();
        assert!(first.device_records().unwrap().iter().all(|device| !device.is_new));
        assert!(second.device_records().unwrap().iter().all(|device| !device.is_new));
        let unknown = first.mark_device_seen("p00000000".into());
        assert_eq!(unknown, Err(PromiseError::NotFound));
    }),
    ("limited-phone-cannot-erase", |world| {
        let first = with_note(world);
        let second = world.carried("second.db");
        assert_eq!(second.erase_account(None), Err(PromiseError::LimitedPhone));
        assert_eq!(second.invite_device(None).map(drop), Err(PromiseError::LimitedPhone));
        assert_eq!(second.change_recovery_phrase(), Err(PromiseError::LimitedPhone));
        assert_eq!(second.contacts().unwrap().len(), 1, "nothing is lost");
        first.sync(None).unwrap();
        assert_eq!(note(&first).as_deref(), Some("Only for me"));
    }),
    ("limited-phone-cannot-take-others-off", |world| {
        let first = world.carried("first.db");
        let second = world.carried("second.db");
        let (own, others): (Vec<_>, Vec<_>) =
            second.devices(None).unwrap().into_iter().partition(|device| device.is_this);
        let lost = RevocationReason::LostOrStolen;
        let others = second.revoke_device(others[0].id.clone(), lost, None);
        assert_eq!(others, Err(PromiseError::LimitedPhone));
        first.sync(None).unwrap();
        let left = second.revoke_device(own[0].id.clone(), lost, None).unwrap();
        assert!(left[1].revoked_at.is_some());
    }),
    ("full-phone-says-yes", |world| {
        let first = world.carried("first.db");
        let second = world.carried("second.db");
        first.sync(None).unwrap();
        let new = first.device_records().unwrap().into_iter().find(|it| it.is_new).unwrap();
        assert_eq!(new.state, DeviceState::Limited);
        let devices = first.confirm_device(new.id.clone(), None).unwrap();
        assert!(devices.iter().all(|device| !device.is_limited));
        second.invite_device(None).unwrap();
        second.sync(None).unwrap();
        let records = second.device_records().unwrap();
        assert_eq!(records.into_iter().find(|it| it.is_this).unwrap().state, DeviceState::Full);
    }),
    ("full-phone-says-no", |world| {
        let first = world.carried("first.db");
        let second = world.carried("second.db");
        first.sync(None).unwrap();
        let new = first.device_records().unwrap().into_iter().find(|it| it.is_new).unwrap();
        let devices = first.veto_device(new.id, None).unwrap();
        assert!(devices[1].revoked_at.is_some());
        assert_eq!(second.sync(None), Err(PromiseError::Revoked));
        assert!(second.promise().unwrap().is_none());
        let unknown = first.confirm_device("p00000000".into(), None);
        assert_eq!(unknown, Err(PromiseError::NotFound));
    }),
    ("words-written-down", |world| {
        let phone = world.carried("promise.db");
        let words = phone.recovery_phrase().unwrap();
        assert_eq!(words.len(), 12);
        let asked = phone.recovery_phrase_challenge().unwrap();
        let right: Vec<String> = asked.iter().map(|at| words[*at as usize - 1].clone()).collect();
        let wrong = vec![right[0].clone(), "wrong".into(), right[2].clone()];
        assert_eq!(phone.confirm_recovery_phrase(asked.clone(), wrong), Ok(Some(asked[1])));
        assert!(!phone.status().unwrap().private.written_down);
        assert_eq!(phone.confirm_recovery_phrase(asked, right), Ok(None));
        assert!(phone.status().unwrap().private.written_down);
        let invalid = phone.confirm_recovery_phrase(vec![3, 2, 1], vec!["a".into(); 3]);
        assert_eq!(invalid, Err(PromiseError::Invalid { field: "positions".into() }));
    }),
    ("words-typed-wrong", |world| {
        let words = with_note(world).recovery_phrase().unwrap();
        let second = world.carried("second.db");
        let few = second.enter_recovery_phrase(words[1..].join(" "));
        assert_eq!(few, Err(PromiseError::RecoveryPhraseLength { found: 11 }));
        let none = second.enter_recovery_phrase(format!("nosuchword {}", words[1..].join(" ")));
        assert_eq!(none, Err(PromiseError::UnknownRecoveryWord { position: 1 }));
        let others = second.enter_recovery_phrase(format!("{}about", "abandon ".repeat(11)));
        assert_eq!(others, Err(PromiseError::WrongRecoveryPhrase));
    }),
    ("words-needed-to-change-them", |world| {
        let first = with_note(world);
        let second = world.carried("second.db");
        let this = second.devices(None).unwrap().into_iter().find(|device| device.is_this);
        first.confirm_device(this.unwrap().id, None).unwrap();
        second.sync(None).unwrap();
        assert_eq!(second.change_recovery_phrase(), Err(PromiseError::RecoveryPhraseNeeded));
        let words = first.recovery_phrase().unwrap();
        second.enter_recovery_phrase(words.join(" ")).unwrap();
        first.change_recovery_phrase().unwrap();
        for phone in [&first, &second] {
            phone.sync(None).unwrap();
        }
        assert_eq!(second.change_recovery_phrase(), Err(PromiseError::RecoveryPhraseNeeded));
        let newer = first.recovery_phrase().unwrap();
        assert_ne!(newer, words, "the second phone changed nothing");
        second.enter_recovery_phrase(newer.join(" ")).unwrap();
        second.change_recovery_phrase().unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
    }),
    ("words-attacked", |world| {
        let url = world.troubled();
        let phone = with_note_at(world, &url);
        let words = phone.recovery_phrase().unwrap();
        world.make(Trouble::ForgedKey);
        phone.sync(None).unwrap();
        world.make(Trouble::None);
        phone.sync(None).unwrap();
        let private = phone.status().unwrap().private;
        assert_eq!(private.refused_keys, 1);
        assert_eq!(private.recovery_phrase, RecoveryPhraseState::Present);
        assert_eq!(phone.recovery_phrase(), Ok(words));
        assert_eq!(note(&phone).as_deref(), Some("Only for me"));
    }),
    ("fresh-start", |world| {
        let phone = with_note(world);
        let words = phone.recovery_phrase().unwrap();
        let code = world.server.start_afresh(&world.person);
        assert_eq!(phone.sync(None), Err(PromiseError::Released));
        assert_eq!(note(&phone).as_deref(), Some("Only for me"));
        world.pair(&phone, &code).unwrap();
        phone.sync(None).unwrap();
        assert_eq!(phone.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Present);
        assert_ne!(phone.recovery_phrase().unwrap(), words);
        let second = world.open("second.db");
        World::pair_beside(&phone, &second);
        second.sync(None).unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
        let old = second.enter_recovery_phrase(words.join(" "));
        assert_eq!(old, Err(PromiseError::WrongRecoveryPhrase));
    }),
    ("lost-phone", |world| {
        let first = with_note(world);
        let second = world.carried("second.db");
        let lost = first.devices(None).unwrap().into_iter().find(|phone| !phone.is_this).unwrap();
        first.revoke_device(lost.id, RevocationReason::LostOrStolen, None).unwrap();
        first.change_recovery_phrase().unwrap();
        first.sync(None).unwrap();
        assert_eq!(second.sync(None), Err(PromiseError::Revoked));
        assert!(second.promise().unwrap().is_none());
        assert_eq!(note(&first).as_deref(), Some("Only for me"));
    }),
    ("own-contacts", |world| {
        let phone = world.carried("promise.db");
        let edit = OwnContactEdit {
            display_name: Some("Sam".into()),
            phones: Some(vec![number("07700 900789")]),
            ..OwnContactEdit::default()
        };
        let id = phone.add_own_contact(edit).unwrap();
        let sam = phone.own_contacts().unwrap().remove(0);
        assert_eq!(
            (sam.display_name.as_str(), sam.phones[0].number.as_str()),
            ("Sam", "+447700900789")
        );
        let nonsense =
            OwnContactEdit { phones: Some(vec![number("ring me")]), ..OwnContactEdit::default() };
        let editing = phone.edit_own_contact(id.clone(), nonsense);
        assert_eq!(editing, Err(PromiseError::InvalidPhoneNumber));
        let hide = OwnContactEdit { hidden: Some(true), ..OwnContactEdit::default() };
        phone.edit_own_contact(id.clone(), hide).unwrap();
        assert_eq!(phone.hidden_own_contacts().unwrap().len(), 1);
        phone.delete_own_contact(id).unwrap();
        assert!(phone.hidden_own_contacts().unwrap().is_empty());
    }),
    ("import-cards", |world| {
        let phone = world.carried("promise.db");
        let file = CARDS.as_bytes().to_vec();
        let cards = phone.preview_cards(file.clone()).unwrap();
        let states: Vec<CardState> = cards.iter().map(|card| card.state).collect();
        assert_eq!(states, [CardState::New, CardState::NoName, CardState::New]);
        assert_eq!(cards[0].display_name, "Zoë");
        assert_eq!(cards[0].remarks, [CardRemark::BirthdayLeftOut]);
        let imported = phone.import_cards(file.clone(), vec![1, 3], false).unwrap();
        assert_eq!(imported, CardImport { added: 2, extended: 0, unchanged: 0 });
        let own = phone.own_contacts().unwrap();
        let shown: Vec<(&str, &str)> = own
            .iter()
            .map(|contact| (contact.display_name.as_str(), contact.phones[0].number.as_str()))
            .collect();
        assert_eq!(shown, [("Mo", "+447700900456"), ("Zoë", "+447700900789")]);
        let again = phone.import_cards(file, vec![1, 3], false).unwrap();
        assert_eq!(again, CardImport { added: 0, extended: 0, unchanged: 2 });
        assert_eq!(phone.preview_cards(b"name,phone".to_vec()), Err(PromiseError::NoCards));
    }),
    ("phone-numbers", |world| {
        let phone = world.carried("promise.db");
        let typed =
            ["020 7946 0000 x4", "٠٧٧٠٠ ٩٠٠٤٥٦", "۰۷۷۰۰ ۹۰۰۴۵۶", "18001 0300 123 4567", "85258"];
        let sam = OwnContactEdit {
            display_name: Some("Sam".into()),
            phones: Some(typed.map(number).to_vec()),
            ..OwnContactEdit::default()
        };
        let id = phone.add_own_contact(sam).unwrap();
        let stored = phone.own_contacts().unwrap().remove(0).phones;
        let mut uses = stored.iter().map(|number| phone_number_use(number.clone()).unwrap());
        let links: Vec<String> = uses.clone().filter_map(|it| it.link).collect();
        let mobile = "tel:+447700900456";
        assert_eq!(
            links,
            ["tel:+442079460000;ext=4", mobile, mobile, "tel:1800103001234567", "sms:85258"]
        );
        assert_eq!(
            uses.next_back().map(|it| (it.text, it.can_be_rung)),
            Some(("85258".into(), false))
        );
        let costly = OwnContactEdit {
            phones: Some(vec![number("0901 234 5678")]),
            ..OwnContactEdit::default()
        };
        let refused = phone.edit_own_contact(id.clone(), costly.clone());
        assert!(
            matches!(&refused, Err(PromiseError::CostlyPhoneNumber { cost, .. }) if cost.contains("£3.60")),
            "{refused:?}"
        );
        phone.edit_own_contact(id, OwnContactEdit { cost_confirmed: true, ..costly }).unwrap();
        assert_eq!(phone.own_contacts().unwrap()[0].phones[0].number, "+449012345678");
    }),
    ("profile", |world| {
        let phone = world.carried("promise.db");
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let period = CarePeriod {
            from: day(2020, 1, 1),
            to: Some(day(2024, 5, 3)),
            short_break: false,
            council: None,
            unknown: serde_json::Map::new(),
        };
        let born = |born| Profile { date_of_birth: Some(born), ..Profile::default() };
        let profile = Profile { care_periods: vec![period], ..born(day(2006, 2, 28)) };
        phone.write_profile(profile.clone()).unwrap();
        assert_eq!(phone.profile(), Ok(profile));
        let impossible = phone.write_profile(born(day(1850, 1, 1)));
        assert_eq!(impossible, Err(PromiseError::Invalid { field: "date_of_birth".into() }));
        phone.write_profile(Profile::default()).unwrap();
        assert_eq!(phone.profile(), Ok(Profile::default()));
    }),
    ("show-to-adviser", |world| {
        let phone = with_note(world);
        let shown = SharedItem::OpportunityNote("p01".into());
        phone.share_with_adviser(shown, "Is this right?".into()).unwrap();
        phone.sync(None).unwrap();
        assert!(world.asks_at_the_council().contains("Is this right?"));
    }),
    ("take-everything-along", |world| {
        let phone = with_note(world);
        let page = phone.export_page(vec!["en".into()], None, false).unwrap();
        assert!(page.contains("<html") && page.contains("Only for me"));
        assert!(phone.export_cards(CardVersion::V4, false).unwrap().contains("Jo Okoro"));
        let labels = phone.export_page(vec!["en".into()], Some("not JSON".into()), false);
        assert_eq!(labels, Err(PromiseError::Invalid { field: "labels".into() }));
    }),
    ("account-erased", |world| {
        let phone = with_note(world);
        phone.erase_account(None).unwrap();
        assert!(phone.promise().unwrap().is_none());
        assert_eq!(phone.council(), Ok(None));
        assert_eq!(phone.sync(None), Err(PromiseError::NotPaired));
    }),
];
