//! What only the young person can read, with a real server and real phones.

use std::{process::ExitCode, sync::Mutex};

use promise_core::{
    ContactEdit, Error, OpportunityEdit, OwnContactEdit, ProfileEdit, Shown, WordsState,
    opportunities::{Filter, Saved},
};
use promise_tests::harness::{TestPhone, TestServer};

/// A server with a council, a published promise, and a person with an adviser.
struct Scene {
    server: TestServer,
    person: String,
}

impl Scene {
    fn new() -> Self {
        let server = TestServer::start();
        server.publish(&TestServer::council_folder());
        let person = server.add_person();
        let adviser =
            server.add_staff("j.okoro", &["--name", "Jo Okoro", "--phone", "07700 900123"]);
        server.assign(&person, &adviser);
        Self { server, person }
    }

    /// A phone paired by a code from the adviser, synced.
    fn phone(&self) -> TestPhone {
        let phone = TestPhone::paired(&self.server, &self.person);
        phone.sync().unwrap();
        phone
    }

    /// A phone brought in by another one's QR code, synced.
    fn second(&self, first: &TestPhone) -> TestPhone {
        let phone = TestPhone::new();
        phone.pair_by_link(&first.invite_phone().unwrap().link).unwrap();
        phone.sync().unwrap();
        phone
    }
}

fn note(text: &str) -> OpportunityEdit {
    OpportunityEdit { note: Some(text.into()), ..OpportunityEdit::default() }
}

fn saved(phone: &TestPhone) -> Vec<(String, Saved)> {
    let filter = Filter { saved_only: true, ..Filter::default() };
    let listed = phone.opportunities(&filter).unwrap().into_iter();
    listed.filter_map(|listed| Some((listed.opportunity.id, listed.saved?))).collect()
}

fn job(phone: &TestPhone, index: usize) -> String {
    phone.opportunities(&Filter::default()).unwrap()[index].opportunity.id.clone()
}

/// Writes something in every sealed collection; each text holds the canary.
fn write_everything(phone: &TestPhone, canary: &str) {
    let text = |what: &str| format!("{canary} {what}");
    phone.save_opportunity(&job(phone, 0), note(&text("saved"))).unwrap();
    let pledge = phone.promise().unwrap().unwrap().chapters[0].pledges[0].pledge.id.clone();
    phone.mark_pledge(&pledge, "want_it", Some(text("mark"))).unwrap();
    let contact = phone.contacts().unwrap()[0].id.clone();
    let own = ContactEdit {
        nickname: Some(text("nickname")),
        note: Some(text("note")),
        pinned: Some(true),
        ..ContactEdit::default()
    };
    phone.edit_contact(&contact, own).unwrap();
    phone
        .add_own_contact(OwnContactEdit {
            display_name: Some(text("friend")),
            note: Some(text("own")),
            ..OwnContactEdit::default()
        })
        .unwrap();
    let born = chrono::NaiveDate::from_ymd_opt(2007, 4, 5);
    phone
        .edit_profile(ProfileEdit { date_of_birth: Some(born), ..ProfileEdit::default() })
        .unwrap();
}

#[test]
fn a_second_phone_by_qr_code_has_everything_and_both_converge() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = scene.second(&first);
    assert_eq!(saved(&second), saved(&first));
    assert_eq!(second.contacts().unwrap(), first.contacts().unwrap());
    assert_eq!(second.own_contacts().unwrap(), first.own_contacts().unwrap());
    assert_eq!(second.profile().unwrap(), first.profile().unwrap());
    assert_eq!(second.promise().unwrap(), first.promise().unwrap());
    // Each sees what the other writes, and an edit of another field is not undone.
    let id = job(&first, 0);
    let applied = OpportunityEdit { status: Some("applied".into()), ..OpportunityEdit::default() };
    second.save_opportunity(&id, applied).unwrap();
    first.save_opportunity(&id, note("rang them")).unwrap();
    for phone in [&second, &first, &second] {
        phone.sync().unwrap();
    }
    let both = Saved { status: "applied".into(), note: Some("rang them".into()), remind_on: None };
    assert_eq!(saved(&first), [(id.clone(), both)]);
    assert_eq!(saved(&second), saved(&first));
    second.unsave_opportunity(&id).unwrap();
    second.sync().unwrap();
    first.sync().unwrap();
    assert_eq!(saved(&first), []);
}

#[test]
fn a_phone_paired_again_by_the_adviser_waits_for_the_words() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.write_ask("Can we meet?", promise_core::About::Anything).unwrap();
    first.sync().unwrap();
    let words: Vec<&str> = first.words().unwrap().iter().collect();

    let again = scene.phone();
    assert_eq!(again.contacts().unwrap().len(), 1, "what the council wrote is here");
    assert_eq!(again.asks().unwrap().len(), 1, "and what the adviser may read");
    assert!(saved(&again).is_empty() && again.own_contacts().unwrap().is_empty());
    assert_eq!(again.contacts().unwrap()[0].note, None);
    let private = again.status().unwrap().private;
    assert_eq!((private.words, private.waiting), (WordsState::Needed, 0));
    assert_eq!(private.unopened, 5, "five things wait for the words");
    assert_eq!(again.words().map(drop), Err(Error::WordsNeeded));

    // What is written meanwhile waits here, and is in nobody's way.
    again.save_opportunity(&job(&again, 1), note("written without the words")).unwrap();
    again.sync().unwrap();
    assert_eq!(again.status().unwrap().private.waiting, 1);
    first.sync().unwrap();
    assert_eq!(saved(&first).len(), 1);

    again.enter_words(&words.join(" ")).unwrap();
    assert_eq!(saved(&again).len(), 2);
    assert_eq!(again.contacts().unwrap()[0].note.as_deref(), Some("mine note"));
    assert_eq!(again.own_contacts().unwrap(), first.own_contacts().unwrap());
    again.sync().unwrap();
    first.sync().unwrap();
    assert_eq!(saved(&first), saved(&again));
    assert_eq!(again.status().unwrap().private.unopened, 0);
}

#[test]
fn wrong_words_are_told_apart_and_change_nothing() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let again = scene.phone();
    let right: Vec<&str> = first.words().unwrap().iter().collect();
    let somebody_else = TestPhone::paired(&scene.server, &scene.server.add_person());
    let theirs: Vec<&str> = somebody_else.words().unwrap().iter().collect();
    let mut swapped = right.clone();
    // One swap in sixteen passes the checksum; then it is found out by trying.
    swapped.swap(0, 11);
    let mut mistyped = right.clone();
    mistyped[4] = "hosue";
    assert_eq!(
        again.enter_words(&mistyped.join(" ")),
        Err(Error::WordNotOnTheList { position: 5 })
    );
    assert_eq!(again.enter_words(&right[..11].join(" ")), Err(Error::WordsCount { found: 11 }));
    if right[0] != right[11] {
        let refused = again.enter_words(&swapped.join(" ")).unwrap_err();
        assert!(matches!(refused, Error::WordsMixedUp | Error::WordsOfAnother), "{refused:?}");
    }
    assert_eq!(again.enter_words(&theirs.join(" ")), Err(Error::WordsOfAnother));
    assert_eq!(again.status().unwrap().private.words, WordsState::Needed);
    assert!(saved(&again).is_empty());
    again.enter_words(&right.join(" ").to_uppercase()).unwrap();
    assert_eq!(saved(&again), saved(&first));
}

#[test]
fn three_words_show_that_they_were_written_down() {
    let scene = Scene::new();
    let phone = scene.phone();
    assert!(!phone.status().unwrap().private.written_down);
    let words: Vec<&str> = phone.words().unwrap().iter().collect();
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
fn a_lost_phone_is_taken_off_wiped_and_gets_nothing_more() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let lost = scene.second(&first);
    let phones = first.phones().unwrap();
    assert_eq!(phones.iter().map(|phone| phone.this).collect::<Vec<_>>(), [true, false]);
    let said = scene.server.run(&["phones", "list", "--person", &scene.person]);
    assert!(said.contains(&phones[1].id), "{said}");

    let after = first.revoke_phone(&phones[1].id).unwrap();
    assert!(after[1].revoked_at.is_some());
    first.change_words().unwrap();
    first.save_opportunity(&job(&first, 0), note("after the theft")).unwrap();
    first.sync().unwrap();

    assert_eq!(saved(&lost).len(), 1, "until its next contact it has what it had");
    assert_eq!(lost.sync(), Err(Error::Revoked));
    assert_eq!(lost.status().unwrap().council, None);
    assert!(saved(&lost).is_empty() && lost.contacts().unwrap().is_empty());
    assert!(lost.promise().unwrap().is_none());
    assert_eq!(lost.sync(), Err(Error::NotPaired));
    assert_eq!(first.revoke_phone("p00000000").map(drop), Err(Error::NotFound));
    assert_eq!(first.revoke_phone("../sync").map(drop), Err(Error::NotFound));
    // A phone that was wiped can be paired again, as a new one.
    lost.pair(&scene.server.url(), &scene.server.invite(&scene.person)).unwrap();
    lost.sync().unwrap();
    assert_eq!(lost.contacts().unwrap().len(), 1);
}

#[test]
fn changed_words_open_everything_and_the_old_ones_nothing_new() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = scene.second(&first);
    let old: Vec<&str> = first.words().unwrap().iter().collect();

    first.change_words().unwrap();
    first.sync().unwrap();
    let new: Vec<&str> = first.words().unwrap().iter().collect();
    assert_ne!(old, new);
    first.save_opportunity(&job(&first, 1), note("after the change")).unwrap();
    // The other phone writes before it knows.
    second.save_opportunity(&job(&second, 0), note("meanwhile")).unwrap();
    first.sync().unwrap();
    second.sync().unwrap();
    assert_eq!(second.status().unwrap().private.words, WordsState::Changed);
    assert_eq!(second.words().map(drop), Err(Error::WordsNeeded));
    assert_eq!(saved(&second).len(), 1, "it keeps what it has, and opens nothing new");
    assert_eq!(second.enter_words(&old.join(" ")), Err(Error::WordsOfAnother));
    second.enter_words(&new.join(" ")).unwrap();
    for phone in [&second, &first, &second] {
        phone.sync().unwrap();
    }
    assert_eq!(saved(&second), saved(&first));
    let notes: Vec<_> = saved(&first).into_iter().filter_map(|(_, saved)| saved.note).collect();
    assert!(notes.contains(&"meanwhile".into()) && notes.contains(&"after the change".into()));

    // Somebody who pairs with the old words reads nothing: what was under them is emptied.
    let thief = scene.phone();
    assert_eq!(thief.enter_words(&old.join(" ")), Err(Error::WordsOfAnother));
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
    let second = scene.second(&first);
    first.change_words().unwrap();
    second.change_words().unwrap();
    for phone in [&first, &second, &first] {
        phone.sync().unwrap();
    }
    let (winner, loser) = match first.status().unwrap().private.words {
        WordsState::Here => (&first, &second),
        _ => (&second, &first),
    };
    assert_eq!(loser.status().unwrap().private.words, WordsState::Changed);
    let words: Vec<&str> = winner.words().unwrap().iter().collect();
    loser.enter_words(&words.join(" ")).unwrap();
    loser.sync().unwrap();
    winner.sync().unwrap();
    assert_eq!(saved(&first), saved(&second));
    let fresh = scene.second(loser);
    assert_eq!(saved(&fresh), saved(&first));
    assert_eq!(fresh.status().unwrap().private.unopened, 0);
}

#[test]
fn words_are_changed_only_by_a_phone_that_has_synced() {
    let scene = Scene::new();
    let phone = TestPhone::paired(&scene.server, &scene.person);
    phone.sync().unwrap();
    let again = TestPhone::paired(&scene.server, &scene.person);
    assert_eq!(again.change_words(), Err(Error::NotSynced));
    again.sync().unwrap();
    again.change_words().unwrap();
}

#[test]
fn lost_words_can_be_replaced_and_the_old_ones_still_open_what_is_under_them() {
    let scene = Scene::new();
    let lost = scene.phone();
    write_everything(&lost, "mine");
    lost.sync().unwrap();
    let old: Vec<&str> = lost.words().unwrap().iter().collect();
    let fresh = scene.phone();
    fresh.change_words().unwrap();
    fresh.save_opportunity(&job(&fresh, 2), note("a new start")).unwrap();
    fresh.sync().unwrap();
    assert_eq!(saved(&fresh).len(), 1);
    // The paper turns up.
    fresh.enter_words(&old.join(" ")).unwrap();
    assert_eq!(saved(&fresh).len(), 2);
    fresh.sync().unwrap();
    let third = scene.second(&fresh);
    assert_eq!(saved(&third), saved(&fresh));
    assert_eq!(third.status().unwrap().private.unopened, 0);
}

#[test]
fn an_erased_account_is_gone_from_server_and_phones() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let second = scene.second(&first);
    first.erase_account().unwrap();
    assert_eq!(first.status().unwrap().council, None);
    assert!(first.contacts().unwrap().is_empty());
    assert_eq!(second.sync(), Err(Error::Revoked));
    assert!(saved(&second).is_empty());
    let (code, said) = scene.server.try_run(&["phones", "list", "--person", &scene.person]);
    assert!(code != ExitCode::SUCCESS || said.contains("erased"), "{said}");
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that this program logs from now on, phones and servers alike, at every level.
fn log_everything() {
    let level = tracing_subscriber::filter::LevelFilter::TRACE;
    tracing_subscriber::fmt().with_max_level(level).with_writer(|| Log).init();
}

/// Invariant 12: nothing private is readable in what the server has, keeps or says.
#[test]
fn no_canary_is_in_database_log_backup_or_messages() {
    const CANARY: &str = "canary-9f3a";
    let scene = Scene::new();
    log_everything();
    let phone = scene.phone();
    write_everything(&phone, CANARY);
    let saved_id = job(&phone, 0);
    phone.sync().unwrap();
    write_everything(&phone, &format!("{CANARY} again"));
    phone.sync().unwrap();
    phone.change_words().unwrap();
    phone.sync().unwrap();
    let second = TestPhone::new();
    second.pair_by_link(&phone.invite_phone().unwrap().link).unwrap();
    second.sync().unwrap();
    assert_eq!(saved(&second), saved(&phone));
    let backup = scene.server.data().join("backup.db");
    scene.server.run(&["backup", backup.to_str().unwrap()]);

    let mut looked_at = 0;
    let mut must_not_hold = |what: &str, bytes: &[u8], needles: &[&str]| {
        looked_at += bytes.len();
        for needle in needles {
            let found = bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
            assert!(!found, "{needle} is in {what}");
        }
    };
    let words = phone.words().unwrap();
    let some_words: Vec<String> =
        words.iter().zip(words.iter().skip(1)).map(|(a, b)| format!("{a} {b}")).collect();
    let mut needles = vec![CANARY, "2007-04-05", "want_it"];
    needles.extend(some_words.iter().map(String::as_str));
    for entry in std::fs::read_dir(scene.server.data()).unwrap() {
        let path = entry.unwrap().path();
        must_not_hold(&path.display().to_string(), &std::fs::read(&path).unwrap(), &needles);
    }
    for message in [phone.recording.messages(), second.recording.messages()].concat() {
        must_not_hold("a message", message.as_bytes(), &needles);
    }
    let log = LOG.lock().unwrap().clone();
    assert!(String::from_utf8_lossy(&log).contains("/v1/sync"), "the log is looked at");
    must_not_hold("the log", &log, &needles);
    assert!(looked_at > 100_000, "{looked_at} bytes");
    // The same search finds what is there, so it would have found the canary.
    let database = std::fs::read(scene.server.database()).unwrap();
    let wal = std::fs::read(format!("{}-wal", scene.server.database().display())).unwrap();
    let all = [database, wal].concat();
    assert!(all.windows(8).any(|part| part == b"Jo Okoro"));
    // Which opportunity was saved is not in any sealed cell's name.
    scene.server.transact(|tx| {
        tx.cells_after(&scene.person, 0, &mut |stored| {
            let key = &stored.cell.key;
            if promise_protocol::schema::is_sealed(&key.collection) {
                assert!(!key.id.contains(&saved_id) && key.id.len() == 16, "{key:?}");
            }
            true
        })?;
        Ok(())
    });
}

/// Two people who save the same things have no record name in common.
#[test]
fn record_names_under_two_keys_have_nothing_in_common() {
    let scene = Scene::new();
    let other = scene.server.add_person();
    let mut names = Vec::new();
    for person in [&scene.person, &other] {
        let phone = TestPhone::paired(&scene.server, person);
        phone.sync().unwrap();
        for index in 0..20 {
            phone.save_opportunity(&job(&phone, index), note("the same")).unwrap();
        }
        phone.sync().unwrap();
        let mut ids = std::collections::BTreeSet::new();
        scene.server.transact(|tx| {
            tx.cells_after(person, 0, &mut |stored| {
                if stored.cell.key.collection == "saved" {
                    ids.insert(stored.cell.key.id);
                }
                true
            })?;
            Ok(())
        });
        assert_eq!(ids.len(), 20);
        names.push(ids);
    }
    assert!(names[0].is_disjoint(&names[1]));
}

#[test]
fn showing_something_to_an_adviser_shows_that_and_nothing_else() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "secret");
    let contact = phone.contacts().unwrap()[0].id.clone();
    phone
        .edit_contact(&contact, ContactEdit { note: Some("for Jo".into()), ..Default::default() })
        .unwrap();
    phone.show_to_adviser(&Shown::ContactNote(contact), "Can we talk about this?").unwrap();
    phone.sync().unwrap();
    let said = scene.server.run(&["ask", "list", "--person", &scene.person]);
    assert!(said.contains("Can we talk about this?") && said.contains("for Jo"), "{said}");
    assert!(!said.contains("secret"), "{said}");
}

/// A server that swaps, alters, cuts or renames sealed cells is found out: what it made is kept
/// aside, and the rest goes on.
#[test]
fn what_a_server_tampers_with_is_kept_aside_and_the_rest_goes_on() {
    let scene = Scene::new();
    let first = scene.phone();
    for index in 0..5 {
        first.save_opportunity(&job(&first, index), note(&format!("note {index}"))).unwrap();
    }
    first.sync().unwrap();
    let notes = |phone: &TestPhone| -> Vec<String> {
        let mut notes: Vec<_> = saved(phone).into_iter().filter_map(|(_, s)| s.note).collect();
        notes.sort();
        notes
    };
    scene.server.transact(|tx| {
        let mut cells = Vec::new();
        tx.cells_after(&scene.person, 0, &mut |stored| {
            if stored.cell.key.collection == "saved" && stored.cell.key.field == "note" {
                cells.push(stored.cell);
            }
            true
        })?;
        assert_eq!(cells.len(), 5);
        let rev = tx.revision_to_write(&scene.person)?;
        // The first two change places, the third is cut, one byte of the fourth is altered.
        let (a, b) = (cells[0].value.clone(), cells[1].value.clone());
        cells[0].value = b;
        cells[1].value = a;
        let text = cells[2].value.as_str().unwrap();
        cells[2].value = text[..text.len() - 8].into();
        let mut text = cells[3].value.as_str().unwrap().to_owned();
        let last = if text.ends_with('A') { "B" } else { "A" };
        text.replace_range(10..11, last);
        cells[3].value = text.into();
        for cell in &cells[..4] {
            tx.set_cell(&scene.person, cell, rev)?;
        }
        Ok(())
    });
    let second = scene.second(&first);
    assert_eq!(notes(&second).len(), 1, "{:?}", notes(&second));
    assert_eq!(saved(&second).len(), 5, "the rest of each record is there");
    assert_eq!(second.status().unwrap().private.unopened, 4);
    // The phone that wrote them is not touched by it, and heals the rest with its next edits.
    first.sync().unwrap();
    assert_eq!(notes(&first).len(), 5);
    for index in 0..5 {
        first.save_opportunity(&job(&first, index), note(&format!("again {index}"))).unwrap();
    }
    first.sync().unwrap();
    second.sync().unwrap();
    assert_eq!(notes(&second), notes(&first));
    assert_eq!(second.status().unwrap().private.unopened, 0);
}

#[test]
fn the_words_are_not_in_what_is_exported() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    phone.change_words().unwrap();
    let words: Vec<&str> = phone.words().unwrap().iter().collect();
    let page = phone.export_page(&["en"], &promise_core::export::Labels::default()).unwrap();
    for exported in [phone.export().unwrap().to_string(), page] {
        assert!(exported.contains("mine own"), "what is private is the person's to take");
        let all_in_order = words.join(" ");
        assert!(!exported.contains(&all_in_order) && !exported.contains(&words.join("\",\"")));
        let entropy = phone.words().unwrap().entropy();
        let bits: String = entropy.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!exported.to_lowercase().contains(&bits));
    }
    let tables = phone.export().unwrap();
    assert!(tables.get("words").is_none() && tables.get("cell").is_some());
}

/// The first phone has it from before, writes it down, and the second one, which never saw it
/// published, shows it.
#[test]
fn what_the_council_takes_back_is_still_on_the_second_phone() {
    let scene = Scene::new();
    let folder = tempfile::tempdir().unwrap();
    for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
        std::fs::copy(TestServer::council_folder().join(file), folder.path().join(file)).unwrap();
    }
    let first = scene.phone();
    let all = first.opportunities(&Filter { closed_too: true, ..Filter::default() }).unwrap();
    let gone = all[0].opportunity.clone();
    first.save_opportunity(&gone.id, note("my favourite")).unwrap();
    first.sync().unwrap();
    let table = folder.path().join("opportunities.csv");
    let rows = std::fs::read_to_string(&table).unwrap();
    let kept: Vec<&str> = rows.lines().filter(|row| !row.contains(&gone.title)).collect();
    assert!(kept.len() < rows.lines().count(), "the row is found");
    std::fs::write(&table, kept.join("\n") + "\n").unwrap();
    scene.server.publish(folder.path());
    first.sync().unwrap();
    first.sync().unwrap();
    let second = scene.second(&first);
    assert_eq!(saved(&second), saved(&first));
    let mine = Filter { saved_only: true, ..Filter::default() };
    let shown = second.opportunities(&mine).unwrap().remove(0);
    assert_eq!(shown.opportunity.title, gone.title);
    assert_eq!(shown.saved.unwrap().note.as_deref(), Some("my favourite"));
    assert_eq!(second.status().unwrap().private.unopened, 0);
}

#[test]
fn a_wiped_phone_leaves_no_file_of_what_it_held() {
    let scene = Scene::new();
    let first = scene.phone();
    let lost = scene.second(&first);
    let folder = lost.path().parent().unwrap().to_owned();
    // A database that was set aside earlier holds the person's too.
    let aside = folder.join("promise.db.set-aside-20260101T000000000Z");
    std::fs::copy(lost.path(), &aside).unwrap();
    let id = first.phones().unwrap().pop().unwrap().id;
    first.revoke_phone(&id).unwrap();
    let before = std::fs::read(lost.path()).unwrap();
    assert_eq!(lost.sync(), Err(Error::Revoked));
    assert!(!aside.exists());
    for entry in std::fs::read_dir(&folder).unwrap() {
        let held = std::fs::read(entry.unwrap().path()).unwrap();
        let shares_a_page = before.chunks(4096).any(|page| held.chunks(4096).any(|p| p == page));
        assert!(!shares_a_page, "an encrypted page of what it held is still there");
    }
    assert_eq!(lost.status().unwrap().council, None);
}
