//! The server in the story: the product's services on the product's store, with backups.

mod attacks;
mod backups;
mod fresh_start;
mod limited_phones;
mod lost_records;
mod rotation;
mod staff_codes;
mod stolen_codes;
mod stolen_phones;
mod token_thief;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use promise_database::{Device, Inviter, MemorySigner, Person, Signer, Tx};
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{
    Author, AuthorKind, Cell, Change, Edition, PackName, Reading, RevocationReason, SignedOrder,
    SyncRequest, SyncResponse,
    ids::PersonId,
    schema,
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
    statement::Statement,
};
use promise_services::{
    PhoneScope, Random, ServiceError, StaffScope, devices, generation,
    people::{self, page},
    publishing::editions,
    staff_writes,
    sync::{self, Limits},
};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use self::backups::Backup;
use super::ledger::{PEOPLE, PersonIndex, PhoneIndex};

pub(super) const COUNCIL: &str = "riverbridge";

/// The address of the server, as new phones have it.
pub(super) const SERVER: &str = "https://promise.example.org";

pub(super) struct Server {
    store: SqliteConnection,
    signer: Arc<dyn Signer>,
    /// The same one, which has not forgotten the keys that were replaced.
    keys: Arc<MemorySigner>,
    limits: Limits,
    scopes: Vec<PhoneScope>,
    /// The person of each phone. There may have been more devices.
    owners: Vec<PersonIndex>,
    devices: u32,
    revoked: Vec<Author>,
    people: Vec<PersonId>,
    /// The database before any person was added.
    without_people: Vec<u8>,
    backups: Vec<Backup>,
    /// The backup from before anything was synced, in stories that need it.
    first_backup: Option<Backup>,
    packs: HashMap<String, Vec<u8>>,
    random: Seeded,
}

struct Seeded(ChaCha8Rng);

impl Random for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl Server {
    /// A server with a council, its people and their paired phones. `owners` has the person of each
    /// phone; a response's page holds at most `page` cells.
    pub(super) fn new(now: i64, owners: &[PersonIndex], authors: &[String], page: usize) -> Self {
        let keys = Arc::new(MemorySigner::new([7; 32]));
        let signer: Arc<dyn Signer> = Arc::<MemorySigner>::clone(&keys);
        let store = SqliteConnection::open_in_memory(Arc::clone(&signer));
        let mut server = Self {
            store: store.expect("a database in memory"),
            signer,
            keys,
            limits: Limits { cells: page, ..Limits::default() },
            scopes: Vec::new(),
            owners: owners.to_vec(),
            devices: 0,
            revoked: Vec::new(),
            people: Vec::new(),
            without_people: Vec::new(),
            backups: Vec::new(),
            first_backup: None,
            packs: HashMap::new(),
            random: Seeded(ChaCha8Rng::seed_from_u64(page as u64)),
        };
        server.settle(now, owners, authors).expect("a server can be set up");
        server
    }

    fn settle(
        &mut self,
        now: i64,
        owners: &[PersonIndex],
        authors: &[String],
    ) -> Result<(), ServiceError> {
        let Self { store, random, people, scopes, devices, without_people, .. } = self;
        store.transact(|tx| {
            generation::ensure(tx, random)?;
            people::add_council(tx, COUNCIL, "Riverbridge Council")
        })?;
        *without_people = store.snapshot()?;
        store.transact(|tx| {
            for person in 0..PEOPLE {
                // The id by which the person's phones know them, whatever is restored.
                let id = PersonId::new(person.to_string());
                tx.add_person(&new_person(id.clone()))?;
                people.push(id);
            }
            for (owner, author) in owners.iter().zip(authors) {
                let author: Author = author.parse().expect("an author");
                let person = people[*owner].clone();
                scopes.push(PhoneScope::unchecked_for_simulation(
                    COUNCIL.into(),
                    person.clone(),
                    author.clone(),
                ));
                *devices += 1;
                tx.person_for_update(&person)?;
                let added = tx.add_device(&device(author, person, now), &token(*devices))?;
                assert!(added, "every phone has its own author");
            }
            Ok(())
        })
    }

    pub(super) fn answer(
        &mut self,
        now: i64,
        phone: PhoneIndex,
        request: SyncRequest,
    ) -> SyncResponse {
        let Self { store, scopes, limits, .. } = self;
        let answer =
            store.transact(|tx| sync::answer_within(tx, &scopes[phone], request, now, *limits));
        answer.expect("a well-formed request is answered")
    }

    /// Revokes a phone and pairs another in its place. Returns its author, and the history of the person's
    /// keys.
    pub(super) fn replace(
        &mut self,
        now: i64,
        phone: PhoneIndex,
        person: PersonIndex,
        reason: RevocationReason,
    ) -> (String, Vec<Change>) {
        let old = self.scopes[phone].device().clone();
        let revoked =
            self.store.transact(|tx| devices::revoke_for_simulation(tx, &old, reason, now));
        revoked.expect("a paired phone can be revoked");
        let (author, owner) = (self.new_author(), self.people[person].clone());
        self.scopes[phone] =
            PhoneScope::unchecked_for_simulation(COUNCIL.into(), owner, author.clone());
        self.revoked.push(old);
        self.pair_all(now);
        (author.to_string(), self.key_history(person))
    }

    fn new_author(&mut self) -> Author {
        self.devices += 1;
        let mut bytes = [0xff; 5];
        bytes[..4].copy_from_slice(&self.devices.to_be_bytes());
        Author::new(AuthorKind::Phone, bytes)
    }

    /// The accepted steps of a person's keys, as the council signed them.
    pub(super) fn key_history(&mut self, person: PersonIndex) -> Vec<Change> {
        let owner = self.people[person].clone();
        let mut signed = self.read(|tx| tx.staff_changes(&owner));
        signed.retain(|change| change.collection == schema::ACCOUNT_KEY);
        signed
    }

    /// The order to a phone that was revoked, as the server sends it. The error is what it sends instead.
    pub(super) fn order_to(
        &mut self,
        now: i64,
        author: &str,
        request: SyncRequest,
    ) -> Result<SignedOrder, String> {
        let author: Author = author.parse().expect("an author");
        let person = self.people[0].clone();
        let scope = PhoneScope::unchecked_for_simulation(COUNCIL.into(), person, author);
        let Self { store, limits, .. } = self;
        match store.transact(|tx| sync::answer_within(tx, &scope, request, now, *limits)) {
            Err(ServiceError::Revoked(order)) => Ok(order),
            other => Err(format!("{other:?}")),
        }
    }

    /// After a restore, phones that were paired since are paired again.
    fn pair_all(&mut self, now: i64) {
        let Self { store, scopes, owners, people, devices, .. } = self;
        let paired = store.transact(|tx| {
            for (scope, owner) in scopes.iter().zip(owners.iter()) {
                if tx.device(scope.device())?.is_none() {
                    *devices += 1;
                    tx.person_for_update(&people[*owner])?;
                    let new = device(scope.device().clone(), people[*owner].clone(), now);
                    assert!(tx.add_device(&new, &token(*devices))?, "it was not there");
                }
            }
            Ok::<_, ServiceError>(())
        });
        paired.expect("phones can be paired");
    }

    /// Writes records of one person in one transaction.
    pub(super) fn staff_write(
        &mut self,
        now: i64,
        person: PersonIndex,
        writes: &[(&str, &str, BTreeMap<String, Value>)],
    ) {
        let person = self.people[person].clone();
        let written = self.store.transact(|tx| {
            for (collection, id, fields) in writes {
                let fields = fields.clone();
                staff_writes::write(
                    tx,
                    &StaffScope::operator(),
                    &person,
                    collection,
                    id,
                    fields,
                    now,
                )?;
            }
            Ok::<_, ServiceError>(())
        });
        written.expect("staff write what fits");
    }

    /// A staff member opens a person's page, which adds to the access log on their phones.
    pub(super) fn view(&mut self, now: i64, person: PersonIndex) {
        let person = self.people[person].clone();
        let looked = self
            .store
            .transact(|tx| page::open(tx, &StaffScope::operator(), &person, now).map(drop));
        looked.expect("staff can look");
    }

    pub(super) fn publish(&mut self, now: i64, title: &str) -> Edition {
        let council = json!({"id": COUNCIL, "name": "Riverbridge"});
        // What is saved and marked is published, so every phone knows its ids.
        let sections = json!([{"id": "all", "title": {"en": "All"}}]);
        let names = ["job-1", "job-2", "course", "opportunity"];
        let pledges = json!({
            "id": names, "section": names.map(|_| "all"), "title": names.map(|_| json!({"en": "A"})),
            "text": names.map(|_| json!({"en": "A"})),
        });
        let promise = json!({
            "council": council, "title": {"en": title}, "sections": sections, "pledges": pledges,
        });
        let opportunities = json!({"opportunities": {
            "id": names, "kind": names.map(|_| "job"), "title": names,
        }});
        let packs = BTreeMap::from([
            (PackName::Promise, promise.to_string().into_bytes()),
            (PackName::Opportunities, opportunities.to_string().into_bytes()),
            (PackName::Directory, br#"{"lines":{}}"#.to_vec()),
        ]);
        for bytes in packs.values() {
            self.packs.insert(promise_protocol::pack::hash(bytes), bytes.clone());
        }
        let edition = self.store.transact(|tx| {
            editions::publish_packs(tx, &StaffScope::operator(), &COUNCIL.into(), packs, now)
        });
        edition.expect("packs can be published").expect("the title is new").edition
    }

    /// The bytes of a pack; empty if the server lost it in a restore.
    pub(super) fn pack(&self, hash: &str) -> Vec<u8> {
        self.packs.get(hash).cloned().unwrap_or_default()
    }

    pub(super) fn cells(&mut self, person: PersonIndex) -> Vec<Cell> {
        self.cells_after(person, 0)
    }

    /// Lists the cells that were written after a revision.
    pub(super) fn cells_after(&mut self, person: PersonIndex, revision: u64) -> Vec<Cell> {
        let person = self.people[person].clone();
        let mut cells = Vec::new();
        self.read(|tx| {
            tx.cells_after(&person, revision, &mut |stored| {
                cells.push(stored.cell);
                true
            })
        });
        cells
    }

    pub(super) fn revision(&mut self, person: PersonIndex) -> u64 {
        let id = self.people[person].clone();
        let person: Option<Person> = self.read(|tx| tx.person(&id));
        person.expect("a known person").rev
    }

    /// The key with which the council signs.
    pub(super) fn council_key(&self) -> PublicKey {
        self.signer.keys(&COUNCIL.into()).expect("the council has a key").current
    }

    /// Signs as the council, with the key that only it has.
    pub(super) fn sign(&self, statement: &Statement<'_>) -> Signature {
        self.sign_as(COUNCIL, statement)
    }

    /// Signs as a council, with the key that only it has.
    pub(super) fn sign_as(&self, council: &str, statement: &Statement<'_>) -> Signature {
        let signature = self.signer.sign(&council.into(), &statement.to_bytes(council));
        signature.expect("the council has a key")
    }

    pub(super) fn generation(&mut self) -> String {
        self.read(|tx| tx.generation()).expect("a generation").id
    }

    pub(super) fn staff_author(&mut self) -> String {
        self.read(|tx| tx.generation()).expect("a generation").staff_author.to_string()
    }

    pub(super) fn edition_number(&mut self) -> u64 {
        self.read(|tx| tx.newest_edition(&COUNCIL.into())).map_or(0, |edition| edition.number)
    }

    fn read<R>(
        &mut self,
        work: impl FnOnce(&mut dyn Tx) -> Result<R, promise_database::DatabaseError>,
    ) -> R {
        self.store.read(work).expect("the store can be read")
    }
}

fn new_person(id: PersonId) -> Person {
    Person {
        id,
        council: COUNCIL.into(),
        reference: None,
        rev: 0,
        nudge_rev: 0,
        staff_reading: Reading::default(),
        relinked_id: None,
    }
}

/// The seed of the key of a phone that was paired with this author. In the story it follows from the author, so that
/// phone and server need not tell each other.
pub(super) fn phone_seed(author: &str) -> [u8; SEED_BYTES] {
    let mut seed = [0x5e; SEED_BYTES];
    for (byte, letter) in seed.iter_mut().zip(author.bytes()) {
        *byte = letter;
    }
    seed
}

fn device(author: Author, person: PersonId, now: i64) -> Device {
    let key = SigningKey::from_seed(&phone_seed(author.as_str())).expect("a seed");
    Device {
        author,
        person,
        paired_at: now,
        inviter: Inviter::Operator,
        signing_key: key.public_key(),
        limited: false,
        last_request: 0,
        last_act: 0,
        last_sync_at: None,
        last_rev: 0,
        revoked: None,
    }
}

/// Tokens are not checked in the story; they only have to differ.
fn token(number: u32) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    hash
}
