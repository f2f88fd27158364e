//! A second phone, a lost phone, and erasing the account.

use std::process::ExitCode;

use promise_core::{
    OpportunityEdit, OpportunityFilter, PromiseError, RecoveryPhraseState, SavedOpportunity,
};
use promise_protocol::{RevocationReason::LostOrStolen, vocabulary::SaveStatus};
use promise_tests::harness::TestServer;

use crate::{Scene, job, note, saved, second, write_everything};

#[test]
fn second_phone_by_qr_code_has_everything_and_both_converge() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = second(&first);
    assert_eq!(saved(&second), saved(&first));
    assert_eq!(second.contacts().list().unwrap(), first.contacts().list().unwrap());
    assert_eq!(second.own_contacts().list().unwrap(), first.own_contacts().list().unwrap());
    assert_eq!(second.profile().read().unwrap(), first.profile().read().unwrap());
    assert_eq!(second.promise().read().unwrap(), first.promise().read().unwrap());
    // Each phone shows what the other writes, and an edit of another field is not undone.
    let id = job(&first, 0);
    let applied =
        OpportunityEdit { status: Some(SaveStatus::Applied), ..OpportunityEdit::default() };
    second.opportunities().save(&id, applied).unwrap();
    first.opportunities().save(&id, note("rang them")).unwrap();
    for phone in [&second, &first, &second] {
        phone.sync().unwrap();
    }
    let both = SavedOpportunity {
        status: SaveStatus::Applied,
        note: Some("rang them".into()),
        remind_on: None,
    };
    assert_eq!(saved(&first), [(id.clone(), both)]);
    assert_eq!(saved(&second), saved(&first));
    second.opportunities().unsave(&id).unwrap();
    second.sync().unwrap();
    first.sync().unwrap();
    assert_eq!(saved(&first), []);
}

#[test]
fn phone_paired_by_the_adviser_waits_for_the_recovery_phrase() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.asks().write("Can we meet?", promise_core::AskAbout::Anything).unwrap();
    first.sync().unwrap();
    let words: Vec<&str> = first.recovery().phrase().unwrap().words().collect();

    let again = scene.phone();
    assert_eq!(again.contacts().list().unwrap().len(), 1, "what the council wrote is here");
    assert_eq!(again.asks().list().unwrap().len(), 1, "and what the adviser may read");
    assert!(saved(&again).is_empty() && again.own_contacts().list().unwrap().is_empty());
    assert_eq!(again.contacts().list().unwrap()[0].note, None);
    let private = again.status().unwrap().private;
    assert_eq!((private.recovery_phrase, private.waiting), (RecoveryPhraseState::Needed, 0));
    assert_eq!(private.undecryptable, 5, "five things wait for the words");
    assert_eq!(again.recovery().phrase().map(drop), Err(PromiseError::RecoveryPhraseNeeded));

    // What is written meanwhile waits on this phone, and blocks nothing.
    again.opportunities().save(&job(&again, 1), note("written without the words")).unwrap();
    again.sync().unwrap();
    assert_eq!(again.status().unwrap().private.waiting, 1);
    first.sync().unwrap();
    assert_eq!(saved(&first).len(), 1);

    again.recovery().enter(&words.join(" ")).unwrap();
    assert_eq!(saved(&again).len(), 2);
    assert_eq!(again.contacts().list().unwrap()[0].note.as_deref(), Some("mine note"));
    assert_eq!(again.own_contacts().list().unwrap(), first.own_contacts().list().unwrap());
    again.sync().unwrap();
    first.sync().unwrap();
    assert_eq!(saved(&first), saved(&again));
    assert_eq!(again.status().unwrap().private.undecryptable, 0);
}

#[test]
fn revoked_phone_is_wiped_and_receives_nothing() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let lost = second(&first);
    let phones = first.list_devices().unwrap();
    assert_eq!(phones.iter().map(|phone| phone.is_this).collect::<Vec<_>>(), [true, false]);
    let printed = scene.server.run(&["phones", "list", "--person", &scene.person]);
    assert!(printed.contains(&phones[1].id), "{printed}");

    let after = first.revoke_device(&phones[1].id, LostOrStolen).unwrap();
    assert!(after[1].revoked_at.is_some());
    first.recovery().change().unwrap();
    first.opportunities().save(&job(&first, 0), note("after the theft")).unwrap();
    first.sync().unwrap();

    assert_eq!(saved(&lost).len(), 1, "until its next contact it has what it had");
    assert_eq!(lost.sync(), Err(PromiseError::Revoked));
    assert_eq!(lost.status().unwrap().council, None);
    assert!(saved(&lost).is_empty() && lost.contacts().list().unwrap().is_empty());
    assert!(lost.promise().read().unwrap().is_none());
    assert_eq!(lost.sync(), Err(PromiseError::NotPaired));
    assert_eq!(
        first.revoke_device("p00000000", LostOrStolen).map(drop),
        Err(PromiseError::NotFound)
    );
    assert_eq!(first.revoke_device("../sync", LostOrStolen).map(drop), Err(PromiseError::NotFound));
    // A wiped phone can be paired again, as a new one.
    lost.pair(&scene.server, &scene.server.invite(&scene.person)).unwrap();
    lost.sync().unwrap();
    assert_eq!(lost.contacts().list().unwrap().len(), 1);
}

/// The adviser thought that it was not connected. Its earlier pairing is no second phone.
#[test]
fn phone_that_is_paired_again_stays_full_and_is_listed_once() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    phone.sync().unwrap();
    phone.pair(&scene.server, &scene.server.invite(&scene.person)).unwrap();
    phone.sync().unwrap();
    let devices = phone.list_devices().unwrap();
    let in_use: Vec<_> = devices.iter().filter(|device| device.revoked_at.is_none()).collect();
    assert_eq!((devices.len(), in_use.len()), (2, 1), "{devices:?}");
    assert!(in_use[0].is_this && !in_use[0].is_limited, "{devices:?}");
    // It goes on with what it holds, and does what only a full phone may, with its new key.
    let second = second(&phone);
    assert_eq!(saved(&second), saved(&phone));
    phone.erase_account().unwrap();
}

#[test]
fn wiped_phone_leaves_no_file_with_data() {
    let scene = Scene::new();
    let first = scene.phone();
    let lost = second(&first);
    let folder = lost.path().parent().unwrap().to_owned();
    // A database that was set aside earlier also holds the person's data.
    let aside = folder.join("promise.db.set-aside-20260101T000000000Z");
    std::fs::copy(lost.path(), &aside).unwrap();
    let id = first.list_devices().unwrap().pop().unwrap().id;
    first.revoke_device(&id, LostOrStolen).unwrap();
    let before = std::fs::read(lost.path()).unwrap();
    assert_eq!(lost.sync(), Err(PromiseError::Revoked));
    assert!(!aside.exists());
    for entry in std::fs::read_dir(&folder).unwrap() {
        let held = std::fs::read(entry.unwrap().path()).unwrap();
        let shares_a_page = before.chunks(4096).any(|page| held.chunks(4096).any(|p| p == page));
        assert!(!shares_a_page, "an encrypted page of what it held is still there");
    }
    assert_eq!(lost.status().unwrap().council, None);
}

#[test]
fn erased_account_is_removed_from_server_and_phones() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = second(&first);
    first.erase_account().unwrap();
    assert_eq!(first.status().unwrap().council, None);
    assert!(first.contacts().list().unwrap().is_empty());
    assert_eq!(second.sync(), Err(PromiseError::Revoked));
    assert!(saved(&second).is_empty());
    let (code, printed) = scene.server.try_run(&["phones", "list", "--person", &scene.person]);
    assert!(code != ExitCode::SUCCESS || printed.contains("erased"), "{printed}");
}

/// The first phone still has it, writes it into the record, and the second one, which never saw it
/// published, shows it.
#[test]
fn withdrawn_opportunity_stays_on_the_second_phone() {
    let scene = Scene::new();
    let folder = tempfile::tempdir().unwrap();
    for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
        std::fs::copy(TestServer::council_folder().join(file), folder.path().join(file)).unwrap();
    }
    let first = scene.phone();
    let all = first
        .opportunities()
        .list(&OpportunityFilter { closed_too: true, ..OpportunityFilter::default() })
        .unwrap();
    let gone = all[0].opportunity.clone();
    first.opportunities().save(&all[0].id(), note("my favourite")).unwrap();
    first.sync().unwrap();
    let table = folder.path().join("opportunities.csv");
    let rows = std::fs::read_to_string(&table).unwrap();
    let kept: Vec<&str> = rows.lines().filter(|row| !row.contains(&gone.title)).collect();
    assert!(kept.len() < rows.lines().count(), "the row is found");
    std::fs::write(&table, kept.join("\n") + "\n").unwrap();
    scene.server.publish(folder.path());
    first.sync().unwrap();
    first.sync().unwrap();
    let second = second(&first);
    assert_eq!(saved(&second), saved(&first));
    let mine = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let shown = second.opportunities().list(&mine).unwrap().remove(0);
    assert_eq!(shown.opportunity.title, gone.title);
    assert_eq!(shown.saved.unwrap().note.as_deref(), Some("my favourite"));
    assert_eq!(second.status().unwrap().private.undecryptable, 0);
}
