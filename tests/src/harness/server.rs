//! A real server in this process.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use promise_database::Tx;
use promise_database_sqlite::SqliteConnection;
use promise_server::cli::{self, Output};
use promise_server::config::Settings;
use promise_server::serve::Server;
use promise_server::signing;
use promise_services::ServiceError;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::Shifted;

/// The council of every test that needs one.
pub const COUNCIL: &str = "riverbridge";

/// A running server, its data folder and its command line. Stops when dropped.
pub struct TestServer {
    /// The server's clock.
    pub clock: Shifted,
    settings: Settings,
    runtime: Runtime,
    server: Option<Server>,
    /// Removed with everything in it when the server is dropped.
    temporary: Option<TempDir>,
}

impl TestServer {
    /// A server in a fresh folder, with a council that has published nothing.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut server = Self::in_folder(folder.path());
        server.temporary = Some(folder);
        server.run(&["council", "add", COUNCIL, "Riverbridge Council"]);
        server
    }

    /// Like [`TestServer::start`], for a server that trusts a proxy: each request may name the
    /// address that it comes from, so that rate limits do not affect the test.
    pub fn behind_proxy() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut settings = Settings::in_folder(folder.path().join("data"));
        settings.behind_proxy = true;
        let mut server = Self::with(settings);
        server.temporary = Some(folder);
        server.run(&["council", "add", COUNCIL, "Riverbridge Council"]);
        server
    }

    /// A server on an existing data folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self::with(Settings::in_folder(folder.join("data")))
    }

    /// A server with these settings, on a free port.
    pub fn with(mut settings: Settings) -> Self {
        settings.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let runtime = Runtime::new().expect("a runtime");
        let mut server =
            Self { clock: Shifted::default(), settings, runtime, server: None, temporary: None };
        server.resume();
        server
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().expect("the server runs").address()
    }

    /// The same as the address that phones use.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Returns how many transactions it has committed.
    pub fn commits(&self) -> u64 {
        self.server.as_ref().expect("the server runs").commits()
    }

    /// The database file.
    pub fn database(&self) -> &Path {
        self.settings.database.file().expect("the database is in a file")
    }

    /// The folder with the database and the signing keys.
    pub fn data(&self) -> &Path {
        &self.settings.data
    }

    /// Stops it, and releases its data folder.
    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }

    /// Serves the same folder again, on the same port.
    pub fn resume(&mut self) {
        let clock = Arc::new(self.clock.clone());
        let server = self.runtime.block_on(Server::start(&self.settings, clock));
        let server = server.expect("the server starts");
        self.settings.listen = server.address();
        self.server = Some(server);
    }

    /// Runs a command of `promise-server` on the same folder, and returns what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let (code, printed) = self.try_run(arguments);
        assert_eq!(code, ExitCode::SUCCESS, "promise-server {arguments:?}: {printed}");
        printed
    }

    /// Like [`TestServer::run`], for commands that may be refused.
    pub fn try_run(&self, arguments: &[&str]) -> (ExitCode, String) {
        let data = self.settings.data.to_str().expect("a folder with a name").to_owned();
        let line = ["promise-server", "--data", &data].into_iter().chain(arguments.iter().copied());
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut output = Output { out: &mut out, err: &mut err, input: &mut std::io::empty() };
        let code = cli::run(line, &mut output);
        (code, String::from_utf8_lossy(&[out, err].concat()).into_owned())
    }

    /// Runs one transaction on the same database, without the command line.
    pub fn transact<R>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<R, ServiceError>) -> R {
        let signer = signing::open(&self.settings);
        let connection = SqliteConnection::open(self.database(), signer);
        let mut connection = connection.expect("the database opens");
        connection.transact(job).expect("the transaction succeeds")
    }

    /// Publishes a folder.
    pub fn publish(&self, folder: &Path) -> String {
        let folder = folder.to_str().expect("a folder with a name");
        self.run(&["publish", folder, "--council", COUNCIL, "--yes"])
    }

    /// Adds a young person, and returns their id.
    pub fn add_person(&self) -> String {
        self.run(&["person", "add", "--council", COUNCIL]).trim().to_owned()
    }

    /// Adds a staff member, and returns their id.
    pub fn add_staff(&self, handle: &str, card: &[&str]) -> String {
        let line = [&["staff", "add", "--council", COUNCIL, "--handle", handle], card].concat();
        self.run(&line).trim().to_owned()
    }

    /// Assigns a staff member to a young person.
    pub fn assign(&self, person: &str, staff: &str) {
        self.run(&["assign", "--person", person, "--staff", staff]);
    }

    /// Creates a code that pairs a phone with this person.
    pub fn invite(&self, person: &str) -> String {
        let printed = self.run(&["invite", "--person", person, "--no-wait"]);
        let line = printed.lines().find_map(|line| line.strip_prefix("Code: "));
        line.expect("invite says a code").to_owned()
    }

    /// Confirms the phone that waits with this code and shows these digits.
    pub fn confirm(&self, code: &str, digits: &str) {
        self.run(&["pairing", "confirm", "--code", code, "--digits", digits]);
    }

    /// Refuses it.
    pub fn refuse(&self, code: &str, digits: &str) {
        self.run(&["pairing", "refuse", "--code", code, "--digits", digits]);
    }

    /// Releases all phones of a person, deletes what only they could read, and creates a code that pairs a
    /// phone with new words.
    pub fn start_afresh(&self, person: &str) -> String {
        let printed = self.run(&["invite", "--person", person, "--start-afresh", "--no-wait"]);
        let line = printed.lines().find_map(|line| line.strip_prefix("Code: "));
        line.expect("invite says a code").to_owned()
    }

    /// Creates a code that links this phone again to a person, by the check text that it shows.
    pub fn invite_to_relink(&self, person: &str, check: &str) -> String {
        let printed = self.run(&["invite", "--person", person, "--relink", check]);
        let line = printed.lines().find_map(|line| line.strip_prefix("Code: "));
        line.expect("invite says a code").to_owned()
    }

    /// Writes a backup of this name beside the database, and returns its path.
    pub fn back_up(&self, name: &str) -> String {
        let path = self.data().join(name).to_string_lossy().into_owned();
        self.run(&["backup", &path]);
        path
    }

    /// Stops, restores a backup, and serves again on the same port.
    pub fn restore(&mut self, backup: &str) {
        self.stop();
        self.run(&["restore", backup]);
        self.resume();
    }

    /// The folder of the fictional council, beside this crate.
    pub fn council_folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("council")
    }

    /// A folder of the same council with two pictures.
    pub fn folder_with_pictures() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("council-with-pictures")
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.stop();
        drop(self.temporary.take());
    }
}
