//! Serving: from an open data folder to a listening server, and to its end.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use axum_server::{
    Handle, accept::NoDelayAcceptor, tls_rustls::RustlsAcceptor, tls_rustls::RustlsConfig,
};
use promise_database::{Database, DatabaseError};
use promise_database_sqlite::{FolderLock, Running};
use promise_protocol::proof::ProofKey;
use promise_services::{
    ServiceError, clock::Clock, publishing::packs::PackCompressor, retention::run,
};
use thiserror::Error;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    certificate::Certificate,
    config::{ConfigError, Settings},
    data_folder::DataFolder,
    http::{App, router},
    traces,
};

/// How long open requests may take once the server is stopping.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// How long a connection may take to say what it wants.
const FIRST_REQUEST: Duration = Duration::from_secs(30);

/// How often old history is forgotten, and what an erasure left is swept up.
const TIDYING: Duration = Duration::from_hours(1);

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The settings do not go.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder does not open.
    #[error(transparent)]
    DataFolder(#[from] ServiceError),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The files for HTTPS do not read.
    #[error("cannot use the certificate and key: {0}")]
    Tls(io::Error),
}

impl From<DatabaseError> for ServeError {
    fn from(error: DatabaseError) -> Self {
        Self::DataFolder(error.into())
    }
}

/// A running server. It stops with [`Server::stop`], and not before.
pub struct Server {
    address: SocketAddr,
    database: Database,
    running: Running,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
    stopping: CancellationToken,
    _lock: FolderLock,
}

impl Server {
    /// Opens the data folder and serves it. Port 0 takes a free one.
    pub async fn start(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, ServeError> {
        settings.check_listening()?;
        let DataFolder { store, key, lock } = DataFolder::open(settings)?;
        let (database, running) = promise_database_sqlite::serve(store, &settings.database)?;
        let stopping = CancellationToken::new();
        tokio::spawn(keep_tidy(database.clone(), Arc::clone(&clock), stopping.clone()));
        let router = routes(settings, &database, clock, key, &stopping);
        let (listener, address) = listen(settings.listen)?;
        let handle = Handle::new();
        let certificate = match settings.tls.clone() {
            Some(files) => Some(Certificate::read(files).await.map_err(ServeError::Tls)?),
            None => None,
        };
        let tls = certificate.as_ref().map(Certificate::in_use);
        if let Some(certificate) = certificate {
            tokio::spawn(certificate.keep_fresh(stopping.clone()));
        }
        let serving = tokio::spawn(accept(listener, tls, handle.clone(), router));
        Ok(Self { address, database, running, handle, serving, stopping, _lock: lock })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many transactions it has committed.
    pub fn commits(&self) -> u64 {
        self.database.commits()
    }

    /// Stops: takes no new connections, finishes open requests (for at most 10 seconds), and
    /// writes what was handed over.
    pub async fn stop(self) {
        self.stopping.cancel();
        self.handle.graceful_shutdown(Some(LAST_REQUESTS));
        if let Ok(Err(error)) = self.serving.await {
            tracing::error!(%error, "serving ended with an error");
        }
        drop(self.database);
        // The writer ends once the last connection has let go of it.
        let _ = tokio::task::spawn_blocking(move || self.running.join()).await;
    }
}

/// The phones' routes and the console's.
fn routes(
    settings: &Settings,
    database: &Database,
    clock: Arc<dyn Clock>,
    key: ProofKey,
    stopping: &CancellationToken,
) -> Router {
    let is_https = settings.behind_proxy || settings.tls.is_some();
    let compressor = PackCompressor::new(database.clone());
    let console = promise_console::router(promise_console::App {
        database: database.clone(),
        clock: Arc::clone(&clock),
        compressor: compressor.clone(),
        behind_proxy: settings.behind_proxy,
        is_https,
        unusual_access: settings.unusual_access,
        state: promise_console::State::default(),
    });
    let app = App::start(
        database.clone(),
        clock,
        key,
        compressor,
        settings.behind_proxy,
        stopping.clone(),
    );
    router(app, console, is_https)
}

fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |error| ServeError::Listen(at, error);
    let listener = TcpListener::bind(at).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

async fn accept(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
    router: Router,
) -> io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server =
        axum_server::from_tcp(listener)?.handle(handle).first_request_timeout(FIRST_REQUEST);
    // Answers are small: waiting to fill a packet would only delay them.
    match tls {
        Some(config) => {
            let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
            server.acceptor(acceptor).serve(service).await
        }
        None => server.acceptor(NoDelayAcceptor::new()).serve(service).await,
    }
}

async fn keep_tidy(database: Database, clock: Arc<dyn Clock>, stopping: CancellationToken) {
    let mut hours = tokio::time::interval(TIDYING);
    while stopping.run_until_cancelled(hours.tick()).await.is_some() {
        let now = clock.now_millis();
        if let Err(error) = database.write(move |tx| run(tx, now)).await {
            tracing::warn!(%error, "old history was not forgotten; it is tried again in an hour");
        }
        // The first time is at the start: a server that was killed may have been about to.
        traces::remove(database.clone(), stopping.clone()).await;
    }
}
