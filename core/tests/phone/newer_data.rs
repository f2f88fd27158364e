//! A database from a newer version: it is read and exported, and not written.

use std::path::Path;

use promise_core::{AskAbout, ContactEdit, OpportunityEdit, PocketPhone, PromiseError};
use promise_protocol::vocabulary::PledgeMark;
use rusqlite::Connection;

use crate::common::{KEY, Pocket, contact, key, never_cancelled, small_edition};

/// Changes a database as a newer version would.
pub(crate) fn make_newer(path: &Path) {
    let connection = Connection::open(path).unwrap();
    let key = data_encoding::HEXLOWER.encode(&KEY);
    connection.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    let sql = "CREATE TABLE dream (words TEXT); INSERT INTO dream VALUES ('fly'); PRAGMA user_version = 99";
    connection.execute_batch(sql).unwrap();
}

#[test]
fn data_from_a_newer_version_is_read_and_exported_but_not_written() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let Pocket { phone, folder, .. } = pocket;
    drop(phone);
    let path = folder.path().join("phone.db");
    make_newer(&path);
    let phone = PocketPhone::open(&path, key()).unwrap();

    assert_eq!(phone.status().unwrap().read_only, Some(PromiseError::NewerData));
    assert_eq!(phone.contacts().list().unwrap()[0].display_name, "Ada Obi");
    assert!(phone.promise().read().unwrap().is_some());
    assert_eq!(phone.search("warehouse").unwrap().len(), 1);
    assert_eq!(phone.export().json().unwrap()["dream"][0]["words"], "fly");

    let pinned = ContactEdit { pinned: Some(true), ..ContactEdit::default() };
    let refused = [
        phone.opportunities().save(&"barista".into(), OpportunityEdit::default()),
        phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None),
        phone.contacts().edit(&"ada".into(), pinned),
        phone.asks().write("Hello", AskAbout::Anything).map(drop),
        phone.sync(&never_cancelled()).map(drop),
    ];
    assert_eq!(refused.map(Result::unwrap_err), [(); 5].map(|()| PromiseError::NewerData));
    phone.pause();
    phone.resume().unwrap();
    assert_eq!(
        phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None),
        Err(PromiseError::NewerData)
    );
}
