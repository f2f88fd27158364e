//! Syncs per second, beside bare routes that do the least that a sync could do, in the same run
//! with the same client on the same machine.
//!
//! `cargo bench -p promise-tests --bench server`

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{Router, extract::State, routing::post};
use divan::{Bencher, counter::ItemsCount};
use promise_protocol::PairResponse;
use promise_tests::harness::TestServer;
use reqwest::Client;
use rusqlite::Connection;
use tokio::runtime::Runtime;

const PHONES: usize = 16;
/// Requests of each phone in one sample.
const ROUNDS: usize = 20;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 30)]
fn sync_nothing_new(bencher: Bencher) {
    let council = Council::new();
    bench(bencher, &council.runtime, |phone| council.request(phone, ""));
}

#[divan::bench(sample_count = 30)]
fn sync_one_edit(bencher: Bencher) {
    let council = Council::new();
    bench(bencher, &council.runtime, |phone| {
        let edit = COUNT.fetch_add(1, Ordering::Relaxed);
        let reading = promise_protocol::Reading::at_millis(1_764_000_000_000 + edit.cast_signed());
        let author = council.phones[phone].2.author.parse().expect("an author");
        let stamp = promise_protocol::Stamp::new(reading, author);
        let change = format!(
            r#","changes":[{{"collection":"ask","id":"a{phone}","stamp":"{stamp}","fields":{{"text":"Can we meet? {edit}"}}}}]"#
        );
        council.request(phone, &change)
    });
}

#[divan::bench(sample_count = 30)]
fn bare_read(bencher: Bencher) {
    let bare = Bare::new();
    bench(bencher, &bare.runtime, |_| bare.client.post(bare.url("read")).body("{}"));
}

#[divan::bench(sample_count = 30)]
fn bare_committed_write(bencher: Bencher) {
    let bare = Bare::new();
    bench(bencher, &bare.runtime, |_| bare.client.post(bare.url("write")).body("{}"));
}

static COUNT: AtomicU64 = AtomicU64::new(1);

fn bench(
    bencher: Bencher,
    runtime: &Runtime,
    request: impl Fn(usize) -> reqwest::RequestBuilder + Sync,
) {
    bencher.counter(ItemsCount::new(PHONES * ROUNDS)).bench(|| {
        runtime.block_on(async {
            let phones = (0..PHONES).map(async |phone| {
                for _ in 0..ROUNDS {
                    let response = request(phone).send().await.expect("an answer");
                    assert!(response.status().is_success(), "{}", response.status());
                    response.bytes().await.expect("a whole answer");
                }
            });
            futures_util::future::join_all(phones).await;
        });
    });
}

/// The real server with paired phones.
struct Council {
    runtime: Runtime,
    client: Client,
    url: String,
    phones: Vec<(AtomicU64, String, PairResponse)>,
    _server: TestServer,
}

impl Council {
    fn new() -> Self {
        let server = TestServer::start();
        let runtime = Runtime::new().expect("a runtime");
        let client = client();
        let phones = (0..PHONES).map(|_| {
            let (token, paired) = server.pair_without_phone(&server.add_person());
            (AtomicU64::new(1), token, paired)
        });
        let phones = phones.collect();
        Self { runtime, client, url: format!("{}/v1/sync", server.url()), phones, _server: server }
    }

    fn request(&self, phone: usize, changes: &str) -> reqwest::RequestBuilder {
        let (request, token, paired) = &self.phones[phone];
        let number = request.fetch_add(1, Ordering::Relaxed);
        let generation = &paired.generation;
        let body = format!(
            r#"{{"protocol":2,"generation":"{generation}","request":{number},"since":1000000{changes}}}"#
        );
        self.client.post(&self.url).bearer_auth(token).body(body)
    }
}

/// The minimum: one prepared statement behind one route, as durable as the server's.
struct Bare {
    runtime: Runtime,
    client: Client,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Bare {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = Connection::open(folder.path().join("bare.db")).expect("a database");
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE t (id INTEGER PRIMARY KEY, value TEXT); INSERT INTO t VALUES (1, 'x');",
            )
            .expect("a table");
        let runtime = Runtime::new().expect("a runtime");
        let routes = Router::new()
            .route("/read", post(read))
            .route("/write", post(write))
            .with_state(Arc::new(Mutex::new(connection)));
        let address = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            tokio::spawn(async { axum::serve(listener, routes).await });
            address
        });
        Self { runtime, client: client(), address, _folder: folder }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }
}

type Shared = State<Arc<Mutex<Connection>>>;

async fn read(State(connection): Shared) -> String {
    let connection = connection.lock().expect("the connection");
    let mut statement = connection.prepare_cached("SELECT value FROM t WHERE id = 1").expect("SQL");
    statement.query_row([], |row| row.get(0)).expect("a row")
}

async fn write(State(connection): Shared) -> &'static str {
    let connection = connection.lock().expect("the connection");
    let mut statement =
        connection.prepare_cached("UPDATE t SET value = random() WHERE id = 1").expect("SQL");
    statement.execute([]).expect("a commit");
    "{}"
}

fn client() -> Client {
    Client::builder().no_proxy().tls_backend_preconfigured(no_tls()).build().expect("a client")
}

/// Nothing here is encrypted, but the client requires a TLS configuration.
fn no_tls() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has both versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}
