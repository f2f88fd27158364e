//! Sealed values, which only the person's phones can read.

use serde_json::{Value, json};

use crate::common::TestServer;

#[tokio::test]
async fn sealed_value_passes_unchanged_and_plain_value_is_refused() {
    let server = TestServer::start().await;
    let (mut one, mut two) = (server.pair().await, server.pair().await);
    let sealed = format!("s1.{}", "aZ09-_".repeat(200));
    let fields = json!({"of": sealed, "note": sealed});
    let good = one.change("saved", "o1", fields);
    let bad = one.change("saved", "o2", json!({"note": "in the clear", "deleted": false}));
    let response = one.sync(&server, vec![good.clone(), bad]).await;
    let reasons: Vec<_> = response.verdicts.iter().map(|it| (&*it.id, &*it.reason)).collect();
    assert_eq!(reasons, [("o2", "must_be_sealed"); 2]);
    let pulled = two.sync(&server, vec![]).await.changes;
    assert_eq!(pulled, [good]);
    assert_eq!(pulled[0].fields["note"], Value::from(sealed));
}
