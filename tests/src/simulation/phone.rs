//! A phone in the story: the product's store and engine, a clock, and the state that a crash loses.

use std::collections::BTreeMap;

use promise_core::{
    sealing::{PhoneKey, RecoveryPhrase},
    store::{
        Entropy, Pairing, PendingCounts, ServerAccess, SqliteStore, Store, StoreError, SyncState,
    },
    sync::{acts, apply, council_keys, edit, edition, orders, recovery, request},
};
use promise_protocol::{
    ActSignature, Cell, CellKey, Change, Edition, KeyHistory, KeyStep, PairResponse, PhoneAct,
    PhoneOrder, Reading, SignedOrder, Stamp, SyncResponse, schema,
    signature::{PublicKey, Signature},
    statement::CouncilKeyList,
};
use serde_json::Value;

use super::{
    clock::PhoneClock,
    ledger::{Ledger, PersonIndex, PhoneIndex},
    server::{COUNCIL, phone_seed},
};

pub(super) type Fields = BTreeMap<String, Value>;

pub(super) struct Phone {
    pub(super) index: PhoneIndex,
    pub(super) person: PersonIndex,
    pub(super) author: String,
    pub(super) clock: PhoneClock,
    /// Rises when the phone is killed: responses to requests of the killed process are dropped.
    pub(super) process: u32,
    pub(super) store: SqliteStore,
    /// `true` if its owner has changed the program to write what they may not.
    pub(super) dishonest: bool,
    /// The authors that it had before it was linked again.
    pub(super) earlier_authors: Vec<String>,
}

impl Phone {
    pub(super) fn new(
        index: PhoneIndex,
        person: PersonIndex,
        author: &str,
        generation: &str,
        key_history: &[Change],
        council_key: &PublicKey,
    ) -> Self {
        let store = paired(person, author, generation, key_history, council_key);
        let author = author.to_owned();
        let clock = PhoneClock::default();
        Self {
            index,
            person,
            author,
            clock,
            process: 0,
            store,
            dishonest: false,
            earlier_authors: Vec::new(),
        }
    }

    /// Replaces this phone with another one that was paired by a code alone, and returns this one.
    pub(super) fn replace(
        &mut self,
        author: &str,
        generation: &str,
        key_history: &[Change],
        council_key: &PublicKey,
    ) -> Self {
        let (index, person) = (self.index, self.person);
        let new = Self::new(index, person, author, generation, key_history, council_key);
        let old = std::mem::replace(self, new);
        self.clock = old.clock;
        self.process = old.process + 1;
        old
    }

    /// Links this phone again by the response of the server: it keeps all that it holds, and its author is
    /// new.
    pub(super) fn relink(&mut self, paired: &PairResponse) {
        let linked = self.store.transact::<_, StoreError>(|tx| {
            let held = tx.pairing()?.expect("the phone is paired");
            let new = Pairing {
                author: paired.author.clone(),
                signature: paired.signature.clone(),
                ..held.clone()
            };
            tx.set_pairing(&new.after(Some(held)))?;
            recovery::learn_history(tx, &paired.key_history)
        });
        linked.expect("a pairing can be kept");
        self.earlier_authors.push(std::mem::replace(&mut self.author, paired.author.clone()));
        self.process += 1;
    }

    /// Signs an act, as the product does before it sends one.
    pub(super) fn sign(&mut self, act: &PhoneAct<'_>, now: i64) -> ActSignature {
        let signed = self.store.transact::<_, StoreError>(|tx| {
            let number = acts::take_number(tx, now)?;
            acts::sign(tx, act, number)
        });
        signed.expect("an act can be signed").expect("the phone is paired")
    }

    /// Generates the recovery phrase on the person's first phone.
    pub(super) fn begin(&mut self, phrase: &RecoveryPhrase) {
        let begun = self.store.transact(|tx| recovery::generate_if_first(tx, &phrase.entropy()));
        begun.expect("a key can be made");
    }

    /// Changes the recovery phrase. Returns `false` if the phone must sync first, or does not have the phrase
    /// in use.
    pub(super) fn change_phrase(&mut self, bits: &Entropy) -> bool {
        match self.store.transact(|tx| recovery::change(tx, bits)) {
            Ok(()) => true,
            Err(recovery::ChangeError::NotSynced | recovery::ChangeError::PhraseNeeded) => false,
            Err(error) => panic!("the phrase is changed: {error}"),
        }
    }

    /// The steps to other keys that this phone knows to be accepted.
    pub(super) fn key_steps(&mut self) -> Vec<KeyStep> {
        let cells = self.read(|tx| tx.current(schema::ACCOUNT_KEY));
        Change::gather(cells).iter().filter_map(KeyStep::of_change).collect()
    }

    /// The first key of the history to which this phone holds.
    pub(super) fn first_key(&mut self) -> Option<PublicKey> {
        self.read(|tx| tx.key_state()).first
    }

    /// The last fresh start that this phone knows of.
    pub(super) fn fresh_start(&mut self) -> Option<Stamp> {
        let cells = self.read(|tx| tx.current(schema::ACCOUNT_KEY));
        KeyHistory::of_cells(cells).fresh_start().cloned()
    }

    /// The last key of the history that begins with this key, if this phone knows of it.
    pub(super) fn last_key_of(&mut self, first: &PublicKey) -> Option<String> {
        let history = KeyHistory::of_cells(self.read(|tx| tx.current(schema::ACCOUNT_KEY)));
        let is_known = history.first_keys().any(|known| known == first);
        is_known.then(|| history.in_use(first).as_str().to_owned())
    }

    /// The steps to other keys of this phone that the server has not accepted.
    pub(super) fn proposed(&mut self) -> Vec<KeyStep> {
        self.read(|tx| tx.key_state()).proposed
    }

    /// Records in the ledger what the program wrote of itself: ids of an edition that a restore has lost.
    fn record_own_writes(&mut self, ledger: &mut Ledger) {
        let is_own = |cell: &&Cell| cell.key.field == schema::OF && cell.value == *cell.key.id;
        for cell in self.unsent().iter().filter(is_own) {
            if !ledger.knows(self.person, &cell.key, &cell.stamp, &cell.value) {
                ledger.wrote(self.person, self.index, &cell.key, &cell.stamp, &cell.value);
            }
        }
    }

    /// The check value of the phrase that this phone asks for, if it asks for one.
    pub(super) fn missing_phrase(&mut self) -> Option<String> {
        let state = self.read(|tx| recovery::state(tx));
        if state == recovery::RecoveryPhraseState::Present { None } else { self.key_in_use() }
    }

    /// The check value of the key in use, as far as this phone knows.
    pub(super) fn key_in_use(&mut self) -> Option<String> {
        self.read(|tx| recovery::key_in_use(tx))
    }

    /// Enters a phrase. Returns `false` if it is refused.
    pub(super) fn enter_phrase(&mut self, ledger: &mut Ledger, phrase: &RecoveryPhrase) -> bool {
        let entered = self.store.transact(|tx| recovery::enter(tx, phrase)).is_ok();
        for cell in self.view() {
            ledger.saw(self.person, self.index, &cell.key, &cell.stamp);
        }
        entered
    }

    /// Writes a record, and records the edit in the ledger.
    pub(super) fn write(
        &mut self,
        ledger: &mut Ledger,
        really: i64,
        collection: &str,
        id: &str,
        fields: &Fields,
    ) -> Stamp {
        let now = self.clock.shows(really);
        let written =
            self.store.transact(|tx| edit::write(tx, now, collection, id, fields.clone()));
        let stamp = written.expect("an edit that fits is saved");
        self.record_edit(ledger, collection, id, &stamp);
        stamp
    }

    /// Deletes a record, and records each emptied field in the ledger.
    pub(super) fn delete(&mut self, ledger: &mut Ledger, really: i64, collection: &str, id: &str) {
        let now = self.clock.shows(really);
        let deleted = self.store.transact(|tx| edit::delete(tx, now, collection, id));
        let stamp = deleted.expect("a delete is saved");
        self.record_edit(ledger, collection, id, &stamp);
    }

    /// Records each cell that an edit wrote: a program may write more than the person did.
    fn record_edit(&mut self, ledger: &mut Ledger, collection: &str, id: &str, stamp: &Stamp) {
        for cell in self.record(collection, id).iter().filter(|cell| cell.stamp == *stamp) {
            ledger.wrote(self.person, self.index, &cell.key, stamp, &cell.value);
        }
    }

    pub(super) fn prepare(&mut self) -> request::PreparedRequest {
        self.store.transact(|tx| request::prepare(tx)).expect("a request can be made")
    }

    /// Applies a response, and records in the ledger what was re-stamped and what is seen now.
    pub(super) fn apply_response(
        &mut self,
        ledger: &mut Ledger,
        really: i64,
        sent: &request::PreparedRequest,
        response: SyncResponse,
    ) -> apply::Outcome {
        let before: BTreeMap<CellKey, Stamp> =
            self.unsent().into_iter().map(|cell| (cell.key, cell.stamp)).collect();
        let now = self.clock.shows(really);
        let outcome = self.store.transact(|tx| apply::apply_response(tx, sent, response, now));
        for cell in self.unsent() {
            if let Some(old) = before.get(&cell.key).filter(|old| **old != cell.stamp) {
                ledger.restamped(self.person, &cell.key, old, &cell.stamp);
            }
        }
        self.record_own_writes(ledger);
        for cell in self.view() {
            ledger.saw(self.person, self.index, &cell.key, &cell.stamp);
        }
        outcome.expect("a response can be applied")
    }

    /// Fetches an edition's packs and shows it.
    pub(super) fn show(&mut self, edition: &Edition, pack: impl Fn(&str) -> Vec<u8>) -> bool {
        let shown = self.store.transact(|tx| {
            for wanted in edition::packs_wanted(tx, edition)? {
                edition::keep_pack(tx, &wanted, &pack(&wanted.hash))?;
            }
            edition::show(tx, edition)
        });
        shown.is_ok()
    }

    /// Returns what the person sees of everything that is synced.
    pub(super) fn view(&mut self) -> Vec<Cell> {
        let collections = schema::COLLECTIONS.iter().map(|collection| collection.name);
        self.read(|tx| {
            let views = collections.map(|name| tx.current(name));
            Ok(views.collect::<Result<Vec<_>, _>>()?.concat())
        })
    }

    pub(super) fn record(&mut self, collection: &str, id: &str) -> Vec<Cell> {
        self.read(|tx| tx.current_record(collection, id))
    }

    pub(super) fn unsent(&mut self) -> Vec<Cell> {
        self.read(|tx| tx.unsent_cells(usize::MAX, true))
    }

    pub(super) fn confirmed(&mut self, key: &CellKey) -> Option<Cell> {
        self.read(|tx| tx.confirmed(key))
    }

    pub(super) fn state(&mut self) -> SyncState {
        self.read(|tx| tx.sync_state())
    }

    pub(super) fn pending_counts(&mut self) -> PendingCounts {
        self.read(|tx| tx.pending_counts())
    }

    pub(super) fn greatest(&mut self) -> Reading {
        self.read(|tx| tx.greatest_reading())
    }

    /// Decides what to do about a refusal with this order, and does it as far as the store is concerned.
    pub(super) fn obey(&mut self, order: Option<&SignedOrder>) -> Option<PhoneOrder> {
        let done = self.store.transact::<_, StoreError>(|tx| {
            let done = orders::obey(tx, order)?;
            if done.is_none() {
                orders::note_refusal(tx, 0)?;
            }
            Ok(done)
        });
        done.expect("a refusal can be handled")
    }

    /// Follows the steps to the council's present key. Returns `true` if it learned one.
    pub(super) fn learn_keys(&mut self, list: &CouncilKeyList) -> bool {
        let learned = self.store.transact(|tx| council_keys::learn(tx, list));
        learned.expect("keys can be learned")
    }

    /// `true` if the phone has a token, and so goes on syncing.
    pub(super) fn syncs(&mut self) -> bool {
        self.read(|tx| Ok(tx.pairing()?.is_some_and(|pairing| pairing.token().is_some())))
    }

    /// Writes without the program's own checks, as a changed program would.
    pub(super) fn force(&mut self, cell: &Cell) {
        let forced = self.store.transact(|tx| {
            let mut state = tx.sync_state()?;
            state.greatest_reading = cell.stamp.reading;
            tx.set_sync_state(&state)?;
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

fn paired(
    person: PersonIndex,
    author: &str,
    generation: &str,
    key_history: &[Change],
    council_key: &PublicKey,
) -> SqliteStore {
    let mut store = SqliteStore::open_in_memory().expect("a database in memory");
    let pairing = Pairing {
        server: String::new(),
        access: ServerAccess::Token(String::new()),
        author: author.to_owned(),
        council: COUNCIL.into(),
        council_name: String::new(),
        person: person.to_string(),
        council_keys: vec![council_key.clone()],
        order_keys: vec![council_key.clone()],
        signature: Signature::new(""),
        key: PhoneKey::from_seed(phone_seed(author)),
    };
    let state = SyncState { generation: Some(generation.to_owned()), ..SyncState::default() };
    let paired = store.transact(|tx| {
        tx.set_pairing(&pairing)?;
        tx.set_sync_state(&state)?;
        recovery::learn_history(tx, key_history)
    });
    paired.expect("a phone can be paired");
    store
}
