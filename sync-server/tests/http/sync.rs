//! Syncing: bytes on the wire, and commits that requests share.

use promise_protocol::{SyncResponse, coding};
use serde_json::json;

use crate::common::TestServer;

#[tokio::test]
async fn empty_sync_takes_at_most_350_bytes() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    phone.sync(&server, vec![]).await;
    let body = serde_json::to_vec(&phone.request(vec![])).unwrap();
    let bearer = phone.bearer();
    let headers = [("authorization", &*bearer), ("accept-encoding", "dcz")];
    let response = server.post("/v1/sync", &headers, &body).await;
    assert_eq!(response.status, 200);
    let names: Vec<&str> = response.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["content-length", "date"]);
    let total = response.bytes.0 + response.bytes.1;
    assert!(total <= 350, "{} + {} bytes", response.bytes.0, response.bytes.1);
}

#[tokio::test]
async fn response_has_the_format_of_the_request() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let edits = (0..30).map(|n| phone.change("ask", &format!("a{n}"), json!({"text": "hello"})));
    phone.sync(&server, edits.collect()).await;
    let mut other = server.pair().await;
    let json = serde_json::to_vec(&other.request(vec![])).unwrap();
    let bearer = other.bearer();

    let headers =
        [("authorization", &*bearer), ("content-type", "application/json; charset=utf-8")];
    let plain = server.post("/v1/sync", &headers, &json).await;
    assert_eq!(plain.header("content-type"), Some("application/json"));
    assert_eq!(plain.header("content-encoding"), None);
    let plain: SyncResponse = plain.json();

    let json = serde_json::to_vec(&other.request(vec![])).unwrap();
    let coded = coding::encode_dcz(&json, coding::MESSAGE_DICTIONARY).unwrap();
    let headers =
        [("authorization", &*bearer), ("content-encoding", "dcz"), ("accept-encoding", "br, dcz")];
    let response = server.post("/v1/sync", &headers, &coded).await;
    assert_eq!(response.header("content-type"), None);
    assert_eq!(response.header("content-encoding"), Some("dcz"));
    let decoded = coding::decode_message(&response.body, 1 << 20).unwrap();
    let decoded: SyncResponse = serde_json::from_slice(&decoded).unwrap();
    assert_eq!(decoded.changes, plain.changes);
    assert_eq!(decoded.changes.len(), 34, "the asks, two phones, and who did what");
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_syncs_share_commits() {
    let server = TestServer::start().await;
    let mut phones = Vec::new();
    for _ in 0..20 {
        phones.push(server.pair().await);
    }
    let revision =
        || server.transact(|tx, scope| scope.person(tx, &server.ada).map(|person| person.rev));
    let (before, paired) = (server.server.commits(), revision());
    let rounds = phones.iter_mut().map(|phone| async {
        for n in 0..10 {
            let edit = phone.change("ask", "a1", json!({"text": format!("{n}")}));
            assert!(phone.sync(&server, vec![edit]).await.taken);
        }
    });
    futures_util::future::join_all(rounds).await;
    let commits = server.server.commits() - before;
    assert!(commits < 200, "{commits} commits for 200 syncs");
    assert!(revision() - paired <= 200);
}

#[tokio::test]
async fn stamp_from_the_future_sets_skew() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let edit = phone.change("ask", "a1", json!({"text": "hello"}));
    let hour = 3_600_000;
    server.clock.0.fetch_sub(hour, std::sync::atomic::Ordering::Relaxed);
    let response = phone.sync(&server, vec![edit.clone()]).await;
    assert!(response.skew && !response.taken);
    let read = i64::try_from(edit.stamp.reading.millis()).unwrap();
    assert!((read - response.now - hour).abs() < 60_000);
}
