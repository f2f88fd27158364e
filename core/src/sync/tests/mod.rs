//! Failures that the simulation found, reduced to the smallest story.

mod check_value;
mod clears;
mod kept_ids;
mod undecryptable;

use std::collections::BTreeMap;

use promise_protocol::{Change, SyncResponse};
use serde_json::json;

use super::{
    apply::apply_response,
    request::{PreparedRequest, prepare},
};
use crate::store::{Pairing, SqliteStore, Store, StoreError};

const NOW: i64 = 1_764_000_000_000;

fn phone() -> SqliteStore {
    let mut store = SqliteStore::open_in_memory().unwrap();
    let pairing = Pairing {
        server: "https://promise.example.org".into(),
        token: "token".into(),
        author: "p00000001".into(),
        council: "riverbridge".into(),
        council_name: "Riverbridge".into(),
        person: "ada".into(),
        key_check: None,
        paired_at: NOW,
        proof: None,
    };
    store.transact(|tx| tx.set_pairing(&pairing)).unwrap();
    store
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

/// Seed 3159: what is left of a staff edit comes with a proof of its own, before the phone has
/// seen what replaced the rest.
#[test]
fn staff_edit_is_resent_with_larger_proof() {
    let mut phone = phone();
    let edit = |fields: &[(&str, &str)], proof: &str| Change {
        collection: "ask".into(),
        id: "a1".into(),
        stamp: "0cr2sk0g00000-s00000001".parse().unwrap(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).into(), json!(value)))
            .collect::<BTreeMap<_, _>>(),
        proof: Some(proof.into()),
    };
    let whole = edit(&[("reply", "Yes"), ("status", "done")], "of the whole");
    let rest = edit(&[("status", "done")], "of the rest");
    for change in [&whole, &rest] {
        let sent = request(&mut phone);
        let changes = vec![change.clone()];
        assert!(apply(&mut phone, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    }
    let sent = request(&mut phone);
    assert!(apply(&mut phone, &sent, restored("next")));
    assert_eq!(request(&mut phone).request.changes, [whole]);
}
