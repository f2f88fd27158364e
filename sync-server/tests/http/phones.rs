//! A person's phones, and what happens to one that is revoked.

use std::collections::BTreeMap;

use promise_protocol::{
    PROTOCOL, PhoneList, PhoneOrder, Problem, ProblemCode, RevocationReason,
    statement::CouncilKeyList,
};
use promise_services::{
    OsRandom, assignments,
    devices::{self, pairing},
    people,
};
use serde_json::{Value, json};

use crate::common::{Phone, TestServer};
use crate::events::EventStream;

/// Every route that needs a token, with a valid body.
fn routes(phone: &mut Phone) -> [(&'static str, String, Vec<u8>); 10] {
    let sync = serde_json::to_vec(&phone.request(vec![])).unwrap();
    let erase = json!({"protocol": PROTOCOL, "person": phone.paired.person}).to_string();
    [
        ("POST", "/v1/sync".into(), sync),
        ("GET", "/v1/events".into(), vec![]),
        ("POST", "/v1/invitations".into(), vec![]),
        ("GET", "/v1/pairings".into(), vec![]),
        ("POST", "/v1/pairings/K7QF".into(), answer()),
        ("GET", "/v1/phones".into(), vec![]),
        ("POST", format!("/v1/phones/{}/revoke", phone.paired.author), reason("lost_or_stolen")),
        ("POST", format!("/v1/phones/{}/confirm", phone.paired.author), vec![]),
        ("POST", format!("/v1/phones/{}/veto", phone.paired.author), vec![]),
        ("POST", "/v1/erase".into(), erase.into_bytes()),
    ]
}

/// The body of an answer to a phone that waits.
fn answer() -> Vec<u8> {
    let text = "A".repeat(43);
    json!({"protocol": PROTOCOL, "key": text, "nonce": text}).to_string().into_bytes()
}

/// The body of a request to revoke a phone.
fn reason(reason: &str) -> Vec<u8> {
    json!({"protocol": PROTOCOL, "reason": reason}).to_string().into_bytes()
}

async fn expect_problem_on_all_routes(server: &TestServer, phone: &mut Phone, code: ProblemCode) {
    for (method, path, body) in routes(phone) {
        let response = phone.send(server, method, &path, &body).await;
        assert_eq!(response.problem(), (401, code), "{method} {path}");
        assert_eq!(response.header("www-authenticate"), Some("Bearer"));
    }
}

async fn list(server: &TestServer, phone: &Phone) -> PhoneList {
    phone.send(server, "GET", "/v1/phones", &[]).await.json()
}

fn path(phone: &Phone) -> String {
    format!("/v1/phones/{}/revoke", phone.paired.author)
}

/// A revoked phone may ask for the council's keys too, with which it verifies its order.
#[tokio::test]
async fn every_route_that_needs_a_token_is_tried_here() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let description: Value = server.get("/openapi.json", &[]).await.json();
    let paths: BTreeMap<String, BTreeMap<String, Value>> =
        serde_json::from_value(description["paths"].clone()).unwrap();
    let mut described: Vec<String> = Vec::new();
    for (path, methods) in &paths {
        let secured = methods.iter().filter(|(_, route)| route["security"].is_array());
        described.extend(secured.map(|(method, _)| format!("{} {path}", method.to_uppercase())));
    }
    described.retain(|route| route != "GET /v1/council-keys");
    let author = phone.paired.author.clone();
    let tried = routes(&mut phone).map(|(method, path, _)| {
        let path = path.replace(&author, "{phone}").replace("K7QF", "{code}");
        format!("{method} {path}")
    });
    let mut tried = Vec::from(tried);
    described.sort_unstable();
    tried.sort_unstable();
    assert_eq!(tried, described);
}

#[tokio::test]
async fn every_route_distinguishes_revoked_from_unknown_token() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let author = phone.paired.author.parse().unwrap();
    let lost = RevocationReason::LostOrStolen;
    server.transact(|tx, scope| devices::revoke(tx, scope, &author, lost, 1));
    expect_problem_on_all_routes(&server, &mut phone, ProblemCode::Revoked).await;
    phone.token = "nothing".into();
    expect_problem_on_all_routes(&server, &mut phone, ProblemCode::NotPaired).await;
    for bearer in ["Basic eA==", ""] {
        for (method, path, body) in routes(&mut phone) {
            let response = server.send(method, &path, &[("authorization", bearer)], &body).await;
            assert_eq!(response.problem(), (401, ProblemCode::NotPaired), "{path} {bearer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_phone_receives_no_more_events() {
    let server = TestServer::start().await;
    let (keeper, mut lost) = (server.pair().await, server.pair().await);
    lost.sync(&server, vec![]).await;
    let seen = list(&server, &keeper).await.phones;
    let names: Vec<_> = seen.iter().map(|phone| (&*phone.phone, phone.this)).collect();
    assert_eq!(names, [(&*keeper.paired.author, true), (&*lost.paired.author, false)]);
    assert!(seen[1].last_sync_at.is_some() && seen[0].last_sync_at.is_none());

    let (mut kept, mut ending) =
        (EventStream::start(&server, &keeper).await, EventStream::start(&server, &lost).await);
    let left: PhoneList =
        keeper.send(&server, "POST", &path(&lost), &reason("lost_or_stolen")).await.json();
    assert!(left.phones[1].revoked_at.is_some() && left.phones[0].revoked_at.is_none());
    assert_eq!(list(&server, &keeper).await, left);
    ending.ends().await;
    expect_problem_on_all_routes(&server, &mut lost, ProblemCode::Revoked).await;
    server.transact(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    kept.receives("event: nudge").await;

    // A revocation by another process ends the stream too.
    assert_eq!(
        server
            .run(&["phones", "revoke", &keeper.paired.author, "--reason", "no_longer_used"])
            .1
            .trim(),
        "Revoked. It gets nothing more, and keeps what is on it."
    );
    kept.ends().await;
}

#[tokio::test]
async fn phone_of_another_person_is_not_found() {
    let server = TestServer::start().await;
    let phone = server.pair().await;
    let code = server.transact(|tx, scope| {
        let bea = people::add(tx, scope, &"barnet".into(), None, &mut OsRandom)?;
        pairing::invite(tx, scope, &bea, 30, phone.paired.now, &mut OsRandom)
    });
    let other = server.pair_with(code.to_string()).await;
    for name in [&*other.paired.author, "p0000abcd", "s0000abcd", "x", "%00", "p0000abcd%2F"] {
        let path = format!("/v1/phones/{name}/revoke");
        let response = phone.send(&server, "POST", &path, &reason("lost_or_stolen")).await;
        assert_eq!(response.problem(), (404, ProblemCode::NotFound), "{name}");
        assert!(!String::from_utf8_lossy(&response.body).contains(name));
    }
    assert_eq!(list(&server, &other).await.phones[0].revoked_at, None);
    assert_eq!(list(&server, &phone).await.phones.len(), 1);
    let headers = [("authorization", &*phone.bearer()), ("content-type", "text/plain")];
    let response = server.get("/v1/phones", &headers).await;
    assert_eq!(response.problem(), (415, ProblemCode::WrongType));
}

#[tokio::test]
async fn phone_may_revoke_itself() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let left: PhoneList =
        phone.send(&server, "POST", &path(&phone), &reason("lost_or_stolen")).await.json();
    assert!(left.phones[0].this && left.phones[0].revoked_at.is_some());
    expect_problem_on_all_routes(&server, &mut phone, ProblemCode::Revoked).await;
}

/// The order is in the problem document, and its signature is of this phone.
#[tokio::test]
async fn revoked_phone_gets_a_signed_order_for_each_reason() {
    let server = TestServer::start().await;
    let keeper = server.pair().await;
    for (word, order) in
        [("lost_or_stolen", PhoneOrder::Wipe), ("no_longer_used", PhoneOrder::Release)]
    {
        let mut phone = server.pair().await;
        keeper.send(&server, "POST", &path(&phone), &reason(word)).await.json::<PhoneList>();
        for (method, path, body) in routes(&mut phone) {
            let response = phone.send(&server, method, &path, &body).await;
            let problem: Problem = serde_json::from_slice(&response.body).unwrap();
            let signed = problem.order.unwrap_or_else(|| panic!("{method} {path} has no order"));
            assert_eq!(signed.order, order);
            let statement = signed.statement(&phone.paired.person, &phone.paired.author);
            assert!(statement.is_signed("barnet", &phone.paired.council_key, &signed.signature));
        }
        // It can follow the council's keys, to verify the order.
        let keys = phone.send(&server, "GET", "/v1/council-keys", &[]).await;
        assert_eq!((keys.status, keys.json()), (200, CouncilKeyList::default()));
    }
}

#[tokio::test]
async fn request_to_revoke_without_a_known_reason_changes_nothing() {
    let server = TestServer::start().await;
    let (phone, other) = (server.pair().await, server.pair().await);
    let bodies = [
        (Vec::new(), ProblemCode::Malformed),
        (reason("because"), ProblemCode::Malformed),
        (json!({"protocol": PROTOCOL}).to_string().into_bytes(), ProblemCode::Malformed),
        (
            json!({"protocol": 3, "reason": "lost_or_stolen"}).to_string().into_bytes(),
            ProblemCode::WrongVersion,
        ),
    ];
    for (body, code) in bodies {
        let response = phone.send(&server, "POST", &path(&other), &body).await;
        assert_eq!(response.problem(), (400, code));
    }
    assert!(list(&server, &phone).await.phones.iter().all(|phone| phone.revoked_at.is_none()));
}

#[tokio::test]
async fn limited_phone_is_refused_until_a_full_phone_says_yes() {
    let server = TestServer::start().await;
    let mut first = server.pair().await;
    first.sync(&server, vec![]).await;
    let added = server.pair().await;
    let own = |act: &str| format!("/v1/phones/{}/{act}", added.paired.author);
    let erase = json!({"protocol": PROTOCOL, "person": added.paired.person}).to_string();
    for (path, body) in [
        ("/v1/invitations".to_owned(), vec![]),
        ("/v1/erase".to_owned(), erase.into_bytes()),
        (path(&first), reason("lost_or_stolen")),
        (own("confirm"), vec![]),
        (own("veto"), vec![]),
    ] {
        let response = added.send(&server, "POST", &path, &body).await;
        assert_eq!(response.problem(), (403, ProblemCode::LimitedPhone), "{path}");
    }
    let limited: Vec<_> = list(&server, &added).await.phones.iter().map(|it| it.limited).collect();
    assert_eq!(limited, [false, true]);
    let left: PhoneList = first.send(&server, "POST", &own("confirm"), &[]).await.json();
    assert!(left.phones.iter().all(|phone| !phone.limited));
    assert_eq!(added.send(&server, "POST", "/v1/invitations", &[]).await.status, 200);
    let left: PhoneList = first.send(&server, "POST", &own("veto"), &[]).await.json();
    assert!(left.phones[1].revoked_at.is_some());
}
