//! The invariants of `PROTOCOL.md`, checked during the story and at its end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use promise_protocol::{
    AuthorKind, Cell, CellKey, KeyHistory, Reading, Stamp, SyncResponse,
    phone_record::PHONE,
    schema::{ACCOUNT_KEY, FRESH_START, check_sealed, is_sealed},
};

use super::{
    Checked, check,
    ledger::{PEOPLE, PersonIndex, PhoneIndex},
    steps::PAIR,
    world::World,
};

/// State from earlier checks, to compare with.
pub(super) struct Watch {
    /// Generations in their order.
    generations: Vec<String>,
    phones: Vec<Seen>,
    revisions: [u64; PEOPLE],
    stamps: HashMap<(PersonIndex, CellKey), Stamp>,
    /// Staff-written cells that a phone held when the server was restored.
    owed: BTreeMap<(PersonIndex, CellKey), Stamp>,
}

#[derive(Clone, Default)]
struct Seen {
    generation: usize,
    cursor: u64,
    edition: u64,
    fresh_start: Option<Stamp>,
}

impl Watch {
    pub(super) fn new(generation: &str, phones: usize) -> Self {
        Self {
            generations: vec![generation.to_owned()],
            phones: vec![Seen::default(); phones],
            revisions: [0; PEOPLE],
            stamps: HashMap::new(),
            owed: BTreeMap::new(),
        }
    }

    /// Another phone takes this one's place.
    pub(super) fn replaced(&mut self, phone: PhoneIndex) {
        self.phones[phone] = Seen::default();
    }

    pub(super) fn restored(&mut self, generation: &str) {
        if self.generations.last().is_some_and(|last| last != generation) {
            self.generations.push(generation.to_owned());
        }
        self.revisions = [0; PEOPLE];
        self.stamps.clear();
    }
}

/// Checks that a response holds nothing of another person (11).
pub(super) fn answer_is_for(
    world: &mut World,
    phone: PhoneIndex,
    response: &SyncResponse,
) -> Checked {
    let person = world.phones[phone].person;
    // The record of phones holds times, and no texts.
    let texts = response.changes.iter().filter(|change| change.collection != PHONE);
    let texts = texts.flat_map(|change| change.fields.values());
    let cells = response.changes.iter().flat_map(promise_protocol::Change::cells);
    for cell in cells.filter(|cell| is_sealed(&cell.key.collection) && !cell.value.is_null()) {
        check(world.keys.open(person, &cell).is_some(), 11, || {
            format!("phone {phone} of person {person} was sent {cell:?}")
        })?;
    }
    for text in texts.filter_map(|value| value.as_str()).filter(|text| text.contains(':')) {
        check(text.starts_with(&format!("{person}:")), 11, || {
            format!("phone {phone} of person {person} was sent {text}")
        })?;
    }
    Ok(())
}

/// Checks that what was written on the server since the last check is permitted (5), no stamp is from
/// the future, no stamp falls (6), and revisions have no gaps (9).
pub(super) fn server_is_sound(world: &mut World) -> Checked {
    let limit = Reading::latest_acceptable(world.now);
    for person in 0..PEOPLE {
        let (before, now) = (world.watch.revisions[person], world.server.revision(person));
        // The revisions of a new generation are not known yet.
        check(before == 0 || now == before || now == before + 1, 9, || {
            format!("person {person} went from revision {before} to {now}")
        })?;
        world.watch.revisions[person] = now;
        if before == now && before != 0 {
            continue;
        }
        let cells = world.server.cells_after(person, before);
        nothing_private_is_readable(&cells)?;
        let read = world.keys.read(person, cells.clone());
        check(read.unopened.is_empty(), 12, || format!("nobody can open {:?}", read.unopened))?;
        for Cell { key, value, stamp } in read.cells.values() {
            let by_staff = stamp.author.kind() == AuthorKind::Staff;
            let permitted = by_staff || world.ledger.knows(person, key, stamp, value);
            check(permitted && value != "forged", 5, || {
                format!("the server holds {value} in {key:?}")
            })?;
        }
        if cells.iter().any(|cell| is_the_start(&cell.key)) {
            // It deleted what was sealed. What phones have set aside comes back with the stamps that it had.
            world
                .watch
                .stamps
                .retain(|(owner, key), _| *owner != person || !is_sealed(&key.collection));
        }
        for Cell { key, stamp, .. } in cells {
            check(stamp.reading <= limit, 3, || format!("{stamp} in {key:?} is from the future"))?;
            let place = (person, key);
            let fell = world.watch.stamps.get(&place).is_some_and(|before| stamp < *before);
            check(!fell, 6, || format!("the stamp in {place:?} fell to {stamp}"))?;
            world.watch.stamps.insert(place, stamp);
        }
    }
    Ok(())
}

/// Returns `true` for the cell of a fresh start.
fn is_the_start(key: &CellKey) -> bool {
    let (collection, id, field) = FRESH_START;
    *key == CellKey::new(collection, id, field)
}

/// Checks that private values are sealed, and that their record ids reveal nothing (12).
fn nothing_private_is_readable(cells: &[Cell]) -> Checked {
    for cell in cells.iter().filter(|cell| is_sealed(&cell.key.collection)) {
        let sealed = cell.value.is_null() || check_sealed(&cell.value).is_ok();
        check(sealed && cell.key.id.len() == 16, 12, || format!("the server can read {cell:?}"))?;
    }
    Ok(())
}

/// Checks that staff stamps follow the server's clock. A burst of writes may run a little ahead of
/// it.
pub(super) fn staff_stamps_follow_the_server(world: &mut World, person: PersonIndex) -> Checked {
    let limit = Reading::at_millis(world.now + 1_000);
    let checked = world.watch.revisions[person];
    let cells = world.server.cells_after(person, checked).into_iter();
    let mut ahead = cells
        .filter(|cell| cell.stamp.author.kind() == AuthorKind::Staff && cell.stamp.reading > limit);
    let first = ahead.next();
    check(first.is_none(), 6, || format!("staff stamps run ahead of the server: {first:?}"))
}

/// Checks that cursor, generation and edition never fall (6), and that the cells of one transaction
/// arrive together (8).
pub(super) fn phone_is_sound(world: &mut World, phone: PhoneIndex) -> Checked {
    let state = world.phones[phone].state();
    let known =
        world.watch.generations.iter().position(|name| Some(name) == state.generation.as_ref());
    let generation =
        known.ok_or_else(|| (6, format!("phone {phone} is in an unknown generation")))?;
    let before = world.watch.phones[phone].clone();
    check(generation >= before.generation, 6, || format!("phone {phone} went back a generation"))?;
    let fresh_start = world.phones[phone].fresh_start();
    // A fresh start that it learns of takes the cursor back.
    if generation == before.generation && fresh_start == before.fresh_start {
        check(state.cursor >= before.cursor, 6, || {
            format!("the cursor of phone {phone} fell from {} to {}", before.cursor, state.cursor)
        })?;
        check(state.edition_floor >= before.edition, 6, || {
            format!(
                "the edition of phone {phone} fell from {} to {}",
                before.edition, state.edition_floor
            )
        })?;
    }
    world.watch.phones[phone] =
        Seen { generation, cursor: state.cursor, edition: state.edition_floor, fresh_start };

    let pair = PAIR.map(|(collection, id, field)| {
        world.phones[phone].confirmed(&CellKey::new(collection, id, field)).map(|cell| cell.value)
    });
    let [first, second] = &pair;
    check(first == second, 8, || format!("phone {phone} shows {first:?} beside {second:?}"))
}

/// Before a restore: records every staff-written cell that a phone holds. It must be on the server
/// again in the end.
pub(super) fn record_what_must_survive(world: &mut World) {
    for phone in &mut world.phones {
        let staff = phone.view().into_iter();
        for cell in staff
            .filter(|cell| cell.stamp.author.kind() == AuthorKind::Staff && cell.value != "forged")
        {
            let owed =
                world.watch.owed.entry((phone.person, cell.key)).or_insert(cell.stamp.clone());
            *owed = cell.stamp.max(owed.clone());
        }
    }
}

/// Before a phone is lost, or after the server was restored: what neither the server nor another
/// phone of the person holds is lost without a fault.
pub(super) fn excuse_lost_edits(world: &mut World, lost: Option<PhoneIndex>) {
    for person in 0..PEOPLE {
        let cells = world.server.cells(person);
        let mut held = world.keys.read(person, cells).cells;
        for phone in 0..world.phones.len() {
            if Some(phone) == lost || world.phones[phone].person != person {
                continue;
            }
            let view = world.phones[phone].view().into_iter();
            // A forged value hides the genuine one from the person who forged it, and is kept nowhere else.
            let genuine = |cell: Cell| {
                if cell.value == "forged" {
                    world.phones[phone].confirmed(&cell.key)
                } else {
                    Some(cell)
                }
            };
            for cell in view.filter_map(genuine) {
                let known = held.get(&cell.key).is_some_and(|known| known.stamp >= cell.stamp);
                if !known {
                    held.insert(cell.key.clone(), cell);
                }
            }
        }
        world.ledger.mark_lost_edits(person, &held);
        world.watch.owed.retain(|(owner, key), stamp| {
            *owner != person || held.get(key).is_some_and(|cell| cell.stamp >= *stamp)
        });
    }
}

/// Returns `true` if there is a person whose documents are nowhere: a restore lost every edition, none was
/// published since, and each of their phones that had shown one was lost too. What they saved is on the
/// server then, under the hash of an id that nothing holds any more.
pub(super) fn is_edition_nowhere(world: &mut World) -> bool {
    let is_published = world.server.edition_number() > 0;
    !is_published
        && (0..PEOPLE).any(|person| {
            let mut phones = world.phones.iter_mut().filter(|phone| phone.person == person);
            phones.all(|phone| phone.state().edition.is_none())
        })
}

/// At the end: all phones agree (1), nothing is lost (2), the right edits won (3, 4), nothing waits
/// (10).
pub(super) fn all_phones_agree(world: &mut World) -> Checked {
    for person in 0..PEOPLE {
        let cells = world.server.cells(person);
        let held = world.keys.read(person, cells).cells;
        for key in &world.ledger.cells_of(person) {
            check(held.contains_key(key), 2, || format!("no edit of {key:?} is on the server"))?;
        }
        for cell in held.values().filter(|cell| cell.stamp.author.kind() == AuthorKind::Phone) {
            let beaten = world.ledger.has_successor(person, &cell.key, &cell.stamp);
            check(!beaten, 4, || format!("{cell:?} won, though a later edit had seen it"))?;
        }
        for ((owner, key), stamp) in &world.watch.owed {
            let kept = *owner != person || held.get(key).is_some_and(|cell| cell.stamp >= *stamp);
            check(kept, 2, || format!("what staff wrote to {key:?} was lost by a restore"))?;
        }
    }
    let edition = world.server.edition_number();
    for phone in 0..world.phones.len() {
        phone_agrees(world, phone, edition)?;
    }
    Ok(())
}

fn phone_agrees(world: &mut World, phone: PhoneIndex, edition: u64) -> Checked {
    let person = world.phones[phone].person;
    let cells = world.server.cells(person);
    let history = KeyHistory::of_cells(cells.iter().cloned());
    let read = world.keys.read(person, cells);
    // A phone does not keep first keys of other histories, which restores can bring back.
    let is_compared = |cell: &&Cell| cell.key.collection != ACCOUNT_KEY;
    let server: BTreeSet<String> = read.cells.values().filter(is_compared).map(line).collect();
    let shown = world.phones[phone].view();
    let shown: BTreeSet<String> = shown.iter().filter(is_compared).map(line).collect();
    check(shown == server, 1, || {
        let differ: Vec<&String> = shown.symmetric_difference(&server).take(4).collect();
        format!("phone {phone} and the server differ: {differ:#?}")
    })?;
    // The key in use opens everything private: nothing is left under earlier phrases.
    let check_value = world.phones[phone].key_in_use().unwrap_or_default();
    let is_last = history.last_keys().any(|last| last.as_str() == check_value);
    check(is_last || check_value.is_empty(), 1, || {
        format!("phone {phone} uses the key {check_value}, and the server has {history:?}")
    })?;
    let place = world.keys.with_check(person, &check_value).map(|(place, _)| place);
    let under = place.and_then(|place| read.under.get(&place)).cloned().unwrap_or_default();
    let private = read.cells.values().filter(|cell| is_sealed(&cell.key.collection));
    for cell in private {
        check(under.get(&cell.key) == Some(cell), 1, || {
            format!("{cell:?} is not under the key in use on phone {phone}")
        })?;
    }
    let pending = world.phones[phone].pending_counts();
    check(pending.unsealed + pending.sealed + pending.undecryptable == 0, 10, || {
        format!("phone {phone}: {pending:?}")
    })?;
    let proposed = world.phones[phone].proposed();
    check(proposed.is_empty(), 10, || format!("phone {phone} still proposes {proposed:?}"))?;
    let shows = world.phones[phone].state().edition_floor;
    check(shows == edition, 1, || format!("phone {phone} shows edition {shows}, not {edition}"))
}

fn line(cell: &Cell) -> String {
    let Cell { key, value, stamp } = cell;
    format!("{}/{}/{} = {value} ({stamp})", key.collection, key.id, key.field)
}
