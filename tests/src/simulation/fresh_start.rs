//! A fresh start: the operator releases a person's phones, and everything sealed is deleted on the server. Each phone is
//! paired again with what it holds, and one of them makes new words.

use promise_core::store::Entropy;
use rand::{Rng, seq::IndexedRandom};

use super::{
    Checked,
    ledger::{PEOPLE, PersonIndex, PhoneIndex},
    world::{Message, World},
};

/// Starts one person afresh.
pub(super) fn take(world: &mut World) -> Checked {
    let person = world.attacks.random_range(0..PEOPLE);
    start(world, person)
}

/// At the end: starts each person afresh whose phones know of no key. A restored server had an earlier history and
/// no fresh start, so that a phone that had begun anew gave way; and then another phone brought the fresh start
/// back. Returns `true` if there was one.
pub(super) fn help_those_without_words(world: &mut World) -> Result<bool, (u8, String)> {
    let mut helped = false;
    for person in 0..PEOPLE {
        let mut theirs = world.phones.iter_mut().filter(|phone| phone.person == person).peekable();
        if theirs.peek().is_some() && theirs.all(|phone| phone.key_in_use().is_none()) {
            start(world, person)?;
            helped = true;
        }
    }
    Ok(helped)
}

fn start(world: &mut World, person: PersonIndex) -> Checked {
    let theirs: Vec<PhoneIndex> =
        (0..world.phones.len()).filter(|phone| world.phones[*phone].person == person).collect();
    let Some(first) = theirs.choose(&mut world.attacks) else { return Ok(()) };
    world.counts.fresh_starts += 1;
    world.network.retain(|message| match message {
        Message::Request { phone, .. } | Message::Answer { phone, .. } => !theirs.contains(phone),
    });
    let paired =
        world.server.start_afresh(world.now, person, &theirs).map_err(|done| (16, done))?;
    for (phone, paired) in theirs.iter().zip(&paired) {
        world.phones[*phone].relink(paired);
    }
    let bits = Entropy::new(world.attacks.random());
    let World { phones, keys, .. } = world;
    let phrase = keys.made(person, &bits);
    phones[*first].begin(phrase);
    // What only the server had is deleted, and what no phone can open.
    super::checks::excuse_lost_edits(world, None);
    super::checks::server_is_sound(world)
}
