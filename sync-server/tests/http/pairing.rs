//! Pairing.

use std::process::ExitCode;

use promise_protocol::{
    ProblemCode,
    pairing::{PairProgress, Transcript},
};

use crate::common::{Response, SERVER, TestServer, code_id, new_phone};

async fn claim(server: &TestServer, code: &str) -> Response {
    server.step(&new_phone().start(code, SERVER)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_claims_of_one_code_pair_no_phone() {
    let server = TestServer::start().await;
    let code = server.invite();
    let claims = (0..25).map(|_| claim(&server, &code));
    let responses = futures_util::future::join_all(claims).await;
    let (first, others): (Vec<_>, Vec<_>) =
        responses.iter().partition(|response| response.status == 200);
    assert_eq!(first.len(), 1);
    assert!(others.iter().all(|response| response.problem() == (403, ProblemCode::TwoPhones)));
    let progress: PairProgress = first[0].json();
    assert_eq!((progress.offer.unwrap().council_name, progress.paired), ("Barnet".into(), None));
}

#[tokio::test]
async fn phone_is_paired_when_the_other_side_said_yes() {
    let server = TestServer::start().await;
    let (code, new) = (server.invite(), new_phone());
    server.step(&new.start(&code, SERVER)).await;
    for _ in 0..2 {
        let waits: PairProgress = server.step(&new.open(&code, SERVER)).await.json();
        assert!(waits.offer.is_some() && waits.paired.is_none());
    }
    server.confirm(&code);
    let response = server.step(&new.open(&code, SERVER)).await;
    assert_eq!(response.header("cache-control"), Some("no-store"), "it is about a person");
    let paired = response.json::<PairProgress>().paired.unwrap();
    assert_eq!((paired.person, paired.council_name), (server.ada.to_string(), "Barnet".into()));
    let said_no = server.step(&new_phone().start(&code, SERVER)).await;
    assert_eq!(said_no.problem(), (403, ProblemCode::CodeUsed));
}

#[tokio::test]
async fn phone_that_was_refused_gets_its_own_problem() {
    let server = TestServer::start().await;
    let (code, new) = (server.invite(), new_phone());
    server.step(&new.start(&code, SERVER)).await;
    let refused = server.step(&new.refuse(&code, SERVER)).await;
    assert_eq!(refused.problem(), (403, ProblemCode::PairingRefused));
    assert!(!String::from_utf8_lossy(&refused.body).contains(&code_id(&code)));
}

#[tokio::test]
async fn refused_code_has_its_own_problem() {
    let server = TestServer::start().await;
    let code = server.invite();
    let name = code.split('-').next().unwrap();
    let guess = format!("{name}-0000-0000");
    for expected in [ProblemCode::CodeWrong; 5].into_iter().chain([ProblemCode::CodeLocked]) {
        assert_eq!(claim(&server, &guess).await.problem(), (403, expected));
    }
    let locked = claim(&server, &code).await;
    assert_eq!(locked.problem(), (403, ProblemCode::CodeLocked));
    assert!(!String::from_utf8_lossy(&locked.body).contains(name), "no code in an error");
    let old = server.invite();
    server.clock.0.fetch_add(31 * 60_000, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(claim(&server, &old).await.problem(), (403, ProblemCode::CodeExpired));
}

#[tokio::test]
async fn pairing_attempts_of_one_address_are_limited() {
    let server = TestServer::start().await;
    let mut response = claim(&server, "ZZZZ-0000-0000").await;
    // Some more are allowed while these are answered.
    for _ in 0..1000 {
        if response.status != 403 {
            break;
        }
        response = claim(&server, "ZZZZ-0000-0000").await;
    }
    assert_eq!(response.problem(), (429, ProblemCode::TooMany));
    assert!(response.header("retry-after").is_some());
}

/// The operator is asked, says yes to the right number only, and no answer is no.
#[tokio::test(flavor = "multi_thread")]
async fn operator_decides_by_the_number_that_the_phone_shows() {
    let server = TestServer::start().await;
    for is_yes in [true, false] {
        let (_, printed) = server.run(&["invite", "--person", server.ada.as_str(), "--no-wait"]);
        let code = printed.lines().find_map(|line| line.strip_prefix("Code: ")).unwrap().to_owned();
        let new = new_phone();
        let offer = server.step(&new.start(&code, SERVER)).await.json::<PairProgress>().offer;
        let offer = offer.unwrap();
        server.step(&new.open(&code, SERVER)).await;
        let transcript = Transcript {
            code: &code_id(&code),
            server: SERVER,
            council: &offer.council,
            inviter: &offer.inviter,
            opening: &new.opening,
            nonce: &offer.nonce,
            key: None,
        };
        let digits = transcript.hash().digits().to_string();
        let other = if digits == "123 456" { "654321" } else { "123456" };
        let confirm = ["pairing", "confirm", "--code", &code];
        let (exit, _) = server.run(&[&confirm[..], &["--digits", other]].concat());
        assert_eq!(exit, ExitCode::from(2));
        if is_yes {
            let (exit, printed) = server.run(&[&confirm[..], &["--digits", &digits]].concat());
            assert_eq!(exit, ExitCode::SUCCESS, "{printed}");
        } else {
            let (_, printed) = server.run(&confirm);
            assert!(printed.contains(&digits) && printed.contains("Refused"), "{printed}");
        }
        let response = server.step(&new.open(&code, SERVER)).await;
        if is_yes {
            assert!(response.json::<PairProgress>().paired.is_some());
        } else {
            assert_eq!(response.problem(), (403, ProblemCode::PairingRefused));
        }
    }
}
