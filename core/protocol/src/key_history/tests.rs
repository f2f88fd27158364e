//! Tests of steps and of the key that they lead to.

use super::*;
use crate::signature::SEED_BYTES;

fn owner(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
}

fn key(seed: u8) -> PublicKey {
    owner(seed).public_key()
}

fn step(before: u8, next: u8) -> KeyStep {
    KeyStep::after(&owner(before), key(next), "barnet", "ada")
}

fn first(seed: u8) -> KeyStep {
    KeyStep::first(&owner(seed), "barnet", "ada")
}

fn stamp(millis: i64) -> Stamp {
    Stamp::new(crate::Reading::at_millis(millis), "s00000001".parse().unwrap())
}

/// The history of these steps, each with the time of its acceptance.
fn history(steps: &[(i64, KeyStep)]) -> KeyHistory {
    let changes: Vec<_> = steps.iter().map(|(at, step)| step.accepted(stamp(*at), None)).collect();
    KeyHistory::of_cells(changes.iter().flat_map(Change::cells))
}

#[test]
fn step_is_certified_by_the_key_before_and_for_its_person_only() {
    for good in [step(1, 2), first(1)] {
        assert!(good.is_certified("barnet", "ada"));
        assert!(!good.is_certified("camden", "ada"), "another council");
        assert!(!good.is_certified("barnet", "bea"), "another person");
        let edits: [fn(&mut KeyStep); 4] = [
            |step| step.before = Some(key(9)),
            |step| step.before = if step.before.is_some() { None } else { Some(step.key.clone()) },
            |step| step.key = key(9),
            |step| step.certificate = Signature::new("A".repeat(86)),
        ];
        for edit in edits {
            let mut forged = good.clone();
            edit(&mut forged);
            assert!(!forged.is_certified("barnet", "ada"), "{forged:?}");
        }
    }
    let by_itself = KeyStep { before: Some(key(1)), ..step(9, 9) };
    assert!(!by_itself.is_certified("barnet", "ada"));
    let of_no_key = KeyStep { certificate: step(1, 2).certificate, ..first(2) };
    assert!(!of_no_key.is_certified("barnet", "ada"), "a later key as the first one");
}

#[test]
fn change_of_a_step_is_read_as_that_step_alone() {
    for step in [step(1, 2), first(1)] {
        let good = step.accepted(stamp(1), None);
        assert_eq!(good.id.len(), 16);
        assert_eq!(KeyStep::of_change(&good), Some(step));
        let edits: [fn(&mut Change); 5] = [
            |change| change.id = first(7).id(),
            |change| change.collection = "ask".into(),
            |change| drop(change.fields.insert("more".into(), json!(1))),
            |change| drop(change.fields.insert("key".into(), json!(key(7)))),
            |change| drop(change.fields.insert("before".into(), Value::Null)),
        ];
        for edit in edits {
            let mut other = good.clone();
            edit(&mut other);
            assert_eq!(KeyStep::of_change(&other), None, "{other:?}");
        }
    }
    assert_ne!(step(1, 2).id(), step(2, 1).id());
    assert_ne!(step(1, 2).id(), first(2).id());
}

#[test]
fn steps_lead_to_the_key_in_use_in_whatever_order_they_come() {
    let steps = [(1, first(1)), (2, step(1, 2)), (3, step(2, 3))];
    let mut backwards = steps.clone();
    backwards.reverse();
    for steps in [&steps, &backwards] {
        assert_eq!(history(steps).in_use(&key(1)), key(3));
    }
    assert_eq!(history(&steps[..1]).in_use(&key(1)), key(1));
    assert_eq!(
        history(&[(3, step(2, 3)), (1, first(1))]).in_use(&key(1)),
        key(1),
        "a step is missing"
    );
}

/// A restore lost the step to key 2. The restored server accepted one to key 9, of someone with the first phrase.
#[test]
fn step_that_was_accepted_first_counts_after_a_restore_too() {
    let forked =
        [(1, first(1)), (5, step(1, 9)), (6, step(9, 8)), (2, step(1, 2)), (7, step(2, 3))];
    assert_eq!(history(&forked).in_use(&key(1)), key(3));
    let reached = history(&forked);
    assert_eq!(reached.reached_from(&key(1)).len(), 5);
    assert_eq!(reached.reached_from(&key(9)).len(), 2);
}

#[test]
fn first_key_that_was_accepted_first_comes_first() {
    let two = history(&[(4, first(2)), (3, first(1)), (1, step(1, 5))]);
    assert_eq!(two.first_keys().collect::<Vec<_>>(), [&key(1), &key(2)]);
    assert_eq!(two.began(), Some(&stamp(3)));
    assert!(two.has_key(&key(5)) && !two.has_key(&key(6)));
    assert_eq!(two.accepted(&first(2)), Some(&stamp(4)));
    assert_eq!(two.accepted(&first(5)), None);
}

#[test]
fn circle_of_steps_ends() {
    let circle = history(&[(1, first(1)), (2, step(1, 2)), (3, step(2, 1))]);
    assert_eq!(circle.in_use(&key(1)), key(2));
    assert_eq!(circle.reached_from(&key(2)).len(), 2);
}

#[test]
fn cells_that_are_no_step_are_left_out() {
    let mut change = first(1).accepted(stamp(1), None);
    change.fields.remove("certificate");
    assert!(KeyHistory::of_cells(change.cells()).is_empty());
}
