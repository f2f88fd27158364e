//! Packs: each coding, and the hash of the decoded bytes.

use std::{collections::BTreeMap, io::Read};

use promise_protocol::{Edition, PackName, coding, pack};
use promise_services::publishing::editions;

use crate::common::{Response, TestServer};

fn text(changed: &str) -> Vec<u8> {
    let rows = (0..500).map(|n| format!("{{\"id\":{n},\"text\":\"row {n}\"}}"));
    format!("[{},{{\"text\":\"{changed}\"}}]", rows.collect::<Vec<_>>().join(",")).into_bytes()
}

fn publish(server: &TestServer, name: PackName, bytes: Vec<u8>) -> Edition {
    server
        .transact(|tx, scope| {
            editions::publish_packs(tx, scope, &"barnet".into(), BTreeMap::from([(name, bytes)]), 1)
        })
        .unwrap()
        .edition
}

async fn fetch(
    server: &TestServer,
    hash: &str,
    accepts: &str,
    dictionary: Option<&str>,
) -> Response {
    let path = format!("/v1/packs/{hash}");
    let mut headers = vec![("accept-encoding", accepts)];
    headers.extend(dictionary.map(|dictionary| ("available-dictionary", dictionary)));
    let response = server.get(&path, &headers).await;
    assert_eq!(response.status, 200);
    assert_eq!(response.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(response.header("vary"), Some("accept-encoding, available-dictionary"));
    response
}

fn unbrotli(coded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    brotli::Decompressor::new(coded, 4096).read_to_end(&mut bytes).unwrap();
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn pack_is_the_same_in_each_coding() {
    let server = TestServer::start().await;
    let name = PackName::Opportunities;
    let (old, new) = (text("old"), text("new"));
    let from = publish(&server, name, old.clone()).packs[&name].clone();
    let to = publish(&server, name, new.clone()).packs[&name].clone();
    assert_eq!(to, pack::hash(&new));
    let dictionary = coding::available_dictionary_of_pack(&from).unwrap();

    for _ in 0..2 {
        // The second time from the stored compressed form.
        let delta = fetch(&server, &to, "dcz, br, zstd", Some(&dictionary)).await;
        assert_eq!(delta.header("content-encoding"), Some("dcz"));
        assert!(delta.body.len() < 150, "{} bytes", delta.body.len());
        assert_eq!(pack::hash(&coding::decode_dcz(&delta.body, &old, 1 << 20).unwrap()), to);
    }
    for (accepts, dictionary) in
        [("gzip, br, zstd", None), ("br", Some(&*dictionary)), ("dcz, br", None)]
    {
        let whole = fetch(&server, &to, accepts, dictionary).await;
        assert_eq!(whole.header("content-encoding"), Some("br"), "{accepts}");
        assert_eq!(pack::hash(&unbrotli(&whole.body)), to);
    }
    let zstd = fetch(&server, &to, "br;q=0, zstd", None).await;
    assert_eq!(zstd.header("content-encoding"), Some("zstd"));
    assert_eq!(pack::hash(&coding::decode_zstd(&zstd.body, 1 << 20).unwrap()), to);
    let plain = fetch(&server, &to, "identity", Some(&dictionary)).await;
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.body, new);
}

#[tokio::test(flavor = "multi_thread")]
async fn unusable_dictionary_is_ignored() {
    let server = TestServer::start().await;
    let promise = publish(&server, PackName::Promise, text("promise"));
    let offers = publish(&server, PackName::Opportunities, text("offers"));
    let hash = &offers.packs[&PackName::Opportunities];
    let of_another_name = &promise.packs[&PackName::Promise];
    let named = coding::available_dictionary_of_pack(of_another_name).unwrap();
    let unknown = coding::available_dictionary(b"a pack of another server");
    for dictionary in [&*named, &*unknown, "nonsense"] {
        let response = fetch(&server, hash, "dcz, br, zstd", Some(dictionary)).await;
        assert_eq!(response.header("content-encoding"), Some("br"), "{dictionary}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_response_names_packs_to_fetch() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    assert_eq!(phone.sync(&server, vec![]).await.edition, None);
    let edition = publish(&server, PackName::Directory, text("lines"));
    assert_eq!(phone.sync(&server, vec![]).await.edition, Some(edition));
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_pack_path_is_not_found() {
    let server = TestServer::start().await;
    for path in ["/v1/packs/%FF", "/v1/packs/%00", "/v1/packs/..%2f..%2fkeys%2fbarnet.key"] {
        let response = server.get(path, &[]).await;
        assert_eq!(response.status, 404, "{path}");
        assert_eq!(response.header("content-type"), Some("application/problem+json"), "{path}");
    }
}
