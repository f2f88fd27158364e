//! Pairing without a phone, for tests that write their own requests.

use std::sync::atomic::{AtomicU64, Ordering};

use promise_database::Tx;
use promise_protocol::{
    PairRequest, PairResponse, PairingCode,
    pairing::{NewPhone, PairProgress, PairingKey},
    signature::SigningKey,
};
use promise_services::{
    OsRandom, Random, ServiceError, StaffScope,
    devices::pairing::{self, Claim, WaitingState},
};

use super::TestServer;

/// A phone that was never seen before. The key for the recovery phrase is none, because nothing is sealed to it.
pub fn new_phone() -> NewPhone {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let bytes = |first: u8| {
        let mut bytes = [first; 32];
        bytes[..8].copy_from_slice(&number);
        bytes
    };
    let key = phone_key(bytes(1)).public_key();
    NewPhone::new(bytes(1), PairingKey::new(bytes(2)), key, bytes(3))
}

/// The key of such a phone with this token, which is all that a test has to keep.
pub fn phone_key(token: [u8; 32]) -> SigningKey {
    SigningKey::from_seed(&token).expect("a seed")
}

/// One request of a new phone, in a transaction.
pub fn step(
    tx: &mut dyn Tx,
    request: &PairRequest,
    now: i64,
    random: &mut dyn Random,
) -> Result<PairProgress, ServiceError> {
    match pairing::claim(tx, request, now, random)? {
        Claim::Answered(progress) => Ok(*progress),
        Claim::Refused(refusal) => panic!("a fresh code was refused: {refusal:?}"),
    }
}

/// Pairs a new phone by a code of the operator, who says yes.
pub fn pair(
    tx: &mut dyn Tx,
    (new, server): (&NewPhone, &str),
    code: &PairingCode,
    now: i64,
    random: &mut dyn Random,
) -> Result<PairResponse, ServiceError> {
    if let Some(early) = confirm(tx, (new, server), code, now, random)? {
        return Ok(early);
    }
    let progress = step(tx, &new.open(&code.to_string(), server), now, random)?;
    Ok(progress.paired.expect("both sides said yes"))
}

/// Lets a new phone wait with a code of the operator, who says yes to it. Returns what the phone needs to sync if it
/// got that without a yes: a fault that a simulation injected.
pub fn confirm(
    tx: &mut dyn Tx,
    (new, server): (&NewPhone, &str),
    code: &PairingCode,
    now: i64,
    random: &mut dyn Random,
) -> Result<Option<PairResponse>, ServiceError> {
    let (text, id) = (code.to_string(), code.invitation_id());
    step(tx, &new.start(&text, server), now, random)?;
    let early = step(tx, &new.open(&text, server), now, random)?.paired;
    if early.is_some() {
        return Ok(early);
    }
    let operator = StaffScope::operator();
    let WaitingState::Digits { digits, .. } = pairing::find(tx, &operator, id, now)?.state else {
        panic!("the phone shows no digits")
    };
    assert!(pairing::confirm(tx, &operator, id, digits, now)?, "it waits");
    Ok(None)
}

impl TestServer {
    /// Pairs a phone of this person, and returns its token and what it needs to sync.
    pub fn pair_without_phone(&self, person: &str) -> (String, PairResponse) {
        let (new, url) = (new_phone(), self.url());
        let code: PairingCode = self.invite(person).parse().expect("a code");
        let now = chrono::Utc::now().timestamp_millis();
        let paired = self.transact(|tx| pair(tx, (&new, &url), &code, now, &mut OsRandom));
        (new.token.to_string(), paired)
    }
}
