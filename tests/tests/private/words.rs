//! The twelve words: wrong ones, changed ones, lost ones.

use promise_core::{PromiseError, RecoveryPhraseState};
use promise_tests::harness::TestPhone;

use crate::{Scene, job, note, saved, second, write_everything};

#[test]
fn wrong_words_are_told_apart_and_change_nothing() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let again = scene.phone();
    let right: Vec<&str> = first.words().unwrap().words().collect();
    let somebody_else = TestPhone::paired(&scene.server, &scene.server.add_person());
    let theirs: Vec<&str> = somebody_else.words().unwrap().words().collect();
    let mut swapped = right.clone();
    // One swap in sixteen passes the checksum; then it is found out by trying.
    swapped.swap(0, 11);
    let mut mistyped = right.clone();
    mistyped[4] = "hosue";
    assert_eq!(
        again.enter_words(&mistyped.join(" ")),
        Err(PromiseError::WordNotOnTheList { position: 5 })
    );
    assert_eq!(
        again.enter_words(&right[..11].join(" ")),
        Err(PromiseError::WordsCount { found: 11 })
    );
    if right[0] != right[11] {
        let refused = again.enter_words(&swapped.join(" ")).unwrap_err();
        assert!(
            matches!(refused, PromiseError::WordsMixedUp | PromiseError::WordsOfAnother),
            "{refused:?}"
        );
    }
    assert_eq!(again.enter_words(&theirs.join(" ")), Err(PromiseError::WordsOfAnother));
    assert_eq!(again.status().unwrap().private.words, RecoveryPhraseState::Needed);
    assert!(saved(&again).is_empty());
    again.enter_words(&right.join(" ").to_uppercase()).unwrap();
    assert_eq!(saved(&again), saved(&first));
}

#[test]
fn three_words_show_that_they_were_written_down() {
    let scene = Scene::new();
    let phone = scene.phone();
    assert!(!phone.status().unwrap().private.written_down);
    let words: Vec<&str> = phone.words().unwrap().words().collect();
    let asked = phone.words_to_ask().unwrap();
    let typed = asked.positions().map(|position| words[position - 1]);
    let wrong = if typed[1] == "zoo" { "zone" } else { "zoo" };
    let second = asked.positions()[1];
    assert_eq!(phone.check_words(&asked, [typed[0], wrong, typed[2]]).unwrap(), Some(second));
    assert!(!phone.status().unwrap().private.written_down);
    assert_eq!(phone.check_words(&asked, typed).unwrap(), None);
    assert!(phone.status().unwrap().private.written_down);
}

#[test]
fn changed_words_open_everything_and_the_old_ones_nothing_new() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = second(&first);
    let old: Vec<&str> = first.words().unwrap().words().collect();

    first.change_words().unwrap();
    first.sync().unwrap();
    let new: Vec<&str> = first.words().unwrap().words().collect();
    assert_ne!(old, new);
    first.save_opportunity(&job(&first, 1), note("after the change")).unwrap();
    // The other phone writes before it knows.
    second.save_opportunity(&job(&second, 0), note("meanwhile")).unwrap();
    first.sync().unwrap();
    second.sync().unwrap();
    assert_eq!(second.status().unwrap().private.words, RecoveryPhraseState::Changed);
    assert_eq!(second.words().map(drop), Err(PromiseError::WordsNeeded));
    assert_eq!(saved(&second).len(), 1, "it keeps what it has, and opens nothing new");
    assert_eq!(second.enter_words(&old.join(" ")), Err(PromiseError::WordsOfAnother));
    second.enter_words(&new.join(" ")).unwrap();
    for phone in [&second, &first, &second] {
        phone.sync().unwrap();
    }
    assert_eq!(saved(&second), saved(&first));
    let notes: Vec<_> = saved(&first).into_iter().filter_map(|(_, saved)| saved.note).collect();
    assert!(notes.contains(&"meanwhile".into()) && notes.contains(&"after the change".into()));

    // Somebody who pairs with the old words reads nothing: what was under them is emptied.
    let thief = scene.phone();
    assert_eq!(thief.enter_words(&old.join(" ")), Err(PromiseError::WordsOfAnother));
    assert!(saved(&thief).is_empty());
    thief.enter_words(&new.join(" ")).unwrap();
    assert_eq!(saved(&thief), saved(&first));
    assert_eq!(thief.status().unwrap().private.unopened, 0);
}

#[test]
fn two_phones_that_change_the_words_at_once_agree_on_one() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = second(&first);
    first.change_words().unwrap();
    second.change_words().unwrap();
    for phone in [&first, &second, &first] {
        phone.sync().unwrap();
    }
    let (winner, loser) = match first.status().unwrap().private.words {
        RecoveryPhraseState::Present => (&first, &second),
        _ => (&second, &first),
    };
    assert_eq!(loser.status().unwrap().private.words, RecoveryPhraseState::Changed);
    let words: Vec<&str> = winner.words().unwrap().words().collect();
    loser.enter_words(&words.join(" ")).unwrap();
    loser.sync().unwrap();
    winner.sync().unwrap();
    assert_eq!(saved(&first), saved(&second));
    let fresh = crate::second(loser);
    assert_eq!(saved(&fresh), saved(&first));
    assert_eq!(fresh.status().unwrap().private.unopened, 0);
}

#[test]
fn words_are_changed_only_by_a_phone_that_has_synced() {
    let scene = Scene::new();
    let phone = TestPhone::paired(&scene.server, &scene.person);
    phone.sync().unwrap();
    let again = TestPhone::paired(&scene.server, &scene.person);
    assert_eq!(again.change_words(), Err(PromiseError::NotSynced));
    again.sync().unwrap();
    again.change_words().unwrap();
}

#[test]
fn lost_words_can_be_replaced_and_the_old_ones_still_open_what_is_under_them() {
    let scene = Scene::new();
    let lost = scene.phone();
    write_everything(&lost, "mine");
    lost.sync().unwrap();
    let old: Vec<&str> = lost.words().unwrap().words().collect();
    let fresh = scene.phone();
    fresh.change_words().unwrap();
    fresh.save_opportunity(&job(&fresh, 2), note("a new start")).unwrap();
    fresh.sync().unwrap();
    assert_eq!(saved(&fresh).len(), 1);
    // The paper turns up.
    fresh.enter_words(&old.join(" ")).unwrap();
    assert_eq!(saved(&fresh).len(), 2);
    fresh.sync().unwrap();
    let third = second(&fresh);
    assert_eq!(saved(&third), saved(&fresh));
    assert_eq!(third.status().unwrap().private.unopened, 0);
}

#[test]
fn the_words_are_not_in_what_is_exported() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    phone.change_words().unwrap();
    let words: Vec<&str> = phone.words().unwrap().words().collect();
    let page = phone.export_page(&["en"], &promise_core::export::Labels::default()).unwrap();
    for exported in [phone.export().unwrap().to_string(), page] {
        assert!(exported.contains("mine own"), "what is private is the person's to take");
        let all_in_order = words.join(" ");
        assert!(!exported.contains(&all_in_order) && !exported.contains(&words.join("\",\"")));
    }
    let tables = phone.export().unwrap();
    assert!(tables.get("recovery_phrase").is_none() && tables.get("cell").is_some());
}
