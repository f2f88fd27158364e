//! Clears that meet something else. After a restore that loses the history of the keys, the phones that are left
//! learned of the keys when they were paired. Or a phone that is then lost edits under the earlier key while a clear
//! is on its way. By chance each is too rare: one story in ten thousand.

use promise_core::sync::request::PreparedRequest;
use promise_protocol::schema::is_sealed;
use serde_json::json;

use super::{
    Checked,
    ledger::PhoneIndex,
    private::{changes_phrase, enters_phrase, is_lost},
    steps::{first_backup_is_restored, phone_applies_response, server_answers, write},
    world::World,
};

/// Two phones of one person in each story with much that is private.
const KNOWS: PhoneIndex = 1;
const JOINS: PhoneIndex = 3;

/// A pledge that no other step writes about: a later edit would hide that one was lost.
const UNTOUCHED: &str = "opportunity";

/// More requests than it takes until a phone clears something.
const ENOUGH: usize = 60;

/// Plays the story with a restore.
pub(super) fn take(world: &mut World) -> Checked {
    if world.counts.phones_lost > 1 {
        return Ok(());
    }
    both_have_the_phrase(world)?;
    history_is_lost(world)
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
/// history of keys at all.
fn history_is_lost(world: &mut World) -> Checked {
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
