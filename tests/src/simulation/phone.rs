//! A phone in the story: the product's store and engine, a clock, and what a crash forgets.

use std::collections::BTreeMap;

use promise_core::{
    store::{Pairing, SqliteStore, Store, StoreError, SyncState, Waiting},
    sync::{answer, edit, edition, request, words},
};
use promise_protocol::{Cell, CellKey, Edition, Reading, Stamp, SyncResponse};
use serde_json::Value;

use super::{
    clock::PhoneClock,
    ledger::{Ledger, PersonIndex, PhoneIndex},
};

pub(super) type Fields = BTreeMap<String, Value>;

pub(super) struct Phone {
    pub(super) index: PhoneIndex,
    pub(super) person: PersonIndex,
    pub(super) author: String,
    pub(super) clock: PhoneClock,
    /// Rises when the phone is killed: answers to what the dead process sent reach nobody.
    pub(super) life: u32,
    pub(super) store: SqliteStore,
    /// Whether its owner has changed the program to write what they may not.
    pub(super) dishonest: bool,
}

impl Phone {
    pub(super) fn new(
        index: PhoneIndex,
        person: PersonIndex,
        author: &str,
        generation: &str,
    ) -> Self {
        let mut store = SqliteStore::open_in_memory().expect("a database in memory");
        let pairing = Pairing {
            server: String::new(),
            token: String::new(),
            author: author.to_owned(),
            council: "riverbridge".into(),
            council_name: String::new(),
            person: person.to_string(),
            key_check: None,
        };
        let state = SyncState { generation: generation.to_owned(), ..SyncState::default() };
        let paired = store.transact(|tx| {
            tx.set_pairing(&pairing)?;
            tx.set_state(&state)
        });
        paired.expect("a phone can be paired");
        let author = author.to_owned();
        let clock = PhoneClock::default();
        Self { index, person, author, clock, life: 0, store, dishonest: false }
    }

    /// The person writes; the ledger learns of it.
    pub(super) fn write(
        &mut self,
        ledger: &mut Ledger,
        really: i64,
        collection: &str,
        id: &str,
        fields: Fields,
    ) -> Stamp {
        let now = self.clock.shows(really);
        let written =
            self.store.transact(|tx| edit::write(tx, now, collection, id, fields.clone()));
        let stamp = written.expect("an edit that fits is saved");
        self.tell_ledger(ledger, collection, id, &stamp, fields);
        stamp
    }

    /// The person deletes a record; the ledger learns of each emptied field.
    pub(super) fn delete(&mut self, ledger: &mut Ledger, really: i64, collection: &str, id: &str) {
        let now = self.clock.shows(really);
        let deleted = self.store.transact(|tx| edit::delete(tx, now, collection, id));
        let stamp = deleted.expect("a delete is saved");
        let current = self.record(collection, id).into_iter().filter(|cell| cell.stamp == stamp);
        let fields: Fields = current.map(|cell| (cell.key.field, cell.value)).collect();
        self.tell_ledger(ledger, collection, id, &stamp, fields);
    }

    fn tell_ledger(
        &self,
        ledger: &mut Ledger,
        collection: &str,
        id: &str,
        stamp: &Stamp,
        fields: Fields,
    ) {
        for (field, value) in fields {
            let key = CellKey::new(collection, id, field);
            ledger.wrote(self.person, self.index, &key, stamp, &value);
        }
    }

    pub(super) fn prepare(&mut self) -> request::Prepared {
        self.store.transact(|tx| request::prepare(tx)).expect("a request can be made")
    }

    /// Applies an answer, and tells the ledger what was re-stamped and what is seen now.
    pub(super) fn absorb(
        &mut self,
        ledger: &mut Ledger,
        really: i64,
        sent: &request::Prepared,
        response: SyncResponse,
    ) -> answer::Outcome {
        let before: BTreeMap<CellKey, Stamp> =
            self.unsent().into_iter().map(|cell| (cell.key, cell.stamp)).collect();
        let now = self.clock.shows(really);
        let outcome = self.store.transact(|tx| answer::absorb(tx, sent, response, now));
        for cell in self.unsent() {
            if let Some(old) = before.get(&cell.key).filter(|old| **old != cell.stamp) {
                ledger.restamped(self.person, &cell.key, old, &cell.stamp);
            }
        }
        for cell in self.view() {
            ledger.saw(self.person, self.index, &cell.key, &cell.stamp);
        }
        outcome.expect("an answer can be absorbed")
    }

    /// Fetches an edition's packs from where they are and shows it.
    pub(super) fn show(&mut self, edition: &Edition, pack: impl Fn(&str) -> Vec<u8>) -> bool {
        let shown = self.store.transact(|tx| {
            for wanted in edition::packs_wanted(tx, edition)? {
                edition::keep_pack(tx, &wanted, &pack(&wanted.hash))?;
            }
            edition::show(tx, edition)
        });
        shown.is_ok()
    }

    /// What the person sees of everything that is synced.
    pub(super) fn view(&mut self) -> Vec<Cell> {
        let collections = ["contact", "ask", "appointment"];
        self.read(|tx| {
            let views = collections.iter().map(|name| tx.current(name));
            Ok(views.collect::<Result<Vec<_>, _>>()?.concat())
        })
    }

    pub(super) fn record(&mut self, collection: &str, id: &str) -> Vec<Cell> {
        self.read(|tx| tx.current_record(collection, id))
    }

    pub(super) fn unsent(&mut self) -> Vec<Cell> {
        self.read(|tx| tx.to_send(usize::MAX, true))
    }

    pub(super) fn confirmed(&mut self, key: &CellKey) -> Option<Cell> {
        self.read(|tx| tx.confirmed(key))
    }

    pub(super) fn state(&mut self) -> SyncState {
        self.read(|tx| tx.state())
    }

    pub(super) fn waiting(&mut self) -> Waiting {
        self.read(|tx| tx.waiting())
    }

    pub(super) fn greatest(&mut self) -> Reading {
        self.read(|tx| tx.greatest_reading())
    }

    /// Writes past the program's own checks, as a changed program would.
    pub(super) fn force(&mut self, cell: &Cell) {
        let forced = self.store.transact(|tx| {
            let mut state = tx.state()?;
            state.greatest = cell.stamp.reading;
            tx.set_state(&state)?;
            tx.put_unsent(cell)
        });
        forced.expect("a cell can be put");
    }

    fn read<R>(
        &mut self,
        work: impl FnOnce(&mut dyn promise_core::store::Tx) -> Result<R, StoreError>,
    ) -> R {
        self.store.transact(work).expect("the store can be read")
    }
}
