//! Tests of following a council from key to key.

use super::*;
use crate::signature::SEED_BYTES;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
}

fn step(from: u8, to: u8) -> Succession {
    Succession::new("barnet", &key(from), &key(to), false)
}

/// A step that says that the key before is in other hands.
fn distrusting(from: u8, to: u8) -> Succession {
    Succession::new("barnet", &key(from), &key(to), true)
}

fn public(seeds: &[u8]) -> Vec<PublicKey> {
    seeds.iter().map(|seed| key(*seed).public_key()).collect()
}

fn list(successions: &[Succession]) -> CouncilKeyList {
    CouncilKeyList { successions: successions.to_vec() }
}

/// The keys that count after following from these.
fn followed(successions: &[Succession], known: &[u8]) -> Vec<PublicKey> {
    list(successions).follow("barnet", &public(known)).keys
}

#[test]
fn signed_steps_are_followed_from_the_newest_known_key() {
    let steps = [step(1, 2), step(2, 3)];
    assert_eq!(followed(&steps, &[1]), public(&[3, 2, 1]));
    assert_eq!(followed(&steps, &[2, 1]), public(&[3, 2, 1]));
    assert_eq!(followed(&steps, &[9]), public(&[9]), "none begins there");
    assert_eq!(list(&steps).follow_orders("barnet", &public(&[2])), public(&[3, 2]));
}

#[test]
fn newly_paired_phone_learns_the_keys_that_the_newest_one_vouches_for() {
    let steps = [step(1, 2), step(2, 3)];
    assert_eq!(followed(&steps, &[3]), public(&[3, 2, 1]));
    let without_the_next_keys_word =
        Succession { countersignature: step(1, 9).countersignature, ..step(2, 3) };
    assert_eq!(followed(&[step(1, 2), without_the_next_keys_word], &[3]), public(&[3]));
}

#[test]
fn step_that_one_of_both_keys_did_not_sign_is_not_followed() {
    let stolen = Succession { before: key(1).public_key(), ..step(9, 2) };
    let swapped = Succession { key: key(9).public_key(), ..step(1, 2) };
    let one_side = Succession { countersignature: step(1, 9).countersignature, ..step(1, 2) };
    let other_side = Succession { signature: step(9, 2).signature, ..step(1, 2) };
    for forged in [stolen, swapped, one_side, other_side, step(9, 2)] {
        assert_eq!(followed(&[forged, step(2, 3)], &[1]), public(&[1]));
    }
    let of_another_council = list(&[step(1, 2)]).follow("camden", &public(&[1]));
    assert_eq!(of_another_council.keys, public(&[1]));
    assert_eq!(followed(&[step(1, 2)], &[]), []);
}

#[test]
fn step_that_distrusts_leaves_its_own_key_alone() {
    let steps = [step(1, 2), distrusting(2, 3), step(3, 4)];
    for known in [&[1][..], &[2, 1]] {
        let after = list(&steps).follow("barnet", &public(known));
        assert_eq!(after.keys, public(&[4, 3]));
        assert!(after.distrusts_earlier);
    }
    let again = list(&steps).follow("barnet", &public(&[4, 3]));
    assert_eq!(again, FollowedKeys { keys: public(&[4, 3]), distrusts_earlier: false });
}

#[test]
fn newly_paired_phone_learns_no_distrusted_key() {
    let steps = [step(1, 2), distrusting(2, 3), step(3, 4)];
    assert_eq!(followed(&steps, &[4]), public(&[4, 3]));
    assert_eq!(followed(&steps, &[3]), public(&[4, 3]));
}

/// The thief has the key before, and signs everything that it can sign.
#[test]
fn thief_of_the_key_before_does_not_undo_the_distrust() {
    let genuine = distrusting(1, 2);
    let softened = Succession { distrusts_earlier: false, ..genuine.clone() };
    let signed_by_the_thief = {
        let (before, next) = (key(1).public_key(), key(2).public_key());
        let statement =
            Statement::Successor { before: &before, key: &next, distrusts_earlier: false };
        let signature = key(1).sign(&statement.to_bytes("barnet"));
        Succession { signature, ..softened.clone() }
    };
    for forged in [softened, signed_by_the_thief] {
        assert_eq!(followed(std::slice::from_ref(&forged), &[1]), public(&[1]), "it is no step");
        assert_eq!(followed(&[forged, genuine.clone()], &[1]), public(&[2]));
    }
    // A phone that has followed is not led back, whatever begins or ends at the key before.
    for theirs in [step(1, 9), distrusting(1, 9), step(9, 1)] {
        for steps in [[theirs.clone(), genuine.clone()], [genuine.clone(), theirs.clone()]] {
            assert_eq!(followed(&steps, &[2]), public(&[2]), "{theirs:?}");
        }
    }
}

/// An ordinary change came first, and then a thief of the earlier key tries to put the next one aside.
#[test]
fn key_has_one_successor_the_one_that_was_met_first() {
    let steps = [step(1, 2), distrusting(1, 9), step(1, 8)];
    assert_eq!(followed(&steps, &[1]), public(&[2, 1]));
    assert_eq!(followed(&steps, &[2, 1]), public(&[2, 1]));
    // It cannot be told apart for a phone that meets the thief's first: it must be paired again.
    assert_eq!(followed(&[step(1, 9), distrusting(1, 2)], &[1]), public(&[9, 1]));
}

#[test]
fn key_of_orders_stays_over_a_step_that_distrusts() {
    let steps = list(&[distrusting(1, 2)]);
    assert_eq!(steps.follow_orders("barnet", &public(&[1])), public(&[2, 1]));
    let forked = list(&[distrusting(1, 2), step(1, 9)]);
    assert_eq!(forked.follow_orders("barnet", &public(&[2])), public(&[2]));
}

#[test]
fn step_round_trips_and_says_nothing_if_it_distrusts_nothing() {
    let plain = serde_json::to_value(step(1, 2)).unwrap();
    assert!(plain.get("distrusts_earlier").is_none());
    for step in [step(1, 2), distrusting(1, 2)] {
        let json = serde_json::to_value(&step).unwrap();
        let read: Succession = serde_json::from_value(json).unwrap();
        assert!(read == step && read.is_signed("barnet"));
    }
}
