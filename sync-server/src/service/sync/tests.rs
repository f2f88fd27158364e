//! The rules of syncing, one test for each.

use promise_protocol::{Cell, CellKey, Change};
use serde_json::{Value, json};

use super::Limits;
use crate::{
    service::{
        ServiceError,
        fixture::{NOW, TestPhone, World, fields, key},
        life, staff_words,
    },
    store::sqlite::SqliteStore,
};

fn ask(phone: &TestPhone, millis: i64, text: &str) -> Change {
    phone.change(millis, "ask", "a1", json!({"text": text}))
}

fn texts(changes: &[Change]) -> Vec<&Value> {
    changes.iter().flat_map(|change| change.fields.values()).collect()
}

fn history(world: &mut World, field: &str) -> Vec<Cell> {
    let (ada, key) = (world.ada.clone(), CellKey::new("ask", "a1", field));
    world.run(|tx| tx.history(&ada, &key))
}

#[test]
fn what_one_phone_writes_reaches_the_other_and_is_not_sent_back() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut old, mut new) = (world.phone(&ada), world.phone(&ada));
    old.sync(&mut world, vec![]);
    new.sync(&mut world, vec![]);
    let edit = ask(&old, NOW, "hello");
    let answer = old.sync(&mut world, vec![edit.clone()]);
    assert!(answer.taken && answer.changes.is_empty());
    assert_eq!(answer.next, Some(2), "the card was 1");
    assert_eq!(new.sync(&mut world, vec![]).changes, [edit]);
    let nothing_new = new.sync(&mut world, vec![]);
    assert_eq!(serde_json::to_string(&nothing_new).unwrap(), format!(r#"{{"now":{NOW}}}"#));
}

#[test]
fn a_refused_cell_has_a_verdict_and_holds_nothing_else_up() {
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
fn a_stamp_from_the_future_stops_the_push_and_not_the_pull() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let ten_minutes = 10 * 60 * 1000;
    let changes = vec![ask(&phone, NOW, "now"), ask(&phone, NOW + ten_minutes + 1, "2066")];
    let answer = phone.sync(&mut world, changes);
    assert!(answer.skew && !answer.taken);
    assert_eq!(answer.changes.len(), 1, "the card is pulled all the same");
    assert_eq!(world.rev(&ada), 1);
    let edge = ask(&phone, NOW + ten_minutes, "edge");
    assert!(phone.sync(&mut world, vec![edge]).taken);
}

#[test]
fn a_late_copy_of_a_request_takes_nothing() {
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
fn the_greatest_stamp_wins_and_what_lost_is_kept() {
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
fn a_page_holds_whole_revisions_and_pages_hold_everything() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    for n in 0..10 {
        let id = format!("a{n}");
        let change = writer.change(
            NOW + n,
            "ask",
            &id,
            json!({"text": "x", "about_pledge": "p1", "deleted": false}),
        );
        writer.sync(&mut world, vec![change]);
    }
    for limits in [Limits { cells: 4, bytes: 1 << 20 }, Limits { cells: 100, bytes: 1 }] {
        reader.since = 0;
        let mut cells = 0;
        loop {
            let before = reader.since;
            let answer = reader.sync_within(&mut world, vec![], limits);
            assert_eq!(reader.since, before + 1, "one revision of 3 to a page");
            cells += texts(&answer.changes).len();
            if !answer.more {
                break;
            }
        }
        assert_eq!((cells, reader.since), (3 + 10 * 3, 11));
    }
}

#[test]
fn revisions_have_no_gaps_and_rise_once_for_a_request() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let many = vec![
        ask(&phone, NOW, "one"),
        ask(&phone, NOW + 1, "two"),
        phone.change(NOW + 2, "ask", "a2", json!({"text": "three"})),
    ];
    for expected in [2, 2, 2] {
        phone.sync(&mut world, many.clone());
        assert_eq!(world.rev(&ada), expected);
    }
    let refused = phone.change(NOW, "ask", "a1", json!({"reply": "no"}));
    phone.sync(&mut world, vec![refused]);
    assert_eq!(world.rev(&ada), 2);
}

#[test]
fn a_cursor_moves_past_revisions_that_hold_nothing_any_more() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    reader.sync(&mut world, vec![]);
    for n in 0..3 {
        let edit = ask(&writer, NOW + n, "again");
        writer.sync(&mut world, vec![edit]);
    }
    let answer = reader.sync(&mut world, vec![]);
    assert_eq!((answer.next, answer.changes.len()), (Some(4), 1));
}

#[test]
fn another_generation_is_answered_and_nothing_else() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    let ours = std::mem::replace(&mut phone.generation, "elsewher".into());
    let edit = ask(&phone, NOW, "hello");
    let answer = phone.sync(&mut world, vec![edit.clone()]);
    assert_eq!(answer.generation.as_ref(), Some(&ours));
    assert!(!answer.taken && answer.changes.is_empty() && answer.next.is_none());
    phone.generation = ours;
    phone.request -= 1;
    assert!(phone.sync(&mut world, vec![edit]).taken, "the number was not used up");
}

#[test]
fn after_a_restore_staffs_words_come_back_with_their_proof_alone() {
    let mut world = World::new();
    let (ada, contact) = (world.ada.clone(), world.contact.clone());
    let mut phone = world.phone(&ada);
    let backup = world.store.snapshot().unwrap();
    let email = fields(json!({"email": "new@example.org", "team": "Leaving care"}));
    // The server's clock ran an hour ahead when this was written.
    let later = NOW + 3_600_000;
    world
        .staff(|tx, scope, _| {
            staff_words::write(tx, scope, &ada, "contact", &contact, email, later)
        })
        .unwrap();
    let pulled = phone.sync(&mut world, vec![]).changes;
    let lost = pulled.into_iter().find(|change| change.fields.contains_key("team")).unwrap();

    world.store = SqliteStore::from_snapshot(&backup).unwrap();
    let life = world.staff(|tx, _, random| life::begin(tx, random)).unwrap();
    assert_ne!(phone.generation, life.generation);
    (phone.generation, phone.since) = (life.generation, 0);
    let mut forged = lost.clone();
    forged.fields.insert("email".into(), json!("me@example.org"));
    let mut bare = lost.clone();
    bare.proof = None;
    let answer = phone.sync(&mut world, vec![forged]);
    assert!(answer.verdicts.iter().all(|verdict| verdict.reason == "not_owner") || answer.skew);
    assert!(phone.sync(&mut world, vec![bare]).skew, "it is an hour ahead, and proves nothing");
    let answer = phone.sync(&mut world, vec![lost.clone()]);
    assert!(answer.taken && answer.verdicts.is_empty());
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("contact", &contact, "email")));
    assert_eq!(held.unwrap().cell.value, "new@example.org");

    let again = fields(json!({"email": "newest@example.org"}));
    world
        .staff(|tx, scope, _| staff_words::write(tx, scope, &ada, "contact", &contact, again, NOW))
        .unwrap();
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("contact", &contact, "email"))).unwrap();
    assert!(held.cell.stamp > lost.stamp, "staff's stamps go on after it");
    assert_eq!(held.cell.value, "newest@example.org");
}

#[test]
fn a_phones_stamp_never_moves_staffs() {
    let mut world = World::new();
    let (ada, contact) = (world.ada.clone(), world.contact.clone());
    let mut phone = world.phone(&ada);
    let edit = ask(&phone, NOW + 500_000, "ahead");
    assert!(phone.sync(&mut world, vec![edit]).taken);
    let team = fields(json!({"team": "Leaving care"}));
    world
        .staff(|tx, scope, _| {
            staff_words::write(tx, scope, &ada, "contact", &contact, team, NOW + 1)
        })
        .unwrap();
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("contact", &contact, "team"))).unwrap();
    assert_eq!(held.cell.stamp.reading, promise_protocol::Reading::at_millis(NOW + 1));
}

#[test]
fn proofs_are_given_with_staffs_words_only() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    let edit = ask(&writer, NOW, "mine");
    writer.sync(&mut world, vec![edit]);
    for change in reader.sync(&mut world, vec![]).changes {
        let is_staffs = change.collection == "contact";
        assert_eq!(change.proof.is_some(), is_staffs);
        assert_eq!(key().verify("barnet", &ada, &change), is_staffs);
    }
}

#[test]
fn nobody_sees_anything_of_somebody_else() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let (mut adas, mut beas) = (world.phone(&ada), world.phone(&bea));
    let edit = ask(&adas, NOW, "between us");
    adas.sync(&mut world, vec![edit]);
    let answer = beas.sync(&mut world, vec![]);
    assert!(answer.changes.is_empty() && answer.next.is_none());
    let same_record = ask(&beas, NOW + 9, "mine");
    beas.sync(&mut world, vec![same_record]);
    let held = world.run(|tx| tx.record(&ada, "ask", "a1"));
    assert_eq!(held[0].cell.value, "between us");
}

#[test]
fn more_cells_than_a_request_may_hold_are_refused_whole() {
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
