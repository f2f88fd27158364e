//! A full disk: nothing is half saved, and what was saved before is whole.

use promise_core::{About, Error};
use serde_json::json;

use crate::common::{Pocket, change, small_edition};

/// Writes notes until there is no room; returns how many were saved.
fn fill(pocket: &Pocket) -> usize {
    let note = "A long note. ".repeat(150);
    for saved in 0..1000 {
        match pocket.phone.write_ask(&note, About::Anything) {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error, Error::DiskFull);
                return saved;
            }
        }
    }
    panic!("there was room for everything");
}

#[test]
fn a_full_disk_refuses_whole_edits_and_keeps_the_earlier_ones() {
    let pocket = Pocket::showing(&small_edition());
    pocket.phone.limit_storage(200).unwrap();
    let saved = fill(&pocket);
    assert!(saved > 0);
    assert_eq!(pocket.phone.asks().unwrap().len(), saved);
    assert!(pocket.phone.asks().unwrap().iter().all(|ask| ask.asked_at.is_some()), "half an ask");

    // Reading goes on, and a restart finds all of it.
    assert!(!pocket.phone.search("café").unwrap().is_empty());
    let pocket = pocket.reopen();
    assert_eq!(pocket.phone.asks().unwrap().len(), saved);
    pocket.phone.write_ask("There is room again.", About::Anything).unwrap();
}

#[test]
fn an_answer_that_does_not_fit_is_not_applied_at_all_and_comes_again() {
    let pocket = Pocket::showing(&small_edition());
    pocket.phone.limit_storage(200).unwrap();
    fill(&pocket);
    let about = "x".repeat(900);
    let contacts: Vec<_> = (0..50)
        .map(|n| {
            change("contact", &format!("c{n}"), n, json!({"display_name": "N", "about": about}))
        })
        .collect();
    let answer =
        promise_protocol::SyncResponse { changes: contacts, next: Some(9), ..Default::default() };
    pocket.server.next_takes(answer.clone());
    assert_eq!(pocket.phone.sync(), Err(Error::DiskFull));
    assert_eq!(pocket.phone.contacts().unwrap(), []);

    pocket.phone.limit_storage(1_000_000).unwrap();
    pocket.server.next_takes(answer);
    pocket.phone.sync().unwrap();
    assert_eq!(pocket.server.requests().iter().rev().nth(1).map(|request| request.since), Some(0));
    assert_eq!(pocket.phone.contacts().unwrap().len(), 50);
}
