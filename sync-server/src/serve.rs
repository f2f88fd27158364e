//! Serving: from an open data folder to a listening server, and until it stops.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use promise_database::Database;
use promise_services::{clock::Clock, publishing::packs::PackCompressor, retention};
use thiserror::Error;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    certificate::Certificate,
    config::{ConfigError, Settings},
    http::{App, router},
    storage::{Storage, StorageError},
    traces,
};

/// How long open requests may take once the server is stopping.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a new connection may take to send its first request.
const FIRST_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How often data that is too old is deleted and traces of erasures are removed.
const RETENTION_INTERVAL: Duration = Duration::from_hours(1);

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The settings are invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder or the database does not open.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The certificate and its key cannot be used.
    #[error("cannot use the certificate and key: {0}")]
    Tls(io::Error),
}

/// A running server. It runs until [`Server::stop`].
pub struct Server {
    address: SocketAddr,
    storage: Storage,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
    stopping: CancellationToken,
}

impl Server {
    /// Opens the data folder and the database, and starts to serve.
    pub async fn start(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, ServeError> {
        settings.check_listening()?;
        let storage = Storage::open(settings).await?;
        let stopping = CancellationToken::new();
        let database = storage.database.clone();
        tokio::spawn(apply_retention(database, Arc::clone(&clock), stopping.clone()));
        let router = routes(settings, &storage, clock, &stopping);
        let (listener, address) = listen(settings.listen)?;
        let handle = Handle::new();
        let tls = start_tls(settings, &stopping).await?;
        let serving = tokio::spawn(accept(listener, tls, handle.clone(), router));
        Ok(Self { address, storage, handle, serving, stopping })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many transactions it has committed.
    pub fn commits(&self) -> u64 {
        self.storage.database.commits()
    }

    /// Stops: accepts no new connections, waits for open requests for at most
    /// `SHUTDOWN_TIMEOUT`, and writes what is queued.
    pub async fn stop(self) {
        self.stopping.cancel();
        self.handle.graceful_shutdown(Some(SHUTDOWN_TIMEOUT));
        if let Ok(Err(error)) = self.serving.await {
            tracing::error!(%error, "serving ended with an error");
        }
        self.storage.close().await;
    }
}

/// Returns the routes of phones and of the console.
fn routes(
    settings: &Settings,
    storage: &Storage,
    clock: Arc<dyn Clock>,
    stopping: &CancellationToken,
) -> Router {
    let database = &storage.database;
    let is_https = settings.behind_proxy || settings.tls.is_some();
    let compressor = PackCompressor::new(database.clone());
    let console = promise_console::router(promise_console::App {
        database: database.clone(),
        clock: Arc::clone(&clock),
        compressor: compressor.clone(),
        behind_proxy: settings.behind_proxy,
        is_https,
        server: settings.server.clone(),
        unusual_access: settings.unusual_access,
        state: promise_console::State::default(),
    });
    let app =
        App::start(database.clone(), clock, compressor, settings.behind_proxy, stopping.clone());
    router(app, console, is_https)
}

fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |error| ServeError::Listen(at, error);
    let listener = TcpListener::bind(at).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Reads the certificate, if there is one, and keeps it up to date.
async fn start_tls(
    settings: &Settings,
    stopping: &CancellationToken,
) -> Result<Option<RustlsConfig>, ServeError> {
    let Some(files) = settings.tls.clone() else { return Ok(None) };
    let certificate = Certificate::read(files).await.map_err(ServeError::Tls)?;
    let config = certificate.config();
    tokio::spawn(certificate.keep_up_to_date(stopping.clone()));
    Ok(Some(config))
}

async fn accept(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
    router: Router,
) -> io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp(listener)?
        .handle(handle)
        .first_request_timeout(FIRST_REQUEST_TIMEOUT);
    // Responses are small: waiting to fill a packet would only delay them.
    match tls {
        Some(config) => {
            let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
            server.acceptor(acceptor).serve(service).await
        }
        None => server.acceptor(NoDelayAcceptor::new()).serve(service).await,
    }
}

async fn apply_retention(database: Database, clock: Arc<dyn Clock>, stopping: CancellationToken) {
    let mut hours = tokio::time::interval(RETENTION_INTERVAL);
    while stopping.run_until_cancelled(hours.tick()).await.is_some() {
        let now = clock.now_millis();
        if let Err(error) = database.write(move |tx| retention::run(tx, now)).await {
            tracing::warn!(%error, "old data was not deleted; retrying in an hour");
        }
        // Also at the start: a server that was killed may not have finished.
        traces::remove(database.clone(), stopping.clone()).await;
    }
}
