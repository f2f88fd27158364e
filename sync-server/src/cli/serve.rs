//! `serve`: serves until a signal stops it.

use std::{io, sync::Arc};

use promise_services::clock::SystemClock;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{CliError, Output};
use crate::{
    config::{LogFormat, Settings},
    serve::Server,
};

pub(super) fn run(settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
    start_log(settings.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::System("start", error))?;
    runtime.block_on(serve(settings, output))
}

async fn serve(settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
    let server = Server::start(settings, Arc::new(SystemClock)).await?;
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    output.print(&format!("Listening on {scheme}://{}", server.address()));
    stop_signal().await.map_err(|error| CliError::System("listen for signals", error))?;
    output.print("Stopping: open requests are finished first.");
    server.stop().await;
    Ok(())
}

/// Waits for SIGINT or SIGTERM.
async fn stop_signal() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

/// Starts the log. `PROMISE_LOG` sets the level, such as `warn` or `promise_server=debug`.
fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_env("PROMISE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // A server inside another program uses the log of that program.
    let _ = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
}
