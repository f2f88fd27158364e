//! The person's own contacts: written, found, hidden, taken away.

use promise_core::{OwnContactEdit, PromiseError, own_contacts::OwnContact};
use promise_protocol::values::{PhoneKind, PhoneNumber};
use serde_json::Map;

use crate::common::Pocket;

fn number(typed: &str) -> PhoneNumber {
    let (ext, prefer, unknown) = (None, false, Map::new());
    PhoneNumber { number: typed.into(), kind: PhoneKind::Mobile, ext, prefer, unknown }
}

fn named(name: &str) -> OwnContactEdit {
    OwnContactEdit { display_name: Some(name.into()), ..OwnContactEdit::default() }
}

fn names(contacts: &[OwnContact]) -> Vec<&str> {
    contacts.iter().map(|contact| contact.display_name.as_str()).collect()
}

#[test]
fn an_own_contact_is_kept_as_it_was_written() {
    let pocket = Pocket::paired();
    let phones = vec![
        number("07700 900123"),
        PhoneNumber { prefer: true, ..number("(020) 7946 0000") },
        number("+44 7700 900456"),
        number("999"),
    ];
    let edit = OwnContactEdit {
        role: Some("Foster carer".into()),
        phones: Some(phones),
        email: Some("mo@example.org".into()),
        note: Some("Ring on Sunday".into()),
        ..named("  Mo ")
    };
    let id = pocket.phone.add_own_contact(edit).unwrap();
    let pocket = pocket.reopen();
    let [mo] = &pocket.phone.own_contacts().unwrap()[..] else { panic!("one contact") };
    let numbers: Vec<&str> = mo.phones.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(numbers, ["+442079460000", "+447700900123", "+447700900456", "999"]);
    assert_eq!((mo.id.as_str(), mo.display_name.as_str()), (id.as_str(), "Mo"));
    assert_eq!(mo.role.as_deref(), Some("Foster carer"));
    assert_eq!((mo.organisation.as_deref(), mo.pinned, mo.hidden), (None, false, false));

    // An edit leaves what it does not name, and empties what it says is empty.
    let edit = OwnContactEdit {
        note: Some(String::new()),
        phones: Some(Vec::new()),
        organisation: Some("At home".into()),
        ..OwnContactEdit::default()
    };
    pocket.phone.edit_own_contact(&id, edit).unwrap();
    let [mo] = &pocket.phone.own_contacts().unwrap()[..] else { panic!("one contact") };
    assert_eq!((mo.note.as_deref(), mo.phones.len()), (None, 0));
    assert_eq!(mo.organisation.as_deref(), Some("At home"));
    assert_eq!(mo.email.as_deref(), Some("mo@example.org"));
    // It can be written again as it is read: a kept number is understood too.
    let again = OwnContactEdit { phones: Some(vec![number("+447700900123")]), ..named("Mo") };
    pocket.phone.edit_own_contact(&id, again).unwrap();

    pocket.phone.delete_own_contact(&id).unwrap();
    assert!(pocket.phone.own_contacts().unwrap().is_empty());
    assert!(!pocket.phone.export().unwrap().to_string().contains("Foster carer"));
    assert_eq!(pocket.phone.delete_own_contact(&id), Err(PromiseError::NotFound));
    assert_eq!(pocket.phone.edit_own_contact(&id, named("Mo")), Err(PromiseError::NotFound));
}

#[test]
fn pinned_ones_come_first_and_hidden_ones_stand_apart() {
    let pocket = Pocket::paired();
    for name in ["zoe", "Abe", "max"] {
        pocket.phone.add_own_contact(named(name)).unwrap();
    }
    let pinned = OwnContactEdit { pinned: Some(true), ..named("Yan") };
    pocket.phone.add_own_contact(pinned).unwrap();
    let hidden = OwnContactEdit { hidden: Some(true), ..named("Bo") };
    pocket.phone.add_own_contact(hidden).unwrap();
    assert_eq!(names(&pocket.phone.own_contacts().unwrap()), ["Yan", "Abe", "max", "zoe"]);
    assert_eq!(names(&pocket.phone.hidden_own_contacts().unwrap()), ["Bo"]);
}

#[test]
fn search_finds_them_but_not_hidden_or_deleted_ones() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    let doctor = OwnContactEdit {
        role: Some("Doctor".into()),
        note: Some("Near the café".into()),
        ..named("Dr Núñez")
    };
    let id = phone.add_own_contact(doctor).unwrap();
    let finds = |words: &str| phone.search(words).unwrap().iter().any(|found| found.id == id);
    assert!(finds("nunez") && finds("doctor") && finds("cafe"));
    let hide = |hidden| OwnContactEdit { hidden: Some(hidden), ..OwnContactEdit::default() };
    phone.edit_own_contact(&id, hide(true)).unwrap();
    assert!(!finds("nunez"));
    phone.edit_own_contact(&id, named("Dr Ortiz")).unwrap();
    assert!(!finds("ortiz"), "still hidden");
    phone.edit_own_contact(&id, hide(false)).unwrap();
    assert!(finds("ortiz") && !finds("nunez"));
    phone.delete_own_contact(&id).unwrap();
    assert!(!finds("ortiz"));
}

#[test]
fn what_cannot_be_a_contact_saves_nothing() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    let id = phone.add_own_contact(named("Mo")).unwrap();
    let before = phone.export().unwrap();
    let no_name = PromiseError::Invalid { field: "display_name".into() };
    for nameless in [OwnContactEdit::default(), named(""), named(" \n")] {
        assert_eq!(phone.add_own_contact(nameless), Err(no_name.clone()));
    }
    assert_eq!(phone.edit_own_contact(&id, named(" ")), Err(no_name));
    for typed in ["", "call me", "07700 90012", "07700 900123/4", "+", "0000"] {
        let edit = OwnContactEdit { phones: Some(vec![number(typed)]), ..named("Bo") };
        assert_eq!(phone.add_own_contact(edit), Err(PromiseError::NumberNotUnderstood), "{typed}");
    }
    let too_long = |field: &str| PromiseError::TooLong { field: field.into() };
    let many = OwnContactEdit { phones: Some(vec![number("999"); 11]), ..named("Bo") };
    assert_eq!(phone.add_own_contact(many), Err(too_long("phones")));
    assert_eq!(phone.add_own_contact(named(&"x".repeat(121))), Err(too_long("display_name")));
    assert_eq!(phone.edit_own_contact("gone", named("Bo")), Err(PromiseError::NotFound));
    assert_eq!(phone.export().unwrap(), before);
    assert!(PromiseError::NumberNotUnderstood.to_string().contains("07700 900123"));
}

#[test]
fn nobody_is_sent_an_own_contact_in_the_clear() {
    let pocket = Pocket::paired();
    pocket.phone.add_own_contact(named("canary name")).unwrap();
    pocket.sync().unwrap();
    let sent = serde_json::to_string(&pocket.server.requests()).unwrap();
    assert!(!sent.contains("canary name"));
}

#[test]
fn a_phone_that_was_never_paired_says_so() {
    let pocket = Pocket::unpaired();
    assert_eq!(pocket.phone.add_own_contact(named("Mo")), Err(PromiseError::NotPaired));
    assert!(pocket.phone.own_contacts().unwrap().is_empty());
}
