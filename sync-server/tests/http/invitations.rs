//! A phone invites another phone of its person.

use promise_protocol::{Invited, ProblemCode, schema::KEY_CHECK};
use serde_json::json;

use crate::common::{Phone, TestServer};

async fn invite(server: &TestServer, phone: &Phone) -> crate::common::Response {
    phone.send(server, "POST", "/v1/invitations", &[]).await
}

#[tokio::test]
async fn invited_phone_has_same_person_and_receives_key_check() {
    let server = TestServer::start().await;
    let mut first = server.pair().await;
    assert_eq!(first.paired.key_check, None);
    let (collection, record, field) = KEY_CHECK;
    let edit = first.change(collection, record, json!({ field: "a-check" }));
    assert!(first.sync(&server, vec![edit]).await.taken);
    let response = invite(&server, &first).await;
    assert_eq!(response.header("cache-control"), Some("no-store"), "it holds a secret");
    assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    let invited: Invited = response.json();
    let minutes = (invited.expires_at - first.paired.now) / 60_000;
    assert!((9..=10).contains(&minutes), "{minutes}");
    let second = server.pair_beside(Some(&first), invited.code).await;
    assert_eq!(second.paired.person, first.paired.person);
    assert_eq!(second.paired.key_check.as_deref(), Some("a-check"));
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
