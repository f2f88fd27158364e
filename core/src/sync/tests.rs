//! What the simulation once found, as small as it gets.

use std::collections::BTreeMap;

use promise_protocol::{Change, SyncResponse};
use serde_json::json;

use super::{
    answer::absorb,
    request::{Prepared, prepare},
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
    };
    store.transact(|tx| tx.set_pairing(&pairing)).unwrap();
    store
}

fn ask(store: &mut SqliteStore) -> Prepared {
    store.transact(|tx| prepare(tx)).unwrap()
}

fn answer(store: &mut SqliteStore, sent: &Prepared, answer: SyncResponse) -> bool {
    let outcome = store.transact(|tx| absorb(tx, sent, SyncResponse { now: NOW, ..answer }, NOW));
    !outcome.unwrap().dropped
}

fn restored(generation: &str) -> SyncResponse {
    SyncResponse { generation: Some(generation.into()), ..SyncResponse::default() }
}

/// Seed 842: a request that the network repeated was answered before and after a restore.
#[test]
fn a_second_answer_to_one_request_does_not_take_the_phone_back_a_generation() {
    let mut phone = phone();
    let sent = ask(&mut phone);
    assert!(answer(&mut phone, &sent, restored("newest")));
    assert!(!answer(&mut phone, &sent, restored("older")));
    let state = phone.transact::<_, StoreError>(|tx| tx.state()).unwrap();
    assert_eq!(state.generation, "newest");
}

/// Seed 3159: what is left of a staff edit comes with a proof of its own, before the phone has
/// seen what replaced the rest.
#[test]
fn the_larger_proof_of_a_staff_edit_is_handed_back() {
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
        let sent = ask(&mut phone);
        let changes = vec![change.clone()];
        assert!(answer(&mut phone, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    }
    let sent = ask(&mut phone);
    assert!(answer(&mut phone, &sent, restored("next")));
    assert_eq!(ask(&mut phone).request.changes, [whole]);
}
