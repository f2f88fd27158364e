//! Tests of what the server accepts from a phone.

use promise_protocol::{CellKey, Change};
use serde_json::{Value, json};

use super::{ask, history, texts};
use crate::{
    ServiceError,
    fixture::{NOW, TestPhone, World, fields, step},
    sync::Limits,
};

#[test]
fn refused_cell_has_a_verdict_and_blocks_no_other() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let changes = vec![
        phone.change(NOW, "ask", "a1", json!({"text": "fine", "reply": "I am my adviser"})),
        phone.change(NOW, "ask", "a2", json!({"text": "x".repeat(2001), "colour": "red"})),
        phone.change(NOW, "asks", "a3", json!({"text": "x"})),
        phone.change(NOW, "ask", "A 4", json!({"text": "x"})),
        phone.change(NOW, "saved", "o1", json!({"note": "in the clear"})),
        phone.change(NOW, "ask", "a5", json!({"text": 5})),
        ask(&phone, NOW + 1, "the last one"),
    ];
    let answer = phone.sync(&mut world, changes);
    assert!(answer.taken);
    let reasons: Vec<_> =
        answer.verdicts.iter().map(|v| (v.id.as_str(), v.reason.as_str())).collect();
    assert_eq!(
        reasons,
        [
            ("a1", "not_owner"),
            ("a2", "unknown_field"),
            ("a2", "too_long"),
            ("a3", "unknown_collection"),
            ("A 4", "bad_record_id"),
            ("o1", "must_be_sealed"),
            ("a5", "wrong_type"),
        ]
    );
    let held = world.run(|tx| tx.record(&ada, "ask", "a1"));
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].cell.value, "the last one");
}

#[test]
fn future_stamp_stops_the_push_and_not_the_pull() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let ten_minutes = 10 * 60 * 1000;
    let changes = vec![ask(&phone, NOW, "now"), ask(&phone, NOW + ten_minutes + 1, "2066")];
    let answer = phone.sync(&mut world, changes);
    assert!(answer.skew && !answer.taken);
    assert_eq!(answer.changes.len(), 1, "the card is pulled all the same");
    assert_eq!(world.rev(&ada), 3, "as before: the card, the phone, and who did it");
    let edge = ask(&phone, NOW + ten_minutes, "edge");
    assert!(phone.sync(&mut world, vec![edge]).taken);
}

#[test]
fn repeated_request_applies_no_changes() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.request = 41;
    let edit = ask(&phone, NOW, "first");
    assert!(phone.sync(&mut world, vec![edit.clone()]).taken);
    for request in [42, 1, 0] {
        phone.request = request;
        phone.since = 0;
        let late = vec![ask(&phone, NOW + 5, "late")];
        let answer = phone.send(&mut world, late, Limits::default()).unwrap();
        assert_eq!((answer.seen_request, answer.taken), (Some(42), false));
        assert!(texts(&answer.changes).contains(&&json!("first")), "the pull half is answered");
    }
}

#[test]
fn greatest_stamp_wins_and_loser_becomes_history() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut one, mut two) = (world.phone(&ada), world.phone(&ada));
    let middle = ask(&one, NOW, "middle");
    one.sync(&mut world, vec![middle.clone()]);
    let rev = world.rev(&ada);
    let early = ask(&two, NOW - 1, "early");
    assert!(two.sync(&mut world, vec![early]).taken);
    assert_eq!(world.rev(&ada), rev, "what loses writes no revision");
    let late = ask(&two, NOW + 1, "late");
    two.sync(&mut world, vec![late]);
    one.sync(&mut world, vec![middle]);
    let kept: Vec<Value> = history(&mut world, "text").into_iter().map(|cell| cell.value).collect();
    assert_eq!(kept, ["middle", "early"]);
    let held = world.run(|tx| tx.record(&ada, "ask", "a1"));
    assert_eq!(held[0].cell.value, "late");
}

#[test]
fn revision_rises_once_per_request_without_gaps() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let many = vec![
        ask(&phone, NOW, "one"),
        ask(&phone, NOW + 1, "two"),
        phone.change(NOW + 2, "ask", "a2", json!({"text": "three"})),
    ];
    for expected in [3, 3, 3] {
        phone.sync(&mut world, many.clone());
        assert_eq!(world.rev(&ada), expected);
    }
    let refused = phone.change(NOW, "ask", "a1", json!({"reply": "no"}));
    phone.sync(&mut world, vec![refused]);
    assert_eq!(world.rev(&ada), 3);
}

#[test]
fn request_with_too_many_cells_is_refused() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let phone = world.phone(&ada);
    let changes = |count: usize| -> Vec<Change> {
        (0..count)
            .map(|n| phone.change(NOW, "ask", &format!("a{n}"), json!({"text": "x"})))
            .collect()
    };
    let send = |world: &mut World, request, count| {
        let phone = TestPhone { request, ..phone.clone() };
        phone.send(world, changes(count), Limits::default())
    };
    assert!(matches!(send(&mut world, 1, 501), Err(ServiceError::TooLarge)));
    assert!(send(&mut world, 1, 500).unwrap().taken);
}

#[test]
fn cleared_sealed_cell_deletes_its_history() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.make_key(&mut world, 1);
    let note = |phone: &TestPhone, millis, value| {
        phone.change(millis, "saved", "o1", json!({"note": value}))
    };
    let key = CellKey::new("saved", "o1", "note");
    let edits = ["s1.one", "s1.two"].map(Value::from);
    for (n, value) in (0..).zip(edits) {
        let edit = note(&phone, NOW + n, value);
        phone.sync(&mut world, vec![edit]);
    }
    assert_eq!(world.run(|tx| tx.history(&ada, &key)).len(), 1);
    let emptied = note(&phone, NOW + 5, Value::Null);
    assert!(phone.sync(&mut world, vec![emptied]).taken);
    let held = world.run(|tx| tx.cell(&ada, &key)).unwrap();
    assert_eq!(held.cell.value, Value::Null);
    assert!(world.run(|tx| tx.history(&ada, &key)).is_empty());
    let again = note(&phone, NOW + 6, "s1.three".into());
    phone.sync(&mut world, vec![again]);
    assert!(world.run(|tx| tx.history(&ada, &key)).is_empty(), "a clear is no edit");
}

/// A phone that does not know yet that the key was replaced sends it again. It is sealed under the next key.
#[test]
fn value_without_greater_stamp_leaves_clear() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.make_key(&mut world, 1);
    let note = |phone: &TestPhone, millis, value| {
        phone.change(millis, "saved", "o1", json!({"note": value}))
    };
    let value = note(&phone, NOW + 5, json!("s1.value"));
    let clear = note(&phone, NOW + 5, json!(null));
    let (lower, later) =
        (note(&phone, NOW + 4, json!("s1.lower")), note(&phone, NOW + 6, json!("s1.later")));
    phone.sync(&mut world, vec![value.clone()]);
    let key = CellKey::new("saved", "o1", "note");
    let after = [
        (clear, json!(null)),
        (value, json!(null)),
        (lower, json!(null)),
        (later, json!("s1.later")),
    ];
    for (change, held) in after {
        assert!(phone.sync(&mut world, vec![change]).taken);
        assert_eq!(world.run(|tx| tx.cell(&ada, &key)).unwrap().cell.value, held);
        assert!(world.run(|tx| tx.history(&ada, &key)).is_empty());
    }
}

#[test]
fn clear_of_nothing_is_not_stored() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.make_key(&mut world, 1);
    let rev = world.rev(&ada);
    let clear = phone.change(NOW, "saved", "o1", json!({"note": null}));
    let response = phone.sync(&mut world, vec![clear]);
    assert!(response.taken && response.verdicts.is_empty());
    assert_eq!(world.rev(&ada), rev);
}

/// A phone that an adviser paired has no words, or the ones before the last change.
#[test]
fn clear_without_the_key_in_use_is_refused() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut phone, mut other) = (world.phone(&ada), world.phone(&ada));
    phone.make_key(&mut world, 1);
    let key = CellKey::new("saved", "o1", "note");
    let value = phone.change(NOW, "saved", "o1", json!({"note": "s1.mine"}));
    phone.sync(&mut world, vec![value.clone()]);
    phone.propose(&mut world, vec![step(1, 2, &ada)]);
    let clear = Change { fields: fields(json!({"note": null})), ..value };
    for number in [None, Some(1), Some(9)] {
        other.key = number;
        let refused = other.sync(&mut world, vec![clear.clone()]).verdicts;
        assert_eq!(refused[0].reason, "not_certified", "{number:?}");
        assert_eq!(world.run(|tx| tx.cell(&ada, &key)).unwrap().cell.value, "s1.mine");
    }
    other.key = Some(2);
    assert!(other.sync(&mut world, vec![clear]).verdicts.is_empty());
    assert_eq!(world.run(|tx| tx.cell(&ada, &key)).unwrap().cell.value, Value::Null);
}

#[test]
fn clear_keeps_value_with_greater_stamp() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.make_key(&mut world, 1);
    let later = phone.change(NOW + 1, "saved", "o1", json!({"note": "s1.later"}));
    let clear = phone.change(NOW, "saved", "o1", json!({"note": null}));
    phone.sync(&mut world, vec![later, clear]);
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("saved", "o1", "note")));
    assert_eq!(held.unwrap().cell.value, "s1.later");
}

#[test]
fn null_with_equal_stamp_replaces_nothing_in_plain_collection() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let text = ask(&phone, NOW, "mine");
    let empty = Change { fields: fields(json!({"text": null})), ..text.clone() };
    phone.sync(&mut world, vec![text]);
    phone.sync(&mut world, vec![empty]);
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("ask", "a1", "text")));
    assert_eq!(held.unwrap().cell.value, "mine");
}
