//! Pairing.

use promise_protocol::{PROTOCOL, PairRequest, PairResponse, ProblemCode};

use crate::common::{Response, TestServer};

async fn claim(server: &TestServer, code: &str) -> Response {
    let request = PairRequest { protocol: PROTOCOL, code: code.into(), relink: None };
    server.post("/v1/pair", &[], &serde_json::to_vec(&request).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_claims_of_one_code_pair_one_phone() {
    let server = TestServer::start().await;
    let code = server.invite();
    // Fewer than the limit for one address.
    let claims = (0..25).map(|_| claim(&server, &code));
    let responses = futures_util::future::join_all(claims).await;
    let (won, lost): (Vec<_>, Vec<_>) =
        responses.iter().partition(|response| response.status == 200);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|response| response.problem() == (403, ProblemCode::CodeUsed)));
    let paired: PairResponse = won[0].json();
    assert_eq!((paired.person, paired.council_name), (server.ada.to_string(), "Barnet".into()));
    assert_eq!(won[0].header("cache-control"), Some("no-store"), "it holds a secret");
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
    for _ in 0..30 {
        assert_eq!(claim(&server, "ZZZZ-0000-0000").await.status, 403);
    }
    let response = claim(&server, "ZZZZ-0000-0000").await;
    assert_eq!(response.problem(), (429, ProblemCode::TooMany));
    assert!(response.header("retry-after").is_some());
}
