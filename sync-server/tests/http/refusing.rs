//! Requests that are not what they should be.

use promise_protocol::{MAX_REQUEST_BYTES, ProblemCode, coding};
use serde_json::json;

use crate::common::TestServer;

type Headers = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused_with_their_reason() {
    use ProblemCode::{Malformed, TooLarge, WrongType, WrongVersion};
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let good = serde_json::to_vec(&phone.request(vec![])).unwrap();
    let large = vec![b' '; MAX_REQUEST_BYTES + 1];
    let bomb = coding::encode_dcz(&vec![b' '; 8 << 20], coding::MESSAGE_DICTIONARY).unwrap();
    let coded = coding::encode_dcz(&good, coding::MESSAGE_DICTIONARY).unwrap();
    let other = coding::encode_dcz(&good, b"another dictionary").unwrap();
    let later = json!({"protocol": 2, "new": true}).to_string().into_bytes();
    let cases: [(Headers, &[u8], u16, ProblemCode); 12] = [
        (&[], b"", 400, Malformed),
        (&[], b"{", 400, Malformed),
        (&[], b"{\"protocol\":1}", 400, Malformed),
        (&[], b"\xff\xff", 400, Malformed),
        (&[], &later, 400, WrongVersion),
        (&[], &large, 413, TooLarge),
        (&[("content-encoding", "dcz")], &bomb, 413, TooLarge),
        (&[("content-encoding", "dcz")], &coded[..coded.len() - 3], 400, Malformed),
        (&[("content-encoding", "dcz")], &other, 415, WrongType),
        (&[("content-encoding", "dcz")], &good, 415, WrongType),
        (&[("content-encoding", "gzip")], &good, 415, WrongType),
        (&[("content-type", "text/plain")], &good, 415, WrongType),
    ];
    for (headers, body, status, code) in cases {
        let bearer = phone.bearer();
        let headers = [headers, &[("authorization", &*bearer)]].concat();
        let answer = server.post("/v1/sync", &headers, body).await;
        assert_eq!(answer.problem(), (status, code), "{headers:?} {} bytes", body.len());
    }
    assert_eq!(server.post("/v1/pair", &[], b"{").await.problem(), (400, Malformed));
}

#[tokio::test]
async fn a_request_of_another_protocol_is_told_so_though_it_reads() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let mut request = phone.request(vec![]);
    request.protocol = 2;
    let body = serde_json::to_vec(&request).unwrap();
    let answer = server.post("/v1/sync", &[("authorization", &phone.bearer())], &body).await;
    assert_eq!(answer.problem(), (400, ProblemCode::WrongVersion));
}

#[tokio::test]
async fn more_cells_than_allowed_are_too_large() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let change = |n: usize| phone.change("ask", &format!("a{n}"), json!({"text": "x"}));
    let changes: Vec<_> = (0..501).map(change).collect();
    let body = serde_json::to_vec(&phone.request(changes)).unwrap();
    let answer = server.post("/v1/sync", &[("authorization", &phone.bearer())], &body).await;
    assert_eq!(answer.problem(), (413, ProblemCode::TooLarge));
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let server = TestServer::start().await;
    for path in ["/", "/v1", "/v1/packs/abc", "/v1/packs/../proof.key", "/v2/sync"] {
        assert_eq!(server.get(path, &[]).await.problem(), (404, ProblemCode::NotFound), "{path}");
    }
    let missing = format!("/v1/packs/{}", "0".repeat(64));
    assert_eq!(server.get(&missing, &[]).await.problem(), (404, ProblemCode::NotFound));
    for (method, path) in [("GET", "/v1/sync"), ("GET", "/v1/pair"), ("DELETE", "/healthz")] {
        let answer = server.send(method, path, &[], &[]).await;
        assert_eq!(answer.problem(), (405, ProblemCode::WrongMethod), "{method} {path}");
    }
}
