//! Failures that the simulation found, reduced to the smallest story.

mod check_value;
mod clears;
mod kept_ids;
mod undecryptable;

use promise_protocol::{
    Change, SyncResponse,
    signature::{SEED_BYTES, Signature, SigningKey},
    statement::Statement,
};

use super::{
    apply::apply_response,
    request::{PreparedRequest, prepare},
};
use crate::store::{Pairing, ServerAccess, SqliteStore, Store, StoreError};

const NOW: i64 = 1_764_000_000_000;

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
        key_check: None,
        council_keys: vec![council_key().public_key()],
        order_keys: vec![council_key().public_key()],
        signature: Signature::new("signature"),
        paired_at: NOW,
    };
    store.transact(|tx| tx.set_pairing(&pairing)).unwrap();
    store
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

fn request(store: &mut SqliteStore) -> PreparedRequest {
    store.transact(|tx| prepare(tx)).unwrap()
}

/// Applies a response. Returns `false` if it was dropped.
fn apply(store: &mut SqliteStore, sent: &PreparedRequest, response: SyncResponse) -> bool {
    let response = SyncResponse { now: NOW, ..response };
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
