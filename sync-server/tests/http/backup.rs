//! Backup while the server runs, and restore: a new generation, and phones that send what is missing.

use std::{path::Path, process::ExitCode};

use promise_server::config::Settings;
use promise_services::{OsRandom, assignments};
use serde_json::json;

use crate::common::{self, Phone, TestServer};

fn command(settings: &Settings, name: &str, file: &Path) -> (ExitCode, String) {
    common::command(settings, &[name, file.to_str().unwrap()])
}

#[tokio::test(flavor = "multi_thread")]
async fn restore_begins_generation_and_phones_fill_the_gap() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let backup = server.folder.path().join("backup.db");
    let (code, printed) = command(&server.settings, "backup", &backup);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    let (again, _) = command(&server.settings, "backup", &backup);
    assert_ne!(again, ExitCode::SUCCESS, "a backup is never written over");

    // Not in the backup: the adviser's card, and an edit.
    server.transact(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    let card = phone.sync(&server, vec![]).await.changes.remove(0);
    let edit = phone.change("ask", "a1", json!({"text": "hello"}));
    assert!(phone.sync(&server, vec![edit.clone()]).await.taken);

    let (code, printed) = command(&server.settings, "restore", &backup);
    assert_ne!(code, ExitCode::SUCCESS);
    assert!(printed.contains("stop it first"), "{printed}");
    let server = server
        .restart_after(|settings| {
            let (code, printed) = command(settings, "restore", &backup);
            assert_eq!(code, ExitCode::SUCCESS, "{printed}");
            assert!(printed.contains("kept as"), "{printed}");
        })
        .await;

    let generation = phone.sync(&server, vec![]).await.generation.expect("another generation");
    let mut phone = Phone { since: 0, ..phone };
    phone.paired.generation = generation;
    let response = phone.sync(&server, vec![card.clone(), edit.clone()]).await;
    assert!(response.taken && response.verdicts.is_empty(), "{response:?}");
    let mut other = server.pair().await;
    let mut pulled = other.sync(&server, vec![]).await.changes;
    pulled.sort_by(|a, b| a.collection.cmp(&b.collection));
    assert_eq!(pulled, [edit, card]);
}

#[tokio::test(flavor = "multi_thread")]
async fn restore_of_invalid_file_changes_nothing() {
    let server = TestServer::start().await;
    let folder = server.folder.path().to_owned();
    let server = server
        .restart_after(|settings| {
            for (name, bytes) in [("empty.db", &b""[..]), ("text.db", &b"not a database"[..])] {
                std::fs::write(folder.join(name), bytes).unwrap();
                let (code, printed) = command(settings, "restore", &folder.join(name));
                assert_ne!(code, ExitCode::SUCCESS);
                assert!(printed.contains("damaged"), "{printed}");
            }
        })
        .await;
    server.pair().await;
}
