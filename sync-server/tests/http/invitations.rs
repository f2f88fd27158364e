//! A phone invites another phone of its person.

use promise_protocol::{Invited, KeyStep, ProblemCode, SyncRequest, signature::SigningKey};

use crate::common::{Phone, TestServer};

async fn invite(server: &TestServer, phone: &Phone) -> crate::common::Response {
    phone.send(server, "POST", "/v1/invitations", &[]).await
}

#[tokio::test]
async fn invited_phone_has_same_person_and_receives_history_of_keys() {
    let server = TestServer::start().await;
    let mut first = server.pair().await;
    assert!(first.paired.key_history.is_empty());
    let (council, person) = (&first.paired.council, &first.paired.person);
    let step = KeyStep::first(&SigningKey::from_seed(&[1; 32]).unwrap(), council, person);
    let request = SyncRequest { key_steps: vec![step.clone()], ..first.request(Vec::new()) };
    let body = serde_json::to_vec(&request).unwrap();
    assert_eq!(first.send(&server, "POST", "/v1/sync", &body).await.status, 200);
    let response = invite(&server, &first).await;
    assert_eq!(response.header("cache-control"), Some("no-store"), "it holds a secret");
    assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    let invited: Invited = response.json();
    let minutes = (invited.expires_at - first.paired.now) / 60_000;
    assert!((9..=10).contains(&minutes), "{minutes}");
    let second = server.pair_beside(Some(&first), invited.code).await;
    assert_eq!(second.paired.person, first.paired.person);
    let steps: Vec<_> = second.paired.key_history.iter().filter_map(KeyStep::of_change).collect();
    assert_eq!(steps, [step]);
}

#[tokio::test]
async fn sixth_open_code_is_refused() {
    let server = TestServer::start().await;
    let (one, two) = (server.pair().await, server.pair().await);
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(invite(&server, &one).await.json::<Invited>().code);
    }
    let response = invite(&server, &two).await;
    assert_eq!(response.problem(), (429, ProblemCode::TooMany));
    assert!(response.header("retry-after").is_some());
    server.pair_beside(Some(&one), codes.remove(0)).await;
    assert_eq!(invite(&server, &two).await.status, 200, "a used one makes room");
    server.clock.0.fetch_add(11 * 60_000, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(invite(&server, &two).await.status, 200, "and so does time");
}

#[tokio::test]
async fn invitations_of_one_address_are_limited() {
    let server = TestServer::start().await;
    for _ in 0..30 {
        let response = server.post("/v1/invitations", &[], &[]).await;
        assert_eq!(response.problem(), (401, ProblemCode::NotPaired));
    }
    let phone = server.pair().await;
    assert_eq!(invite(&server, &phone).await.problem(), (429, ProblemCode::TooMany));
}
