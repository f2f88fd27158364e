//! Tests of steps and of the key that they lead to.

use super::*;
use crate::{fresh_start::fresh_start, signature::SEED_BYTES};

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
    for text in ["", "no key", &"A".repeat(44), &"A".repeat(4_000)] {
        let step = KeyStep::after(&owner(1), PublicKey::new(text), "barnet", "ada");
        assert!(!step.is_certified("barnet", "ada"), "{text}");
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
        let edits: [fn(&mut Change); 6] = [
            |change| change.stamp = stamp(2),
            |change| change.id = first(7).id(&change.stamp),
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
    let at = stamp(1);
    assert_ne!(step(1, 2).id(&at), step(2, 1).id(&at));
    assert_ne!(step(1, 2).id(&at), first(2).id(&at));
    assert_ne!(
        step(1, 2).id(&at),
        step(1, 2).id(&stamp(2)),
        "it is accepted again after a restore"
    );
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
    assert_eq!(KeyHistory::of_cells(change.cells()).began(), None);
}

/// A restored server that had lost a step accepted another one, and a later one the first again.
#[test]
fn step_that_is_accepted_again_counts_from_the_first_time() {
    let known = [(1, first(1)), (2, step(1, 2)), (5, step(1, 9))];
    let again = [(1, first(1)), (2, step(1, 2)), (5, step(1, 9)), (8, step(1, 2))];
    for steps in [&known[..], &again[..]] {
        assert_eq!(history(steps).in_use(&key(1)), key(2));
        assert_eq!(history(steps).accepted(&step(1, 2)), Some(&stamp(2)));
    }
    assert_eq!(history(&again[2..]).accepted(&step(1, 2)), Some(&stamp(8)));
}

/// Whatever is learned, and in whatever order: what was cleared under a replaced key is never needed again.
#[test]
fn key_that_was_replaced_never_comes_back() {
    let steps = [
        (1, first(1)),
        (2, step(1, 2)),
        (3, step(2, 3)),
        (4, step(1, 4)),
        (5, step(4, 5)),
        (6, step(4, 7)),
        (7, step(1, 6)),
    ];
    for order in 0..720 {
        let (mut left, mut known, mut used) =
            (steps[1..].to_vec(), vec![steps[0].clone()], Vec::new());
        let mut number = order;
        while !left.is_empty() {
            known.push(left.remove(number % left.len()));
            number /= left.len() + 1;
            let in_use = history(&known).in_use(&key(1));
            if used.last() != Some(&in_use) {
                assert!(!used.contains(&in_use), "{known:?}");
                used.push(in_use);
            }
        }
    }
}

/// The limit of that: two restores lost the acceptance of a step, and in between the server accepted another one.
#[test]
fn key_that_lost_comes_back_only_by_an_earlier_acceptance_of_its_own_step() {
    let learned = [(1, first(1)), (6, step(1, 2)), (4, step(1, 4)), (2, step(1, 2))];
    let in_use = |count: usize| history(&learned[..count]).in_use(&key(1));
    assert_eq!([2, 3, 4].map(in_use), [key(2), key(4), key(2)]);
    let gone_on = [&learned[..], &[(7, step(4, 5)), (8, step(2, 3))]].concat();
    assert_eq!(history(&gone_on).in_use(&key(1)), key(3), "a key that was gone on from does not");
}

#[test]
fn last_key_of_each_history_can_go_on() {
    let two = history(&[(1, first(1)), (2, step(1, 2)), (3, first(8)), (4, step(8, 9))]);
    assert_eq!(two.last_keys().collect::<Vec<_>>(), [key(2), key(9)]);
    assert_eq!(history(&[]).last_keys().next(), None);
}

#[test]
fn fresh_start_ends_what_was_accepted_before_it() {
    let mut changes: Vec<_> = [(1, first(1)), (2, step(1, 2)), (6, first(3)), (7, step(3, 4))]
        .iter()
        .map(|(at, step)| step.accepted(stamp(*at), None))
        .collect();
    let after = |changes: &[Change]| KeyHistory::of_cells(changes.iter().flat_map(Change::cells));
    assert_eq!(after(&changes).began(), Some(&stamp(1)));
    changes.push(fresh_start(stamp(5)));
    assert!(changes.last().is_some_and(is_fresh_start));
    let afresh = after(&changes);
    assert_eq!(afresh.last_keys().collect::<Vec<_>>(), [key(4)]);
    assert_eq!(afresh.began(), Some(&stamp(6)));
    assert_eq!(afresh.accepted(&step(1, 2)), None, "it would begin nothing");
    assert!(afresh.has_key(&key(2)), "it is known to be an earlier one");
    changes.truncate(2);
    changes.push(fresh_start(stamp(5)));
    assert_eq!(after(&changes).began(), None, "the next phone makes the first key");
}

#[test]
fn change_with_other_fields_is_no_fresh_start() {
    let good = fresh_start(stamp(1));
    let edits: [fn(&mut Change); 4] = [
        |change| change.id = "another".into(),
        |change| change.collection = "ask".into(),
        |change| drop(change.fields.insert("afresh".into(), json!(false))),
        |change| drop(change.fields.insert("more".into(), json!(1))),
    ];
    for edit in edits {
        let mut other = good.clone();
        edit(&mut other);
        assert!(!is_fresh_start(&other), "{other:?}");
    }
}

/// A step as the server reads it from a request.
fn read_from_a_request(step: &KeyStep) -> KeyStep {
    let mut wire = Vec::new();
    serialize_short(std::slice::from_ref(step), &mut serde_json::Serializer::new(&mut wire))
        .unwrap();
    let mut read: Vec<KeyStep> = serde_json::from_slice(&wire).unwrap();
    read.remove(0)
}

#[test]
fn step_of_a_request_is_whole_again_with_the_history() {
    let history = history(&[(1, first(1)), (2, step(1, 2))]);
    for sent in [first(1), step(1, 2), step(2, 3)] {
        let read = read_from_a_request(&sent);
        assert!(read.before.as_ref().is_none_or(|before| before.as_str().len() == SHORT_KEY));
        assert_eq!(history.whole(&read, "barnet", "ada"), sent);
        assert_eq!(history.whole(&sent, "barnet", "ada"), sent, "one that is whole already");
    }
    let unknown = read_from_a_request(&step(8, 9));
    assert!(!history.whole(&unknown, "barnet", "ada").is_certified("barnet", "ada"));
}

/// An empty text points to every key.
#[test]
fn key_that_certified_the_step_is_the_one_before() {
    let history = history(&[(1, first(1)), (2, step(1, 2))]);
    for sent in [step(1, 7), step(2, 7)] {
        let vague = KeyStep { before: Some(PublicKey::new("")), ..sent.clone() };
        assert_eq!(history.whole(&vague, "barnet", "ada"), sent);
    }
    let forged = KeyStep { before: Some(PublicKey::new("")), ..step(8, 9) };
    assert!(!history.whole(&forged, "barnet", "ada").is_certified("barnet", "ada"));
}

#[test]
fn acceptance_is_one_text_and_parses_to_itself() {
    let acceptance = KeyAcceptance { stamp: stamp(5), signature: Signature::new("A".repeat(86)) };
    let json = serde_json::to_string(&acceptance).unwrap();
    assert!(json.starts_with('"') && json.matches('.').count() == 1, "{json}");
    assert_eq!(serde_json::from_str::<KeyAcceptance>(&json).unwrap(), acceptance);
    for wrong in ["\"\"", "\"06h\"", "\"x.y\"", "{}"] {
        assert!(serde_json::from_str::<KeyAcceptance>(wrong).is_err(), "{wrong}");
    }
}
