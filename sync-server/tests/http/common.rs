//! A server in a folder of its own, and a phone that writes its requests by hand, because these tests
//! count bytes.

use std::{
    net::SocketAddr,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use promise_database::Tx;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{
    ActSignature, ActingPhone, Change, PHONE_SIGNATURE, PROTOCOL, PairRequest, PairResponse,
    PairingCode, PhoneAct, ProblemCode, SyncRequest, SyncResponse,
    access::ACCESS,
    ids::{PersonId, StaffId},
    pairing::{NewPhone, PairProgress, PairingAnswer, PairingDecision, PairingKey, PairingNonce},
    phone_record::PHONE,
    signature::SigningKey,
};
use promise_server::cli::{self, Output};
use promise_server::config::Settings;
use promise_server::serve::Server;
use promise_server::signing;
use promise_services::clock::{Clock, SystemClock};
use promise_services::{
    OsRandom, ServiceError, StaffScope,
    cards::CardEdit,
    devices::pairing::{self, WaitingState},
    people, staff,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The system's clock, shifted.
#[derive(Default)]
pub(crate) struct ShiftedClock(pub(crate) AtomicI64);

impl Clock for ShiftedClock {
    fn now_millis(&self) -> i64 {
        SystemClock.now_millis() + self.0.load(Ordering::Relaxed)
    }
}

/// A running server with a council, a young person (Ada), and her adviser (Jo), who is not assigned
/// yet.
pub(crate) struct TestServer {
    pub(crate) server: Server,
    pub(crate) settings: Settings,
    pub(crate) clock: Arc<ShiftedClock>,
    pub(crate) ada: PersonId,
    pub(crate) jo: StaffId,
    pub(crate) folder: TempDir,
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Like [`TestServer::start`], with other settings.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::in_folder(folder.path().join("data"));
        settings.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        change(&mut settings);
        let clock = Arc::new(ShiftedClock::default());
        let server = Server::start(&settings, Arc::clone(&clock) as Arc<dyn Clock>).await.unwrap();
        let (ada, jo) = transact_on(&settings, |tx, scope| {
            people::add_council(tx, "barnet", "Barnet")?;
            let ada = people::add(tx, scope, &"barnet".into(), None, &mut OsRandom)?;
            let card = CardEdit::new([("display_name".into(), json!("Jo"))].into())?;
            let jo = staff::add(tx, scope, &"barnet".into(), "jo", card, &mut OsRandom)?;
            Ok((ada, jo))
        });
        Self { server, settings, clock, ada, jo, folder }
    }

    /// Stops the server, runs `between`, and starts it again.
    pub(crate) async fn restart_after(self, between: impl FnOnce(&Settings)) -> Self {
        let Self { server, settings, clock, ada, jo, folder } = self;
        server.stop().await;
        between(&settings);
        let server = Server::start(&settings, Arc::clone(&clock) as Arc<dyn Clock>).await.unwrap();
        Self { server, settings, clock, ada, jo, folder }
    }

    /// Runs a transaction as the operator, from another connection, as a command does.
    pub(crate) fn transact<R>(
        &self,
        job: impl FnOnce(&mut dyn Tx, &StaffScope) -> Result<R, ServiceError>,
    ) -> R {
        transact_on(&self.settings, job)
    }

    pub(crate) fn invite(&self) -> String {
        let now = self.clock.now_millis();
        self.transact(|tx, scope| pairing::invite(tx, scope, &self.ada, 30, now, &mut OsRandom))
            .to_string()
    }

    pub(crate) async fn pair(&self) -> Phone {
        self.pair_with(self.invite()).await
    }

    pub(crate) async fn pair_with(&self, code: String) -> Phone {
        self.pair_beside(None, code).await
    }

    /// Pairs a phone by a code of the operator, or of another phone. The other side says yes.
    pub(crate) async fn pair_beside(&self, inviter: Option<&Phone>, code: String) -> Phone {
        let new = new_phone();
        self.step(&new.start(&code, SERVER)).await;
        if let Some(phone) = inviter {
            phone.answer(self, &code, None).await;
        }
        self.step(&new.open(&code, SERVER)).await;
        match inviter {
            Some(phone) => drop(phone.answer(self, &code, Some(PairingDecision::Confirmed)).await),
            None => self.confirm(&code),
        }
        let progress: PairProgress = self.step(&new.open(&code, SERVER)).await.json();
        let paired = progress.paired.expect("both sides said yes");
        let seed = *new.token.as_bytes();
        Phone { paired, token: new.token.to_string(), seed, request: 0, since: 0 }
    }

    /// One request of a new phone.
    pub(crate) async fn step(&self, request: &PairRequest) -> Response {
        self.post("/v1/pair", &[], &serde_json::to_vec(request).unwrap()).await
    }

    /// Confirms as the operator the phone that waits with this code.
    pub(crate) fn confirm(&self, code: &str) {
        let (id, now) = (code_id(code), self.clock.now_millis());
        let is_confirmed =
            self.transact(|tx, scope| match pairing::find(tx, scope, &id, now)?.state {
                WaitingState::Digits { digits, .. } => {
                    pairing::confirm(tx, scope, &id, digits, now)
                }
                _ => Ok(false),
            });
        assert!(is_confirmed, "a phone waits");
    }

    /// Runs a command. Returns the exit code and everything that it printed.
    pub(crate) fn run(&self, arguments: &[&str]) -> (ExitCode, String) {
        command(&self.settings, arguments)
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        self.send("GET", path, headers, &[]).await
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        self.send("POST", path, headers, body).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Response {
        send(self.server.address(), method, path, headers, body).await
    }
}

/// Runs a command. The server need not be running.
pub(crate) fn command(settings: &Settings, arguments: &[&str]) -> (ExitCode, String) {
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), &b""[..]);
    let mut output = Output { out: &mut out, err: &mut err, input: &mut input };
    let data = settings.data.to_str().unwrap();
    let signer = settings.signer.as_ref().map(|socket| socket.to_str().unwrap());
    let signer = signer.map_or(vec![], |socket| vec!["--signer", socket]);
    let line = [&["promise-server", "--data", data], &signer[..], arguments].concat();
    let code = cli::run(line, &mut output);
    (code, String::from_utf8([out, err].concat()).unwrap())
}

fn transact_on<R>(
    settings: &Settings,
    job: impl FnOnce(&mut dyn Tx, &StaffScope) -> Result<R, ServiceError>,
) -> R {
    let signer = signing::open(settings);
    let mut store = SqliteConnection::open(settings.database.file().unwrap(), signer).unwrap();
    store.transact(|tx| job(tx, &StaffScope::operator())).unwrap()
}

/// The address of the server, as new phones have it.
pub(crate) const SERVER: &str = "https://promise.example";

/// A phone that was never seen before. The seed of its key is its token, so that tests keep only one of them.
pub(crate) fn new_phone() -> NewPhone {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let bytes = |first: u8| {
        let mut bytes = [first; 32];
        bytes[..8].copy_from_slice(&number);
        bytes
    };
    let key = SigningKey::from_seed(&bytes(1)).unwrap().public_key();
    NewPhone::new(bytes(1), PairingKey::new(bytes(2)), key, bytes(3))
}

/// The part of a code that is no secret.
pub(crate) fn code_id(code: &str) -> String {
    code.parse::<PairingCode>().unwrap().invitation_id().to_owned()
}

/// A number that no act had before.
pub(crate) fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A paired phone.
pub(crate) struct Phone {
    pub(crate) paired: PairResponse,
    pub(crate) token: String,
    /// The seed of its key.
    pub(crate) seed: [u8; 32],
    pub(crate) request: u64,
    pub(crate) since: u64,
}

impl Phone {
    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// The next request.
    pub(crate) fn request(&mut self, changes: Vec<Change>) -> SyncRequest {
        self.request += 1;
        SyncRequest {
            protocol: PROTOCOL,
            generation: self.paired.generation.clone(),
            request: self.request,
            since: self.since,
            edition: 0,
            changes,
            key_steps: Vec::new(),
            clear_signature: None,
        }
    }

    /// A change with a stamp of this phone and the current time.
    pub(crate) fn change(&self, collection: &str, id: &str, fields: Value) -> Change {
        let reading = promise_protocol::Reading::at_millis(SystemClock.now_millis());
        Change {
            collection: collection.into(),
            id: id.into(),
            stamp: promise_protocol::Stamp::new(reading, self.paired.author.parse().unwrap()),
            fields: serde_json::from_value(fields).unwrap(),
            signature: None,
        }
    }

    /// Answers a phone that waits with this phone's code.
    pub(crate) async fn answer(
        &self,
        server: &TestServer,
        code: &str,
        decision: Option<PairingDecision>,
    ) -> Response {
        let answer = PairingAnswer {
            protocol: PROTOCOL,
            key: PairingKey::new([1; 32]),
            nonce: PairingNonce::new([2; 32]),
            decision,
            phrase: None,
        };
        let path = format!("/v1/pairings/{}", code_id(code));
        self.send(server, "POST", &path, &serde_json::to_vec(&answer).unwrap()).await
    }

    /// Sends a request with this phone's token, and with its signature if it is an act.
    pub(crate) async fn send(
        &self,
        server: &TestServer,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Response {
        let signed = self.sign(next_number(), path, body);
        self.send_signed(server, method, path, body, signed.as_ref()).await
    }

    /// Sends a request with this phone's token and this signature.
    pub(crate) async fn send_signed(
        &self,
        server: &TestServer,
        method: &str,
        path: &str,
        body: &[u8],
        signed: Option<&ActSignature>,
    ) -> Response {
        let (bearer, signed) = (self.bearer(), signed.map(ToString::to_string));
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.extend(signed.as_deref().map(|signed| (PHONE_SIGNATURE, signed)));
        server.send(method, path, &headers, body).await
    }

    /// Signs the act of a request; `None` if it is none.
    pub(crate) fn sign(&self, number: u64, path: &str, body: &[u8]) -> Option<ActSignature> {
        let key = SigningKey::from_seed(&self.seed).unwrap();
        let acting = ActingPhone {
            council: &self.paired.council,
            person: &self.paired.person,
            author: &self.paired.author,
            generation: &self.paired.generation,
        };
        let sign = |act: &PhoneAct<'_>| Some(acting.sign(act, number, &key));
        // As the server reads it.
        let path = path.replace("%00", "\0");
        let parts: Vec<_> = path.trim_start_matches("/v1/").split('/').collect();
        let parts: Vec<_> = parts.iter().map(|part| part.replace("%2F", "/")).collect();
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["erase"] => {
                let request = serde_json::from_slice(body).ok()?;
                sign(&PhoneAct::Erase { request: &request })
            }
            ["invitations"] => sign(&PhoneAct::Invite),
            ["pairings", code] => {
                let answer = serde_json::from_slice(body).ok()?;
                sign(&PhoneAct::Answer { code, answer: &answer })
            }
            ["phones", phone, "revoke"] => {
                let request = serde_json::from_slice(body).ok()?;
                sign(&PhoneAct::Revoke { phone, request: &request })
            }
            ["phones", phone, "confirm"] => sign(&PhoneAct::Confirm { phone }),
            ["phones", phone, "veto"] => sign(&PhoneAct::Veto { phone }),
            _ => None,
        }
    }

    pub(crate) async fn erase(&self, server: &TestServer, body: Value) -> Response {
        self.send(server, "POST", "/v1/erase", body.to_string().as_bytes()).await
    }

    /// Syncs. Leaves out the access log, which every write by staff adds to.
    pub(crate) async fn sync(&mut self, server: &TestServer, changes: Vec<Change>) -> SyncResponse {
        let mut response = self.sync_all(server, changes).await;
        let own = [ACCESS, PHONE];
        response.changes.retain(|change| !own.contains(&change.collection.as_str()));
        response
    }

    pub(crate) async fn sync_all(
        &mut self,
        server: &TestServer,
        changes: Vec<Change>,
    ) -> SyncResponse {
        let body = serde_json::to_vec(&self.request(changes)).unwrap();
        let headers = [("authorization", &*self.bearer())];
        let response: SyncResponse = server.post("/v1/sync", &headers, &body).await.json();
        self.since = response.next.unwrap_or(self.since);
        response
    }
}

/// A response as it was on the wire.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The number of bytes of the request and of the response.
    pub(crate) bytes: (usize, usize),
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Returns the status and code of a problem. Checks the headers that every problem has.
    pub(crate) fn problem(&self) -> (u16, ProblemCode) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(self.header("cache-control"), Some("no-store"));
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"));
        let problem: promise_protocol::Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        (self.status, problem.code)
    }
}

/// Sends one request on a connection of its own, which stays open like a phone's.
pub(crate) async fn send(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Response {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = head(address, method, path, headers, body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    // The server may respond and close before it has read a body that it refuses.
    let _ = stream.write_all(body).await;
    read_response(&mut stream, head.len() + body.len()).await
}

pub(crate) fn head(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    length: usize,
) -> String {
    let mut lines = vec![format!("{method} {path} HTTP/1.1"), format!("host: {address}")];
    lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.extend((length > 0).then(|| format!("content-length: {length}")));
    lines.join("\r\n") + "\r\n\r\n"
}

pub(crate) async fn read_response(stream: &mut TcpStream, sent: usize) -> Response {
    let mut bytes = Vec::new();
    let end = loop {
        let found = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = found {
            break end + 4;
        }
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the connection was closed");
    };
    let text = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = text.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    while bytes.len() < end + length {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the body was cut");
    }
    let body = bytes[end..].to_vec();
    Response { status, headers, body, bytes: (sent, bytes.len()) }
}
