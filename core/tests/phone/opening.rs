//! Opening: data is stored encrypted, and opens with the right key only.

use std::fs;

use promise_core::{
    AskAbout, DatabaseKey, OpportunityEdit, OpportunityFilter, PocketPhone, PromiseError,
};
use promise_protocol::vocabulary::PledgeMark;
use serde_json::json;

use crate::common::{KEY, Pocket, change, contact, key, never_cancelled, small_edition};

#[test]
fn everything_is_read_again_after_a_restart() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    pocket.phone.opportunities().save(&"barista".into(), OpportunityEdit::default()).unwrap();
    pocket
        .phone
        .promise()
        .mark(&"council-tax".into(), PledgeMark::WantIt, Some("Ask Ada".into()))
        .unwrap();
    pocket.phone.asks().write("Can we meet?", AskAbout::Anything).unwrap();
    let read = |phone: &PocketPhone| {
        let lists = (
            phone.contacts().list().unwrap(),
            phone.asks().list().unwrap(),
            phone.promise().read().unwrap(),
        );
        let all = phone.opportunities().list(&OpportunityFilter::default()).unwrap();
        (
            lists,
            all,
            phone.promise().directory().unwrap(),
            phone.status().unwrap(),
            phone.export().json().unwrap(),
        )
    };
    let before = read(&pocket.phone);
    assert_eq!(read(&pocket.reopen().phone), before);
}

#[test]
fn files_hold_no_plain_text() {
    let mut published = small_edition();
    published.opportunity("barista").title = "canary-opportunity".into();
    let pocket = Pocket::showing(&published);
    pocket.receive(vec![change("contact", "ada", 0, json!({"display_name": "canary-contact"}))]);
    pocket.phone.asks().write("canary-ask", AskAbout::Anything).unwrap();
    let mut bytes = 0;
    let is_clear = |bytes: &[u8]| bytes.windows(6).any(|part| part == b"canary");
    for file in fs::read_dir(pocket.folder.path()).unwrap() {
        let file = fs::read(file.unwrap().path()).unwrap();
        bytes += file.len();
        assert!(!is_clear(&file));
        assert!(!file.windows(15).any(|part| part == b"SQLite format 3"));
        assert!(!file.windows(KEY.len()).any(|part| part == KEY));
    }
    assert!(bytes > 100_000, "the write-ahead log was looked at too");
    assert!(
        is_clear(pocket.phone.export().json().unwrap().to_string().as_bytes()),
        "the canary sings"
    );
}

#[test]
fn wrong_key_opens_nothing_and_changes_nothing() {
    let pocket = Pocket::showing(&small_edition());
    drop(pocket.phone);
    let path = pocket.folder.path().join("phone.db");
    let before = fs::read(&path).unwrap();
    for with_fingerprint in [true, false] {
        if !with_fingerprint {
            fs::remove_file(path.with_extension("db-key")).unwrap();
        }
        let opened = PocketPhone::open(&path, DatabaseKey::new([8; 32]));
        assert_eq!(opened.err(), Some(PromiseError::WrongKey), "fingerprint: {with_fingerprint}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    assert!(!path.with_extension("db-key").exists(), "a key that does not fit is not remembered");
    assert!(PocketPhone::open(&path, key()).unwrap().promise().read().unwrap().is_some());
    assert!(path.with_extension("db-key").exists(), "the one that fits is");
}

#[test]
fn wrong_key_leaves_the_write_ahead_log_alone() {
    let pocket = Pocket::showing(&small_edition());
    // As a killed app leaves it: the log holds what the database file does not have yet.
    let killed = tempfile::tempdir().unwrap();
    for part in ["phone.db", "phone.db-wal"] {
        fs::copy(pocket.folder.path().join(part), killed.path().join(part)).unwrap();
    }
    let read =
        || ["phone.db", "phone.db-wal"].map(|part| fs::read(killed.path().join(part)).unwrap());
    let before = read();
    let path = killed.path().join("phone.db");
    let opened = pocket.open(&path, DatabaseKey::new([8; 32]));
    assert_eq!(opened.err(), Some(PromiseError::WrongKey));
    assert!(read() == before, "the files were changed");
    assert!(pocket.open(&path, key()).unwrap().promise().read().unwrap().is_some());
}

#[test]
fn truncated_fingerprint_does_not_lock_the_owner_out() {
    let pocket = Pocket::showing(&small_edition());
    for rest in ["", "0123", "not a fingerprint at all, of any key"] {
        fs::write(pocket.path().with_extension("db-key"), rest).unwrap();
        let phone = pocket.open(&pocket.path(), key()).unwrap();
        assert!(phone.promise().read().unwrap().is_some(), "{rest:?}");
        fs::write(pocket.path().with_extension("db-key"), rest).unwrap();
        let opened = pocket.open(&pocket.path(), DatabaseKey::new([8; 32]));
        assert_eq!(opened.err(), Some(PromiseError::WrongKey), "{rest:?}");
    }
}

#[test]
fn unpaired_phone_reads_as_empty_and_asks_for_pairing() {
    let Pocket { phone, .. } = Pocket::unpaired();
    assert_eq!(phone.promise().read().unwrap(), None);
    assert_eq!(phone.contacts().list().unwrap(), []);
    assert_eq!(phone.search("anything").unwrap(), []);
    assert_eq!(phone.status().unwrap().council, None);
    assert_eq!(phone.sync(&never_cancelled()), Err(PromiseError::NotPaired));
    assert_eq!(phone.asks().write("Hello", AskAbout::Anything), Err(PromiseError::NotPaired));
}
