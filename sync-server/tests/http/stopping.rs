//! Stopping: what was begun is finished, and what never ends is ended.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::common::{TestServer, head, read_answer};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_begun_is_answered_and_on_disk() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let edit = phone.change("ask", "a1", json!({"text": "the last words"}));
    let body = serde_json::to_vec(&phone.request(vec![edit])).unwrap();
    let address = server.server.address();
    let bearer = phone.bearer();
    let mut begun = TcpStream::connect(address).await.unwrap();
    let head = head(address, "POST", "/v1/sync", &[("authorization", &bearer)], body.len());
    begun.write_all(head.as_bytes()).await.unwrap();
    begun.write_all(&body[..10]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    let finishing = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        begun.write_all(&body[10..]).await.unwrap();
        read_answer(&mut begun, 0).await
    };
    let restarting = server.restart_after(|_| ());
    let (answer, server) = futures_util::future::join(finishing, restarting).await;
    assert_eq!(answer.status, 200);
    let held = server.staff(|tx, scope| {
        let ada = scope.person(tx, &server.ada)?;
        Ok(tx.record(&ada.id, "ask", "a1")?)
    });
    assert_eq!(held[0].cell.value, "the last words");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_listens_does_not_hold_the_server_up() {
    let server = TestServer::start().await;
    let phone = server.pair().await;
    let address = server.server.address();
    let bearer = phone.bearer();
    let mut listening = TcpStream::connect(address).await.unwrap();
    let head = head(address, "GET", "/v1/events", &[("authorization", &bearer)], 0);
    listening.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(read_answer(&mut listening, 0).await.status, 200);
    let begun = Instant::now();
    server.server.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
