//! Numbers that the council changed: new until the person has seen them, with the old ones beside them.

use promise_core::{ContactEdit, NumberChange, NumberOwner};
use promise_protocol::{Change, ContactId, values::PhoneNumber};
use serde_json::{Value, json};

use crate::common::{Pocket, change, contact, small_edition};

const OLD: &str = "+447700900123";
const NEW: &str = "+447700900456";

fn ada() -> NumberOwner {
    NumberOwner::Contact { id: ContactId::new("ada") }
}

fn duty() -> NumberOwner {
    NumberOwner::Line { id: "duty".into() }
}

fn mobile(number: &str) -> Value {
    json!({"number": number, "kind": "mobile"})
}

/// The council gives Ada these numbers, so many milliseconds after the start.
fn numbers(after: i64, numbers: &Value) -> Change {
    change("contact", "ada", after, json!({"phones": numbers}))
}

fn pocket() -> Pocket {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    pocket
}

/// The changes, each by its owner, its new and its replaced numbers.
fn changes(pocket: &Pocket) -> Vec<(NumberOwner, Vec<String>, Vec<String>)> {
    let dialled = |phones: Vec<PhoneNumber>| phones.into_iter().map(|phone| phone.number).collect();
    let changes = pocket.phone.number_changes().unwrap().into_iter();
    changes
        .map(|NumberChange { owner, new, replaced }| (owner, dialled(new), dialled(replaced)))
        .collect()
}

fn one(owner: NumberOwner, new: &str, old: &str) -> Vec<(NumberOwner, Vec<String>, Vec<String>)> {
    vec![(owner, vec![new.to_owned()], vec![old.to_owned()])]
}

#[test]
fn changed_number_is_new_with_the_old_one_until_seen() {
    let pocket = pocket();
    assert_eq!(changes(&pocket), [], "what arrives first is not new");
    pocket.receive(vec![numbers(1, &json!([mobile(NEW)]))]);
    assert_eq!(changes(&pocket), one(ada(), NEW, OLD));
    let pocket = pocket.reopen();
    assert_eq!(changes(&pocket), one(ada(), NEW, OLD), "it is kept");
    pocket.phone.mark_numbers_seen(&ada()).unwrap();
    assert_eq!(changes(&pocket), []);
    pocket.phone.mark_numbers_seen(&ada()).unwrap();
}

#[test]
fn number_changed_twice_shows_the_one_that_the_person_saw() {
    let pocket = pocket();
    pocket.receive(vec![numbers(1, &json!([mobile("+447700900999")]))]);
    pocket.receive(vec![numbers(2, &json!([mobile(NEW)]))]);
    assert_eq!(changes(&pocket), one(ada(), NEW, OLD));
    pocket.receive(vec![numbers(3, &json!([mobile(OLD)]))]);
    assert_eq!(changes(&pocket), [], "changed back");
}

#[test]
fn only_the_number_that_differs_is_new() {
    let pocket = pocket();
    pocket.receive(vec![numbers(1, &json!([mobile("+442079460001"), mobile(OLD)]))]);
    let added = vec!["+442079460001".to_owned()];
    assert_eq!(changes(&pocket), [(ada(), added, vec![])]);
    pocket.phone.mark_numbers_seen(&ada()).unwrap();
    let reordered =
        json!([mobile(OLD), {"number": "+442079460001", "kind": "duty", "prefer": true}]);
    pocket.receive(vec![numbers(2, &reordered)]);
    assert_eq!(changes(&pocket), [], "the same numbers are dialled");
    let extension = json!([mobile(OLD), {"number": "+442079460001", "kind": "duty", "ext": "4"}]);
    pocket.receive(vec![numbers(3, &extension)]);
    assert_eq!(changes(&pocket), one(ada(), "+442079460001", "+442079460001"), "an extension");
    pocket.receive(vec![numbers(4, &Value::Null)]);
    assert_eq!(changes(&pocket)[0].1, [""; 0], "all were removed");
    assert_eq!(changes(&pocket)[0].2.len(), 2);
}

#[test]
fn changed_number_of_hidden_or_removed_contact_is_not_listed() {
    let pocket = pocket();
    pocket.receive(vec![numbers(1, &json!([mobile(NEW)]))]);
    let hide = |hidden| {
        let edit = ContactEdit { hidden: Some(hidden), ..ContactEdit::default() };
        pocket.phone.contacts().edit(&ContactId::new("ada"), edit).unwrap();
    };
    hide(true);
    assert_eq!(changes(&pocket), []);
    hide(false);
    assert_eq!(changes(&pocket).len(), 1);
    pocket.receive(vec![change("contact", "ada", 2, json!({"deleted": true, "phones": null}))]);
    assert_eq!(changes(&pocket), []);
}

#[test]
fn changed_number_that_the_council_did_not_sign_is_not_new() {
    let pocket = pocket();
    let mut forged = numbers(1, &json!([mobile(NEW)]));
    forged.fields.insert("phones".into(), json!([mobile("+447700900666")]));
    pocket.receive(vec![forged]);
    assert_eq!(changes(&pocket), []);
}

#[test]
fn changed_number_of_a_line_is_new_with_the_old_one_until_seen() {
    let pocket = pocket();
    let mut second = small_edition();
    second.directory.lines.0[0].phones[0].number = "+442079460999".into();
    pocket.server.publish(&second, 2);
    pocket.sync().unwrap();
    assert_eq!(changes(&pocket), one(duty(), "+442079460999", "+442079460000"));
    second.opportunity("barista").title = "A new course".into();
    pocket.server.publish(&second, 3);
    pocket.sync().unwrap();
    assert_eq!(changes(&pocket).len(), 1, "another edition does not hide it");
    pocket.phone.mark_numbers_seen(&duty()).unwrap();
    assert_eq!(changes(&pocket), []);
}

#[test]
fn restore_of_the_server_makes_no_number_new() {
    let pocket = pocket();
    pocket.server.next_takes(promise_protocol::SyncResponse {
        generation: Some("gen00002".into()),
        ..promise_protocol::SyncResponse::default()
    });
    pocket.sync().unwrap();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    assert_eq!(changes(&pocket), []);
}
