//! What the server stores, and what a dishonest server can do.

use std::sync::Mutex;

use promise_core::{ContactEdit, SharedItem};
use promise_protocol::ids::PersonId;
use promise_tests::harness::TestPhone;

use crate::{Scene, job, note, saved, second, write_everything};

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

/// Captures everything that this process logs from now on, phones and servers, at every level.
fn log_everything() {
    let level = tracing_subscriber::filter::LevelFilter::TRACE;
    tracing_subscriber::fmt().with_max_level(level).with_writer(|| Log).init();
}

/// Invariant 12: no private data is readable in what the server receives, stores or logs.
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
    phone.recovery().change().unwrap();
    phone.sync().unwrap();
    let second = TestPhone::new();
    second.pair_beside(&phone);
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
    let words = phone.recovery().phrase().unwrap();
    let some_words: Vec<String> =
        words.words().zip(words.words().skip(1)).map(|(a, b)| format!("{a} {b}")).collect();
    let mut needles = vec![CANARY, "2007-04-05", "want_it"];
    needles.extend(some_words.iter().map(String::as_str));
    let files = std::fs::read_dir(scene.server.data()).unwrap().map(|entry| entry.unwrap().path());
    // The folder in it holds the signing keys.
    for path in files.filter(|path| path.is_file()) {
        must_not_hold(&path.display().to_string(), &std::fs::read(&path).unwrap(), &needles);
    }
    for message in [phone.recording.messages(), second.recording.messages()].concat() {
        must_not_hold("a message", message.as_bytes(), &needles);
    }
    let log = LOG.lock().unwrap().clone();
    assert!(String::from_utf8_lossy(&log).contains("/v1/sync"), "the log is looked at");
    must_not_hold("the log", &log, &needles);
    assert!(looked_at > 100_000, "{looked_at} bytes");
    // The same search finds what is stored, so it would have found the canary.
    let database = std::fs::read(scene.server.database()).unwrap();
    let wal = std::fs::read(format!("{}-wal", scene.server.database().display())).unwrap();
    let all = [database, wal].concat();
    assert!(all.windows(8).any(|part| part == b"Jo Okoro"));
    // No sealed cell's record id reveals which opportunity was saved.
    scene.server.transact(|tx| {
        tx.cells_after(&scene.person.as_str().into(), 0, &mut |stored| {
            let key = &stored.cell.key;
            if promise_protocol::schema::is_sealed(&key.collection) {
                assert!(!key.id.contains(saved_id.as_str()) && key.id.len() == 16, "{key:?}");
            }
            true
        })?;
        Ok(())
    });
}

/// Two people who save the same opportunities have no record id in common.
#[test]
fn record_ids_under_two_keys_are_disjoint() {
    let scene = Scene::new();
    let other = scene.server.add_person();
    let mut names = Vec::new();
    for person in [&scene.person, &other] {
        let phone = TestPhone::paired(&scene.server, person);
        phone.sync().unwrap();
        for index in 0..20 {
            phone.opportunities().save(&job(&phone, index), note("the same")).unwrap();
        }
        phone.sync().unwrap();
        let mut ids = std::collections::BTreeSet::new();
        scene.server.transact(|tx| {
            tx.cells_after(&person.as_str().into(), 0, &mut |stored| {
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
fn sharing_with_the_adviser_reveals_only_that_item() {
    let scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "secret");
    let contact = phone.contacts().list().unwrap()[0].id.clone();
    phone
        .contacts()
        .edit(&contact, ContactEdit { note: Some("for Jo".into()), ..Default::default() })
        .unwrap();
    phone
        .asks()
        .share_with_adviser(&SharedItem::ContactNote(contact), "Can we talk about this?")
        .unwrap();
    phone.sync().unwrap();
    let printed = scene.server.run(&["ask", "list", "--person", &scene.person]);
    assert!(printed.contains("Can we talk about this?") && printed.contains("for Jo"), "{printed}");
    assert!(!printed.contains("secret"), "{printed}");
}

/// A server that swaps, alters, truncates or renames sealed cells is detected: the cells are kept
/// as undecryptable, and the rest syncs.
#[test]
fn tampered_cells_are_undecryptable_and_the_rest_syncs() {
    let scene = Scene::new();
    let first = scene.phone();
    for index in 0..5 {
        first.opportunities().save(&job(&first, index), note(&format!("note {index}"))).unwrap();
    }
    first.sync().unwrap();
    let notes = |phone: &TestPhone| -> Vec<String> {
        let mut notes: Vec<_> = saved(phone).into_iter().filter_map(|(_, s)| s.note).collect();
        notes.sort();
        notes
    };
    scene.server.transact(|tx| {
        let mut cells = Vec::new();
        tx.cells_after(&scene.person.as_str().into(), 0, &mut |stored| {
            if stored.cell.key.collection == "saved" && stored.cell.key.field == "note" {
                cells.push(stored.cell);
            }
            true
        })?;
        assert_eq!(cells.len(), 5);
        let person = PersonId::from(&*scene.person);
        tx.person_for_update(&person)?;
        let rev = tx.revision_to_write(&person)?;
        // The first two are swapped, the third is truncated, one byte of the fourth is altered.
        let (a, b) = (cells[0].value.clone(), cells[1].value.clone());
        cells[0].value = b;
        cells[1].value = a;
        let text = cells[2].value.as_str().unwrap();
        cells[2].value = text[..text.len() - 8].into();
        let mut text = cells[3].value.as_str().unwrap().to_owned();
        let other = if &text[10..11] == "A" { "B" } else { "A" };
        text.replace_range(10..11, other);
        cells[3].value = text.into();
        for cell in &cells[..4] {
            tx.set_cell(&person, cell, Some(rev))?;
        }
        Ok(())
    });
    let second = second(&first);
    assert_eq!(notes(&second).len(), 1, "{:?}", notes(&second));
    assert_eq!(saved(&second).len(), 5, "the rest of each record is there");
    assert_eq!(second.status().unwrap().private.undecryptable, 4);
    // The phone that wrote the cells is not affected, and its next edits repair the others.
    first.sync().unwrap();
    assert_eq!(notes(&first).len(), 5);
    for index in 0..5 {
        first.opportunities().save(&job(&first, index), note(&format!("again {index}"))).unwrap();
    }
    first.sync().unwrap();
    second.sync().unwrap();
    assert_eq!(notes(&second), notes(&first));
    assert_eq!(second.status().unwrap().private.undecryptable, 0);
}
