//! Backup while serving, and restore: a new generation, and phones that give back what is missing.

use std::{path::Path, process::ExitCode};

use promise_server::cli::{self, Output};
use promise_server::config::Settings;
use promise_services::{OsRandom, assignments};
use serde_json::json;

use crate::common::{Phone, TestServer};

fn command(settings: &Settings, words: &[&str], file: &Path) -> (ExitCode, String) {
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), &b""[..]);
    let mut output = Output { out: &mut out, err: &mut err, input: &mut input };
    let data = settings.data.to_str().unwrap();
    let file = file.to_str().unwrap();
    let words = [&["promise-server", "--data", data], words, &[file]].concat();
    let code = cli::run(words, &mut output);
    (code, String::from_utf8([out, err].concat()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_is_a_new_life_and_phones_fill_the_gap() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let backup = server.folder.path().join("backup.db");
    let (code, said) = command(&server.settings, &["backup"], &backup);
    assert_eq!(code, ExitCode::SUCCESS, "{said}");
    let (again, _) = command(&server.settings, &["backup"], &backup);
    assert_ne!(again, ExitCode::SUCCESS, "a backup is never written over");

    // What the backup has not seen: the adviser's card, and an edit.
    server.staff(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    let card = phone.sync(&server, vec![]).await.changes.remove(0);
    let edit = phone.change("ask", "a1", json!({"text": "hello"}));
    assert!(phone.sync(&server, vec![edit.clone()]).await.taken);

    let (code, said) = command(&server.settings, &["restore"], &backup);
    assert_ne!(code, ExitCode::SUCCESS);
    assert!(said.contains("stop it first"), "{said}");
    let server = server
        .restart_after(|settings| {
            let (code, said) = command(settings, &["restore"], &backup);
            assert_eq!(code, ExitCode::SUCCESS, "{said}");
            assert!(said.contains("kept as"), "{said}");
        })
        .await;

    let generation = phone.sync(&server, vec![]).await.generation.expect("another generation");
    let mut phone = Phone { since: 0, ..phone };
    phone.paired.generation = generation;
    let answer = phone.sync(&server, vec![card.clone(), edit.clone()]).await;
    assert!(answer.taken && answer.verdicts.is_empty(), "{answer:?}");
    let mut other = server.pair().await;
    let mut pulled = other.sync(&server, vec![]).await.changes;
    pulled.sort_by(|a, b| a.collection.cmp(&b.collection));
    assert_eq!(pulled, [edit, card]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_a_backup_changes_nothing() {
    let server = TestServer::start().await;
    let folder = server.folder.path().to_owned();
    let server = server
        .restart_after(|settings| {
            for (name, bytes) in [("empty.db", &b""[..]), ("text.db", &b"not a database"[..])] {
                std::fs::write(folder.join(name), bytes).unwrap();
                let (code, said) = command(settings, &["restore"], &folder.join(name));
                assert_ne!(code, ExitCode::SUCCESS);
                assert!(said.contains("damaged"), "{said}");
            }
        })
        .await;
    server.pair().await;
}
