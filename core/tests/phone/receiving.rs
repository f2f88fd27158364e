//! What comes from the server: pages, late responses, data of a newer version.

use promise_core::{PromiseError, sync::TransportError};
use promise_protocol::SyncResponse;
use serde_json::json;

use crate::common::{NOW, Pocket, change, contact, signed};

fn page(changes: Vec<promise_protocol::Change>, next: u64, more: bool) -> SyncResponse {
    SyncResponse { now: NOW, changes, next: Some(next), more, ..SyncResponse::default() }
}

#[test]
fn sync_continues_at_the_page_that_broke() {
    let pocket = Pocket::paired();
    pocket.server.next_takes(page(vec![contact("c1", "One")], 10, true));
    pocket.server.next(|_| Err(TransportError::Broken));
    assert_eq!(pocket.sync(), Err(PromiseError::Offline));
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1, "the first page stays");

    let pocket = pocket.reopen();
    pocket.server.next_takes(page(vec![contact("c2", "Two")], 20, true));
    pocket.server.next_takes(page(vec![contact("c3", "Three")], 21, false));
    pocket.sync().unwrap();
    let since: Vec<u64> = pocket.server.requests().iter().map(|request| request.since).collect();
    assert_eq!(since, [0, 10, 10, 20]);
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 3);
}

#[test]
fn sync_ends_though_the_server_always_has_more() {
    let pocket = Pocket::paired();
    for _ in 0..1000 {
        pocket.server.next_takes(SyncResponse { more: true, ..SyncResponse::default() });
    }
    pocket.sync().unwrap();
    assert!(pocket.server.requests().len() < 1000);
}

#[test]
fn response_to_an_older_request_is_dropped() {
    use promise_core::{
        store::{SqliteStore, Store, SyncState},
        sync::{apply::apply_response, request::prepare},
    };
    let mut store = SqliteStore::open_in_memory().unwrap();
    store
        .transact(|tx| {
            tx.set_sync_state(&SyncState {
                generation: Some("gen00001".into()),
                ..SyncState::default()
            })
        })
        .unwrap();
    let older = store.transact(prepare).unwrap();
    let newer = store.transact(prepare).unwrap();
    let answer = SyncResponse {
        generation: Some("gen00002".into()),
        ..page(vec![contact("c1", "Late")], 9, false)
    };
    let outcome = store.transact(|tx| apply_response(tx, &older, answer, NOW)).unwrap();
    assert!(outcome.dropped && outcome.changed.is_empty());
    let outcome =
        store.transact(|tx| apply_response(tx, &newer, page(vec![], 3, false), NOW)).unwrap();
    assert!(!outcome.dropped);
    let state = store.transact(|tx| tx.sync_state()).unwrap();
    assert_eq!((state.generation.as_deref(), state.cursor), (Some("gen00001"), 3));
}

#[test]
fn unknown_collections_are_stored_hidden_and_resent() {
    let pocket = Pocket::paired();
    let mut from_a_phone = change("dream", "d1", 7, json!({"colour": {"deep": [1, null]}}));
    from_a_phone.stamp.author = "p0000000z".replace('z', "b").parse().unwrap();
    from_a_phone.signature = None;
    let mut ada = contact("ada", "Ada Obi");
    ada.fields.insert("aura".into(), json!("green"));
    let ada = signed(ada);
    let from_staff = change("plan", "p1", 3, json!({"steps": ["one"]}));
    let changes = vec![ada.clone(), from_staff.clone(), from_a_phone.clone()];
    pocket.receive(changes.clone());
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1);
    assert!(pocket.phone.search("green").unwrap().is_empty());

    pocket.server.next(|_| {
        Ok(SyncResponse { now: NOW, generation: Some("gen00002".into()), ..Default::default() })
    });
    let pocket = pocket.reopen();
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let resent = requests.last().unwrap();
    assert_eq!((resent.generation.as_str(), resent.since), ("gen00002", 0));
    for change in changes {
        assert!(resent.changes.contains(&change), "{change:?} is not in {resent:?}");
    }
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

#[test]
fn replaced_staff_change_is_not_resent() {
    let pocket = Pocket::paired();
    let part =
        change("contact", "ada", 0, json!({"display_name": "Ada", "email": "ada@example.org"}));
    let first = change("contact", "ada", 1, json!({"display_name": "Ada O"}));
    let last = change("contact", "ada", 2, json!({"display_name": "Ada Obi"}));
    pocket.receive(vec![part.clone(), first.clone(), last.clone()]);
    pocket.receive(vec![first.clone()]);
    pocket.server.next(|_| {
        Ok(SyncResponse { now: NOW, generation: Some("gen00002".into()), ..Default::default() })
    });
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let resent = &requests.last().unwrap().changes;
    let signed = resent.iter().filter(|change| change.signature.is_some());
    // The step to the person's key is signed too.
    let by_staff: Vec<_> = signed.filter(|change| change.collection == "contact").collect();
    assert_eq!(by_staff, [&part, &last]);
}
