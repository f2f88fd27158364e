//! Failures that the simulation found, reduced to the smallest story.

mod clears;
mod kept_ids;
mod key_history;
mod undecryptable;

use promise_protocol::{
    Change, KeyAcceptance, KeyStep, Reading, Stamp, SyncResponse,
    signature::{SEED_BYTES, Signature, SigningKey},
    statement::Statement,
};

use super::{
    apply::apply_response,
    request::{PreparedRequest, prepare},
};
use crate::{
    sealing::{AccountKey, PhoneKey, RecoveryPhrase},
    store::{Entropy, Pairing, ServerAccess, SqliteStore, Store, StoreError},
};

pub(crate) const NOW: i64 = 1_764_000_000_000;

/// Returns a paired phone.
pub(crate) fn phone() -> SqliteStore {
    let mut store = SqliteStore::open_in_memory().unwrap();
    let pairing = Pairing {
        server: "https://promise.example.org".into(),
        access: ServerAccess::Token("token".into()),
        author: "p00000001".into(),
        council: "riverbridge".into(),
        council_name: "Riverbridge".into(),
        person: "ada".into(),
        council_keys: vec![council_key().public_key()],
        order_keys: vec![council_key().public_key()],
        signature: Signature::new("signature"),
        key: PhoneKey::from_seed([5; 32]),
    };
    store.transact(|tx| tx.set_pairing(&pairing)).unwrap();
    store
}

fn entropy(number: u8) -> Entropy {
    Entropy::new([number; 16])
}

fn phrase(number: u8) -> RecoveryPhrase {
    RecoveryPhrase::from_entropy(&entropy(number))
}

fn key(number: u8) -> AccountKey {
    AccountKey::derive(&phrase(number), "riverbridge", "ada")
}

fn council_key() -> SigningKey {
    SigningKey::from_seed(&[9; SEED_BYTES]).unwrap()
}

/// Signs a change about the phone's person.
pub(crate) fn signed(mut change: Change) -> Change {
    let statement = Statement::Change { person: "ada", change: &change };
    change.signature = Some(council_key().sign(&statement.to_bytes("riverbridge")));
    change
}

/// The change of a key step that the server accepted so many milliseconds after the start, as the council signed
/// it.
pub(crate) fn accepted(step: &KeyStep, after: i64) -> Change {
    let author = "s00000001".parse().unwrap();
    signed(step.accepted(Stamp::new(Reading::at_millis(NOW + after), author), None))
}

fn acceptance(step: &KeyStep, after: i64) -> KeyAcceptance {
    let Change { stamp, signature, .. } = accepted(step, after);
    KeyAcceptance { stamp, signature: signature.unwrap() }
}

fn request(store: &mut SqliteStore) -> PreparedRequest {
    store.transact(|tx| prepare(tx)).unwrap()
}

/// Applies a response of a server that accepts every key step. Returns `false` if it was dropped.
fn apply(store: &mut SqliteStore, sent: &PreparedRequest, response: SyncResponse) -> bool {
    let accepted = sent.request.key_steps.iter().filter(|_| response.generation.is_none());
    let after = i64::try_from(sent.request.request).unwrap() * 10;
    let key_accepted = accepted.zip(after..).map(|(step, after)| acceptance(step, after)).collect();
    let response = SyncResponse { now: NOW, key_accepted, ..response };
    let outcome = store.transact(|tx| apply_response(tx, sent, response, NOW));
    !outcome.unwrap().dropped
}

fn restored(generation: &str) -> SyncResponse {
    SyncResponse { generation: Some(generation.into()), ..SyncResponse::default() }
}

/// Seed 842: a request that the network repeated was answered before and after a restore. The later
/// copy must not take the phone back a generation.
#[test]
fn second_response_to_one_request_is_dropped() {
    let mut phone = phone();
    let sent = request(&mut phone);
    assert!(apply(&mut phone, &sent, restored("newest")));
    assert!(!apply(&mut phone, &sent, restored("older")));
    let state = phone.transact::<_, StoreError>(|tx| tx.sync_state()).unwrap();
    assert_eq!(state.generation.as_deref(), Some("newest"));
}
