//! Erasing an account: no byte of it is left in any file, and no restore brings it back.

use std::{
    fs,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use promise_database::DatabaseError;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::ProblemCode;
use promise_server::config::Settings;
use promise_services::{
    OsRandom, assignments,
    cards::{self, CardEdit},
    devices::pairing,
    people,
};
use serde_json::{Value, json};

use crate::common::{Phone, TestServer, command};
use crate::nudging::Listening;

const CANARY: &str = "canary";

/// A server on which Ada's phone, history and reference hold the canary.
async fn with_canaries() -> (TestServer, Phone) {
    let mut server = TestServer::start().await;
    server.ada = server
        .staff(|tx, scope| people::add(tx, scope, "barnet", Some("canary-17"), &mut OsRandom));
    server.staff(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    let mut phone = server.pair().await;
    for n in 0..60 {
        // Each is written twice: one value becomes history.
        let id = format!("a{}", n % 30);
        let edit = phone.change("ask", &id, json!({"text": format!("canary {n} ").repeat(n)}));
        assert!(phone.sync(&server, vec![edit]).await.taken);
    }
    (server, phone)
}

fn request(person: &str) -> Value {
    json!({"protocol": 1, "person": person})
}

/// How often the canary stands in a database and in the files beside it.
fn canaries(database: &Path) -> usize {
    let parts = ["", "-wal", "-shm"].map(|part| format!("{}{part}", database.display()));
    let bytes = parts.iter().filter_map(|part| fs::read(part).ok());
    bytes.map(|it| it.windows(6).filter(|window| *window == CANARY.as_bytes()).count()).sum()
}

fn file(settings: &Settings) -> &Path {
    settings.database.file().unwrap()
}

fn does(settings: &Settings, words: &[&str]) -> String {
    let (code, said) = command(settings, words);
    assert_eq!(code, ExitCode::SUCCESS, "{words:?}: {said}");
    said
}

fn back_up(server: &TestServer, name: &str) -> String {
    let file = server.folder.path().join(name).to_str().unwrap().to_owned();
    does(&server.settings, &["backup", &file]);
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_erases_everything_and_no_byte_is_left() {
    let (server, mut phone) = with_canaries().await;
    let mut other = server.pair().await;
    let mut listening = Listening::start(&server, &other).await;
    assert!(canaries(file(&server.settings)) > 100, "the search finds what is there");
    let answer = phone.erase(&server, request(&server.ada)).await;
    assert_eq!((answer.status, &*answer.body), (204, &b""[..]));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(canaries(file(&server.settings)), 0);
    listening.ends().await;
    for phone in [&mut phone, &mut other] {
        let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
        let answer = phone.send(&server, "POST", "/v1/sync", &body).await;
        assert_eq!(answer.problem(), (401, ProblemCode::Revoked));
        let again = phone.erase(&server, request(&server.ada)).await;
        assert_eq!(again.problem(), (401, ProblemCode::Revoked));
    }
    let reached = server.staff(|tx, scope| {
        let team = CardEdit::new([("team".to_owned(), json!("canary"))].into())?;
        cards::update(tx, scope, &server.jo, team, 2, &mut OsRandom)
    });
    assert_eq!(reached, 0);
    let cells = server.staff(|tx, _| Ok(tx.record(&server.ada, "ask", "a1")?));
    assert!(cells.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_waits_for_whoever_reads_what_was_there() {
    let (server, phone) = with_canaries().await;
    let database = file(&server.settings).to_owned();
    let (begun, began) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        let mut store = SqliteConnection::open_read_only(&database).unwrap();
        let read: Result<(), DatabaseError> = store.read(|tx| {
            tx.nudge_revs()?;
            begun.send(()).unwrap();
            std::thread::sleep(Duration::from_millis(700));
            Ok(())
        });
        read.unwrap();
        Instant::now()
    });
    began.recv().unwrap();
    let mut writer = server.pair().await;
    let erasing = phone.erase(&server, request(&server.ada));
    let others = async {
        // Nobody else waits for the reader.
        let sent = Instant::now();
        let body = serde_json::to_vec(&writer.request(vec![])).unwrap();
        writer.send(&server, "POST", "/v1/sync", &body).await;
        sent.elapsed()
    };
    let (answer, waited) = futures_util::future::join(erasing, others).await;
    let answered = Instant::now();
    assert_eq!(answer.status, 204);
    assert!(waited < Duration::from_millis(600), "{waited:?}");
    assert!(answered > reading.join().unwrap());
    assert_eq!(canaries(file(&server.settings)), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_later_backup_holds_it_and_no_earlier_one_brings_it_back() {
    let (server, mut phone) = with_canaries().await;
    let lost = server.pair().await;
    let before = back_up(&server, "before.db");
    assert!(canaries(Path::new(&before)) > 100);
    let code = server.staff(|tx, scope| {
        let bea = people::add(tx, scope, "barnet", None, &mut OsRandom)?;
        pairing::invite(tx, scope, &bea, 30, phone.paired.now, &mut OsRandom)
    });
    let mut beas = server.pair_with(code.to_string()).await;
    does(&server.settings, &["phones", "revoke", &beas.paired.author]);
    assert_eq!(phone.erase(&server, request(&server.ada)).await.status, 204);
    let after = back_up(&server, "after.db");
    assert_eq!(canaries(Path::new(&after)), 0);

    let server = server
        .restart_after(|settings| {
            does(settings, &["restore", &before]);
            assert_eq!(canaries(file(settings)), 0);
        })
        .await;
    let mut lost = lost;
    for phone in [&mut phone, &mut lost, &mut beas] {
        let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
        let answer = phone.send(&server, "POST", "/v1/sync", &body).await;
        assert_eq!(answer.problem(), (401, ProblemCode::Revoked));
    }
    assert_eq!(canaries(file(&server.settings)), 0);
    assert!(
        does(&server.settings, &["phones", "list", "--person", &server.ada]).contains("erased")
    );
}

#[tokio::test]
async fn a_phone_that_was_revoked_after_the_backup_stays_revoked() {
    let server = TestServer::start().await;
    let (mut lost, mut kept) = (server.pair().await, server.pair().await);
    let backup = back_up(&server, "backup.db");
    does(&server.settings, &["phones", "revoke", &lost.paired.author]);
    let server = server.restart_after(|settings| drop(does(settings, &["restore", &backup]))).await;
    let body = serde_json::to_vec(&lost.request(vec![])).unwrap();
    let answer = lost.send(&server, "POST", "/v1/sync", &body).await;
    assert_eq!(answer.problem(), (401, ProblemCode::Revoked));
    assert!(kept.sync(&server, vec![]).await.generation.is_some());
    let server = server
        .restart_after(|settings| {
            fs::write(file(settings), b"damaged").unwrap();
            let said = does(settings, &["restore", &backup]);
            assert!(said.contains("cannot be read"), "{said}");
        })
        .await;
    assert!(lost.sync(&server, vec![]).await.generation.is_some(), "nobody knows any more");
}

#[tokio::test]
async fn a_request_about_anybody_else_erases_nobody() {
    use ProblemCode::{Malformed, WrongVersion};
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let bea = server.staff(|tx, scope| people::add(tx, scope, "barnet", None, &mut OsRandom));
    let cases = [
        (request(&bea), Malformed),
        (request(""), Malformed),
        (json!({"protocol": 1}), Malformed),
        (json!("erase"), Malformed),
        (json!({"protocol": 2, "who": server.ada}), WrongVersion),
        (json!({"protocol": 2, "person": server.ada}), WrongVersion),
    ];
    for (body, code) in cases {
        assert_eq!(phone.erase(&server, body.clone()).await.problem(), (400, code), "{body}");
    }
    let nothing = phone.send(&server, "POST", "/v1/erase", b"").await;
    assert_eq!(nothing.problem(), (400, Malformed));
    let large = vec![b' '; promise_protocol::MAX_REQUEST_BYTES + 1];
    let answer = phone.send(&server, "POST", "/v1/erase", &large).await;
    assert_eq!(answer.problem(), (413, ProblemCode::TooLarge));
    assert_eq!(phone.sync(&server, vec![]).await.generation, None);
    assert!(server.staff(|tx, _| Ok(tx.person(&bea)?)).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_council_that_was_asked_on_paper_erases_too() {
    let (server, mut phone) = with_canaries().await;
    let settings = &server.settings;
    let (code, said) = server.types(&["person", "erase", "--person", &server.ada]);
    assert_eq!(code, ExitCode::from(2));
    assert!(said.contains("their next contact: 1") && said.contains("--yes"), "{said}");
    phone.sync(&server, vec![]).await;
    let said = does(settings, &["person", "erase", "--person", &server.ada, "--yes"]);
    assert!(said.starts_with("Erased.") && !said.contains("traces"), "{said}");
    assert_eq!(canaries(file(settings)), 0);
    let listed = does(settings, &["person", "list", "--council", "barnet"]);
    assert!(listed.contains(&format!("{}  erased 20", server.ada)), "{listed}");
    let (code, said) = server.types(&["person", "erase", "--person", &server.ada, "--yes"]);
    assert_eq!(code, ExitCode::from(1));
    assert!(said.contains("no such person"), "{said}");
    let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
    let answer = phone.send(&server, "POST", "/v1/sync", &body).await;
    assert_eq!(answer.problem(), (401, ProblemCode::Revoked));
}
