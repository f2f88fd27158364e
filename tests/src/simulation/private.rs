//! The steps about private data: writing it, changing the recovery phrase, entering it, losing a
//! phone.

use promise_core::store::Entropy;
use promise_protocol::{CellKey, signature::PublicKey};
use rand::Rng;
use serde_json::json;

use super::{
    Checked, check, leaving,
    ledger::PhoneIndex,
    phone::Phone,
    steps::{sees_own_edit, write},
    world::{Message, World},
};

/// The records that are written. They are few, so that edits collide.
const SAVED: [&str; 3] = ["job-1", "job-2", "course"];

/// Takes one random step.
pub(super) fn take(world: &mut World) -> Checked {
    let phone = world.any_phone();
    match world.rng.random_range(0..100) {
        0..70 => return writes(world, phone),
        70..78 => return deletes(world, phone),
        78..84 => changes_phrase(world, phone),
        84..96 => return enters_phrase(world, phone),
        _ => return is_lost(world, phone),
    }
    Ok(())
}

fn writes(world: &mut World, phone: PhoneIndex) -> Checked {
    let person = world.phones[phone].person;
    let id = world.pick(&SAVED);
    let note = json!(world.ledger.new_text(person, "private"));
    world.counts.edits += 1;
    match world.rng.random_range(0..4) {
        0 => {
            let status = json!(world.pick(&["saved", "applied", "interview", "got_it"]));
            let fields = [("deleted", json!(false)), ("status", status), ("note", note)];
            write(world, phone, "saved", id, fields)
        }
        1 => write(world, phone, "pledge_mark", id, [("mark", json!("want_it")), ("note", note)]),
        2 => write(world, phone, "contact_mark", "adviser", [("note", note)]),
        _ => write(world, phone, "saved", id, [("note", note)]),
    }
}

fn deletes(world: &mut World, phone: PhoneIndex) -> Checked {
    let id = world.pick(&SAVED);
    let World { phones, ledger, now, .. } = world;
    phones[phone].delete(ledger, *now, "saved", id);
    sees_own_edit(world, phone, &CellKey::new("saved", id, "deleted"), &json!(true))
}

/// Sometimes also on two phones at once. A phone that does not have the phrase in use refuses.
pub(super) fn changes_phrase(world: &mut World, phone: PhoneIndex) {
    let bits = Entropy::new(world.rng.random());
    let World { phones, keys, counts, .. } = world;
    if phones[phone].change_phrase(&bits) {
        keys.made(phones[phone].person, &bits);
        counts.phrases_changed += 1;
    }
}

/// The person enters the phrase that the phone asks for.
pub(super) fn enters_phrase(world: &mut World, phone: PhoneIndex) -> Checked {
    let Some(asked_for) = world.phones[phone].missing_phrase() else { return Ok(()) };
    let used = used_by_others(world, phone);
    let World { phones, ledger, keys, .. } = world;
    let (phone, asked_for) = (&mut phones[phone], used.unwrap_or(asked_for));
    let known = keys.with_check(phone.person, &asked_for);
    let (_, phrase) = known.ok_or_else(|| (5, format!("nobody made the key {asked_for}")))?;
    check(phone.enter_phrase(ledger, phrase), 1, || "the right phrase was refused".into())
}

/// Restores can leave two histories of keys. A phone without words takes any of them, and the person types the
/// words that they use on another phone.
fn used_by_others(world: &mut World, phone: PhoneIndex) -> Option<String> {
    let person = world.phones[phone].person;
    if world.phones[phone].first_key().is_some() {
        return None;
    }
    let theirs = world.phones.iter_mut().filter(|it| it.person == person);
    let firsts: Vec<PublicKey> = theirs.filter_map(Phone::first_key).collect();
    firsts.iter().find_map(|first| world.phones[phone].last_key_of(first))
}

/// The person enters every phrase they ever had, while something on the phone does not open: cells
/// that a lost phone did not seal again are under earlier phrases.
pub(super) fn enters_older_phrases(world: &mut World, phone: PhoneIndex) {
    let World { phones, ledger, keys, .. } = world;
    let phone = &mut phones[phone];
    for phrase in keys.all(phone.person) {
        if phone.pending_counts().undecryptable > 0 {
            // A phrase that opens nothing is refused.
            phone.enter_phrase(ledger, phrase);
        }
    }
}

/// A phone is lost, or not used any more: the person revokes it, and pairs another by a code, without the
/// phrase.
pub(super) fn is_lost(world: &mut World, phone: PhoneIndex) -> Checked {
    if world.counts.phones_lost == 3 {
        return Ok(());
    }
    world.counts.phones_lost += 1;
    super::checks::excuse_lost_edits(world, Some(phone));
    let on_its_way = |message: &Message| match message {
        Message::Request { phone: of, .. } | Message::Answer { phone: of, .. } => *of == phone,
    };
    world.network.retain(|message| !on_its_way(message));
    world.ledger.forget_phone(phone);
    let person = world.phones[phone].person;
    let reason = leaving::reason(world);
    let (author, history) = world.server.replace(world.now, phone, person, reason);
    // The record of phones has another revision.
    super::checks::server_is_sound(world)?;
    let generation = world.server.generation();
    let key = world.server.council_key();
    let old = world.phones[phone].replace(&author, &generation, &history, &key);
    leaving::remember(world, old, reason);
    let mut theirs = world.phones.iter_mut().filter(|phone| phone.person == person);
    let is_key_known = theirs.any(|phone| phone.key_in_use().is_some());
    if !is_key_known {
        // A restored server knows of no key, and no other phone does: this is the person's first one.
        let bits = Entropy::new(world.rng.random());
        let World { phones, keys, .. } = world;
        let phrase = keys.made(person, &bits);
        phones[phone].begin(phrase);
    }
    world.watch.replaced(phone);
    Ok(())
}
