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
use promise_services::ServiceError;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::Shifted;

/// The council of every test that needs one.
pub const COUNCIL: &str = "riverbridge";

/// A running server, its data folder, and the command line that goes with it. Stops when dropped.
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

    /// Like [`TestServer::start`], with a proxy in front, as the server believes: each request may
    /// say which address it is from, so that no limit on one address stands in a test's way.
    pub fn behind_proxy() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut settings = Settings::in_folder(folder.path().join("data"));
        settings.behind_proxy = true;
        let mut server = Self::with(settings);
        server.temporary = Some(folder);
        server.run(&["council", "add", COUNCIL, "Riverbridge Council"]);
        server
    }

    /// A server on a folder that may have been served before.
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

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().expect("the server runs").address()
    }

    /// The same as a phone is told it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// How many transactions it has committed.
    pub fn commits(&self) -> u64 {
        self.server.as_ref().expect("the server runs").commits()
    }

    /// The database file.
    pub fn database(&self) -> &Path {
        self.settings.database.file().expect("the database is in a file")
    }

    /// The folder with the database and its key.
    pub fn data(&self) -> &Path {
        &self.settings.data
    }

    /// Stops it, and lets go of its folder.
    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }

    /// Serves the folder again, on the port it had.
    pub fn resume(&mut self) {
        let clock = Arc::new(self.clock.clone());
        let server = self.runtime.block_on(Server::start(&self.settings, clock));
        let server = server.expect("the server starts");
        self.settings.listen = server.address();
        self.server = Some(server);
    }

    /// Runs a command line of `promise-server` on the same folder, and answers what it said.
    pub fn run(&self, arguments: &[&str]) -> String {
        let (code, said) = self.try_run(arguments);
        assert_eq!(code, ExitCode::SUCCESS, "promise-server {arguments:?}: {said}");
        said
    }

    /// Like [`TestServer::run`], for command lines that may be refused.
    pub fn try_run(&self, arguments: &[&str]) -> (ExitCode, String) {
        let data = self.settings.data.to_str().expect("a folder with a name").to_owned();
        let line = ["promise-server", "--data", &data].into_iter().chain(arguments.iter().copied());
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut output = Output { out: &mut out, err: &mut err, input: &mut std::io::empty() };
        let code = cli::run(line, &mut output);
        (code, String::from_utf8_lossy(&[out, err].concat()).into_owned())
    }

    /// One transaction on the same database, past the command line.
    pub fn transact<R>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<R, ServiceError>) -> R {
        let mut connection = SqliteConnection::open(self.database()).expect("the database opens");
        connection.transact(job).expect("the transaction succeeds")
    }

    /// Publishes a folder.
    pub fn publish(&self, folder: &Path) -> String {
        let folder = folder.to_str().expect("a folder with a name");
        self.run(&["publish", folder, "--council", COUNCIL, "--yes"])
    }

    /// Adds a young person, and answers their random name.
    pub fn add_person(&self) -> String {
        self.run(&["person", "add", "--council", COUNCIL]).trim().to_owned()
    }

    /// Adds a member of staff and answers their random name.
    pub fn add_staff(&self, handle: &str, card: &[&str]) -> String {
        let line = [&["staff", "add", "--council", COUNCIL, "--handle", handle], card].concat();
        self.run(&line).trim().to_owned()
    }

    /// Lets a member of staff look after a young person.
    pub fn assign(&self, person: &str, staff: &str) {
        self.run(&["assign", "--person", person, "--staff", staff]);
    }

    /// A code that pairs a phone with this person.
    pub fn invite(&self, person: &str) -> String {
        let said = self.run(&["invite", "--person", person]);
        let line = said.lines().find_map(|line| line.strip_prefix("Code: "));
        line.expect("invite says a code").to_owned()
    }

    /// The made-up council's folder, as it stands beside this crate.
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
