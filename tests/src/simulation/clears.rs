//! Clears that meet something else. After a restore that loses the check value of the key in use, a phone
//! that knows of the key brings it back, and meanwhile another phone clears what is under it; or all
//! phones know of keys from their pairing alone. Or a phone that is then lost edits under the earlier key
//! while a clear is on its way. By chance each is too rare: one story in ten thousand.

use promise_core::sync::request::PreparedRequest;
use promise_protocol::schema::is_sealed;
use rand::Rng;
use serde_json::json;

use super::{
    Checked,
    ledger::PhoneIndex,
    private::{changes_phrase, enters_phrase, is_lost},
    steps::{
        first_backup_is_restored, newest_backup_is_restored, phone_applies_response,
        server_answers, write,
    },
    world::World,
};

/// Two phones of one person in each story with much that is private.
const KNOWS: PhoneIndex = 1;
const JOINS: PhoneIndex = 3;

/// A pledge that no other step writes about: a later edit would hide that one was lost.
const UNTOUCHED: &str = "opportunity";

/// More requests than it takes until a phone clears something.
const ENOUGH: usize = 60;

/// Plays one of the two stories with a restore.
pub(super) fn take(world: &mut World) -> Checked {
    if world.counts.phones_lost > 1 {
        return Ok(());
    }
    both_have_the_phrase(world)?;
    if world.rng.random_bool(0.3) { check_is_lost(world) } else { key_comes_back(world) }
}

/// A phone edits under the earlier key when the clear of the cell is on its way, and is lost.
pub(super) fn edit_meets_clear(world: &mut World) -> Checked {
    both_have_the_phrase(world)?;
    let person = world.phones[KNOWS].person;
    let note = json!(world.ledger.new_text(person, "private"));
    write(world, KNOWS, "pledge_mark", UNTOUCHED, [("note", note)])?;
    for phone in [KNOWS, JOINS] {
        world.sync_whole(phone)?;
    }
    changes_phrase(world, KNOWS);
    let Some(clears) = request_with_clears(world, KNOWS)? else { return Ok(()) };
    let note = json!(world.ledger.new_text(person, "private"));
    write(world, JOINS, "pledge_mark", UNTOUCHED, [("note", note)])?;
    let edit = world.phones[JOINS].prepare();
    server_answers(world, JOINS, edit.request)?;
    is_lost(world, JOINS)?;
    let response = server_answers(world, KNOWS, clears.request.clone())?;
    phone_applies_response(world, KNOWS, &clears, response, true).map(drop)
}

fn both_have_the_phrase(world: &mut World) -> Checked {
    for phone in [KNOWS, JOINS, KNOWS] {
        world.sync_whole(phone)?;
        enters_phrase(world, phone)?;
    }
    Ok(())
}

/// The phones were paired before and after a change of the phrase, and the restored server has no
/// check value at all.
fn check_is_lost(world: &mut World) -> Checked {
    is_lost(world, JOINS)?;
    enters_phrase(world, JOINS)?;
    changes_phrase(world, KNOWS);
    world.sync_whole(KNOWS)?;
    is_lost(world, KNOWS)?;
    enters_phrase(world, KNOWS)?;
    first_backup_is_restored(world);
    for phone in [JOINS, KNOWS] {
        let note = json!(world.ledger.new_text(world.phones[phone].person, "private"));
        write(world, phone, "saved", "job-1", [("note", note)])?;
    }
    Ok(())
}

/// The phone that joins learned of the key in use when it was paired, and not by which stamp it came
/// into use. So on the restored server it takes the key before it for the one in use.
fn key_comes_back(world: &mut World) -> Checked {
    let person = world.phones[KNOWS].person;
    let note = json!(world.ledger.new_text(person, "private"));
    write(world, KNOWS, "saved", "job-1", [("note", note)])?;
    world.sync_whole(KNOWS)?;
    world.server.back_up();
    changes_phrase(world, KNOWS);
    world.sync_whole(KNOWS)?;
    is_lost(world, JOINS)?;
    enters_phrase(world, JOINS)?;
    // It seals for the key in use, and the request is lost.
    world.phones[JOINS].prepare();
    newest_backup_is_restored(world);
    world.sync_whole(JOINS)?;
    enters_phrase(world, JOINS)?;
    if world.rng.random_bool(0.5) {
        world.sync_whole(JOINS)?;
        return world.sync_whole(KNOWS);
    }
    // The clears arrive when the key is in use again, and the phone that sent them is lost.
    if let Some(clears) = request_with_clears(world, JOINS)? {
        world.sync_whole(KNOWS)?;
        server_answers(world, JOINS, clears.request)?;
        is_lost(world, JOINS)?;
    }
    Ok(())
}

/// Syncs until the next request clears something, and returns that request.
fn request_with_clears(
    world: &mut World,
    phone: PhoneIndex,
) -> Result<Option<PreparedRequest>, (u8, String)> {
    for _ in 0..ENOUGH {
        world.now += 40;
        let request = world.phones[phone].prepare();
        let has_clears = request.request.changes.iter().any(|change| {
            is_sealed(&change.collection) && change.fields.values().all(serde_json::Value::is_null)
        });
        if has_clears {
            return Ok(Some(request));
        }
        let response = server_answers(world, phone, request.request.clone())?;
        if !phone_applies_response(world, phone, &request, response, true)? {
            break;
        }
    }
    Ok(None)
}
