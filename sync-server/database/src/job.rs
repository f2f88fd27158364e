//! A job: one transaction's work, with a place for its result.
//!
//! A backend only sees [`Job`], which has no type of its own. The typed half, which knows what the
//! caller awaits, is made by [`Database`](crate::Database).

use tokio::sync::oneshot;

use crate::{DatabaseError, Tx};

/// Work for one transaction.
pub trait Job: Send {
    /// Runs the work and returns `true` if what it wrote is to be kept.
    ///
    /// A backend may call it again in a new transaction if the earlier one was rolled back, for
    /// example after a serialization failure. Only the last call counts.
    fn run(&mut self, tx: &mut dyn Tx) -> bool;

    /// Sends the result to the caller. `committed` tells whether the last run's transaction is on
    /// disk.
    fn finish(self: Box<Self>, committed: Result<(), DatabaseError>);
}

/// A job whose work returns `Result<R, E>`.
struct TypedJob<F, R, E> {
    work: F,
    result: Option<Result<R, E>>,
    reply: oneshot::Sender<Result<R, E>>,
}

/// Returns a job, and where its result arrives.
pub(crate) fn job<R, E, F>(work: F) -> (Box<dyn Job>, oneshot::Receiver<Result<R, E>>)
where
    F: FnOnce(&mut dyn Tx) -> Result<R, E> + Clone + Send + 'static,
    R: Send + 'static,
    E: From<DatabaseError> + Send + 'static,
{
    let (reply, result) = oneshot::channel();
    (Box::new(TypedJob { work, result: None, reply }), result)
}

impl<F, R, E> Job for TypedJob<F, R, E>
where
    F: FnOnce(&mut dyn Tx) -> Result<R, E> + Clone + Send,
    R: Send,
    E: From<DatabaseError> + Send,
{
    fn run(&mut self, tx: &mut dyn Tx) -> bool {
        // A clone runs, so that the work can run again.
        let result = (self.work.clone())(tx);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn finish(self: Box<Self>, committed: Result<(), DatabaseError>) {
        let result = match (self.result, committed) {
            // The work's own error says more than that nothing was written.
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(E::from(error)),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(E::from(DatabaseError::Stopped)),
        };
        // The caller may be gone: its connection was closed.
        let _ = self.reply.send(result);
    }
}
