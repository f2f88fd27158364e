//! What only the person's own phones can read.

use std::sync::Arc;

use chrono::NaiveDate;
use promise_core::{
    OpportunityEdit, OwnContactEdit, PromiseError, RecoveryPhraseState, Shown,
    export::cards::CardVersion, opportunities::OpportunityFilter, profile::Profile,
};
use promise_ffi::PocketPhone;
use promise_protocol::values::{CarePeriod, PhoneKind, PhoneNumber};

use crate::{Scenario, world::World};

fn note(phone: &PocketPhone) -> Option<String> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    phone.opportunities(filter).unwrap().pop().and_then(|listed| listed.saved?.note)
}

/// A phone with something private on it, which was sent.
fn with_note(world: &World) -> Arc<PocketPhone> {
    let phone = world.carried("first.db");
    let edit = OpportunityEdit { note: Some("Only for me".into()), ..OpportunityEdit::default() };
    phone.save_opportunity("p01".into(), edit).unwrap();
    phone.sync(None).unwrap();
    phone
}

fn number(typed: &str) -> PhoneNumber {
    let unknown = serde_json::Map::new();
    PhoneNumber { number: typed.into(), kind: PhoneKind::Mobile, ext: None, prefer: false, unknown }
}

pub const SCENARIOS: &[Scenario] = &[
    ("second-phone-by-words", |world| {
        let first = with_note(world);
        let second = world.carried("second.db");
        assert_eq!(second.status().unwrap().private.words, RecoveryPhraseState::Needed);
        assert_eq!(note(&second), None);
        second.enter_words(first.words().unwrap().join("  ").to_uppercase()).unwrap();
        second.sync(None).unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
    }),
    ("second-phone-by-picture", |world| {
        let first = with_note(world);
        let second = world.open("second.db");
        second.pair_by_link(first.invite_phone(None).unwrap().link, None).unwrap();
        second.sync(None).unwrap();
        assert_eq!(note(&second).as_deref(), Some("Only for me"));
        assert_eq!(first.phones(None).unwrap().len(), 2);
    }),
    ("words-written-down", |world| {
        let phone = world.carried("promise.db");
        let words = phone.words().unwrap();
        assert_eq!(words.len(), 12);
        let asked = phone.words_to_ask().unwrap();
        let right: Vec<String> = asked.iter().map(|at| words[*at as usize - 1].clone()).collect();
        let wrong = vec![right[0].clone(), "wrong".into(), right[2].clone()];
        assert_eq!(phone.check_words(asked.clone(), wrong), Ok(Some(asked[1])));
        assert!(!phone.status().unwrap().private.written_down);
        assert_eq!(phone.check_words(asked, right), Ok(None));
        assert!(phone.status().unwrap().private.written_down);
        let invalid = phone.check_words(vec![3, 2, 1], vec!["a".into(); 3]);
        assert_eq!(invalid, Err(PromiseError::Invalid { field: "positions".into() }));
    }),
    ("words-typed-wrong", |world| {
        let words = with_note(world).words().unwrap();
        let second = world.carried("second.db");
        let few = second.enter_words(words[1..].join(" "));
        assert_eq!(few, Err(PromiseError::WordsCount { found: 11 }));
        let none = second.enter_words(format!("nosuchword {}", words[1..].join(" ")));
        assert_eq!(none, Err(PromiseError::WordNotOnTheList { position: 1 }));
        let others = second.enter_words(format!("{}about", "abandon ".repeat(11)));
        assert_eq!(others, Err(PromiseError::WordsOfAnother));
    }),
    ("lost-phone", |world| {
        let first = with_note(world);
        let second = world.carried("second.db");
        let lost = first.phones(None).unwrap().into_iter().find(|phone| !phone.this).unwrap();
        first.revoke_phone(lost.id, None).unwrap();
        first.change_words().unwrap();
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
        assert_eq!(editing, Err(PromiseError::NumberNotUnderstood));
        let hide = OwnContactEdit { hidden: Some(true), ..OwnContactEdit::default() };
        phone.edit_own_contact(id.clone(), hide).unwrap();
        assert_eq!(phone.hidden_own_contacts().unwrap().len(), 1);
        phone.delete_own_contact(id).unwrap();
        assert!(phone.hidden_own_contacts().unwrap().is_empty());
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
        let shown = Shown::OpportunityNote("p01".into());
        phone.show_to_adviser(shown, "Is this right?".into()).unwrap();
        phone.sync(None).unwrap();
        assert!(world.asks_at_the_council().contains("Is this right?"));
    }),
    ("take-everything-along", |world| {
        let phone = with_note(world);
        let page = phone.export_page(vec!["en".into()], None).unwrap();
        assert!(page.contains("<html") && page.contains("Only for me"));
        assert!(phone.export_cards(CardVersion::V4).unwrap().contains("Jo Okoro"));
        let labels = phone.export_page(vec!["en".into()], Some("not JSON".into()));
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
