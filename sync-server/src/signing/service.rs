//! A signer in a process of its own, under a user of its own: the signer's side.
//!
//! A server that someone has broken into can ask it to sign, and cannot read the keys. What it signs is in a
//! log that the server cannot change, and it signs no more in a while than a council writes.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Write},
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use data_encoding::HEXLOWER;
use promise_database::{Signer, SigningError};
use promise_protocol::{ids::CouncilId, signature::Signature, statement::StatementKind};
use promise_services::clock::{Clock, SystemClock};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    FileSigner,
    messages::{Request, Response},
    renewal::Renewals,
};

/// The longest request, in bytes: the largest change with its keys.
const MAX_REQUEST: u64 = 4 << 20;

/// How many statements of a kind a council may make at once, and how many more in an hour. A large
/// council's staff open some thousand pages in a day, each of which may change an access record.
fn limit(kind: StatementKind) -> (f64, f64) {
    match kind {
        StatementKind::Change => (20_000.0, 20_000.0),
        StatementKind::Edition => (20.0, 20.0),
        StatementKind::Phone => (500.0, 500.0),
        // A person who has broken into the server must not have every phone wiped in a night. Erasing a person
        // takes one order for each of their phones.
        StatementKind::Order => (100.0, 20.0),
        // Only its own command makes a successor.
        StatementKind::Successor => (0.0, 0.0),
    }
}

/// A signer that serves requests on a socket.
pub struct SignerService {
    signer: FileSigner,
    log: Mutex<File>,
    renewals: Renewals,
    used: Mutex<BTreeMap<(CouncilId, StatementKind), Bucket>>,
}

/// What is left of a limit.
struct Bucket {
    left: f64,
    at: Instant,
}

impl SignerService {
    /// Opens the keys in a folder, and the log, which is only ever appended to.
    pub fn open(keys: &Path, log: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let (renewals, log) = (Renewals::new(log), Mutex::new(options.open(log)?));
        Ok(Self { signer: FileSigner::new(keys), log, renewals, used: Mutex::default() })
    }

    /// Listens on a socket that the owner and their group may use. Removes a socket that an earlier signer
    /// left there.
    pub fn listen(socket: &Path) -> io::Result<UnixListener> {
        let is_left = fs::symlink_metadata(socket).is_ok_and(|it| it.file_type().is_socket());
        if is_left && UnixStream::connect(socket).is_err() {
            fs::remove_file(socket)?;
        }
        let listener = UnixListener::bind(socket)?;
        fs::set_permissions(socket, fs::Permissions::from_mode(0o660))?;
        Ok(listener)
    }

    /// Serves every connection, each on a thread of its own, until accepting one fails.
    pub fn serve(self: &Arc<Self>, listener: &UnixListener) -> io::Result<()> {
        loop {
            let (stream, _) = listener.accept()?;
            let service = Arc::clone(self);
            std::thread::Builder::new().name("signer".into()).spawn(move || {
                // The other side is gone, or does not speak the protocol.
                let _ = service.serve_connection(stream);
            })?;
        }
    }

    fn serve_connection(&self, stream: UnixStream) -> io::Result<()> {
        let mut responses = stream.try_clone()?;
        let mut requests = BufReader::new(stream);
        loop {
            let mut line = String::new();
            requests.by_ref().take(MAX_REQUEST).read_line(&mut line)?;
            if line.is_empty() {
                return Ok(());
            }
            let request = serde_json::from_str(&line)?;
            let response = self.handle(request).unwrap_or_else(Response::Refused);
            let mut line = serde_json::to_vec(&response)?;
            line.push(b'\n');
            responses.write_all(&line)?;
        }
    }

    fn handle(&self, request: Request) -> Result<Response, SigningError> {
        match request {
            Request::CreateKey(council) => {
                self.signer.create_key(&council)?;
                Ok(Response::Created)
            }
            Request::Keys(council) => Ok(Response::Keys(self.signer.keys(&council)?)),
            Request::Sign { council, statement } => {
                Ok(Response::Signed(self.sign(&council, &statement)?))
            }
        }
    }

    /// Signs a statement if it is one of this council. It is in the log before its signature leaves.
    fn sign(&self, council: &CouncilId, statement: &str) -> Result<Signature, SigningError> {
        let kind = StatementKind::of_bytes(statement.as_bytes());
        let kind = kind.filter(|(_, of)| council == of.as_str()).map(|(kind, _)| kind);
        let Some(kind) = kind else {
            return Err(SigningError::Unavailable("this is no statement of the council".into()));
        };
        let signature = self.signer.sign(council, statement.as_bytes())?;
        let hash = HEXLOWER.encode(&Sha256::digest(statement.as_bytes()));
        let log_failed =
            |error: io::Error| SigningError::Unavailable(format!("cannot use the log: {error}"));
        let renewed = self.renewals.take(&self.signer, council, (kind, &hash));
        let again = renewed.map_err(log_failed)?;
        if !again {
            self.take(council, kind)?;
        }
        self.note(council, kind, &hash, again).map_err(log_failed)?;
        Ok(signature)
    }

    fn take(&self, council: &CouncilId, kind: StatementKind) -> Result<(), SigningError> {
        let (most, an_hour) = limit(kind);
        let now = Instant::now();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = used.entry((council.clone(), kind)).or_insert(Bucket { left: most, at: now });
        let hours = now.duration_since(bucket.at).as_secs_f64() / 3600.0;
        bucket.left = (bucket.left + hours * an_hour).min(most);
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err(SigningError::TooMany);
        }
        bucket.left -= 1.0;
        Ok(())
    }

    /// Appends a line: when, which council and kind, the hash of the statement, which holds nothing personal
    /// itself, and whether it was signed again.
    fn note(
        &self,
        council: &CouncilId,
        kind: StatementKind,
        hash: &str,
        again: bool,
    ) -> io::Result<()> {
        let at = SystemClock.now_millis();
        let mut line = json!({"at": at, "council": council, "kind": kind, "sha256": hash});
        if again && let Some(line) = line.as_object_mut() {
            line.insert("again".into(), true.into());
        }
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(log, "{line}")
    }
}
