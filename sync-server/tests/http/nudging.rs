//! Nudges.

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

/// A phone that listens.
pub(crate) struct Listening(TcpStream);

impl Listening {
    pub(crate) async fn start(server: &TestServer, phone: &Phone) -> Self {
        let address = server.server.address();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let bearer = phone.bearer();
        let head = head(address, "GET", "/v1/events", &[("authorization", &bearer)], 0);
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut listening = Self(stream);
        listening.hears("\r\n\r\n").await;
        listening
    }

    /// Waits until this is heard.
    pub(crate) async fn hears(&mut self, what: &str) {
        let mut heard = Vec::new();
        let hearing = async {
            while !String::from_utf8_lossy(&heard).contains(what) {
                assert!(self.0.read_buf(&mut heard).await.unwrap() > 0, "the stream ended");
            }
        };
        timeout(Duration::from_secs(10), hearing).await.expect("a nudge");
    }

    /// Waits for longer than a nudge takes, and hears none.
    async fn hears_nothing(&mut self) {
        let mut heard = [0; 64];
        let quiet = timeout(Duration::from_millis(2500), self.0.read(&mut heard)).await;
        assert!(quiet.is_err(), "said {:?}", String::from_utf8_lossy(&heard));
    }

    /// Waits until there is nothing more to hear: the last chunk, after which the connection is free
    /// for another request.
    pub(crate) async fn ends(&mut self) {
        self.hears("0\r\n\r\n").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_nudged_whoever_wrote() {
    let server = TestServer::start().await;
    let (listener, mut writer) = (server.pair().await, server.pair().await);
    let mut listening = Listening::start(&server, &listener).await;

    let edit = writer.change("ask", "a1", json!({"text": "hello"}));
    writer.sync(&server, vec![edit]).await;
    listening.hears("event: nudge").await;

    // As an operator's command does it: from another connection to the database.
    server.staff(|tx, scope| {
        assignments::assign(tx, scope, &server.ada, &server.jo, 1, &mut OsRandom)
    });
    listening.hears("event: nudge").await;

    let packs = BTreeMap::from([(PackName::Promise, b"{}".to_vec())]);
    server.staff(|tx, scope| editions::publish_packs(tx, scope, "barnet", packs, 1));
    listening.hears("event: nudge").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_nudged_for_somebody_else() {
    let server = TestServer::start().await;
    let listener = server.pair().await;
    let mut listening = Listening::start(&server, &listener).await;
    server.staff(|tx, scope| {
        let bea = people::add(tx, scope, "barnet", None, &mut OsRandom)?;
        assignments::assign(tx, scope, &bea, &server.jo, 1, &mut OsRandom)
    });
    listening.hears_nothing().await;
}

/// Being woken would cost battery, and tell whoever watches the network when somebody looked.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_nudged_when_staff_look_and_the_next_sync_tells_it() {
    let server = TestServer::start().await;
    let (listener, mut other) = (server.pair().await, server.pair().await);
    other.sync(&server, vec![]).await;
    let mut listening = Listening::start(&server, &listener).await;
    let now = server.clock.now_millis();
    let seen = |tx: &mut dyn Tx, scope: &StaffScope| page::open(tx, scope, &server.ada, now);
    server.staff(seen);
    listening.hears_nothing().await;
    let told = other.sync_all(&server, vec![]).await.changes;
    let [change] = &told[..] else { panic!("{told:?}") };
    assert_eq!((change.collection.as_str(), &change.fields["looked"]), ("access", &json!(1)));
}
