//! Tests of what the server accepts from a phone.

use promise_protocol::{CellKey, Change};
use serde_json::{Value, json};

use super::{ask, history, texts};
use crate::{
    ServiceError,
    fixture::{NOW, TestPhone, World, fields},
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

/// Seeds 4024 and 9754: the greater value was cleared although its key was in use, and every phone that
/// held it is lost. The lower one is all that is left.
#[test]
fn value_with_lower_stamp_replaces_clear() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let key = CellKey::new("saved", "o1", "note");
    let clear = phone.change(NOW + 5, "saved", "o1", json!({"note": null}));
    let lower = phone.change(NOW + 4, "saved", "o1", json!({"note": "s1.lower"}));
    let greater = phone.change(NOW + 5, "saved", "o1", json!({"note": "s1.greater"}));
    for (change, held) in [(&clear, json!(null)), (&lower, json!("s1.lower"))] {
        assert!(phone.sync(&mut world, vec![change.clone()]).taken);
        assert_eq!(world.run(|tx| tx.cell(&ada, &key)).unwrap().cell.value, held);
        assert!(world.run(|tx| tx.history(&ada, &key)).is_empty());
    }
    // A phone that holds the greater value sends it again, and it wins.
    phone.sync(&mut world, vec![greater]);
    assert_eq!(world.run(|tx| tx.cell(&ada, &key)).unwrap().cell.value, "s1.greater");
}

/// A restore can bring back a key under which another phone has cleared cells in the meantime,
/// and what is sealed with it again must be taken.
#[test]
fn cleared_value_is_taken_again_with_its_stamp() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut one, mut two) = (world.phone(&ada), world.phone(&ada));
    let key = CellKey::new("saved", "o1", "note");
    let value = one.change(NOW, "saved", "o1", json!({"note": "s1.one"}));
    let clear = Change { fields: fields(json!({"note": null})), ..value.clone() };
    one.sync(&mut world, vec![]);
    for change in [&value, &clear, &value] {
        let rev = world.rev(&ada);
        assert!(two.sync(&mut world, vec![change.clone()]).taken);
        assert_eq!(world.rev(&ada), rev + 1, "the other phones are to get it");
        two.sync(&mut world, vec![change.clone()]);
        assert_eq!(world.rev(&ada), rev + 1, "the same again changes nothing");
        assert_eq!(one.sync(&mut world, vec![]).changes, std::slice::from_ref(change));
        assert!(world.run(|tx| tx.history(&ada, &key)).is_empty());
    }
}

#[test]
fn clear_keeps_value_with_greater_stamp() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
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
