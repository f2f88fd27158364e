//! Which steps to other keys the server accepts.

use promise_protocol::{Change, KeyStep, schema::KEY_REFUSAL};
use serde_json::json;

use crate::{
    devices::pairing,
    fixture::{self, NOW, TestPhone, World, fields, owner},
};

fn first(world: &World, seed: u8) -> KeyStep {
    KeyStep::first(&owner(seed), "barnet", world.ada.as_str())
}

fn step(world: &World, before: u8, next: u8) -> KeyStep {
    fixture::step(before, next, &world.ada)
}

/// A person's phone whose key the server has accepted, and another phone.
fn world_with_key() -> (World, TestPhone, TestPhone) {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut phone, other) = (world.phone(&ada), world.phone(&ada));
    let first = first(&world, 1);
    assert_eq!(phone.propose(&mut world, vec![first]).key_accepted.len(), 1);
    (world, phone, other)
}

/// How many reports another phone of the person receives.
fn reports(world: &mut World, phone: &mut TestPhone) -> usize {
    let response = phone.sync(world, Vec::new());
    response.changes.iter().filter(|change| change.collection == KEY_REFUSAL.0).count()
}

#[test]
fn step_from_key_in_use_is_accepted_and_signed_for_every_phone() {
    let (mut world, mut phone, mut other) = world_with_key();
    let step = step(&world, 1, 2);
    let accepted = phone.propose(&mut world, vec![step.clone()]).key_accepted;
    let change = step.accepted(accepted[0].stamp.clone(), Some(accepted[0].signature.clone()));
    let ada = world.ada.clone();
    assert!(world.is_signed(ada.as_str(), &change));
    let pulled = other.sync(&mut world, Vec::new()).changes;
    assert!(pulled.contains(&change), "{pulled:?}");
    assert_eq!(phone.propose(&mut world, vec![step]).key_accepted, accepted, "sent again");
}

#[test]
fn chain_of_steps_is_accepted_until_one_does_not_fit() {
    let (mut world, mut phone, _) = world_with_key();
    let steps =
        vec![step(&world, 1, 2), step(&world, 2, 3), step(&world, 1, 4), step(&world, 4, 5)];
    assert_eq!(phone.propose(&mut world, steps).key_accepted.len(), 2);
}

#[test]
fn step_that_comes_late_is_refused_without_a_report() {
    let (mut world, mut phone, mut other) = world_with_key();
    let (one, two) = (step(&world, 1, 2), step(&world, 1, 3));
    phone.propose(&mut world, vec![one]);
    assert_eq!(other.propose(&mut world, vec![two]).key_accepted, []);
    assert_eq!(reports(&mut world, &mut phone), 0);
}

/// A phone of the person that was paired a moment before NOW.
fn paired_before(world: &mut World) -> TestPhone {
    let ada = world.ada.clone();
    let invited =
        world.staff(|tx, scope, random| pairing::invite(tx, scope, &ada, 30, NOW - 1, random));
    let code = invited.unwrap().to_string();
    let paired = world.claim_at(&code, None, NOW - 1).expect("a fresh code pairs");
    TestPhone::new(&ada, &paired)
}

/// It took itself for the first phone of the person too. That is no attack.
#[test]
fn first_key_of_phone_paired_before_there_was_one_is_refused_without_a_report() {
    let mut world = World::new();
    let (mut phone, mut other) = (paired_before(&mut world), paired_before(&mut world));
    let (one, two) = (first(&world, 1), first(&world, 2));
    assert_eq!(phone.propose(&mut world, vec![one]).key_accepted.len(), 1);
    assert_eq!(other.propose(&mut world, vec![two]).key_accepted, []);
    assert_eq!(reports(&mut world, &mut phone), 0);
}

#[test]
fn forged_step_is_refused_and_reported_once_a_day() {
    let (mut world, mut phone, mut other) = world_with_key();
    let by_attacker = KeyStep { before: Some(owner(1).public_key()), ..step(&world, 9, 9) };
    let of_other_person = KeyStep::after(&owner(1), owner(2).public_key(), "barnet", "bea");
    let forged = [first(&world, 9), step(&world, 9, 8), by_attacker, of_other_person];
    for step in forged {
        assert_eq!(other.propose(&mut world, vec![step]).key_accepted, []);
    }
    assert_eq!(reports(&mut world, &mut phone), 1);
    assert_eq!(reports(&mut world, &mut phone), 0, "nothing new");
}

#[test]
fn phone_cannot_write_steps_as_cells() {
    let (mut world, mut phone, _) = world_with_key();
    let id = "0123456789abcdef";
    let edit = phone.change(NOW, "account_key", id, json!({"key": owner(9).public_key()}));
    let response = phone.sync(&mut world, vec![edit]);
    assert_eq!(response.verdicts[0].reason, "not_owner");
}

/// A restore lost the first history with the phones that had it, and a newer backup brought it back.
#[test]
fn each_of_two_histories_goes_on_and_the_first_one_clears() {
    let (mut world, mut phone, _) = world_with_key();
    let (ada, mut other) = (world.ada.clone(), World::new());
    assert_eq!(other.ada, ada);
    // Each takes a stamp, so that the other history is the later one.
    let mut theirs = [(); 4].map(|()| other.phone(&ada)).into_iter().next().unwrap();
    let begun = first(&other, 2);
    let accepted = theirs.propose(&mut other, vec![begun.clone()]).key_accepted.remove(0);
    let begun = begun.accepted(accepted.stamp, Some(accepted.signature));
    assert!(phone.sync(&mut world, vec![begun]).verdicts.is_empty());
    for (before, next, count) in [(1, 3, 1), (2, 4, 1), (1, 5, 0)] {
        let step = step(&world, before, next);
        assert_eq!(phone.propose(&mut world, vec![step]).key_accepted.len(), count);
    }
    let value = phone.change(NOW, "saved", "o1", json!({"note": "s1.mine"}));
    phone.sync(&mut world, vec![value.clone()]);
    let clear = Change { fields: fields(json!({"note": null})), ..value };
    for (key, refused) in [(4, 1), (3, 0)] {
        phone.key = Some(key);
        assert_eq!(phone.sync(&mut world, vec![clear.clone()]).verdicts.len(), refused);
    }
}
