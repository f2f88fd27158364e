//! The person's own contacts: added, found, hidden, deleted.

use promise_core::{OwnContact, OwnContactEdit, PromiseError};
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
fn own_contact_is_stored_as_it_was_written() {
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
    let id = pocket.phone.own_contacts().add(edit).unwrap();
    let pocket = pocket.reopen();
    let [mo] = &pocket.phone.own_contacts().list().unwrap()[..] else { panic!("one contact") };
    let numbers: Vec<&str> = mo.phones.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(numbers, ["+442079460000", "+447700900123", "+447700900456", "999"]);
    assert_eq!((mo.id.as_str(), mo.display_name.as_str()), (id.as_str(), "Mo"));
    assert_eq!(mo.role.as_deref(), Some("Foster carer"));
    assert_eq!((mo.organisation.as_deref(), mo.pinned, mo.hidden), (None, false, false));

    // An edit leaves the fields that it does not name, and clears those that it sets to empty.
    let edit = OwnContactEdit {
        note: Some(String::new()),
        phones: Some(Vec::new()),
        organisation: Some("At home".into()),
        ..OwnContactEdit::default()
    };
    pocket.phone.own_contacts().edit(&id, edit).unwrap();
    let [mo] = &pocket.phone.own_contacts().list().unwrap()[..] else { panic!("one contact") };
    assert_eq!((mo.note.as_deref(), mo.phones.len()), (None, 0));
    assert_eq!(mo.organisation.as_deref(), Some("At home"));
    assert_eq!(mo.email.as_deref(), Some("mo@example.org"));
    // A stored number is valid input too.
    let again = OwnContactEdit { phones: Some(vec![number("+447700900123")]), ..named("Mo") };
    pocket.phone.own_contacts().edit(&id, again).unwrap();

    pocket.phone.own_contacts().delete(&id).unwrap();
    assert!(pocket.phone.own_contacts().list().unwrap().is_empty());
    assert!(!pocket.phone.export().json().unwrap().to_string().contains("Foster carer"));
    assert_eq!(pocket.phone.own_contacts().delete(&id), Err(PromiseError::NotFound));
    assert_eq!(pocket.phone.own_contacts().edit(&id, named("Mo")), Err(PromiseError::NotFound));
}

#[test]
fn pinned_contacts_come_first_and_hidden_ones_are_listed_apart() {
    let pocket = Pocket::paired();
    for name in ["zoe", "Abe", "max"] {
        pocket.phone.own_contacts().add(named(name)).unwrap();
    }
    let pinned = OwnContactEdit { pinned: Some(true), ..named("Yan") };
    pocket.phone.own_contacts().add(pinned).unwrap();
    let hidden = OwnContactEdit { hidden: Some(true), ..named("Bo") };
    pocket.phone.own_contacts().add(hidden).unwrap();
    assert_eq!(names(&pocket.phone.own_contacts().list().unwrap()), ["Yan", "Abe", "max", "zoe"]);
    assert_eq!(names(&pocket.phone.own_contacts().list_hidden().unwrap()), ["Bo"]);
}

#[test]
fn search_finds_own_contacts_unless_hidden_or_deleted() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    let doctor = OwnContactEdit {
        role: Some("Doctor".into()),
        note: Some("Near the café".into()),
        ..named("Dr Núñez")
    };
    let id = phone.own_contacts().add(doctor).unwrap();
    let finds = |words: &str| phone.search(words).unwrap().iter().any(|found| id == *found.id);
    assert!(finds("nunez") && finds("doctor") && finds("cafe"));
    let hide = |hidden| OwnContactEdit { hidden: Some(hidden), ..OwnContactEdit::default() };
    phone.own_contacts().edit(&id, hide(true)).unwrap();
    assert!(!finds("nunez"));
    phone.own_contacts().edit(&id, named("Dr Ortiz")).unwrap();
    assert!(!finds("ortiz"), "still hidden");
    phone.own_contacts().edit(&id, hide(false)).unwrap();
    assert!(finds("ortiz") && !finds("nunez"));
    phone.own_contacts().delete(&id).unwrap();
    assert!(!finds("ortiz"));
}

#[test]
fn invalid_contact_saves_nothing() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    let id = phone.own_contacts().add(named("Mo")).unwrap();
    let before = phone.export().json().unwrap();
    let no_name = PromiseError::Invalid { field: "display_name".into() };
    for nameless in [OwnContactEdit::default(), named(""), named(" \n")] {
        assert_eq!(phone.own_contacts().add(nameless), Err(no_name.clone()));
    }
    assert_eq!(phone.own_contacts().edit(&id, named(" ")), Err(no_name));
    for typed in ["", "call me", "07700 90012", "07700 900123/4", "+", "0000"] {
        let edit = OwnContactEdit { phones: Some(vec![number(typed)]), ..named("Bo") };
        assert_eq!(
            phone.own_contacts().add(edit),
            Err(PromiseError::InvalidPhoneNumber),
            "{typed}"
        );
    }
    let too_long = |field: &str| PromiseError::TooLong { field: field.into() };
    let many = OwnContactEdit { phones: Some(vec![number("999"); 11]), ..named("Bo") };
    assert_eq!(phone.own_contacts().add(many), Err(too_long("phones")));
    assert_eq!(phone.own_contacts().add(named(&"x".repeat(121))), Err(too_long("display_name")));
    assert_eq!(phone.own_contacts().edit(&"gone".into(), named("Bo")), Err(PromiseError::NotFound));
    assert_eq!(phone.export().json().unwrap(), before);
    assert!(PromiseError::InvalidPhoneNumber.to_string().contains("07700 900123"));
}

#[test]
fn own_contact_is_never_sent_in_the_clear() {
    let pocket = Pocket::paired();
    pocket.phone.own_contacts().add(named("canary name")).unwrap();
    pocket.sync().unwrap();
    let sent = serde_json::to_string(&pocket.server.requests()).unwrap();
    assert!(!sent.contains("canary name"));
}

#[test]
fn unpaired_phone_adds_no_contact() {
    let pocket = Pocket::unpaired();
    assert_eq!(pocket.phone.own_contacts().add(named("Mo")), Err(PromiseError::NotPaired));
    assert!(pocket.phone.own_contacts().list().unwrap().is_empty());
}

#[test]
fn own_number_is_split_from_its_extension_and_its_digits_are_ascii() {
    let pocket = Pocket::paired();
    let typed = ["020 7946 0000 ext 4", "٠٧٧٠٠ ٩٠٠٤٥٦", "۰۷۷۰۰ ۹۰۰۴۵۶", "０７７００　９００４５６"];
    let edit = OwnContactEdit { phones: Some(typed.map(number).to_vec()), ..named("Mo") };
    pocket.phone.own_contacts().add(edit).unwrap();
    let [mo] = &pocket.phone.own_contacts().list().unwrap()[..] else { panic!("one contact") };
    assert_eq!(mo.phones[0].number, "+442079460000");
    assert_eq!(mo.phones[0].ext.as_deref(), Some("4"));
    assert!(mo.phones[1..].iter().all(|phone| phone.number == "+447700900456"));
    let own_field = PhoneNumber { ext: Some("٤".into()), ..number("020 7946 0000") };
    let edit = OwnContactEdit { phones: Some(vec![own_field]), ..named("Bo") };
    pocket.phone.own_contacts().add(edit).unwrap();
    let bo = pocket.phone.own_contacts().list().unwrap().remove(0);
    assert_eq!(bo.phones[0].ext.as_deref(), Some("4"));
}

#[test]
fn own_number_that_costs_extra_is_saved_once_its_cost_is_confirmed() {
    let pocket = Pocket::paired();
    let contacts = pocket.phone.own_contacts();
    for typed in ["0901 234 5678", "070 1234 5678", "118 500", "18001 0901 234 5678"] {
        let edit = OwnContactEdit { phones: Some(vec![number(typed)]), ..named("Mo") };
        let refused = contacts.add(edit.clone());
        assert!(matches!(refused, Err(PromiseError::CostlyPhoneNumber { .. })), "{refused:?}");
        let id = contacts.add(OwnContactEdit { cost_confirmed: true, ..edit.clone() }).unwrap();
        contacts.edit(&id, edit).unwrap_or_else(|error| panic!("confirmed before: {error}"));
        contacts.delete(&id).unwrap();
    }
    let cheap = OwnContactEdit { phones: Some(vec![number("0845 123 4567")]), ..named("Bo") };
    contacts.add(cheap).unwrap();
}
