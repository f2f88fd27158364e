//! Malformed requests.

use promise_protocol::{MAX_REQUEST_BYTES, ProblemCode, coding};
use serde_json::json;

use crate::common::TestServer;

type Headers = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn unreadable_body_is_refused_with_its_reason() {
    use ProblemCode::{Malformed, TooLarge, WrongType, WrongVersion};
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let good = serde_json::to_vec(&phone.request(vec![])).unwrap();
    let large = vec![b' '; MAX_REQUEST_BYTES + 1];
    let bomb = coding::encode_dcz(&vec![b' '; 8 << 20], coding::MESSAGE_DICTIONARY).unwrap();
    let coded = coding::encode_dcz(&good, coding::MESSAGE_DICTIONARY).unwrap();
    let other = coding::encode_dcz(&good, b"another dictionary").unwrap();
    let later = json!({"protocol": 3, "new": true}).to_string().into_bytes();
    let cases: [(Headers, &[u8], u16, ProblemCode); 12] = [
        (&[], b"", 400, Malformed),
        (&[], b"{", 400, Malformed),
        (&[], b"{\"protocol\":2}", 400, Malformed),
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
        let response = server.post("/v1/sync", &headers, body).await;
        assert_eq!(response.problem(), (status, code), "{headers:?} {} bytes", body.len());
    }
    assert_eq!(server.post("/v1/pair", &[], b"{").await.problem(), (400, Malformed));
}

#[tokio::test]
async fn other_protocol_version_is_refused_even_if_it_parses() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let mut request = phone.request(vec![]);
    request.protocol = 3;
    let body = serde_json::to_vec(&request).unwrap();
    let response = server.post("/v1/sync", &[("authorization", &phone.bearer())], &body).await;
    assert_eq!(response.problem(), (400, ProblemCode::WrongVersion));
}

#[tokio::test]
async fn too_many_cells_are_refused() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let change = |n: usize| phone.change("ask", &format!("a{n}"), json!({"text": "x"}));
    let changes: Vec<_> = (0..501).map(change).collect();
    let body = serde_json::to_vec(&phone.request(changes)).unwrap();
    let response = server.post("/v1/sync", &[("authorization", &phone.bearer())], &body).await;
    assert_eq!(response.problem(), (413, ProblemCode::TooLarge));
}

#[tokio::test]
async fn unknown_path_or_method_is_a_problem() {
    let server = TestServer::start().await;
    for path in ["/", "/v1", "/v1/packs/abc", "/v1/packs/../keys/barnet.key", "/v2/sync"] {
        assert_eq!(server.get(path, &[]).await.problem(), (404, ProblemCode::NotFound), "{path}");
    }
    let missing = format!("/v1/packs/{}", "0".repeat(64));
    assert_eq!(server.get(&missing, &[]).await.problem(), (404, ProblemCode::NotFound));
    for (method, path) in [("GET", "/v1/sync"), ("GET", "/v1/pair"), ("DELETE", "/healthz")] {
        let response = server.send(method, path, &[], &[]).await;
        assert_eq!(response.problem(), (405, ProblemCode::WrongMethod), "{method} {path}");
    }
}
