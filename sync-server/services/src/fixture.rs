//! What the services' tests share: a council in memory, with two young people and an adviser.

use std::{collections::BTreeMap, ops::Deref, sync::Arc};

use promise_protocol::{
    Author, Change, KeyStep, PROTOCOL, PackName, PairRequest, PairResponse, PairingCode, Relink,
    SyncRequest, SyncResponse,
    access::ACCESS,
    ids::{PersonId, StaffId},
    pack::{Directory, Pack},
    pairing::{NewPhone, PairProgress, PairingAnswer, PairingDecision, PairingKey, PairingNonce},
    phone_record::PHONE,
    signature::{PublicKey, SEED_BYTES, SigningKey},
    statement::Statement,
};
use serde_json::{Value, json};

use crate::{
    PhoneScope, Random, ServiceError, StaffRole, StaffScope, assignments, calendar,
    cards::CardEdit,
    devices::{
        ProvenPhone,
        pairing::{self, Answered, Claim, CodeRefusal, WaitingState},
    },
    generation, people,
    publishing::editions,
    sign_in, staff,
    sync::{Limits, answer_within},
};
use promise_database::{DatabaseError, MemorySigner, Signer, Tx};
use promise_database_sqlite::SqliteConnection;

/// A moment in November 2025.
pub(crate) const NOW: i64 = 1_764_000_000_000;

/// Random bytes that are the same in each run.
pub(crate) struct Counted(u64);

impl Random for Counted {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError> {
        for byte in bytes {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = self.0.to_be_bytes()[0];
        }
        Ok(())
    }
}

/// A council with Ada and Bea, and with Jo, who is Ada's adviser.
pub(crate) struct World {
    pub(crate) store: SqliteConnection,
    pub(crate) random: Counted,
    pub(crate) staff: StaffScope,
    pub(crate) ada: PersonId,
    pub(crate) bea: PersonId,
    pub(crate) jo: StaffId,
    /// The record of Jo's card on Ada's phones.
    pub(crate) contact: String,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut store = SqliteConnection::open_in_memory(signer()).unwrap();
        let mut random = Counted(7);
        let staff = StaffScope::operator();
        let made = store.transact(|tx| {
            generation::ensure(tx, &mut random)?;
            people::add_council(tx, "barnet", "Barnet")?;
            let ada = people::add(tx, &staff, &"barnet".into(), None, &mut random)?;
            let bea = people::add(tx, &staff, &"barnet".into(), None, &mut random)?;
            let card = card_edit(json!({"display_name": "Jo", "email": "jo@example.org"}));
            let jo = staff::add(tx, &staff, &"barnet".into(), "jo", card, &mut random)?;
            let contact = assignments::assign(tx, &staff, &ada, &jo, NOW, &mut random)?;
            Ok::<_, ServiceError>((ada, bea, jo, contact))
        });
        let (ada, bea, jo, contact) = made.unwrap();
        Self { store, random, staff, ada, bea, jo, contact }
    }

    /// Runs a transaction that must succeed.
    pub(crate) fn run<R>(
        &mut self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, DatabaseError>,
    ) -> R {
        self.store.transact(job).unwrap()
    }

    /// Runs a service as staff.
    pub(crate) fn staff<R>(
        &mut self,
        job: impl FnOnce(&mut dyn Tx, &StaffScope, &mut Counted) -> Result<R, ServiceError>,
    ) -> Result<R, ServiceError> {
        let (staff, random) = (&self.staff, &mut self.random);
        self.store.transact(|tx| job(tx, staff, random))
    }

    /// Gives Jo a sign-in with this role, and returns the scope that she has then.
    pub(crate) fn jo_as(&mut self, role: StaffRole) -> StaffScope {
        let jo = self.jo.clone();
        let invited = self.staff(|tx, scope, random| {
            sign_in::invite(tx, scope, &jo, ("jo", role), 30, NOW, random)
        });
        invited.unwrap();
        StaffScope::of_member("barnet".into(), jo, role, calendar::today(NOW))
    }

    /// Publishes visits every two months by law, the first one within seven days, and every eight weeks by
    /// promise.
    pub(crate) fn publish_visits(&mut self) {
        let timescales = json!([{"id": "visit", "display_name": {"en": "Visits"}, "promise": "8 weeks",
            "law": {"every": "2 months", "first": "7 days", "source": "SI 2010/2571 reg 8(2)"}}]);
        let timescales = serde_json::from_value(timescales).unwrap();
        let directory = Directory { timescales, ..Directory::default() };
        let packs = [(PackName::Directory, directory.to_bytes())].into();
        let published = self
            .staff(|tx, scope, _| editions::publish_packs(tx, scope, &"barnet".into(), packs, NOW));
        published.unwrap();
    }

    /// Pairs a phone, and returns the response.
    pub(crate) fn pair(&mut self, person: &PersonId) -> Paired {
        let code = self
            .staff(|tx, scope, random| pairing::invite(tx, scope, person, 30, NOW, random))
            .unwrap();
        self.claim(&code.to_string(), None).expect("a fresh code pairs")
    }

    /// Claims a code, as a phone with this earlier pairing. The other side says yes.
    pub(crate) fn claim(
        &mut self,
        code: &str,
        relink: Option<Relink>,
    ) -> Result<Paired, CodeRefusal> {
        self.claim_at(code, relink, NOW)
    }

    /// Like [`World::claim`], at another time.
    pub(crate) fn claim_at(
        &mut self,
        code: &str,
        relink: Option<Relink>,
        now: i64,
    ) -> Result<Paired, CodeRefusal> {
        let new = self.new_phone();
        // A phone that is linked again keeps its key.
        let made = new.opening.signing_key.clone();
        let key = relink.as_ref().map_or(made, |relink| relink.key.clone());
        let token = new.token.to_string();
        let first = self.step(&first_request(&new, code, relink), now)?;
        if let Some(response) = first.paired {
            return Ok(Paired { token, key, response });
        }
        self.other_side(code, None, now);
        self.step(&new.open(code, SERVER), now)?;
        self.other_side(code, Some(PairingDecision::Confirmed), now);
        let response = self.step(&new.open(code, SERVER), now)?.paired;
        Ok(Paired { token, key, response: response.expect("both said yes") })
    }

    /// A phone that was never seen before.
    pub(crate) fn new_phone(&mut self) -> NewPhone {
        let mut bytes = || -> [u8; 32] { crate::random::bytes(&mut self.random).unwrap() };
        let token = bytes();
        let signing_key = phone_key(token).public_key();
        NewPhone::new(token, PairingKey::new(bytes()), signing_key, bytes())
    }

    /// One request of a new phone.
    pub(crate) fn step(
        &mut self,
        request: &PairRequest,
        now: i64,
    ) -> Result<PairProgress, CodeRefusal> {
        match self.staff(|tx, _, random| pairing::claim(tx, request, now, random)).unwrap() {
            Claim::Answered(progress) => Ok(*progress),
            Claim::Refused(refusal) => Err(refusal),
        }
    }

    /// What the side that made a code does: the phone adds its part; the operator, or the phone, decides.
    pub(crate) fn other_side(
        &mut self,
        code: &str,
        decision: Option<PairingDecision>,
        now: i64,
    ) -> Option<Answered> {
        let code: PairingCode = code.parse().unwrap();
        let id = code.invitation_id().to_owned();
        let invitation = self.run(|tx| tx.invitation(&id)).unwrap();
        if let Some(phone) = invitation.invited_by {
            let scope =
                PhoneScope::unchecked_for_simulation("barnet".into(), invitation.person, phone);
            let scope = ProvenPhone::unchecked_for_simulation(scope);
            let answer = answer_with(decision);
            let answered =
                self.staff(|tx, _, _| pairing::answer_own(tx, &scope, &id, &answer, now));
            return Some(answered.unwrap());
        }
        let decision = decision?;
        let is_done = self.staff(|tx, scope, _| {
            let WaitingState::Digits { digits, .. } = pairing::find(tx, scope, &id, now)?.state
            else {
                return Ok(false);
            };
            match decision {
                PairingDecision::Confirmed => pairing::confirm(tx, scope, &id, digits, now),
                PairingDecision::Refused => pairing::refuse(tx, scope, &id, digits, now),
            }
        });
        assert!(is_done.unwrap(), "a phone waits");
        None
    }

    /// Like the first step of [`World::claim`], with the error of a phone that was revoked.
    pub(crate) fn try_claim(
        &mut self,
        code: &str,
        relink: Option<Relink>,
    ) -> Result<Claim, ServiceError> {
        let request = first_request(&self.new_phone(), code, relink);
        self.staff(|tx, _, random| pairing::claim(tx, &request, NOW, random))
    }

    /// Pairs a phone.
    pub(crate) fn phone(&mut self, person: &PersonId) -> TestPhone {
        let paired = self.pair(person);
        TestPhone::new(person, &paired)
    }

    /// Returns `true` if the council signed this change about a person, by their id on their phones.
    pub(crate) fn is_signed(&mut self, person: &str, change: &Change) -> bool {
        let keys = self.run(|tx| tx.council_keys(&"barnet".into()));
        let statement = Statement::Change { person, change };
        keys.verify(&"barnet".into(), &statement, change.signature.as_ref())
    }

    /// The revision of a person.
    pub(crate) fn rev(&mut self, person: &PersonId) -> u64 {
        self.run(|tx| tx.person(person)).unwrap().rev
    }
}

/// The key of a phone with this token. Phones make it at random; here the token is all that a test has to keep.
pub(crate) fn phone_key(token: [u8; 32]) -> SigningKey {
    SigningKey::from_seed(&token).unwrap()
}

/// The address of the server in every test.
pub(crate) const SERVER: &str = "https://promise.example";

fn first_request(new: &NewPhone, code: &str, relink: Option<Relink>) -> PairRequest {
    match relink {
        Some(relink) => new.relink(code, SERVER, relink),
        None => new.start(code, SERVER),
    }
}

/// The answer of a phone to one that waits with its code.
pub(crate) fn answer_with(decision: Option<PairingDecision>) -> PairingAnswer {
    PairingAnswer {
        protocol: PROTOCOL,
        key: PairingKey::new([1; 32]),
        nonce: PairingNonce::new([2; 32]),
        decision,
        phrase: None,
    }
}

/// What a phone has after it was paired.
#[derive(Clone, Debug)]
pub(crate) struct Paired {
    pub(crate) token: String,
    pub(crate) key: PublicKey,
    pub(crate) response: PairResponse,
}

impl Deref for Paired {
    type Target = PairResponse;

    fn deref(&self) -> &PairResponse {
        &self.response
    }
}

/// The state of a phone between syncs.
#[derive(Clone)]
pub(crate) struct TestPhone {
    /// It counts as proven: [`crate::devices::prove`] has tests of its own.
    pub(crate) scope: ProvenPhone,
    pub(crate) generation: String,
    pub(crate) request: u64,
    pub(crate) since: u64,
    pub(crate) edition: u64,
    /// The number of the key with which it proves that it may clear.
    pub(crate) key: Option<u8>,
}

impl TestPhone {
    /// The phone of a person that received this response.
    pub(crate) fn new(person: &PersonId, paired: &PairResponse) -> Self {
        let author: Author = paired.author.parse().unwrap();
        let scope = PhoneScope::unchecked_for_simulation("barnet".into(), person.clone(), author);
        let scope = ProvenPhone::unchecked_for_simulation(scope);
        let generation = paired.generation.clone();
        Self { scope, generation, request: 0, since: 0, edition: 0, key: None }
    }

    /// A change with a stamp of this phone.
    pub(crate) fn change(&self, millis: i64, collection: &str, id: &str, of: Value) -> Change {
        let reading = promise_protocol::Reading::at_millis(millis);
        Change {
            collection: collection.into(),
            id: id.into(),
            stamp: promise_protocol::Stamp::new(reading, self.scope.device().clone()),
            fields: fields(of),
            signature: None,
        }
    }

    /// Syncs, and moves the cursor. Leaves out the access log, to which every staff write adds, and the
    /// record of phones; they have tests of their own.
    pub(crate) fn sync(&mut self, world: &mut World, changes: Vec<Change>) -> SyncResponse {
        let mut answer = self.sync_all(world, changes);
        let own = [ACCESS, PHONE];
        answer.changes.retain(|change| !own.contains(&change.collection.as_str()));
        answer
    }

    /// Syncs, and moves the cursor.
    pub(crate) fn sync_all(&mut self, world: &mut World, changes: Vec<Change>) -> SyncResponse {
        self.sync_within(world, changes, Limits::default())
    }

    pub(crate) fn sync_within(
        &mut self,
        world: &mut World,
        changes: Vec<Change>,
        limits: Limits,
    ) -> SyncResponse {
        self.request += 1;
        let answer = self.send(world, changes, limits).unwrap();
        self.since = answer.next.unwrap_or(self.since);
        answer
    }

    /// Makes this the person's first key, which must be accepted. The phone proves it from then on.
    pub(crate) fn make_key(&mut self, world: &mut World, number: u8) {
        let step = KeyStep::first(&owner(number), "barnet", self.scope.person().as_str());
        assert_eq!(self.propose(world, vec![step]).key_accepted.len(), 1);
        self.key = Some(number);
    }

    /// Proposes steps to other keys, and moves the cursor.
    pub(crate) fn propose(&mut self, world: &mut World, key_steps: Vec<KeyStep>) -> SyncResponse {
        self.request += 1;
        let response = self.send_with(world, Vec::new(), key_steps);
        self.since = response.next.unwrap_or(self.since);
        response
    }

    /// Sends changes and steps to other keys with the current number.
    pub(crate) fn send_with(
        &self,
        world: &mut World,
        changes: Vec<Change>,
        key_steps: Vec<KeyStep>,
    ) -> SyncResponse {
        let request = SyncRequest { key_steps, ..self.request(changes) };
        let limits = Limits::default();
        let sent = world.store.transact(|tx| answer_within(tx, &self.scope, request, NOW, limits));
        sent.unwrap()
    }

    /// Sends a request with the current number, which was not necessarily sent before.
    pub(crate) fn send(
        &self,
        world: &mut World,
        changes: Vec<Change>,
        limits: Limits,
    ) -> Result<SyncResponse, ServiceError> {
        let request = self.request(changes);
        world.store.transact(|tx| answer_within(tx, &self.scope, request, NOW, limits))
    }

    fn request(&self, changes: Vec<Change>) -> SyncRequest {
        let mut request = SyncRequest {
            protocol: PROTOCOL,
            generation: self.generation.clone(),
            request: self.request,
            since: self.since,
            edition: self.edition,
            changes,
            key_steps: Vec::new(),
            clear_signature: None,
        };
        if let Some(number) = self.key {
            request.sign_clears(&owner(number), "barnet", self.scope.person().as_str());
        }
        request
    }
}

/// The owner key of this number.
pub(crate) fn owner(number: u8) -> SigningKey {
    SigningKey::from_seed(&[number; SEED_BYTES]).unwrap()
}

/// The step from one key to another of a person, by their numbers.
pub(crate) fn step(before: u8, next: u8, person: &PersonId) -> KeyStep {
    KeyStep::after(&owner(before), owner(next).public_key(), "barnet", person.as_str())
}

/// The signer of the tests.
pub(crate) fn signer() -> Arc<dyn Signer> {
    Arc::new(MemorySigner::new([7; 32]))
}

/// Fields from a JSON object.
pub(crate) fn fields(value: Value) -> BTreeMap<String, Value> {
    serde_json::from_value(value).unwrap()
}

/// Returns an edit of a card from a JSON object.
pub(crate) fn card_edit(value: Value) -> CardEdit {
    CardEdit::new(fields(value)).unwrap()
}
