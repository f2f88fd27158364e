//! Nudges, as server-sent events.

use std::{collections::BTreeMap, time::Duration};

use promise_database::Tx;
use promise_protocol::PackName;
use promise_services::clock::Clock;
use promise_services::{
    OsRandom, StaffScope, assignments,
    people::{self, page},
    publishing::editions,
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::common::{Phone, TestServer, head};

/// A phone's stream of events.
pub(crate) struct EventStream(TcpStream);

impl EventStream {
    pub(crate) async fn start(server: &TestServer, phone: &Phone) -> Self {
        let address = server.server.address();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let bearer = phone.bearer();
        let head = head(address, "GET", "/v1/events", &[("authorization", &bearer)], 0);
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut events = Self(stream);
        events.receives("\r\n\r\n").await;
        events
    }

    /// Waits until this text arrives.
    pub(crate) async fn receives(&mut self, what: &str) {
        let mut received = Vec::new();
        let receiving = async {
            while !String::from_utf8_lossy(&received).contains(what) {
                assert!(self.0.read_buf(&mut received).await.unwrap() > 0, "the stream ended");
            }
        };
        timeout(Duration::from_secs(10), receiving).await.expect("a nudge");
    }

    /// Waits until the nudge for the pairing, which the record of phones shows, has come or does not come.
    async fn settles(&mut self) {
        let mut received = [0; 64];
        let wait = Duration::from_millis(500);
        while let Ok(Ok(1..)) = timeout(wait, self.0.read(&mut received)).await {}
    }

    /// Waits for longer than a nudge takes and expects none.
    async fn receives_nothing(&mut self) {
        let mut received = [0; 64];
        let quiet = timeout(Duration::from_millis(2500), self.0.read(&mut received)).await;
        assert!(quiet.is_err(), "received {:?}", String::from_utf8_lossy(&received));
    }

    /// Waits for the last chunk, after which the connection is free for another request.
    pub(crate) async fn ends(&mut self) {
        self.receives("0\r\n\r\n").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn phone_is_nudged_for_writes_of_phones_staff_and_editors() {
    let server = TestServer::start().await;
    let (listener, mut writer) = (server.pair().await, server.pair().await);
    let mut events = EventStream::start(&server, &listener).await;

    let edit = writer.change("ask", "a1", json!({"text": "hello"}));
    writer.sync(&server, vec![edit]).await;
    events.receives("event: nudge").await;

    // From another connection to the database, as a command does.
    server.transact(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    events.receives("event: nudge").await;

    let packs = BTreeMap::from([(PackName::Promise, b"{}".to_vec())]);
    server.transact(|tx, scope| editions::publish_packs(tx, scope, &"barnet".into(), packs, 1));
    events.receives("event: nudge").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn phone_is_not_nudged_for_another_person() {
    let server = TestServer::start().await;
    let listener = server.pair().await;
    let mut events = EventStream::start(&server, &listener).await;
    events.settles().await;
    server.transact(|tx, scope| {
        let bea = people::add(tx, scope, &"barnet".into(), None, &mut OsRandom)?;
        assignments::assign(tx, scope, &bea, &server.jo, 1, &mut OsRandom)
    });
    events.receives_nothing().await;
}

/// A nudge would cost battery, and show an observer of the network when a page was opened.
#[tokio::test(flavor = "multi_thread")]
async fn view_by_staff_does_not_nudge_and_comes_with_next_sync() {
    let server = TestServer::start().await;
    let (listener, mut other) = (server.pair().await, server.pair().await);
    other.sync(&server, vec![]).await;
    let mut events = EventStream::start(&server, &listener).await;
    events.settles().await;
    let now = server.clock.now_millis();
    let seen = |tx: &mut dyn Tx, scope: &StaffScope| page::open(tx, scope, &server.ada, now);
    server.transact(seen);
    events.receives_nothing().await;
    let changes = other.sync_all(&server, vec![]).await.changes;
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.collection.as_str(), &change.fields["looked"]), ("access", &json!(1)));
}
