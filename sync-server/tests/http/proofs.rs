//! Acts that a phone signs with its own key, and what someone can do who has its token alone.

use promise_protocol::{Invited, PROTOCOL, PhoneList, ProblemCode, signature::SigningKey};
use serde_json::json;

use crate::common::{Phone, Response, TestServer, next_number};

/// Everything that a full phone signs, about itself and another one.
fn acts(phone: &Phone, other: &Phone) -> Vec<(String, Vec<u8>)> {
    let body = |value: serde_json::Value| value.to_string().into_bytes();
    let text = "A".repeat(43);
    let revoke = body(json!({"protocol": PROTOCOL, "reason": "lost_or_stolen"}));
    let of = |phone: &Phone, act: &str| format!("/v1/phones/{}/{act}", phone.paired.author);
    vec![
        ("/v1/invitations".into(), vec![]),
        (
            "/v1/pairings/K7QF".into(),
            body(json!({"protocol": PROTOCOL, "key": text, "nonce": text})),
        ),
        (of(other, "revoke"), revoke.clone()),
        (of(phone, "revoke"), revoke),
        (of(other, "confirm"), vec![]),
        (of(other, "veto"), vec![]),
        ("/v1/erase".into(), body(json!({"protocol": PROTOCOL, "person": phone.paired.person}))),
    ]
}

/// A person with a full phone and a limited one.
async fn start() -> (TestServer, Phone, Phone) {
    let server = TestServer::start().await;
    let mut first = server.pair().await;
    first.sync(&server, vec![]).await;
    let limited = server.pair().await;
    (server, first, limited)
}

async fn expect_unchanged(server: &TestServer, phone: &Phone) {
    let list: PhoneList = phone.send(server, "GET", "/v1/phones", &[]).await.json();
    let states: Vec<_> = list.phones.iter().map(|it| (it.limited, it.revoked_at)).collect();
    assert_eq!(states, [(false, None), (true, None)]);
    let codes = server.transact(|tx, _| Ok(tx.invitations_of(&server.ada)?.len()));
    assert_eq!(codes, 2, "those of the operator");
}

fn expect_not_proven(response: &Response, path: &str) {
    assert_eq!(response.problem(), (403, ProblemCode::NotProven), "{path}");
    let text = String::from_utf8_lossy(&response.body);
    assert!(text.contains("Nothing was changed") && text.contains("Sync and try again"), "{text}");
}

#[tokio::test]
async fn stolen_token_alone_erases_revokes_and_invites_nothing() {
    let (server, first, limited) = start().await;
    let (paired, token) = (first.paired.clone(), first.token.clone());
    let stranger = Phone { paired, token, seed: [7; 32], request: 0, since: 0 };
    for (path, body) in acts(&first, &limited) {
        let bare = first.send_signed(&server, "POST", &path, &body, None).await;
        expect_not_proven(&bare, &path);
        let with_own_key = stranger.send(&server, "POST", &path, &body).await;
        expect_not_proven(&with_own_key, &path);
    }
    expect_unchanged(&server, &first).await;
    // The phone itself does all of it.
    let invited: Invited = first.send(&server, "POST", "/v1/invitations", &[]).await.json();
    assert!(!invited.code.is_empty());
}

#[tokio::test]
async fn signature_of_one_act_proves_no_other_one() {
    let (server, first, limited) = start().await;
    let acts = acts(&first, &limited);
    let signatures: Vec<_> =
        acts.iter().map(|(path, body)| first.sign(next_number(), path, body)).collect();
    for (index, (path, body)) in acts.iter().enumerate() {
        for (other, signed) in signatures.iter().enumerate() {
            if other != index {
                let sent = first.send_signed(&server, "POST", path, body, signed.as_ref()).await;
                expect_not_proven(&sent, path);
            }
        }
    }
    expect_unchanged(&server, &first).await;
}

/// As a proxy that ends TLS could: it has the whole request.
#[tokio::test]
async fn recorded_act_does_nothing_a_second_time() {
    let (server, first, _) = start().await;
    let signed = first.sign(next_number(), "/v1/invitations", &[]);
    let path = "/v1/invitations";
    let sent = first.send_signed(&server, "POST", path, &[], signed.as_ref()).await;
    assert_eq!(sent.status, 200);
    let later = first.sign(next_number(), path, &[]);
    expect_not_proven(&first.send_signed(&server, "POST", path, &[], signed.as_ref()).await, path);
    assert_eq!(first.send_signed(&server, "POST", path, &[], later.as_ref()).await.status, 200);
    expect_not_proven(&first.send_signed(&server, "POST", path, &[], later.as_ref()).await, path);
}

/// Someone who has recorded it must not send it again when the phone is full.
#[tokio::test]
async fn act_that_was_refused_does_nothing_later() {
    let (server, first, limited) = start().await;
    let path = "/v1/invitations";
    let signed = limited.sign(next_number(), path, &[]);
    let refused = limited.send_signed(&server, "POST", path, &[], signed.as_ref()).await;
    assert_eq!(refused.problem(), (403, ProblemCode::LimitedPhone));
    let confirm = format!("/v1/phones/{}/confirm", limited.paired.author);
    assert_eq!(first.send(&server, "POST", &confirm, &[]).await.status, 200);
    expect_not_proven(
        &limited.send_signed(&server, "POST", path, &[], signed.as_ref()).await,
        path,
    );
    assert_eq!(limited.send(&server, "POST", path, &[]).await.status, 200);
}

#[tokio::test]
async fn header_that_cannot_be_read_proves_nothing() {
    let (server, first, _) = start().await;
    let bearer = first.bearer();
    for text in ["", "7", "x.y", "9223372036854775808.x", "-1.x"] {
        let headers = [("authorization", bearer.as_str()), ("phone-signature", text)];
        let sent = server.post("/v1/invitations", &headers, &[]).await;
        expect_not_proven(&sent, text);
    }
    // The key of a phone is none of the server's secrets: it is in the record, and opens nothing.
    let key = SigningKey::from_seed(&first.seed).unwrap().public_key();
    let author = first.paired.author.parse().unwrap();
    let stored = server.transact(|tx, _| Ok(tx.device(&author)?));
    assert_eq!(stored.unwrap().signing_key, key);
}
