//! Running a command's transactions.

use std::{future::Future, panic::resume_unwind};

use promise_database::Tx;
use promise_services::{ServiceError, StaffScope};
use tokio::runtime;

use super::CliError;
use crate::{config::Settings, storage::Storage};

/// Runs one transaction on the database as the operator.
pub(super) fn transact<R, F>(settings: &Settings, work: F) -> Result<R, CliError>
where
    F: FnOnce(&mut dyn Tx, &StaffScope) -> Result<R, ServiceError> + Clone + Send + 'static,
    R: Send + 'static,
{
    block_on(async {
        let storage = Storage::open(settings).await?;
        let done = storage.database.write(move |tx| work(tx, &StaffScope::operator())).await;
        storage.close().await;
        done.map_err(CliError::from)
    })
}

/// Runs a future to its end, on a thread of its own: tests run commands from within an asynchronous
/// runtime, which lets no other one start on its threads.
pub(super) fn block_on<R: Send>(
    future: impl Future<Output = Result<R, CliError>> + Send,
) -> Result<R, CliError> {
    let run = || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| CliError::System("start", error))?.block_on(future)
    };
    std::thread::scope(|scope| scope.spawn(run).join()).unwrap_or_else(|panic| resume_unwind(panic))
}
