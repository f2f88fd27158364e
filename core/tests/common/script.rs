//! A server that a test scripts.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use promise_core::{
    CancelHandle,
    sync::{ActCredentials, PackWanted, Transport, TransportError},
};
use promise_protocol::{
    ActSignature, Change, Edition, Invited, KeyAcceptance, PackName, PairRequest, PairResponse,
    ProblemCode, SyncRequest, SyncResponse,
    pack::hash,
    pairing::{PairOffer, PairProgress, PairingNonce},
    phone_record::Inviter,
    signature::{PublicKey, Signature},
    statement::CouncilKeyList,
};

use super::{NOW, Published, accepted, author, council_key};

type BeforePicture = Box<dyn FnMut(&CancelHandle) + Send>;

type Answer = Box<dyn FnOnce(&SyncRequest) -> Result<SyncResponse, TransportError> + Send>;

/// A scripted server. It answers each request with the next scripted answer. Without one, it
/// applies everything and has nothing new.
pub struct Script {
    now: AtomicI64,
    answers: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<SyncRequest>>,
    packs: Mutex<BTreeMap<String, Result<Vec<u8>, TransportError>>>,
    wanted: Mutex<Vec<PackWanted>>,
    edition: Mutex<Option<Edition>>,
    pictures: Mutex<BTreeMap<String, Result<Vec<u8>, TransportError>>>,
    before_picture: Mutex<Option<BeforePicture>>,
    log: Mutex<Vec<String>>,
    pub pairing: Mutex<Result<PairResponse, TransportError>>,
    pub pair_requests: Mutex<Vec<PairRequest>>,
    /// How many responses to new phones are lost.
    pub lost_pairings: AtomicI64,
    /// The key of the phone that it paired last.
    pub phone_key: Mutex<Option<PublicKey>>,
    /// The signatures of the invitations that it was asked for.
    pub acts: Mutex<Vec<ActSignature>>,
    /// How many of them it does not accept.
    pub unproven: AtomicI64,
    /// Whether the other side says no more than its part of a pairing.
    pub undecided: AtomicBool,
    token: Mutex<String>,
    /// The steps to the council's present key.
    pub council_keys: Mutex<CouncilKeyList>,
}

impl Default for Script {
    fn default() -> Self {
        let paired = PairResponse {
            author: author().to_string(),
            council: "riverbridge".into(),
            council_name: "Riverbridge Council".into(),
            person: "person-1".into(),
            generation: "gen00001".into(),
            now: NOW,
            key_history: Vec::new(),
            waits_for_phrase: false,
            council_key: council_key().public_key(),
            signature: Signature::new("canary-signature"),
        };
        Self {
            now: AtomicI64::new(NOW),
            answers: Mutex::default(),
            requests: Mutex::default(),
            packs: Mutex::default(),
            wanted: Mutex::default(),
            edition: Mutex::default(),
            pictures: Mutex::default(),
            before_picture: Mutex::default(),
            log: Mutex::default(),
            pairing: Mutex::new(Ok(paired)),
            pair_requests: Mutex::default(),
            lost_pairings: AtomicI64::default(),
            phone_key: Mutex::default(),
            acts: Mutex::default(),
            unproven: AtomicI64::default(),
            undecided: AtomicBool::default(),
            token: Mutex::default(),
            council_keys: Mutex::default(),
        }
    }
}

impl Script {
    /// Scripts the answer to the next request that has none yet.
    pub fn next(
        &self,
        answer: impl FnOnce(&SyncRequest) -> Result<SyncResponse, TransportError> + Send + 'static,
    ) {
        held(&self.answers).push_back(Box::new(answer));
    }

    /// Scripts this answer to the next request, whose changes are applied.
    pub fn next_takes(&self, answer: SyncResponse) {
        self.next(move |request| {
            let (taken, key_accepted) = (!request.changes.is_empty(), acceptances(request));
            Ok(SyncResponse { taken, now: NOW, key_accepted, ..answer })
        });
    }

    /// Offers an edition from now on. Its packs can be fetched.
    pub fn publish(&self, published: &Published, number: u64) {
        let mut packs = held(&self.packs);
        packs.extend(published.packs().into_values().map(|pack| (hash(&pack), Ok(pack))));
        *held(&self.edition) = Some(published.edition(number));
    }

    /// Offers these packs as another edition than the one that the council would sign.
    pub fn publish_as(&self, published: &Published, edition: Edition) {
        self.publish(published, edition.number);
        *held(&self.edition) = Some(edition);
    }

    /// Scripts what a fetch of this pack returns from now on.
    pub fn spoil(
        &self,
        published: &Published,
        name: PackName,
        answer: Result<Vec<u8>, TransportError>,
    ) {
        held(&self.packs).insert(published.edition(0).packs[&name].clone(), answer);
    }

    /// Serves these bytes under this hash.
    pub fn offer_pack(&self, hash: &str, bytes: Vec<u8>) {
        held(&self.packs).insert(hash.to_owned(), Ok(bytes));
    }

    /// Scripts what a fetch of this picture returns from now on.
    pub fn give_picture(&self, hash: &str, answer: Result<Vec<u8>, TransportError>) {
        held(&self.pictures).insert(hash.to_owned(), answer);
    }

    /// Calls this each time before it serves a picture, with the handle that cancels the fetch.
    pub fn before_picture(&self, what: impl FnMut(&CancelHandle) + Send + 'static) {
        *held(&self.before_picture) = Some(Box::new(what));
    }

    /// Returns what was requested since the last call, in order: `sync`, `packs` or a picture's
    /// hash.
    pub fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut held(&self.log))
    }

    /// Sets its clock.
    pub fn set_now(&self, millis: i64) {
        self.now.store(millis, Ordering::SeqCst);
    }

    /// The token of the phone that it paired last.
    pub fn token(&self) -> String {
        held(&self.token).clone()
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<SyncRequest> {
        held(&self.requests).clone()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        held(&self.requests).clear();
    }

    /// Returns the packs that were requested since the last call.
    pub fn take_wanted(&self) -> Vec<PackWanted> {
        std::mem::take(&mut held(&self.wanted))
    }

    fn usual_answer(&self, request: &SyncRequest) -> SyncResponse {
        let edition = held(&self.edition).clone().filter(|e| e.number > request.edition);
        let now = self.now.load(Ordering::SeqCst);
        let (taken, key_accepted) = (!request.changes.is_empty(), acceptances(request));
        SyncResponse { now, taken, key_accepted, edition, ..SyncResponse::default() }
    }
}

/// The acceptances of the key steps in a request by a server that accepts them all. One that comes later has a
/// later stamp.
fn acceptances(request: &SyncRequest) -> Vec<KeyAcceptance> {
    let after = i64::try_from(request.request).expect("few requests") * 100;
    let steps = request.key_steps.iter().zip(after..);
    steps
        .map(|(step, after)| {
            let Change { stamp, signature, .. } = accepted(step, after);
            KeyAcceptance { stamp, signature: signature.expect("it is signed") }
        })
        .collect()
}

impl Transport for Script {
    fn pair(
        &self,
        request: &PairRequest,
        _: &CancelHandle,
    ) -> Result<PairProgress, TransportError> {
        held(&self.pair_requests).push(request.clone());
        if self.lost_pairings.fetch_sub(1, Ordering::SeqCst) > 0 {
            return Err(TransportError::Broken);
        }
        let paired = held(&self.pairing).clone()?;
        let offer = PairOffer {
            council: paired.council.clone(),
            council_name: paired.council_name.clone(),
            inviter: Inviter::Staff,
            by: Some("Sam Okoro".into()),
            nonce: PairingNonce::new([3; 32]),
            key: None,
        };
        let is_opened = request.opening.is_some() && !self.undecided.load(Ordering::SeqCst);
        let paired = (is_opened || request.relink.is_some()).then_some(paired);
        if paired.is_some() {
            *held(&self.token) = request.token.to_string();
            if let Some(opening) = &request.opening {
                *held(&self.phone_key) = Some(opening.signing_key.clone());
            }
        }
        Ok(PairProgress { offer: Some(offer), paired, phrase: None })
    }

    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        _: &CancelHandle,
    ) -> Result<SyncResponse, TransportError> {
        assert_eq!(token, self.token());
        held(&self.requests).push(request.clone());
        held(&self.log).push("sync".into());
        let answer = held(&self.answers).pop_front();
        answer.map_or_else(|| Ok(self.usual_answer(request)), |answer| answer(request))
    }

    fn packs(
        &self,
        wanted: &[PackWanted],
        _: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>> {
        held(&self.wanted).extend_from_slice(wanted);
        held(&self.log).push("packs".into());
        let packs = held(&self.packs);
        let missing = Err(TransportError::Refused(ProblemCode::NotFound));
        wanted.iter().map(|pack| packs.get(&pack.hash).unwrap_or(&missing).clone()).collect()
    }

    fn invite(&self, by: &ActCredentials<'_>, _: &CancelHandle) -> Result<Invited, TransportError> {
        assert_eq!(by.token, self.token());
        held(&self.acts).push(by.signature.clone());
        if self.unproven.fetch_sub(1, Ordering::SeqCst) > 0 {
            return Err(TransportError::Refused(ProblemCode::NotProven));
        }
        Ok(Invited { code: "K7QF-3MZD-9X01".into(), expires_at: NOW })
    }

    fn council_keys(&self, _: &str, _: &CancelHandle) -> Result<CouncilKeyList, TransportError> {
        held(&self.log).push("council-keys".into());
        Ok(held(&self.council_keys).clone())
    }

    fn picture(
        &self,
        hash: &str,
        bytes: u32,
        cancel: &CancelHandle,
    ) -> Result<Vec<u8>, TransportError> {
        held(&self.log).push(hash.to_owned());
        if let Some(before) = held(&self.before_picture).as_mut() {
            before(cancel);
        }
        let missing = Err(TransportError::Refused(ProblemCode::NotFound));
        let given = held(&self.pictures).get(hash).unwrap_or(&missing).clone();
        // As over HTTP: a longer response is not read to its end.
        given.and_then(|given| {
            let fits = given.len() <= bytes as usize;
            if fits { Ok(given) } else { Err(TransportError::NotUnderstood) }
        })
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
