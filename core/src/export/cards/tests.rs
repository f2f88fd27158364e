//! Cards, parsed by a second implementation of the RFCs' rules.

use promise_protocol::{
    text::{self, isolate},
    values::PhoneKind,
    vcard::{self, CardRemark},
};
use proptest::{collection::vec, option, prelude::*, sample};
use serde_json::json;

use super::*;
use crate::collections::{contacts::Contact, own_contacts::OwnContact};

fn record(id: &str, fields: serde_json::Value) -> Record {
    let fields = serde_json::from_value(fields).unwrap();
    Record { id: id.into(), fields, ..Record::default() }
}

fn own(fields: serde_json::Value) -> ExportData {
    let record = record("0123456789abc", fields);
    let own_contacts = vec![(OwnContact::from_record(&record), record)];
    ExportData { own_contacts, council: Some("riverbridge".into()), ..ExportData::default() }
}

/// The properties of the cards: names with their parameters, and values as they are written.
fn properties(cards: &str) -> Vec<(String, String)> {
    assert!(cards.is_empty() || cards.ends_with("\r\n"));
    let unfolded = cards.replace("\r\n ", "");
    let lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
    lines.map(|line| line.split_once(':').unwrap()).map(|(a, b)| (a.into(), b.into())).collect()
}

fn value(cards: &str, name: &str) -> Option<String> {
    let found = properties(cards).into_iter().find(|(property, _)| property == name);
    found.map(|(_, value)| unescaped(&value))
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next().unwrap() {
                'n' => text.push('\n'),
                c => text.push(c),
            },
            ',' | ';' => panic!("not escaped: {value}"),
            c => text.push(c),
        }
    }
    text
}

/// The part of a text that a card can hold.
fn kept(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ ,;:\\\\\r\n\"nN]{0,40}", "[é漢😀 ]{0,200}", "[a-z ]{0,300}"]
}

proptest! {
    #[test]
    fn every_value_can_be_parsed_again(
        name in words(), role in option::of(words()), note in option::of(words()),
        number in words(), email in option::of(words()),
    ) {
        let data = own(json!({"display_name": name, "role": role, "note": note, "email": email,
            "phones": [{"number": number, "kind": "mobile"}]}));
        for version in [CardVersion::V3, CardVersion::V4] {
            let cards = cards(&data, version);
            for line in cards.split("\r\n") {
                prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            }
            let v3 = version == CardVersion::V3;
            let email_property = if v3 { "EMAIL;TYPE=INTERNET" } else { "EMAIL" };
            prop_assert_eq!(value(&cards, "FN"), Some(kept(&name)));
            let isolated_note = note.as_deref().map(|note| isolate(note, None));
            let texts = [("TITLE", &role), ("NOTE", &isolated_note), (email_property, &email)];
            for (property, text) in texts {
                let text = text.as_deref().map(kept).filter(|text| !text.is_empty());
                prop_assert_eq!(value(&cards, property), text);
            }
            if v3 {
                let number = Some(kept(&number)).filter(|_| !number.is_empty());
                prop_assert_eq!(value(&cards, "TEL;TYPE=CELL,VOICE"), number);
            }
            let ends = properties(&cards).iter().filter(|(name, _)| name == "END").count();
            prop_assert_eq!(ends, 1);
        }
    }

    #[test]
    fn uid_is_a_unique_uuid(ids in vec("[a-z0-9]{1,13}", 2)) {
        let [one, other] = [0, 1].map(|n| uid("riverbridge", OWN_CONTACT, &ids[n]));
        prop_assert_eq!(one == other, ids[0] == ids[1]);
        prop_assert_ne!(&one, &uid("barnet", OWN_CONTACT, &ids[0]));
        prop_assert_ne!(&one, &uid("riverbridge", CONTACT, &ids[0]));
        let parts: Vec<&str> = one.strip_prefix("urn:uuid:").unwrap().split('-').collect();
        prop_assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        prop_assert!(parts[2].starts_with('8') && parts[3].starts_with(['8', '9', 'a', 'b']));
    }
}

/// Numbers as they are stored.
const NUMBERS: [&str; 8] = [
    "+447700900123",
    "+442079460000",
    "+12025550143",
    "+449012345678",
    "999",
    "116123",
    "85258",
    "1800103001234567",
];

/// A line as it is typed: without line separators, which end it.
fn line() -> impl Strategy<Value = String> {
    words().prop_map(|text| text::clean(&text.replace(['\u{2028}', '\u{2029}'], " ")))
}

fn lines() -> impl Strategy<Value = String> {
    words().prop_map(|text| text::clean_lines(&text.replace(['\u{2028}', '\u{2029}'], "\n")))
}

/// Different numbers, each of any kind.
fn phones() -> impl Strategy<Value = Vec<PhoneNumber>> {
    let uses = (sample::select(PhoneKind::ALL.to_vec()), option::of("[0-9]{1,12}"), any::<bool>());
    let numbers = sample::subsequence(NUMBERS.to_vec(), 0..=NUMBERS.len());
    (numbers, vec(uses, NUMBERS.len())).prop_map(|(numbers, uses)| {
        let phone = |(number, (kind, ext, prefer)): (&str, (PhoneKind, Option<String>, bool))| {
            // Only a whole number is known to have a switchboard behind it.
            let ext = ext.filter(|_| number.starts_with('+'));
            let unknown = serde_json::Map::new();
            PhoneNumber { number: number.to_owned(), kind, ext, prefer, unknown }
        };
        numbers.into_iter().zip(uses).map(phone).collect()
    })
}

proptest! {
    #[test]
    fn exported_contact_is_imported_as_it_was(
        name in line().prop_filter("every contact has a name", |name| !name.is_empty()),
        role in option::of(line()), organisation in option::of(line()), note in option::of(lines()),
        email in option::of("[a-z]{1,9}@example\\.org"), phones in phones(),
    ) {
        let data = own(json!({"display_name": name, "role": role, "organisation": organisation,
            "note": note, "email": email, "phones": phones}));
        let mut phones = preferred_first(phones);
        for phone in &mut phones {
            phone.kind = phone.usable_kind();
        }
        let not_empty = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        for version in [CardVersion::V3, CardVersion::V4] {
            let read = vcard::read(cards(&data, version).as_bytes()).unwrap();
            prop_assert_eq!(read.len(), 1);
            let card = &read[0];
            prop_assert_eq!(&card.name, &name);
            prop_assert_eq!(&card.role, &not_empty(&role));
            let organisation: Vec<String> = not_empty(&organisation).into_iter().collect();
            prop_assert_eq!(&card.organisation, &organisation);
            prop_assert_eq!(&card.phones, &phones);
            prop_assert_eq!(&card.email, &email);
            // The isolates around numbers are added when a note is exported.
            let isolated = |note: &String| isolate(note, None);
            prop_assert_eq!(card.note.as_ref().map(isolated), not_empty(&note).as_ref().map(isolated));
            prop_assert!(card.more.is_empty() && card.problem.is_none());
            let known = [CardRemark::NoWayToReach, CardRemark::CostsExtra];
            prop_assert!(card.remarks.iter().all(|remark| known.contains(remark)));
        }
    }
}

#[test]
fn card_of_a_contact_has_every_property() {
    let fields = json!({"display_name": "Jo Okoro", "role": "Personal adviser", "team": "Leaving care; east",
        "organisation": "Riverbridge Council", "languages": ["en", "ti"], "about": "Housing",
        "email": "jo@riverbridge.example",
        "phones": [{"number": "+442079460000", "kind": "landline"},
                   {"number": "+447700900123", "kind": "mobile", "prefer": true}]});
    let mark = record("c1", json!({"nickname": "Jojo", "note": "Likes tea,\nno sugar"}));
    let record = record("c1", fields);
    let mut contact = Contact::from_records(&record, &mark);
    contact.changed_at = Some("2026-05-03T09:30:00Z".parse().unwrap());
    let data = ExportData {
        contacts: vec![ContactRecords { contact, record, mark }],
        ..ExportData::default()
    };
    let uid = uid("", CONTACT, "c1");
    let expected = format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Pocket Promise//EN\r\nUID:{uid}\r\nFN:Jo Okoro\r\n\
         N:;Jo Okoro;;;\r\nNICKNAME:Jojo\r\nORG:Riverbridge Council;Leaving care\\; east\r\n\
         TITLE:Personal adviser\r\nROLE:Personal adviser\r\n\
         TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+447700900123\r\n\
         TEL;VALUE=uri;TYPE=voice:tel:+442079460000\r\nEMAIL:jo@riverbridge.example\r\n\
         LANG;PREF=1:en\r\nLANG;PREF=2:ti\r\nNOTE:Likes tea\\,\\nno sugar\\nHousing\r\n\
         REV:20260503T093000Z\r\nEND:VCARD\r\n"
    );
    assert_eq!(cards(&data, CardVersion::V4), expected);
    let third = cards(&data, CardVersion::V3);
    assert!(third.contains("VERSION:3.0\r\n") && third.contains("REV:2026-05-03T09:30:00Z\r\n"));
    assert!(third.contains("TEL;TYPE=CELL,VOICE,PREF:+447700900123\r\n"));
}

#[test]
fn empty_fields_have_no_property() {
    let cards = cards(&own(json!({"display_name": "Sam"})), CardVersion::V4);
    let names: Vec<String> = properties(&cards).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["BEGIN", "VERSION", "PRODID", "UID", "FN", "N", "END"]);
    assert_eq!(super::cards(&ExportData::default(), CardVersion::V3), "");
}

#[test]
fn number_in_arabic_note_is_isolated() {
    let data = own(json!({"display_name": "نور", "note": "اتصل 020 7946 0101"}));
    let note = value(&cards(&data, CardVersion::V3), "NOTE");
    assert_eq!(note.as_deref(), Some("اتصل \u{2066}020 7946 0101\u{2069}"));
    // Mende Kikakui runs from right to left too.
    let data = own(json!({"display_name": "Sam", "note": "0\u{1e800}"}));
    let note = value(&cards(&data, CardVersion::V4), "NOTE");
    assert_eq!(note.as_deref(), Some("\u{2066}0\u{2069}\u{1e800}"));
}
