//! The recovery phrase: wrong, changed and lost ones.

use promise_core::{PromiseError, RecoveryPhraseState};
use promise_tests::harness::TestPhone;

use crate::{Scene, attacker::Attacker, job, note, saved, second, write_everything};

#[test]
fn each_wrong_phrase_has_its_error_and_changes_nothing() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let again = scene.phone();
    let right: Vec<&str> = first.recovery().phrase().unwrap().words().collect();
    let other_phone = TestPhone::paired(&scene.server, &scene.server.add_person());
    let theirs: Vec<&str> = other_phone.recovery().phrase().unwrap().words().collect();
    let mut swapped = right.clone();
    // One swap in sixteen passes the checksum; then the check value finds it.
    swapped.swap(0, 11);
    let mut mistyped = right.clone();
    mistyped[4] = "hosue";
    assert_eq!(
        again.recovery().enter(&mistyped.join(" ")),
        Err(PromiseError::UnknownRecoveryWord { position: 5 })
    );
    assert_eq!(
        again.recovery().enter(&right[..11].join(" ")),
        Err(PromiseError::RecoveryPhraseLength { found: 11 })
    );
    if right[0] != right[11] {
        let refused = again.recovery().enter(&swapped.join(" ")).unwrap_err();
        assert!(
            matches!(
                refused,
                PromiseError::RecoveryPhraseChecksum | PromiseError::WrongRecoveryPhrase
            ),
            "{refused:?}"
        );
    }
    assert_eq!(again.recovery().enter(&theirs.join(" ")), Err(PromiseError::WrongRecoveryPhrase));
    assert_eq!(again.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Needed);
    assert!(saved(&again).is_empty());
    again.recovery().enter(&right.join(" ").to_uppercase()).unwrap();
    assert_eq!(saved(&again), saved(&first));
}

#[test]
fn challenge_confirms_that_the_phrase_is_written_down() {
    let scene = Scene::new();
    let phone = scene.phone();
    assert!(!phone.status().unwrap().private.written_down);
    let words: Vec<&str> = phone.recovery().phrase().unwrap().words().collect();
    let asked = phone.recovery().challenge().unwrap();
    let typed = asked.positions().map(|position| words[position - 1]);
    let wrong = if typed[1] == "zoo" { "zone" } else { "zoo" };
    let second = asked.positions()[1];
    assert_eq!(
        phone.recovery().confirm(&asked, [typed[0], wrong, typed[2]]).unwrap(),
        Some(second)
    );
    assert!(!phone.status().unwrap().private.written_down);
    assert_eq!(phone.recovery().confirm(&asked, typed).unwrap(), None);
    assert!(phone.status().unwrap().private.written_down);
}

#[test]
fn changed_phrase_opens_everything_and_the_old_one_nothing_new() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = second(&first);
    let old: Vec<&str> = first.recovery().phrase().unwrap().words().collect();

    first.recovery().change().unwrap();
    first.sync().unwrap();
    let new: Vec<&str> = first.recovery().phrase().unwrap().words().collect();
    assert_ne!(old, new);
    first.opportunities().save(&job(&first, 1), note("after the change")).unwrap();
    // The other phone writes before it knows of the change.
    second.opportunities().save(&job(&second, 0), note("meanwhile")).unwrap();
    first.sync().unwrap();
    second.sync().unwrap();
    assert_eq!(second.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Changed);
    assert_eq!(second.recovery().phrase().map(drop), Err(PromiseError::RecoveryPhraseNeeded));
    assert_eq!(saved(&second).len(), 1, "it keeps what it has, and opens nothing new");
    assert_eq!(second.recovery().enter(&old.join(" ")), Err(PromiseError::WrongRecoveryPhrase));
    second.recovery().enter(&new.join(" ")).unwrap();
    for phone in [&second, &first, &second] {
        phone.sync().unwrap();
    }
    assert_eq!(saved(&second), saved(&first));
    let notes: Vec<_> = saved(&first).into_iter().filter_map(|(_, saved)| saved.note).collect();
    assert!(notes.contains(&"meanwhile".into()) && notes.contains(&"after the change".into()));

    // A phone that is paired with the old phrase reads nothing: the cells under it are cleared.
    let thief = scene.phone();
    assert_eq!(thief.recovery().enter(&old.join(" ")), Err(PromiseError::WrongRecoveryPhrase));
    assert!(saved(&thief).is_empty());
    thief.recovery().enter(&new.join(" ")).unwrap();
    assert_eq!(saved(&thief), saved(&first));
    assert_eq!(thief.status().unwrap().private.undecryptable, 0);
}

#[test]
fn concurrent_phrase_changes_converge() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = second(&first);
    first.recovery().change().unwrap();
    second.recovery().change().unwrap();
    for phone in [&first, &second, &first] {
        phone.sync().unwrap();
    }
    let (winner, loser) = match first.status().unwrap().private.recovery_phrase {
        RecoveryPhraseState::Present => (&first, &second),
        _ => (&second, &first),
    };
    assert_eq!(loser.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Changed);
    let words: Vec<&str> = winner.recovery().phrase().unwrap().words().collect();
    loser.recovery().enter(&words.join(" ")).unwrap();
    loser.sync().unwrap();
    winner.sync().unwrap();
    assert_eq!(saved(&first), saved(&second));
    let fresh = crate::second(loser);
    assert_eq!(saved(&fresh), saved(&first));
    assert_eq!(fresh.status().unwrap().private.undecryptable, 0);
}

#[test]
fn phrase_change_requires_the_phrase_in_use() {
    let scene = Scene::new();
    let phone = TestPhone::paired(&scene.server, &scene.person);
    phone.sync().unwrap();
    let again = scene.phone();
    assert_eq!(again.recovery().change(), Err(PromiseError::LimitedPhone));
    let this = again.list_devices().unwrap().into_iter().find(|device| device.is_this).unwrap();
    phone.confirm_device(&this.id).unwrap();
    again.sync().unwrap();
    assert_eq!(again.recovery().change(), Err(PromiseError::RecoveryPhraseNeeded));
    let words: Vec<&str> = phone.recovery().phrase().unwrap().words().collect();
    again.recovery().enter(&words.join(" ")).unwrap();
    again.recovery().change().unwrap();
}

/// A phone that was paired by a code from the adviser has no words. Its owner changed the program.
#[test]
fn attackers_words_are_refused_and_reported() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    phone.sync().unwrap();
    let words = phone.recovery().phrase().unwrap();
    let attacker = Attacker::paired(&scene);
    for step in [attacker.first_step(), attacker.step_from(&words)] {
        assert_eq!(attacker.propose(step).key_accepted, []);
    }
    phone.sync().unwrap();
    let private = phone.status().unwrap().private;
    assert_eq!(private.recovery_phrase, RecoveryPhraseState::Present);
    assert_eq!(private.refused_keys, 1);
    assert_eq!(phone.recovery().phrase().unwrap(), words);
    let typed: Vec<&str> = Attacker::words().words().collect();
    assert_eq!(phone.recovery().enter(&typed.join(" ")), Err(PromiseError::WrongRecoveryPhrase));
    phone.sync().unwrap();
    assert_eq!(saved(&second(&phone)), saved(&phone), "everything is under the person's own words");
}

#[test]
fn person_who_lost_phones_and_words_starts_afresh() {
    let scene = Scene::new();
    let lost = scene.phone();
    write_everything(&lost, "mine");
    lost.sync().unwrap();
    let old: Vec<&str> = lost.recovery().phrase().unwrap().words().collect();
    let id = lost.list_devices().unwrap().remove(0).id;
    scene.server.run(&["phones", "revoke", &id, "--reason", "lost_or_stolen"]);
    scene.server.start_afresh(&scene.person);
    let fresh = scene.phone();
    let private = fresh.status().unwrap().private;
    assert_eq!(private.recovery_phrase, RecoveryPhraseState::Present);
    assert!(saved(&fresh).is_empty() && private.undecryptable == 0);
    assert_eq!(fresh.recovery().enter(&old.join(" ")), Err(PromiseError::WrongRecoveryPhrase));
    assert_eq!(lost.sync(), Err(PromiseError::Revoked));
    assert!(saved(&lost).is_empty(), "it wiped itself");
    fresh.opportunities().save(&job(&fresh, 2), note("a new start")).unwrap();
    fresh.sync().unwrap();
    assert_eq!(saved(&second(&fresh)).len(), 1);
}

/// Someone paired a phone of their own with the person's, and changed the words.
#[test]
fn person_whose_words_were_stolen_starts_afresh_and_keeps_everything() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    phone.sync().unwrap();
    let thief = second(&phone);
    thief.recovery().change().unwrap();
    thief.sync().unwrap();
    phone.opportunities().save(&job(&phone, 2), note("not sent yet")).unwrap();
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Changed);
    let (before, stolen) = (saved(&phone), thief.recovery().phrase().unwrap());
    assert_eq!(before.len(), 2);

    let code = scene.server.start_afresh(&scene.person);
    assert_eq!(phone.sync(), Err(PromiseError::Released));
    assert_eq!(saved(&phone), before);
    phone.pair(&scene.server, &code).unwrap();
    phone.sync().unwrap();
    let private = phone.status().unwrap().private;
    assert_eq!(private.recovery_phrase, RecoveryPhraseState::Present);
    assert_eq!((private.waiting, private.undecryptable, private.refused_keys), (0, 0, 0));
    let third = second(&phone);
    assert_eq!((saved(&phone), saved(&third)), (before.clone(), before));
    let stolen: Vec<&str> = stolen.words().collect();
    assert_eq!(third.recovery().enter(&stolen.join(" ")), Err(PromiseError::WrongRecoveryPhrase));
    assert_eq!(thief.sync(), Err(PromiseError::Released));
}

#[test]
fn export_holds_no_recovery_phrase() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    phone.recovery().change().unwrap();
    let words: Vec<&str> = phone.recovery().phrase().unwrap().words().collect();
    let page = phone.export().page(&["en"], &promise_core::export::Labels::default()).unwrap();
    for exported in [phone.export().json().unwrap().to_string(), page] {
        assert!(exported.contains("mine own"), "what is private is the person's to take");
        let all_in_order = words.join(" ");
        assert!(!exported.contains(&all_in_order) && !exported.contains(&words.join("\",\"")));
    }
    let tables = phone.export().json().unwrap();
    assert!(tables.get("recovery_phrase").is_none() && tables.get("cell").is_some());
}
