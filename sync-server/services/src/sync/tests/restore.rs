//! Tests of a new generation, and of the order of staff stamps.

use promise_protocol::CellKey;
use serde_json::json;

use super::ask;
use crate::{
    fixture::{NOW, World, fields},
    generation, staff_writes,
};
use promise_database_sqlite::SqliteConnection;

#[test]
fn request_of_other_generation_applies_nothing() {
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
fn resent_staff_change_needs_its_signature_after_restore() {
    let mut world = World::new();
    let (ada, contact) = (world.ada.clone(), world.contact.clone());
    let mut phone = world.phone(&ada);
    let backup = world.store.snapshot().unwrap();
    let email = fields(json!({"email": "new@example.org", "team": "Leaving care"}));
    // The server's clock ran an hour ahead when this was written.
    let later = NOW + 3_600_000;
    world
        .staff(|tx, scope, _| {
            staff_writes::write(tx, scope, &ada, "contact", &contact, email, later)
        })
        .unwrap();
    let pulled = phone.sync(&mut world, vec![]).changes;
    let lost = pulled.into_iter().find(|change| change.fields.contains_key("team")).unwrap();

    world.store = SqliteConnection::from_snapshot(&backup, crate::fixture::signer()).unwrap();
    let generation = world.staff(|tx, _, random| generation::begin(tx, random)).unwrap();
    assert_ne!(phone.generation, generation.id);
    (phone.generation, phone.since) = (generation.id, 0);
    let mut forged = lost.clone();
    forged.fields.insert("email".into(), json!("me@example.org"));
    let mut bare = lost.clone();
    bare.signature = None;
    let answer = phone.sync(&mut world, vec![forged]);
    assert!(answer.verdicts.iter().all(|verdict| verdict.reason == "not_owner") || answer.skew);
    assert!(phone.sync(&mut world, vec![bare]).skew, "it is an hour ahead, and proves nothing");
    let answer = phone.sync(&mut world, vec![lost.clone()]);
    assert!(answer.taken && answer.verdicts.is_empty());
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("contact", &contact, "email")));
    assert_eq!(held.unwrap().cell.value, "new@example.org");

    let again = fields(json!({"email": "newest@example.org"}));
    world
        .staff(|tx, scope, _| staff_writes::write(tx, scope, &ada, "contact", &contact, again, NOW))
        .unwrap();
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("contact", &contact, "email"))).unwrap();
    assert!(held.cell.stamp > lost.stamp, "staff's stamps go on after it");
    assert_eq!(held.cell.value, "newest@example.org");
}

#[test]
fn phone_stamp_does_not_advance_staff_stamps() {
    let mut world = World::new();
    let (ada, contact) = (world.ada.clone(), world.contact.clone());
    let mut phone = world.phone(&ada);
    let edit = ask(&phone, NOW + 500_000, "ahead");
    assert!(phone.sync(&mut world, vec![edit]).taken);
    let team = fields(json!({"team": "Leaving care"}));
    world
        .staff(|tx, scope, _| {
            staff_writes::write(tx, scope, &ada, "contact", &contact, team, NOW + 1)
        })
        .unwrap();
    let held = world.run(|tx| tx.cell(&ada, &CellKey::new("contact", &contact, "team"))).unwrap();
    assert_eq!(held.cell.stamp.reading, promise_protocol::Reading::at_millis(NOW + 1));
}
