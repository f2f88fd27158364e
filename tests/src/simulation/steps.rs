//! The steps of a story.

use std::collections::BTreeMap;

use promise_core::sync::request::PreparedRequest;
use promise_protocol::{Cell, CellKey, Stamp, SyncRequest, SyncResponse, access::ACCESS};
use rand::Rng;
use serde_json::{Value, json};

use super::{
    Checked, check,
    clock::{FORTY_YEARS, PhoneClock},
    key_attacks,
    ledger::{PEOPLE, PersonIndex, PhoneIndex},
    lies,
    world::{Message, World},
};

/// The records of each person. They are few, so that edits collide.
const ASKS: [&str; 3] = ["ask1", "ask2", "ask3"];
/// The contact and the appointment that staff always write together.
pub(super) const PAIR: [(&str, &str, &str); 2] =
    [("contact", "adviser", "team"), ("appointment", "review", "place")];
/// The contact that staff delete and restore.
const LEAVER: &str = "leaver";

/// Gives every person an adviser and an appointment.
pub(super) fn staff_introduces_everyone(world: &mut World) -> Checked {
    council_publishes(world);
    (0..PEOPLE).try_for_each(|person| staff_writes_pair(world, person))
}

/// Takes one random step.
pub(super) fn take(world: &mut World) -> Checked {
    let phone = world.any_phone();
    let person = world.rng.random_range(0..PEOPLE);
    match world.rng.random_range(0..100) {
        0..28 => return phone_writes(world, phone),
        28..46 => return phone_sends(world, phone),
        46..78 => return message_arrives(world),
        // What its process was waiting for is lost with it.
        78..80 => world.phones[phone].process += 1,
        80..84 => world.phones[phone].clock.disturb(world.now, &mut world.rng),
        84..88 => return staff_writes_pair(world, person),
        88..91 => return staff_replies(world, person),
        91..93 => return staff_deletes_or_restores(world, person),
        93..94 => council_publishes(world),
        94..95 => return edition_is_replayed(world, phone),
        95..97 => world.server.back_up(),
        97..98 => server_is_restored(world),
        _ => phone_forges(world, phone),
    }
    Ok(())
}

fn phone_writes(world: &mut World, phone: PhoneIndex) -> Checked {
    let person = world.phones[phone].person;
    let id = world.pick(&ASKS);
    world.counts.edits += 1;
    match world.rng.random_range(0..10) {
        0..5 => {
            let text = world.ledger.new_text(person, "t");
            write(world, phone, "ask", id, [("text", json!(text))])
        }
        5..7 => {
            let note = world.ledger.new_text(person, "n");
            let answer = world.pick(&["coming", "not_coming", "another_time"]);
            let fields = [("answer", json!(answer)), ("answer_note", json!(note))];
            write(world, phone, "appointment", "review", fields)
        }
        7 => {
            // Private: it must never leave the phone in the clear.
            let note = world.ledger.new_text(person, "private");
            write(world, phone, "saved", "opportunity", [("note", json!(note))])
        }
        8 => {
            let World { phones, ledger, now, .. } = world;
            phones[phone].delete(ledger, *now, "ask", id);
            sees_own_edit(world, phone, &CellKey::new("ask", id, "deleted"), &json!(true))
        }
        _ => {
            let text = world.ledger.new_text(person, "r");
            write(world, phone, "ask", id, [("deleted", json!(false)), ("text", json!(text))])
        }
    }
}

pub(super) fn write<const N: usize>(
    world: &mut World,
    phone: PhoneIndex,
    collection: &str,
    id: &str,
    fields: [(&str, Value); N],
) -> Checked {
    let World { phones, ledger, now, .. } = world;
    let phone_holds = phones[phone].greatest();
    let fields: BTreeMap<String, Value> =
        fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    let stamp = phones[phone].write(ledger, *now, collection, id, &fields);
    check(stamp.reading > phone_holds, 4, || {
        format!("{stamp} is not after what phone {phone} holds")
    })?;
    fields.into_iter().try_for_each(|(field, value)| {
        sees_own_edit(world, phone, &CellKey::new(collection, id, field), &value)
    })
}

pub(super) fn sees_own_edit(
    world: &mut World,
    phone: PhoneIndex,
    key: &CellKey,
    value: &Value,
) -> Checked {
    let cells = world.phones[phone].record(&key.collection, &key.id);
    let shown = cells.iter().find(|cell| cell.key == *key).map(|cell| &cell.value);
    check(shown == Some(value), 7, || {
        format!("phone {phone} shows {shown:?} after writing {value} to {key:?}")
    })
}

fn phone_sends(world: &mut World, phone: PhoneIndex) -> Checked {
    let request = world.phones[phone].prepare();
    let text = serde_json::to_string(&request.request).expect("a request is JSON");
    check(!text.contains("private"), 12, || format!("phone {phone} sends a private value"))?;
    let process = world.phones[phone].process;
    world.network.push(Message::Request { phone, process, request });
    Ok(())
}

fn message_arrives(world: &mut World) -> Checked {
    if world.network.is_empty() {
        return Ok(());
    }
    // Any message may be the next one: messages arrive late and out of order.
    let index = world.rng.random_range(0..world.network.len());
    let message = match world.rng.random_range(0..20) {
        0..3 => {
            world.network.swap_remove(index);
            world.counts.lost += 1;
            return Ok(());
        }
        3..5 => world.network[index].clone(),
        _ => world.network.swap_remove(index),
    };
    match message {
        Message::Request { phone, process, request } => {
            let response = server_answers(world, phone, request.request.clone())?;
            world.network.push(Message::Answer { phone, process, sent: request, response });
            Ok(())
        }
        Message::Answer { phone, process, sent, mut response } => {
            if world.phones[phone].process == process {
                lies::tell(world, phone, &mut response);
                key_attacks::tell(world, phone, &mut response);
                let fetches = world.rng.random_bool(0.7);
                phone_applies_response(world, phone, &sent, response, fetches)?;
            }
            Ok(())
        }
    }
}

pub(super) fn server_answers(
    world: &mut World,
    phone: PhoneIndex,
    request: SyncRequest,
) -> Result<SyncResponse, (u8, String)> {
    world.counts.requests += 1;
    let response = world.server.answer(world.now, phone, request);
    world.counts.skews += u64::from(response.skew);
    world.counts.verdicts += response.verdicts.len() as u64;
    super::checks::answer_is_for(world, phone, &response)?;
    super::checks::server_is_sound(world)?;
    Ok(response)
}

/// Applies a response. Returns `true` if the phone syncs again at once.
pub(super) fn phone_applies_response(
    world: &mut World,
    phone: PhoneIndex,
    sent: &PreparedRequest,
    response: SyncResponse,
    fetches: bool,
) -> Result<bool, (u8, String)> {
    world.counts.answers += 1;
    let World { phones, ledger, server, now, .. } = world;
    let outcome = phones[phone].apply_response(ledger, *now, sent, response);
    if let (Some(edition), true) = (&outcome.edition, fetches) {
        phones[phone].show(edition, |hash| server.pack(hash));
    }
    super::checks::phone_is_sound(world, phone)?;
    lies::nothing_forged_is_shown(world, phone)?;
    key_attacks::key_is_the_persons(world, phone)?;
    Ok(outcome.again)
}

/// A clock goes a little ahead, and the server takes an edit whose response is lost. Then the clock
/// goes far ahead, and the next edit of the same cell is too far ahead for any server. Random steps
/// alone reach this too rarely.
pub(super) fn clock_runs_ahead_twice(world: &mut World) -> Checked {
    let phone = world.any_phone();
    for ahead in [300_000, FORTY_YEARS] {
        world.now += 1_000;
        world.phones[phone].clock = PhoneClock::ahead_by(ahead);
        let person = world.phones[phone].person;
        let text = world.ledger.new_text(person, "t");
        write(world, phone, "ask", "ask1", [("text", json!(text))])?;
        let request = world.phones[phone].prepare();
        let response = server_answers(world, phone, request.request.clone())?;
        if response.skew {
            phone_applies_response(world, phone, &request, response, false)?;
        }
    }
    Ok(())
}

/// One transaction writes two records: no phone may show one without the other.
fn staff_writes_pair(world: &mut World, person: PersonIndex) -> Checked {
    let text = world.ledger.new_text(person, "s");
    let writes: Vec<_> = PAIR
        .iter()
        .map(|(collection, id, field)| {
            (*collection, *id, BTreeMap::from([((*field).to_owned(), json!(text))]))
        })
        .collect();
    staff_write(world, person, &writes)
}

fn staff_replies(world: &mut World, person: PersonIndex) -> Checked {
    let id = world.pick(&ASKS);
    let text = world.ledger.new_text(person, "reply");
    let fields = BTreeMap::from([("reply".into(), json!(text)), ("status".into(), json!("done"))]);
    staff_write(world, person, &[("ask", id, fields)])
}

fn staff_deletes_or_restores(world: &mut World, person: PersonIndex) -> Checked {
    let fields = if world.rng.random_bool(0.5) {
        BTreeMap::from([("deleted".into(), json!(true)), ("display_name".into(), Value::Null)])
    } else {
        let name = world.ledger.new_text(person, "leaver");
        BTreeMap::from([("deleted".into(), json!(false)), ("display_name".into(), json!(name))])
    };
    staff_write(world, person, &[("contact", LEAVER, fields)])
}

/// A staff member opens every person's page, and a changed program writes to the access log.
pub(super) fn staff_views(world: &mut World) -> Checked {
    for person in 0..PEOPLE {
        world.counts.views += 1;
        world.server.view(world.now, person);
        super::checks::staff_stamps_follow_the_server(world, person)?;
    }
    super::checks::server_is_sound(world)?;
    for phone in 0..world.phones.len() {
        let entry =
            world.phones[phone].view().into_iter().find(|cell| cell.key.collection == ACCESS);
        if let (Some(entry), true) = (entry, world.phones[phone].dishonest) {
            let author = world.phones[phone].author.parse().expect("an author");
            let stamp = Stamp::new(world.phones[phone].state().greatest_reading.next(), author);
            let value = json!("forged");
            world.phones[phone].force(&Cell { key: entry.key, value, stamp });
        }
    }
    Ok(())
}

fn staff_write(
    world: &mut World,
    person: PersonIndex,
    writes: &[(&str, &str, BTreeMap<String, Value>)],
) -> Checked {
    world.counts.staff_writes += 1;
    world.server.staff_write(world.now, person, writes);
    super::checks::staff_stamps_follow_the_server(world, person)?;
    super::checks::server_is_sound(world)
}

pub(super) fn council_publishes(world: &mut World) {
    let number = world.editions.len() + 1;
    let edition = world.server.publish(world.now, &format!("edition {number}"));
    world.editions.push(edition);
}

/// Sends a phone an earlier edition again.
fn edition_is_replayed(world: &mut World, phone: PhoneIndex) -> Checked {
    let shown = world.phones[phone].state().edition_floor;
    let World { phones, editions, server, .. } = world;
    let Some(old) = editions.iter().find(|edition| edition.number < shown) else { return Ok(()) };
    phones[phone].show(old, |hash| server.pack(hash));
    super::checks::phone_is_sound(world, phone)
}

fn server_is_restored(world: &mut World) {
    restore(world, |world| world.server.restore_any(world.now, &mut world.rng));
}

/// Restores the backup from before anything was synced.
pub(super) fn first_backup_is_restored(world: &mut World) {
    restore(world, |world| {
        world.server.restore_first(world.now);
        true
    });
}

/// Restores a backup that is older than every person. They are added again, and their phones linked to
/// the new records.
pub(super) fn records_are_lost(world: &mut World) -> Checked {
    let mut linked = Ok(());
    restore(world, |world| {
        match world.server.lose_records(world.now) {
            Ok(responses) => {
                for (phone, paired) in world.phones.iter_mut().zip(&responses) {
                    phone.relink(paired);
                }
            }
            Err(wrong) => linked = Err((11, wrong)),
        }
        true
    });
    world.counts.records_lost += 1;
    linked
}

/// Restores a backup by `put_back`, which returns `false` if there is none.
fn restore(world: &mut World, put_back: impl FnOnce(&mut World) -> bool) {
    super::checks::record_what_must_survive(world);
    world.counts.restores += u64::from(put_back(world));
    world.watch.restored(&world.server.generation());
    if world.counts.phones_lost > 0 {
        super::checks::excuse_lost_edits(world, None);
    }
}

/// A changed program sends what its owner may not write. It must be refused, and must not block
/// anything.
fn phone_forges(world: &mut World, phone: PhoneIndex) {
    if !world.phones[phone].dishonest {
        return;
    }
    let author = world.phones[phone].author.clone();
    let staff = world.server.staff_author();
    let kinds = [
        ("contact", "adviser", "email", author.clone(), "forged"),
        ("contact", "adviser", "email", staff, "forged"),
        ("ask", "ask1", "no_such_field", author.clone(), "forged"),
        ("no_such_collection", "x", "text", author, "forged"),
    ];
    let (collection, id, field, author, value) = &kinds[world.rng.random_range(0..kinds.len())];
    let author = author.parse().expect("an author");
    let stamp = Stamp::new(world.phones[phone].state().greatest_reading.next(), author);
    let key = CellKey::new(*collection, *id, *field);
    world.phones[phone].force(&Cell { key, value: json!(value), stamp });
}
