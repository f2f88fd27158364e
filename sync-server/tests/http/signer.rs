//! A server whose signing keys are with another process, on a socket.

use std::{path::Path, process::ExitCode, sync::Arc};

use promise_database::{Signer, SigningError};
use promise_protocol::{
    Edition, PhoneOrder,
    ids::CouncilId,
    signature::PublicKey,
    statement::{Statement, StatementKind},
};
use promise_server::signing::{FileSigner, SignerService, SocketSigner};

use crate::common::{TestServer, command};

/// Starts a signer that serves a socket until the test ends. (Its thread waits for connections.)
fn start(folder: &Path) -> SocketSigner {
    let (keys, log) = (folder.join("keys"), folder.join("signatures.log"));
    std::fs::create_dir_all(&keys).unwrap();
    let service = Arc::new(SignerService::open(&keys, &log).unwrap());
    let socket = folder.join("signer.socket");
    let listener = SignerService::listen(&socket).unwrap();
    std::thread::spawn(move || service.serve(&listener));
    SocketSigner::new(socket)
}

fn phone(author: &str) -> Vec<u8> {
    Statement::Phone { person: "ada", author, key: &PublicKey::new("key") }.to_bytes("barnet")
}

#[test]
fn signer_signs_statements_of_the_council_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let signer = start(folder.path());
    let barnet = CouncilId::new("barnet");
    assert_eq!(signer.keys(&barnet), Err(SigningError::NoKey));
    signer.create_key(&barnet).unwrap();
    let keys = signer.keys(&barnet).unwrap();
    let own = PublicKey::new("key");
    let statement = Statement::Phone { person: "ada", author: "p0123abcd", key: &own };
    let signature = signer.sign(&barnet, &phone("p0123abcd")).unwrap();
    assert!(keys.verify(&barnet, &statement, Some(&signature)));
    let of_another_council = statement.to_bytes("camden");
    for other in [&b"anything"[..], b"[\"pocket-promise phone 2\"]", b"", &of_another_council] {
        assert!(matches!(signer.sign(&barnet, other), Err(SigningError::Unavailable(_))));
    }
    let (before, key) = (&keys.current, &keys.current);
    let successor = Statement::Successor { before, key, distrusts_earlier: true };
    let successor = successor.to_bytes("barnet");
    assert_eq!(signer.sign(&barnet, &successor), Err(SigningError::TooMany), "it has a command");
}

/// Whoever has broken into the server must not have every phone of the council wiped.
#[test]
fn signer_signs_a_hundred_orders_to_phones_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let signer = start(folder.path());
    let barnet = CouncilId::new("barnet");
    signer.create_key(&barnet).unwrap();
    let order =
        Statement::Order { person: "ada", author: "p0123abcd", order: PhoneOrder::Wipe, at: 1 };
    let bytes = order.to_bytes("barnet");
    let signed = (0..150).filter(|_| signer.sign(&barnet, &bytes).is_ok()).count();
    assert_eq!(signed, 100);
    assert_eq!(signer.sign(&barnet, &bytes), Err(SigningError::TooMany));
    assert!(signer.sign(&barnet, &phone("p0123abcd")).is_ok(), "the rest goes on");
}

#[test]
fn signer_notes_each_signature_without_personal_data_and_refuses_too_many() {
    let folder = tempfile::tempdir().unwrap();
    let signer = start(folder.path());
    let barnet = CouncilId::new("barnet");
    signer.create_key(&barnet).unwrap();
    let mut signed = 0;
    let refused = loop {
        match signer.sign(&barnet, &phone("p0123abcd")) {
            Ok(_) => signed += 1,
            Err(error) => break error,
        }
        assert!(signed < 10_000, "there is a limit");
    };
    assert_eq!(refused, SigningError::TooMany);
    let log = std::fs::read_to_string(folder.path().join("signatures.log")).unwrap();
    assert_eq!(log.lines().count(), signed);
    assert!(log.contains("\"kind\":\"phone\"") && log.contains("sha256"), "{log}");
    assert!(!log.contains("ada") && !log.contains("p0123abcd"), "no person and no phone");
    let other = CouncilId::new("camden");
    signer.create_key(&other).unwrap();
    let own = PublicKey::new("key");
    let statement = Statement::Phone { person: "ada", author: "p0123abcd", key: &own };
    let statement = statement.to_bytes("camden");
    assert!(signer.sign(&other, &statement).is_ok(), "each council has limits of its own");
    assert!(StatementKind::of_bytes(&statement).is_some());
}

/// A whole council is signed again at once. Only what is in the signer's log is, and each statement once.
#[test]
fn signer_signs_again_what_it_signed_before_the_key_was_distrusted_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let signer = start(folder.path());
    let barnet = CouncilId::new("barnet");
    signer.create_key(&barnet).unwrap();
    let edition = |number| {
        let edition = Edition { number, packs: [].into(), signature: None };
        Statement::Edition(&edition).to_bytes("barnet")
    };
    let signed: Vec<u64> =
        (1..100).take_while(|number| signer.sign(&barnet, &edition(*number)).is_ok()).collect();
    assert!(!signed.is_empty() && signed.len() < 99);
    let files = FileSigner::new(folder.path().join("keys"));
    files.replace_key(&barnet, false).unwrap();
    assert_eq!(signer.sign(&barnet, &edition(1)), Err(SigningError::TooMany), "nothing is wrong");
    let keys = files.replace_key(&barnet, true).unwrap();
    for number in &signed {
        let signature = signer.sign(&barnet, &edition(*number)).unwrap();
        assert!(keys.current.verifies(&edition(*number), &signature));
        assert_eq!(signer.sign(&barnet, &edition(*number)), Err(SigningError::TooMany), "once");
    }
    assert_eq!(signer.sign(&barnet, &edition(1_000)), Err(SigningError::TooMany));
    let log = std::fs::read_to_string(folder.path().join("signatures.log")).unwrap();
    let again = log.lines().filter(|line| line.contains("\"again\":true"));
    assert_eq!(again.count(), signed.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn server_without_its_signer_writes_nothing_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    start(folder.path());
    let server = TestServer::start_with(|settings| {
        settings.signer = Some(folder.path().join("signer.socket"));
    })
    .await;
    let mut phone = server.pair().await;
    phone.sync(&server, vec![]).await;
    assert!(!server.settings.data.join("keys").exists(), "no key is beside the database");
    let mut gone = server.settings.clone();
    gone.signer = Some(folder.path().join("gone.socket"));
    let (code, printed) = command(&gone, &["council", "add", "camden", "Camden"]);
    assert_ne!(code, ExitCode::SUCCESS);
    assert!(printed.contains("gone.socket") && printed.contains("does not answer"), "{printed}");
}
