//! Phones restore what a server lacks after a restore from an older backup.

mod relink;

use promise_core::AskAbout;
use promise_tests::harness::{TestPhone, TestServer};

/// A council with one adviser and one young person.
fn with_adviser() -> (TestServer, String, String) {
    let server = TestServer::start();
    let number = "07700 900001:mobile";
    let adviser = server
        .add_staff("jo", &["--name", "Jo Okoro", "--role", "Personal adviser", "--phone", number]);
    let person = server.add_person();
    server.assign(&person, &adviser);
    (server, person, adviser)
}

fn number(phone: &TestPhone) -> String {
    phone.contacts().list().unwrap()[0].phones[0].number.clone()
}

#[test]
fn restored_server_has_every_edit_of_phones_after_two_syncs() {
    let (mut server, person, adviser) = with_adviser();
    let first = TestPhone::paired(&server, &person);
    let second = TestPhone::paired(&server, &person);
    first.asks().write("Before the backup", AskAbout::Anything).unwrap();
    first.sync().unwrap();
    let backup = server.data().join("old-backup.db");
    server.run(&["backup", backup.to_str().unwrap()]);

    // After the backup: an ask by each phone, a number by the adviser. The first phone has all of
    // it.
    first.asks().write("After the backup", AskAbout::Anything).unwrap();
    first.sync().unwrap();
    second.asks().write("By the other phone", AskAbout::Anything).unwrap();
    second.sync().unwrap();
    server.run(&["contact", "set", "--staff", &adviser, "--phone", "07700 900002:mobile"]);
    first.sync().unwrap();
    first.asks().write("Not sent yet", AskAbout::Anything).unwrap();
    assert_eq!(number(&first), "+447700900002");

    server.stop();
    server.run(&["restore", backup.to_str().unwrap()]);
    server.resume();
    let list = ["ask", "list", "--person", person.as_str()];
    assert!(!server.run(&list).contains("After the backup"), "the backup is older");

    first.sync().unwrap();
    second.sync().unwrap();
    let printed = server.run(&list);
    for text in ["Before the backup", "After the backup", "By the other phone", "Not sent yet"] {
        assert!(printed.contains(text), "{text} in:\n{printed}");
    }
    second.sync().unwrap();
    assert_eq!(number(&second), "+447700900002", "what staff wrote came back by the first phone");
    assert_eq!(second.asks().list().unwrap().len(), 4);
    assert_eq!(first.status().unwrap().unsent, 0);
}

/// The keys are not in the backup. A server that made new ones would write what no phone accepts.
#[test]
fn server_without_its_signing_key_says_which_is_missing() {
    let (mut server, ..) = with_adviser();
    server.publish(&TestServer::council_folder());
    server.stop();
    let key = server.data().join("keys").join("riverbridge.key");
    let right = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let list = ["person", "list", "--council", "riverbridge"];
    let (code, printed) = server.try_run(&list);
    assert_ne!(code, std::process::ExitCode::SUCCESS);
    assert!(printed.contains("signing key") && printed.contains("put a copy"), "{printed}");
    assert!(!key.exists(), "none is made in its place");
    std::fs::write(&key, [1; 32]).unwrap();
    let (code, printed) = server.try_run(&list);
    assert_ne!(code, std::process::ExitCode::SUCCESS);
    assert!(printed.contains("riverbridge") && printed.contains("right one"), "{printed}");
    std::fs::write(&key, right).unwrap();
    server.run(&list);
}

#[test]
fn restore_of_a_running_server_is_refused() {
    let (server, ..) = with_adviser();
    let backup = server.data().join("backup.db");
    server.run(&["backup", backup.to_str().unwrap()]);
    let (code, printed) = server.try_run(&["restore", backup.to_str().unwrap()]);
    assert_ne!(code, std::process::ExitCode::SUCCESS, "{printed}");
    assert!(printed.to_lowercase().contains("stop"), "says what to do: {printed}");
}

#[test]
fn lower_edition_is_shown_after_restore() {
    let (mut server, person, _) = with_adviser();
    server.publish(&TestServer::council_folder());
    let phone = TestPhone::paired(&server, &person);
    let backup = server.data().join("backup.db");
    server.run(&["backup", backup.to_str().unwrap()]);
    let folder = tempfile::tempdir().unwrap();
    for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
        std::fs::copy(TestServer::council_folder().join(file), folder.path().join(file)).unwrap();
    }
    let table = folder.path().join("opportunities.csv");
    let rows = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, rows.replacen("2027-06-30", "2027-07-31", 1)).unwrap();
    server.publish(folder.path());
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().edition, Some(2));
    server.stop();
    server.run(&["restore", backup.to_str().unwrap()]);
    server.resume();
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().edition, Some(1), "a new generation may start lower");
}
