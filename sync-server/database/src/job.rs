//! A job: the work of one transaction, with a place for its result.
//!
//! A backend only sees [`Job`], which has no type parameters. The typed half, which knows what the
//! caller awaits, is made by [`Database`](crate::Database).

use tokio::sync::oneshot;

use crate::{DatabaseError, Tx};

/// The work of one transaction.
pub trait Job: Send {
    /// Runs the work. Returns `true` if its transaction is to be committed.
    ///
    /// A backend may call it again in a new transaction if the last one was rolled back. Only the
    /// last call counts.
    fn run(&mut self, tx: &mut dyn Tx) -> bool;

    /// Sends the result to the caller: that of the last run if `committed` is `Ok` or the work
    /// itself failed, or else the error in `committed`.
    fn finish(self: Box<Self>, committed: Result<(), DatabaseError>);
}

/// A job whose work returns `Result<R, E>`.
struct TypedJob<F, R, E> {
    work: F,
    result: Option<Result<R, E>>,
    reply: oneshot::Sender<Result<R, E>>,
}

/// Returns a job, and the receiver of its result.
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
        // The result of an earlier run does not count if this one panics.
        self.result = None;
        let result = (self.work.clone())(tx);
        let commit = result.is_ok();
        self.result = Some(result);
        commit
    }

    fn finish(self: Box<Self>, committed: Result<(), DatabaseError>) {
        let result = match (self.result, committed) {
            // The job's own error is more precise than "nothing was written".
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(E::from(error)),
            (Some(done), Ok(())) => done,
            // It panicked.
            (None, Ok(())) => Err(E::from(DatabaseError::Stopped)),
        };
        // The caller may be gone because its connection was closed.
        let _ = self.reply.send(result);
    }
}
