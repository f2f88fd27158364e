//! `serve`: until it is told to stop.

use std::{io, sync::Arc};

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{CliError, Output};
use crate::config::{LogFormat, Settings};
use crate::serve::Server;
use promise_services::clock::SystemClock;

pub(super) fn run(settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
    start_log(settings.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::System("start", error))?;
    runtime.block_on(serve(settings, output))
}

async fn serve(settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
    let server = Server::start(settings, Arc::new(SystemClock)).await?;
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    output.say(&format!("Listening on {scheme}://{}", server.address()));
    told_to_stop().await.map_err(|error| CliError::System("listen for signals", error))?;
    output.say("Stopping: open requests are finished first.");
    server.stop().await;
    Ok(())
}

/// Waits for ctrl-c, or for the system's polite request to end.
async fn told_to_stop() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        typed = tokio::signal::ctrl_c() => typed,
        _ = terminate.recv() => Ok(()),
    }
}

/// `PROMISE_LOG` says how much to log, such as `warn` or `promise_server=debug`.
fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_env("PROMISE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // A program that serves inside another has that one's log.
    let _ = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
}
