//! Changing the recovery phrase, as the requests show it.

use std::sync::Arc;

use promise_core::{
    OpportunityEdit, OpportunityFilter, PromiseError, RecoveryPhraseState,
    sealing::{AccountKey, RecoveryPhrase},
};
use promise_protocol::{Change, KeyStep, SyncRequest, SyncResponse};
use serde_json::Value;

use crate::common::{NOW, Pocket, accepted, small_edition};

fn save(pocket: &Pocket, id: &str) {
    pocket.phone.opportunities().save(&id.into(), OpportunityEdit::default()).unwrap();
}

/// The changes of saved opportunities in a request.
fn saved(request: &SyncRequest) -> Vec<&Change> {
    request.changes.iter().filter(|change| change.collection == "saved").collect()
}

fn is_empty(change: &Change) -> bool {
    change.fields.values().all(Value::is_null)
}

#[test]
fn changed_phrase_reseals_everything_and_then_clears_the_old_cells() {
    let pocket = Pocket::showing(&small_edition());
    save(&pocket, "barista");
    pocket.sync().unwrap();
    pocket.server.forget_requests();
    pocket.phone.recovery().change().unwrap();
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    assert_eq!(requests.len(), 2, "first all of it is given, and only then is anything emptied");
    let (again, emptied) = (saved(&requests[0]), saved(&requests[1]));
    assert!(again.len() == 1 && !is_empty(again[0]));
    assert!(emptied.len() == 1 && is_empty(emptied[0]));
    assert_ne!(again[0].id, emptied[0].id, "under another key it has another name");
    assert!(
        again[0].stamp == emptied[0].stamp && again[0].fields.keys().eq(emptied[0].fields.keys()),
        "a greater stamp could win over a later edit"
    );
    assert_eq!(requests[0].key_steps.len(), 1);
    assert!(requests[1].key_steps.is_empty(), "it was accepted");
}

/// Seed 73 of the simulation.
#[test]
fn phrase_changed_while_a_request_travels_reseals_what_it_carries() {
    let pocket = Arc::new(Pocket::showing(&small_edition()));
    save(&pocket, "barista");
    pocket.server.forget_requests();
    let in_the_call = pocket.clone();
    pocket.server.next(move |_| {
        in_the_call.phone.recovery().change().unwrap();
        Ok(SyncResponse { now: NOW, taken: true, ..SyncResponse::default() })
    });
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let (under_old, under_new) = (saved(&requests[0]), saved(&requests[1]));
    assert_eq!((under_old.len(), under_new.len()), (1, 1));
    assert_ne!(under_old[0].id, under_new[0].id);
    assert_eq!(under_old[0].stamp, under_new[0].stamp, "it is the same edit");
    let emptied = saved(&requests[2]);
    assert!(emptied.iter().any(|change| change.id == under_old[0].id && is_empty(change)));
}

/// A restore can lose an edition: what was saved about it is not under another phrase.
#[test]
fn saved_item_of_unpublished_opportunity_waits_for_no_phrase() {
    let first = Pocket::unpaired().at_server("https://riverbridge.example");
    first.server.publish(&small_edition(), 1);
    first.sync().unwrap();
    save(&first, "barista");
    first.sync().unwrap();
    let requests = first.server.requests();
    let sealed: Vec<Change> = requests.iter().flat_map(saved).cloned().collect();
    let step = requests.iter().flat_map(|request| &request.key_steps).next().unwrap();
    let phrase = first.phone.recovery().phrase().unwrap();
    let words: Vec<&str> = phrase.words().collect();

    let second = Pocket::unpaired();
    if let Ok(paired) = &mut *second.server.pairing.lock().unwrap() {
        paired.key_history = vec![accepted(step, 1)];
    }
    let second = second.at_server("https://riverbridge.example");
    second.receive(sealed.clone());
    let closed = || {
        let private = second.phone.status().unwrap().private;
        (private.undecryptable, private.unplaced)
    };
    let cells = sealed.iter().map(|change| change.fields.len() as u64).sum();
    assert_eq!(closed(), (cells, 0), "the phrase is not here");
    second.phone.recovery().enter(&words.join(" ")).unwrap();
    assert_eq!(closed(), (0, cells));
    second.server.publish(&small_edition(), 1);
    second.sync().unwrap();
    assert_eq!(closed(), (0, 0));
    let listed = second.phone.opportunities().list(&OpportunityFilter::default()).unwrap();
    assert_eq!(listed.iter().filter(|listed| listed.saved.is_some()).count(), 1);
}

/// Seed 457: until the server's latest is here, another phone's change may have won.
#[test]
fn nothing_is_cleared_while_there_is_more_to_get() {
    let pocket = Pocket::showing(&small_edition());
    save(&pocket, "barista");
    pocket.sync().unwrap();
    pocket.server.forget_requests();
    let key = |phrase: &RecoveryPhrase| AccountKey::derive(phrase, "riverbridge", "person-1");
    let first = key(&pocket.phone.recovery().phrase().unwrap()).owner_key();
    let other = key(&RecoveryPhrase::from_entropy(&[2; 16])).owner().clone();
    let theirs = accepted(&KeyStep::after(&first, other, "riverbridge", "person-1"), 7);
    pocket.phone.recovery().change().unwrap();
    pocket.server.next(|_| {
        Ok(SyncResponse { now: NOW, taken: true, more: true, next: Some(8), ..Default::default() })
    });
    pocket.server.next(move |_| {
        let changes = vec![theirs];
        Ok(SyncResponse { now: NOW, next: Some(9), changes, ..Default::default() })
    });
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    assert!(requests.iter().flat_map(saved).all(|change| !is_empty(change)), "{requests:#?}");
    assert_eq!(
        pocket.phone.status().unwrap().private.recovery_phrase,
        RecoveryPhraseState::Changed
    );
    assert_eq!(pocket.phone.recovery().phrase().map(drop), Err(PromiseError::RecoveryPhraseNeeded));
}
