//! The invariants of `PROTOCOL.md`, checked while the story goes on and at its end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use promise_protocol::{AuthorKind, Cell, CellKey, Reading, Stamp, SyncResponse};

use super::{
    Checked, check,
    ledger::{PersonIndex, PhoneIndex},
    steps::PAIR,
    world::{PEOPLE, World},
};

/// What was seen before, to compare with.
pub(super) struct Watch {
    /// Generations in their order.
    generations: Vec<String>,
    phones: Vec<Seen>,
    revisions: [u64; PEOPLE],
    stamps: HashMap<(PersonIndex, CellKey), Stamp>,
    /// Staff-written cells that some phone held when the server was restored.
    owed: BTreeMap<(PersonIndex, CellKey), Stamp>,
}

#[derive(Clone, Default)]
struct Seen {
    generation: usize,
    cursor: u64,
    edition: u64,
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

    pub(super) fn restored(&mut self, generation: &str) {
        if self.generations.last().is_some_and(|last| last != generation) {
            self.generations.push(generation.to_owned());
        }
        self.revisions = [0; PEOPLE];
        self.stamps.clear();
    }
}

/// An answer holds nothing of another person (11).
pub(super) fn answer_is_for(world: &World, phone: PhoneIndex, response: &SyncResponse) -> Checked {
    let person = world.phones[phone].person;
    let texts = response.changes.iter().flat_map(|change| change.fields.values());
    for text in texts.filter_map(|value| value.as_str()).filter(|text| text.contains(':')) {
        check(text.starts_with(&format!("{person}:")), 11, || {
            format!("phone {phone} of person {person} was sent {text}")
        })?;
    }
    Ok(())
}

/// What the server holds is permitted (5), no stamp is from the future, no stamp falls (6), and
/// revisions have no gaps (9).
pub(super) fn server_is_sound(world: &mut World) -> Checked {
    let limit = Reading::latest_acceptable(world.now);
    for person in 0..PEOPLE {
        let (before, now) = (world.watch.revisions[person], world.server.revision(person));
        // Nothing is known of the revisions of a generation that has just begun.
        check(before == 0 || now == before || now == before + 1, 9, || {
            format!("person {person} went from revision {before} to {now}")
        })?;
        world.watch.revisions[person] = now;
        for Cell { key, value, stamp } in world.server.cells(person) {
            let by_staff = stamp.author.kind() == AuthorKind::Staff;
            let permitted = by_staff || world.ledger.knows(person, &key, &stamp, &value);
            check(permitted && value != "forged", 5, || {
                format!("the server holds {value} in {key:?}")
            })?;
            check(stamp.reading <= limit, 3, || format!("{stamp} in {key:?} is from the future"))?;
            let place = (person, key);
            let fell = world.watch.stamps.get(&place).is_some_and(|before| stamp < *before);
            check(!fell, 6, || format!("the stamp in {place:?} fell to {stamp}"))?;
            world.watch.stamps.insert(place, stamp);
        }
    }
    Ok(())
}

/// Staff stamps follow the server's clock (a burst of writes may run a little ahead of it).
pub(super) fn staff_stamps_follow_the_server(world: &mut World, person: PersonIndex) -> Checked {
    let limit = Reading::at_millis(world.now + 1_000);
    let cells = world.server.cells(person).into_iter();
    let mut ahead = cells
        .filter(|cell| cell.stamp.author.kind() == AuthorKind::Staff && cell.stamp.reading > limit);
    let first = ahead.next();
    check(first.is_none(), 6, || format!("staff stamps run ahead of the server: {first:?}"))
}

/// Cursor, generation and edition never fall (6), and what one transaction wrote is there together
/// (8).
pub(super) fn phone_is_sound(world: &mut World, phone: PhoneIndex) -> Checked {
    let state = world.phones[phone].state();
    let known = world.watch.generations.iter().position(|name| *name == state.generation);
    let generation =
        known.ok_or_else(|| (6, format!("phone {phone} is in an unknown generation")))?;
    let before = world.watch.phones[phone].clone();
    check(generation >= before.generation, 6, || format!("phone {phone} went back a generation"))?;
    if generation == before.generation {
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
        Seen { generation, cursor: state.cursor, edition: state.edition_floor };

    let pair = PAIR.map(|(collection, id, field)| {
        world.phones[phone].confirmed(&CellKey::new(collection, id, field)).map(|cell| cell.value)
    });
    let [first, second] = &pair;
    check(first == second, 8, || format!("phone {phone} shows {first:?} beside {second:?}"))
}

/// Before a restore: every staff-written cell that some phone holds must be on the server again in
/// the end.
pub(super) fn note_what_must_survive(world: &mut World) {
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

/// The end: everybody agrees (1), nothing is lost (2), the right edits won (3, 4), nothing waits
/// (10).
pub(super) fn everybody_agrees(world: &mut World) -> Checked {
    for person in 0..PEOPLE {
        let cells = world.server.cells(person);
        let held: BTreeMap<&CellKey, &Cell> = cells.iter().map(|cell| (&cell.key, cell)).collect();
        for key in world.ledger.cells_of(person).iter().filter(|key| key.collection != "saved") {
            check(held.contains_key(key), 2, || format!("no edit of {key:?} is on the server"))?;
        }
        for cell in cells.iter().filter(|cell| cell.stamp.author.kind() == AuthorKind::Phone) {
            let beaten = world.ledger.has_successor(person, &cell.key, &cell.stamp);
            check(!beaten, 4, || format!("{cell:?} won, though a later edit had seen it"))?;
        }
        for ((whose, key), stamp) in &world.watch.owed {
            let kept = *whose != person || held.get(key).is_some_and(|cell| cell.stamp >= *stamp);
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
    let server: BTreeSet<String> = world.server.cells(person).iter().map(line).collect();
    let shown: BTreeSet<String> = world.phones[phone].view().iter().map(line).collect();
    check(shown == server, 1, || {
        let differ: Vec<&String> = shown.symmetric_difference(&server).take(4).collect();
        format!("phone {phone} and the server differ: {differ:#?}")
    })?;
    let waiting = world.phones[phone].waiting();
    check(waiting.to_send == 0, 10, || format!("{} cells wait on phone {phone}", waiting.to_send))?;
    let shows = world.phones[phone].state().edition_floor;
    check(shows == edition, 1, || format!("phone {phone} shows edition {shows}, not {edition}"))
}

fn line(cell: &Cell) -> String {
    let Cell { key, value, stamp } = cell;
    format!("{}/{}/{} = {value} ({stamp})", key.collection, key.id, key.field)
}
