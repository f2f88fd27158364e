//! Attacks on the key, and on what is sealed with it: by a phone that was paired by a code alone, by someone who has
//! an earlier recovery phrase besides, and by a server that has the council's signing key. The first two attack the
//! server, which must not accept; the last one attacks phones.
//!
//! A phone without any words believes the first history that it is told, and holds nothing. So it is not lied to.

use promise_core::sealing::{AccountKey, RecoveryPhrase};
use promise_protocol::{
    Change, KeyHistory, KeyStep, Reading, Stamp, SyncResponse,
    signature::{PublicKey, SigningKey},
    statement::Statement,
};
use rand::{Rng, seq::IndexedRandom};

use super::{
    Checked, check,
    ledger::{PEOPLE, PersonIndex, PhoneIndex},
    server::COUNCIL,
    world::World,
};

/// The key of the attacker's own words.
fn attackers(person: PersonIndex) -> AccountKey {
    AccountKey::derive(&RecoveryPhrase::from_entropy(&[0xaa; 16]), COUNCIL, &person.to_string())
}

/// A phone without the words in use proposes the attacker's key. The server accepts nothing.
pub(super) fn take(world: &mut World) -> Checked {
    let person = world.attacks.random_range(0..PEOPLE);
    let accepted = world.server.key_history(person);
    let history = KeyHistory::of_cells(accepted.iter().flat_map(Change::cells));
    if history.began().is_none() {
        // The phone that comes first then has the first key, also after a fresh start.
        return Ok(());
    }
    let steps: Vec<KeyStep> = accepted.iter().filter_map(KeyStep::of_change).collect();
    let Some(last) = steps.choose(&mut world.attacks) else { return Ok(()) };
    let forged = match world.attacks.random_range(0..4) {
        0 => first_of_attacker(person),
        1 => uncertified(&last.key, person),
        2 => return clears_without_phrase(world, &steps, person),
        _ => match certified_by_replaced(world, &steps, person) {
            Some(forged) => forged,
            None => return Ok(()),
        },
    };
    world.counts.key_attacks += 1;
    world.server.propose(world.now, person, forged);
    super::checks::server_is_sound(world)?;
    let after = world.server.key_history(person);
    check(after == accepted, 17, || {
        format!("a phone without the words changed the key of person {person}: {after:?}")
    })
}

/// A phone without the words in use clears what is sealed. It proves it with no key, the attacker's, or a replaced
/// one.
fn clears_without_phrase(world: &mut World, steps: &[KeyStep], person: PersonIndex) -> Checked {
    let owner = match world.attacks.random_range(0..3) {
        0 => None,
        1 => Some(attackers(person).owner_key()),
        _ => replaced(world, steps, person),
    };
    let Some(cell) = world.server.clear(world.now, person, owner.as_ref()) else { return Ok(()) };
    world.counts.key_attacks += 1;
    super::checks::server_is_sound(world)?;
    check(world.server.cells(person).contains(&cell), 17, || {
        format!("a phone without the words of person {person} cleared {cell:?}")
    })
}

/// Adds a step to the attacker's key to a response. It has an early stamp, so that it would count against every
/// other step from the same key.
pub(super) fn tell(world: &mut World, phone: PhoneIndex, response: &mut SyncResponse) {
    if !world.attacks.random_bool(0.05) || world.phones[phone].missing_phrase().is_some() {
        return;
    }
    let person = world.phones[phone].person;
    let steps = world.phones[phone].key_steps();
    let Some(any) = steps.choose(&mut world.attacks) else { return };
    let (forged, is_signed) = match world.attacks.random_range(0..3) {
        0 => (Some(first_of_attacker(person)), true),
        1 => (Some(uncertified(&any.key, person)), true),
        _ => (certified_by_replaced(world, &steps, person), false),
    };
    let Some(forged) = forged else { return };
    world.counts.key_attacks += 1;
    let author = world.server.staff_author().parse().expect("an author");
    let mut change = forged.accepted(Stamp::new(Reading::at_millis(1), author), None);
    if is_signed {
        sign(world, person, &mut change);
    }
    response.changes.push(change);
}

/// Checks that the phone takes no key for the one in use that no phone of its person made (17).
pub(super) fn key_is_the_persons(world: &mut World, phone: PhoneIndex) -> Checked {
    let World { phones, keys, .. } = world;
    let person = phones[phone].person;
    let in_use = phones[phone].key_in_use();
    let is_theirs = in_use.as_ref().is_none_or(|key| keys.with_check(person, key).is_some());
    check(is_theirs, 17, || format!("phone {phone} follows the key {in_use:?}"))
}

fn sign(world: &World, person: PersonIndex, change: &mut Change) {
    let person = person.to_string();
    let statement = Statement::Change { person: &person, change };
    change.signature = Some(world.server.sign(&statement));
}

fn first_of_attacker(person: PersonIndex) -> KeyStep {
    KeyStep::first(&attackers(person).owner_key(), COUNCIL, &person.to_string())
}

/// A step that the attacker certified instead of the key before.
fn uncertified(before: &PublicKey, person: PersonIndex) -> KeyStep {
    let attacker = attackers(person);
    let (owner, key) = (attacker.owner_key(), attacker.owner().clone());
    let step = KeyStep::after(&owner, key, COUNCIL, &person.to_string());
    KeyStep { before: Some(before.clone()), ..step }
}

/// Someone who has an earlier phrase certifies the attacker's key with it.
fn certified_by_replaced(
    world: &mut World,
    steps: &[KeyStep],
    person: PersonIndex,
) -> Option<KeyStep> {
    let owner = replaced(world, steps, person)?;
    let key = attackers(person).owner().clone();
    Some(KeyStep::after(&owner, key, COUNCIL, &person.to_string()))
}

/// The owner key of a phrase that was replaced, if there is one.
fn replaced(world: &mut World, steps: &[KeyStep], person: PersonIndex) -> Option<SigningKey> {
    let replaced: Vec<&PublicKey> = steps.iter().filter_map(|step| step.before.as_ref()).collect();
    let before = replaced.choose(&mut world.attacks)?;
    owner_of(world, person, before)
}

/// The owner key of the key in use on the server, as the person has it.
pub(super) fn in_use(world: &mut World, person: PersonIndex) -> Option<SigningKey> {
    let accepted = world.server.key_history(person);
    let history = KeyHistory::of_cells(accepted.iter().flat_map(Change::cells));
    let in_use = history.last_keys().next()?;
    owner_of(world, person, &in_use)
}

fn owner_of(world: &World, person: PersonIndex, key: &PublicKey) -> Option<SigningKey> {
    let (_, phrase) = world.keys.with_check(person, key.as_str())?;
    Some(AccountKey::derive(phrase, COUNCIL, &person.to_string()).owner_key())
}
