//! Erasing an account: no byte of it is left in any file, and no restore brings it back.

use std::{
    fs,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use promise_database::DatabaseError;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{PROTOCOL, ProblemCode};
use promise_server::config::Settings;
use promise_services::{
    OsRandom, assignments,
    cards::{self, CardEdit},
    devices::pairing,
    people,
};
use serde_json::{Value, json};

use crate::common::{Phone, TestServer, command};
use crate::events::EventStream;

const CANARY: &str = "canary";

/// Returns a server on which Ada's cells, history and reference contain the canary.
async fn start_with_canaries() -> (TestServer, Phone) {
    let mut server = TestServer::start().await;
    server.ada = server.transact(|tx, scope| {
        people::add(tx, scope, &"barnet".into(), Some("canary-17"), &mut OsRandom)
    });
    server.transact(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    let mut phone = server.pair().await;
    for n in 0..60 {
        // Each record is written twice, so that one value becomes history.
        let id = format!("a{}", n % 30);
        let edit = phone.change("ask", &id, json!({"text": format!("canary {n} ").repeat(n)}));
        assert!(phone.sync(&server, vec![edit]).await.taken);
    }
    (server, phone)
}

fn request(person: &str) -> Value {
    json!({"protocol": PROTOCOL, "person": person})
}

/// Returns how often the canary is in a database and the files beside it.
fn count_canaries(database: &Path) -> usize {
    let parts = ["", "-wal", "-shm"].map(|part| format!("{}{part}", database.display()));
    let bytes = parts.iter().filter_map(|part| fs::read(part).ok());
    bytes.map(|it| it.windows(6).filter(|window| *window == CANARY.as_bytes()).count()).sum()
}

fn file(settings: &Settings) -> &Path {
    settings.database.file().unwrap()
}

fn run_ok(settings: &Settings, arguments: &[&str]) -> String {
    let (code, printed) = command(settings, arguments);
    assert_eq!(code, ExitCode::SUCCESS, "{arguments:?}: {printed}");
    printed
}

fn back_up(server: &TestServer, name: &str) -> String {
    let file = server.folder.path().join(name).to_str().unwrap().to_owned();
    run_ok(&server.settings, &["backup", &file]);
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn erase_request_leaves_no_byte_on_disk() {
    let (server, mut phone) = start_with_canaries().await;
    let mut other = server.pair().await;
    let mut events = EventStream::start(&server, &other).await;
    assert!(count_canaries(file(&server.settings)) > 100, "the search finds what is there");
    let response = phone.erase(&server, request(server.ada.as_str())).await;
    assert_eq!((response.status, &*response.body), (204, &b""[..]));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    assert_eq!(count_canaries(file(&server.settings)), 0);
    events.ends().await;
    for phone in [&mut phone, &mut other] {
        let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
        let response = phone.send(&server, "POST", "/v1/sync", &body).await;
        assert_eq!(response.problem(), (401, ProblemCode::Revoked));
        let again = phone.erase(&server, request(server.ada.as_str())).await;
        assert_eq!(again.problem(), (401, ProblemCode::Revoked));
    }
    let reached = server.transact(|tx, scope| {
        let team = CardEdit::new([("team".to_owned(), json!("canary"))].into())?;
        cards::update(tx, scope, &server.jo, team, 2, &mut OsRandom)
    });
    assert_eq!(reached, 0);
    let cells = server.transact(|tx, _| Ok(tx.record(&server.ada, "ask", "a1")?));
    assert!(cells.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn erase_response_waits_for_readers_of_the_old_state() {
    let (server, phone) = start_with_canaries().await;
    let database = file(&server.settings).to_owned();
    let (started, has_started) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        let mut store = SqliteConnection::open_read_only(&database).unwrap();
        let read: Result<(), DatabaseError> = store.read(|tx| {
            tx.nudge_revs()?;
            started.send(()).unwrap();
            std::thread::sleep(Duration::from_millis(700));
            Ok(())
        });
        read.unwrap();
        Instant::now()
    });
    has_started.recv().unwrap();
    let mut writer = server.pair().await;
    let erasing = phone.erase(&server, request(server.ada.as_str()));
    let others = async {
        // Other writers do not wait for the reader.
        let sent = Instant::now();
        let body = serde_json::to_vec(&writer.request(vec![])).unwrap();
        writer.send(&server, "POST", "/v1/sync", &body).await;
        sent.elapsed()
    };
    let (response, waited) = futures_util::future::join(erasing, others).await;
    let responded = Instant::now();
    assert_eq!(response.status, 204);
    assert!(waited < Duration::from_millis(600), "{waited:?}");
    assert!(responded > reading.join().unwrap());
    assert_eq!(count_canaries(file(&server.settings)), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_person_is_in_no_later_backup_and_not_restored() {
    let (server, mut phone) = start_with_canaries().await;
    let lost = server.pair().await;
    let before = back_up(&server, "before.db");
    assert!(count_canaries(Path::new(&before)) > 100);
    let code = server.transact(|tx, scope| {
        let bea = people::add(tx, scope, &"barnet".into(), None, &mut OsRandom)?;
        pairing::invite(tx, scope, &bea, 30, phone.paired.now, &mut OsRandom)
    });
    let mut beas = server.pair_with(code.to_string()).await;
    run_ok(
        &server.settings,
        &["phones", "revoke", &beas.paired.author, "--reason", "lost_or_stolen"],
    );
    assert_eq!(phone.erase(&server, request(server.ada.as_str())).await.status, 204);
    let after = back_up(&server, "after.db");
    assert_eq!(count_canaries(Path::new(&after)), 0);

    let server = server
        .restart_after(|settings| {
            run_ok(settings, &["restore", &before]);
            assert_eq!(count_canaries(file(settings)), 0);
        })
        .await;
    let mut lost = lost;
    for phone in [&mut phone, &mut lost, &mut beas] {
        let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
        let response = phone.send(&server, "POST", "/v1/sync", &body).await;
        assert_eq!(response.problem(), (401, ProblemCode::Revoked));
    }
    assert_eq!(count_canaries(file(&server.settings)), 0);
    assert!(
        run_ok(&server.settings, &["phones", "list", "--person", server.ada.as_str()])
            .contains("erased")
    );
}

#[tokio::test]
async fn phone_revoked_after_backup_stays_revoked() {
    let server = TestServer::start().await;
    let (mut lost, mut kept) = (server.pair().await, server.pair().await);
    let backup = back_up(&server, "backup.db");
    run_ok(
        &server.settings,
        &["phones", "revoke", &lost.paired.author, "--reason", "lost_or_stolen"],
    );
    let server =
        server.restart_after(|settings| drop(run_ok(settings, &["restore", &backup]))).await;
    let body = serde_json::to_vec(&lost.request(vec![])).unwrap();
    let response = lost.send(&server, "POST", "/v1/sync", &body).await;
    assert_eq!(response.problem(), (401, ProblemCode::Revoked));
    assert!(kept.sync(&server, vec![]).await.generation.is_some());
    let server = server
        .restart_after(|settings| {
            fs::write(file(settings), b"damaged").unwrap();
            let printed = run_ok(settings, &["restore", &backup]);
            assert!(printed.contains("cannot be read"), "{printed}");
        })
        .await;
    assert!(lost.sync(&server, vec![]).await.generation.is_some(), "the tombstone is gone");
}

#[tokio::test]
async fn erase_request_for_another_person_is_refused() {
    use ProblemCode::{Malformed, WrongVersion};
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let bea =
        server.transact(|tx, scope| people::add(tx, scope, &"barnet".into(), None, &mut OsRandom));
    let cases = [
        (request(bea.as_str()), Malformed),
        (request(""), Malformed),
        (json!({"protocol": PROTOCOL}), Malformed),
        (json!("erase"), Malformed),
        (json!({"protocol": 3, "who": server.ada}), WrongVersion),
        (json!({"protocol": 3, "person": server.ada}), WrongVersion),
    ];
    for (body, code) in cases {
        assert_eq!(phone.erase(&server, body.clone()).await.problem(), (400, code), "{body}");
    }
    let nothing = phone.send(&server, "POST", "/v1/erase", b"").await;
    assert_eq!(nothing.problem(), (400, Malformed));
    let large = vec![b' '; promise_protocol::MAX_REQUEST_BYTES + 1];
    let response = phone.send(&server, "POST", "/v1/erase", &large).await;
    assert_eq!(response.problem(), (413, ProblemCode::TooLarge));
    assert_eq!(phone.sync(&server, vec![]).await.generation, None);
    assert!(server.transact(|tx, _| Ok(tx.person(&bea)?)).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn erase_command_leaves_no_byte_on_disk() {
    let (server, mut phone) = start_with_canaries().await;
    let settings = &server.settings;
    let (code, printed) = server.run(&["person", "erase", "--person", server.ada.as_str()]);
    assert_eq!(code, ExitCode::from(2));
    assert!(printed.contains("their next contact: 1") && printed.contains("--yes"), "{printed}");
    phone.sync(&server, vec![]).await;
    let printed = run_ok(settings, &["person", "erase", "--person", server.ada.as_str(), "--yes"]);
    assert!(printed.starts_with("Erased.") && !printed.contains("traces"), "{printed}");
    assert_eq!(count_canaries(file(settings)), 0);
    let listed = run_ok(settings, &["person", "list", "--council", "barnet"]);
    assert!(listed.contains(&format!("{}  erased 20", server.ada)), "{listed}");
    let (code, printed) =
        server.run(&["person", "erase", "--person", server.ada.as_str(), "--yes"]);
    assert_eq!(code, ExitCode::from(1));
    assert!(printed.contains("no such person"), "{printed}");
    let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
    let response = phone.send(&server, "POST", "/v1/sync", &body).await;
    assert_eq!(response.problem(), (401, ProblemCode::Revoked));
}
