//! Shutdown: open requests are finished, and streams are ended.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::common::{TestServer, head, read_response};

#[tokio::test(flavor = "multi_thread")]
async fn open_request_is_answered_and_stored_before_shutdown() {
    let server = TestServer::start().await;
    let mut phone = server.pair().await;
    let edit = phone.change("ask", "a1", json!({"text": "the last words"}));
    let body = serde_json::to_vec(&phone.request(vec![edit])).unwrap();
    let address = server.server.address();
    let bearer = phone.bearer();
    let mut request = TcpStream::connect(address).await.unwrap();
    let head = head(address, "POST", "/v1/sync", &[("authorization", &bearer)], body.len());
    request.write_all(head.as_bytes()).await.unwrap();
    request.write_all(&body[..10]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    let finishing = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        request.write_all(&body[10..]).await.unwrap();
        read_response(&mut request, 0).await
    };
    let restarting = server.restart_after(|_| ());
    let (response, server) = futures_util::future::join(finishing, restarting).await;
    assert_eq!(response.status, 200);
    let stored = server.transact(|tx, scope| {
        let ada = scope.person(tx, &server.ada)?;
        Ok(tx.record(&ada.id, "ask", "a1")?)
    });
    assert_eq!(stored[0].cell.value, "the last words");
}

#[tokio::test(flavor = "multi_thread")]
async fn event_stream_does_not_delay_shutdown() {
    let server = TestServer::start().await;
    let phone = server.pair().await;
    let address = server.server.address();
    let bearer = phone.bearer();
    let mut events = TcpStream::connect(address).await.unwrap();
    let head = head(address, "GET", "/v1/events", &[("authorization", &bearer)], 0);
    events.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(read_response(&mut events, 0).await.status, 200);
    let started = Instant::now();
    server.server.stop().await;
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
