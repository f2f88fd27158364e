//! The people's recovery phrases, as written on paper, and what the server holds, decrypted with
//! them. Only the checks decrypt like this; the server cannot.

use std::collections::{BTreeMap, HashMap};

use promise_core::{
    sealing::{AccountKey, Context, RecoveryPhrase, open},
    store::Entropy,
};
use promise_protocol::{Cell, CellKey, schema};
use serde_json::Value;

use super::{
    ledger::{PEOPLE, PersonIndex},
    server::COUNCIL,
};

/// Every person's recovery phrases, in order.
pub(super) struct Keys {
    people: [Vec<Pair>; PEOPLE],
    /// What was opened before: by person, key on the wire and stamp.
    opened: HashMap<(PersonIndex, CellKey, String), Option<(usize, Value)>>,
}

struct Pair {
    phrase: RecoveryPhrase,
    key: AccountKey,
    /// The record ids by sealed id.
    names: HashMap<(String, String), &'static str>,
}

/// What a server holds of a person, decrypted with all their phrases.
#[derive(Default)]
pub(super) struct Read {
    /// Plain cells, and of each sealed cell the greatest version, as on their phones.
    pub cells: BTreeMap<CellKey, Cell>,
    /// The same under each key alone, by the key's index.
    pub under: BTreeMap<usize, BTreeMap<CellKey, Cell>>,
    /// Cells that no phrase opens.
    pub unopened: Vec<Cell>,
}

impl Keys {
    pub(super) fn new() -> Self {
        let people = [0, 1].map(|person| vec![pair(person, &[u8::try_from(person).unwrap(); 16])]);
        Self { people, opened: HashMap::new() }
    }

    /// Adds a phrase that a phone of the person generated.
    pub(super) fn made(&mut self, person: PersonIndex, bits: &Entropy) -> &RecoveryPhrase {
        self.opened.retain(|(owner, ..), opened| *owner != person || opened.is_some());
        let people = &mut self.people[person];
        people.push(pair(person, bits));
        &people[people.len() - 1].phrase
    }

    /// Finds the phrase with a check value, and the index of its key.
    pub(super) fn with_check(
        &self,
        person: PersonIndex,
        check: &str,
    ) -> Option<(usize, &RecoveryPhrase)> {
        let mut pairs = self.people[person].iter().enumerate();
        pairs
            .find(|(_, pair)| pair.key.matches_check(check))
            .map(|(place, pair)| (place, &pair.phrase))
    }

    /// All phrases of a person.
    pub(super) fn all(&self, person: PersonIndex) -> impl Iterator<Item = &RecoveryPhrase> {
        self.people[person].iter().map(|pair| &pair.phrase)
    }

    pub(super) fn first(&self, person: PersonIndex) -> (&RecoveryPhrase, String) {
        let pair = &self.people[person][0];
        (&pair.phrase, pair.key.check_value())
    }

    /// Opens one cell of the server.
    pub(super) fn open(&mut self, person: PersonIndex, cell: &Cell) -> Option<(usize, Value)> {
        let place = (person, cell.key.clone(), cell.stamp.to_string());
        if let Some(known) = self.opened.get(&place) {
            return known.clone();
        }
        let CellKey { collection, id, field } = &cell.key;
        let person_name = person.to_string();
        let context = Context {
            council: COUNCIL,
            person: &person_name,
            collection,
            record: id,
            field,
            stamp: &cell.stamp,
        };
        let opened = cell.value.as_str().and_then(|text| {
            let mut pairs = self.people[person].iter().enumerate();
            pairs.find_map(|(at, pair)| Some((at, open(&pair.key, &context, text).ok()?)))
        });
        self.opened.insert(place, opened.clone());
        opened
    }

    /// Decrypts what a server holds of a person.
    pub(super) fn read(&mut self, person: PersonIndex, cells: Vec<Cell>) -> Read {
        let mut read = Read::default();
        let (sealed, clear): (Vec<_>, Vec<_>) =
            cells.into_iter().partition(|cell| schema::is_sealed(&cell.key.collection));
        read.cells.extend(clear.into_iter().map(|cell| (cell.key.clone(), cell)));
        // Cleared cells hold nothing; their key is no longer in use.
        let sealed: Vec<_> = sealed.into_iter().filter(|cell| !cell.value.is_null()).collect();
        let opened: Vec<_> =
            sealed.into_iter().map(|cell| (self.open(person, &cell), cell)).collect();
        for (opened, wire) in opened {
            let CellKey { collection, id, field } = &wire.key;
            let Some((place, value)) = opened else {
                read.unopened.push(wire);
                continue;
            };
            let Some(name) =
                self.people[person][place].names.get(&(collection.clone(), id.clone()))
            else {
                read.unopened.push(wire);
                continue;
            };
            let key = CellKey::new(collection, *name, field);
            let cell = Cell { key: key.clone(), value, stamp: wire.stamp };
            read.under.entry(place).or_default().insert(key.clone(), cell.clone());
            let held = read.cells.get(&key);
            if held.is_none_or(|held| held.stamp < cell.stamp) {
                read.cells.insert(key, cell);
            }
        }
        read
    }
}

/// Every private record of a story, by its id on the phones.
const PRIVATE: [(&str, &str); 9] = [
    ("saved", "opportunity"),
    ("saved", "job-1"),
    ("saved", "job-2"),
    ("saved", "course"),
    ("pledge_mark", "job-1"),
    ("pledge_mark", "job-2"),
    ("pledge_mark", "course"),
    ("pledge_mark", "opportunity"),
    ("contact_mark", "adviser"),
];

fn pair(person: PersonIndex, bits: &[u8; 16]) -> Pair {
    let phrase = RecoveryPhrase::from_entropy(bits);
    let key = AccountKey::derive(&phrase, COUNCIL, &person.to_string());
    let sealed =
        |(of, name): &(&str, &'static str)| ((String::from(*of), key.sealed_id(of, name)), *name);
    let names = PRIVATE.iter().map(sealed).collect();
    Pair { phrase, key, names }
}
