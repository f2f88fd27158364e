//! Importing cards of an address book as own contacts.

use std::fmt::Write;

use promise_core::{
    CardImport, CardState, OwnContactEdit, PocketPhone, PreviewedCard, PromiseError,
    export::cards::CardVersion,
};
use promise_protocol::vcard::{CardRemark, MAX_CARDS};
use serde_json::json;

use crate::common::{Pocket, change, contact};

/// A file of cards of version 3.0, each with these lines.
fn file(cards: &[&str]) -> Vec<u8> {
    let mut file = String::new();
    for card in cards {
        write!(file, "BEGIN:VCARD\r\nVERSION:3.0\r\n{card}\r\nEND:VCARD\r\n").unwrap();
    }
    file.into_bytes()
}

fn states(phone: &PocketPhone, file: &[u8]) -> Vec<CardState> {
    phone.own_contacts().preview_cards(file).unwrap().iter().map(|card| card.state).collect()
}

/// Imports every card that can be.
fn import(phone: &PocketPhone, file: &[u8]) -> CardImport {
    let cards = phone.own_contacts().preview_cards(file).unwrap();
    let is_possible =
        |card: &&PreviewedCard| !matches!(card.state, CardState::NoName | CardState::Unfinished);
    let positions: Vec<u32> = cards.iter().filter(is_possible).map(|card| card.position).collect();
    phone.own_contacts().import_cards(file, &positions, false).unwrap()
}

const MIXED: [&str; 4] = [
    "FN:Sam\r\nTEL;type=CELL:07700 900123\r\nNOTE:Likes tea",
    "TEL:999",
    "FN:Zoë\r\nTEL:ask at the desk\r\nPHOTO:data:image/png;base64,AAAA\r\nBDAY:2006-02-28",
    "FN;ENCODING=QUOTED-PRINTABLE:Mo=ZZ\r\nEMAIL:mo@example.org",
];

#[test]
fn preview_shows_every_card_and_saves_nothing() {
    let pocket = Pocket::paired();
    let before = pocket.phone.export().json().unwrap();
    let cards = pocket.phone.own_contacts().preview_cards(&file(&MIXED)).unwrap();
    let shown: Vec<_> =
        cards.iter().map(|card| (card.position, card.display_name.as_str(), card.state)).collect();
    let expected = [
        (1, "Sam", CardState::New),
        (2, "", CardState::NoName),
        (3, "Zoë", CardState::New),
        (4, "Mo=ZZ", CardState::New),
    ];
    assert_eq!(shown, expected);
    assert_eq!(cards[1].phones[0].number, "999", "it can be added by hand");
    assert_eq!(cards[2].note.as_deref(), Some("ask at the desk"));
    let remarks = [
        CardRemark::NoWayToReach,
        CardRemark::NumberInNote,
        CardRemark::PictureLeftOut,
        CardRemark::BirthdayLeftOut,
    ];
    assert_eq!(cards[2].remarks, remarks);
    assert_eq!(cards[3].remarks, [CardRemark::UncertainText]);
    assert_eq!(pocket.phone.export().json().unwrap(), before);
}

#[test]
fn chosen_cards_become_contacts_without_picture_and_birthday() {
    let pocket = Pocket::paired();
    let contacts = pocket.phone.own_contacts();
    let imported = contacts.import_cards(&file(&MIXED), &[3, 1, 3], false).unwrap();
    assert_eq!(imported, CardImport { added: 2, extended: 0, unchanged: 0 });
    let pocket = pocket.reopen();
    let [sam, zoe] = &pocket.phone.own_contacts().list().unwrap()[..] else { panic!("two") };
    assert_eq!((sam.display_name.as_str(), sam.note.as_deref()), ("Sam", Some("Likes tea")));
    assert_eq!(sam.phones[0].number, "+447700900123");
    assert_eq!((zoe.display_name.as_str(), zoe.phones.len()), ("Zoë", 0));
    let everything = pocket.phone.export().json().unwrap().to_string();
    assert!(!everything.contains("2006-02-28") && !everything.contains("AAAA"));
    let found = pocket.phone.search("sam").unwrap();
    assert_eq!(found.len(), 1, "it is found like any other contact");
}

#[test]
fn same_file_again_changes_nothing() {
    let pocket = Pocket::paired();
    let file = file(&MIXED);
    assert_eq!(import(&pocket.phone, &file).added, 3);
    let before = pocket.phone.export().json().unwrap();
    let here = CardState::AlreadyHere;
    assert_eq!(states(&pocket.phone, &file), [here, CardState::NoName, here, here]);
    assert_eq!(import(&pocket.phone, &file), CardImport { unchanged: 3, ..CardImport::default() });
    assert_eq!(pocket.phone.export().json().unwrap(), before);
}

#[test]
fn own_export_adds_nothing_and_restores_what_was_deleted() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let phone = &pocket.phone;
    import(phone, &file(&MIXED));
    for version in [CardVersion::V3, CardVersion::V4] {
        let cards = phone.export().cards(version).unwrap();
        let imported = import(phone, cards.as_bytes());
        assert_eq!(imported, CardImport { unchanged: 4, ..CardImport::default() }, "{version:?}");
        let mut before = phone.own_contacts().list().unwrap();
        let sam = before.iter().find(|contact| contact.display_name == "Sam").unwrap();
        phone.own_contacts().delete(&sam.id).unwrap();
        assert_eq!(import(phone, cards.as_bytes()).added, 1);
        let mut after = phone.own_contacts().list().unwrap();
        for contact in before.iter_mut().chain(&mut after) {
            contact.id = "any".into();
        }
        assert_eq!(before, after);
    }
}

#[test]
fn contact_gets_the_numbers_that_it_lacks() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    import(phone, &file(&["FN:Sam\r\nTEL;type=pref:07700 900123"]));
    let cards = file(&[
        "FN:SAM\r\nTEL;type=pref:020 7946 0000\r\nTEL:+44 7700 900123",
        "FN:Sam\r\nTEL:07700 900123\r\nTEL:07700 900456",
        "FN:Sam\r\nTEL:020 7946 0000",
        "FN:Sam\r\nTEL:07700 900789",
    ]);
    let adds = CardState::AddsNumbers;
    assert_eq!(states(phone, &cards), [adds, adds, CardState::AlreadyHere, CardState::New]);
    let expected = CardImport { added: 1, extended: 2, unchanged: 1 };
    assert_eq!(import(phone, &cards), expected);
    let mut numbers: Vec<Vec<String>> = Vec::new();
    for contact in phone.own_contacts().list().unwrap() {
        numbers.push(contact.phones.into_iter().map(|phone| phone.number).collect());
    }
    numbers.sort();
    let all = ["+447700900123", "+442079460000", "+447700900456"].map(String::from).to_vec();
    assert_eq!(numbers, [all, vec!["+447700900789".to_owned()]], "a namesake stays apart");
}

#[test]
fn of_two_equal_cards_either_one_can_be_chosen() {
    let pocket = Pocket::paired();
    let twice = file(&["FN:Sam\r\nTEL:07700 900123", "FN:Sam\r\nTEL:+447700900123"]);
    assert_eq!(states(&pocket.phone, &twice), [CardState::New, CardState::TwiceInFile]);
    let contacts = pocket.phone.own_contacts();
    assert_eq!(contacts.import_cards(&twice, &[2], false).unwrap().added, 1);
    assert_eq!(contacts.list().unwrap().len(), 1);
}

#[test]
fn contact_of_the_council_is_not_doubled_unless_the_card_has_another_number() {
    let pocket = Pocket::paired();
    let team = json!({"display_name": "", "role": "Duty team", "phones": [
        {"number": "+442079460000", "kind": "duty"}]});
    pocket.receive(vec![contact("ada", "Ada Obi"), change("contact", "duty", 0, team)]);
    let cards = file(&[
        "FN:ada obi\r\nTEL:07700 900123",
        "FN:Duty team\r\nTEL:020 7946 0000",
        "FN:Ada Obi\r\nTEL:07700 900123\r\nTEL:07700 900456",
    ]);
    let here = CardState::AlreadyHere;
    assert_eq!(states(&pocket.phone, &cards), [here, here, CardState::New]);
}

#[test]
fn card_that_exceeds_a_field_keeps_everything_in_its_note() {
    let pocket = Pocket::paired();
    let long = "x".repeat(130);
    let numbers: String = (0..12).fold(String::new(), |mut numbers, last| {
        write!(numbers, "\r\nTEL:07700 9000{last:02}").unwrap();
        numbers
    });
    let card = format!("FN:{long}{numbers}");
    import(&pocket.phone, &file(&[&card]));
    let contact = pocket.phone.own_contacts().list().unwrap().remove(0);
    assert_eq!((contact.display_name.len(), contact.phones.len()), (120, 10));
    let expected = format!("{long}\n07700 900010\n07700 900011");
    assert_eq!(contact.note.as_deref(), Some(expected.as_str()));
    let note = format!("FN:Sam\r\nTEL:999\r\nNOTE:{}", "y".repeat(4_001));
    let cards = pocket.phone.own_contacts().preview_cards(&file(&[&note])).unwrap();
    assert_eq!(cards[0].remarks, [CardRemark::Shortened]);
    assert_eq!(import(&pocket.phone, &file(&[&note])).added, 1);
}

#[test]
fn import_that_fails_saves_nothing() {
    let pocket = Pocket::paired();
    let contacts = pocket.phone.own_contacts();
    let before = pocket.phone.export().json().unwrap();
    let costly = file(&["FN:Sam\r\nTEL:999", "FN:Line\r\nTEL:0901 234 5678"]);
    assert_eq!(contacts.preview_cards(&costly).unwrap()[1].remarks, [CardRemark::CostsExtra]);
    let refused = contacts.import_cards(&costly, &[1, 2], false);
    assert!(matches!(refused, Err(PromiseError::CostlyPhoneNumber { .. })), "{refused:?}");
    let unknown = PromiseError::Invalid { field: "positions".into() };
    for position in [0, 3, u32::MAX] {
        assert_eq!(contacts.import_cards(&costly, &[1, position], true), Err(unknown.clone()));
    }
    let nameless = file(&["TEL:999"]);
    let unchanged = CardImport { unchanged: 1, ..CardImport::default() };
    assert_eq!(contacts.import_cards(&nameless, &[1], false), Ok(unchanged));
    assert_eq!(contacts.preview_cards(b"name,phone"), Err(PromiseError::NoCards));
    assert_eq!(contacts.import_cards(b"", &[], false), Err(PromiseError::NoCards));
    let many = file(&vec!["FN:Sam"; MAX_CARDS + 1]);
    assert_eq!(contacts.preview_cards(&many), Err(PromiseError::CardsTooLarge));
    assert_eq!(pocket.phone.export().json().unwrap(), before);
    assert_eq!(contacts.import_cards(&costly, &[1, 2], true).unwrap().added, 2);
}

#[test]
fn unpaired_phone_previews_and_imports_nothing() {
    let pocket = Pocket::unpaired();
    let contacts = pocket.phone.own_contacts();
    assert_eq!(states(&pocket.phone, &file(&MIXED[..1])), [CardState::New]);
    let imported = contacts.import_cards(&file(&MIXED[..1]), &[1], false);
    assert_eq!(imported, Err(PromiseError::NotPaired));
    assert!(contacts.list().unwrap().is_empty());
}

#[test]
fn locked_phone_neither_previews_nor_imports() {
    let pocket = Pocket::paired();
    let friend = OwnContactEdit {
        display_name: Some("Sam".into()),
        hidden: Some(true),
        ..OwnContactEdit::default()
    };
    pocket.phone.own_contacts().add(friend).unwrap();
    pocket.phone.app_lock().set_pin("4826").unwrap();
    pocket.phone.app_lock().lock();
    let cards = file(&["FN:Sam"]);
    let contacts = pocket.phone.own_contacts();
    assert_eq!(contacts.preview_cards(&cards), Err(PromiseError::Locked));
    assert_eq!(contacts.import_cards(&cards, &[1], false), Err(PromiseError::Locked));
}

#[test]
fn imported_contact_is_never_sent_in_the_clear() {
    let pocket = Pocket::paired();
    import(&pocket.phone, &file(&["FN:canary name\r\nTEL:07700 900123"]));
    pocket.sync().unwrap();
    let sent = serde_json::to_string(&pocket.server.requests()).unwrap();
    assert!(!sent.contains("canary name") && !sent.contains("900123"));
}
