//! One job for the writer: what to run, and whom to answer.

use tokio::sync::oneshot;

use crate::store::{StoreError, Tx};

/// A job of any type.
pub(super) trait Job: Send {
    /// Runs it. Answers whether to keep what it wrote.
    fn run(&mut self, tx: &mut dyn Tx) -> bool;

    /// Tells whoever waits what came of it, once it is known whether it is on disk.
    fn answer(self: Box<Self>, on_disk: Result<(), StoreError>);
}

/// A job of one type.
struct Typed<F, R, E> {
    job: Option<F>,
    result: Option<Result<R, E>>,
    waiting: oneshot::Sender<Result<R, E>>,
}

/// A job, and where its answer will be.
pub(super) fn new<R, E, F>(job: F) -> (Box<dyn Job>, oneshot::Receiver<Result<R, E>>)
where
    F: FnOnce(&mut dyn Tx) -> Result<R, E> + Send + 'static,
    R: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (waiting, answer) = oneshot::channel();
    (Box::new(Typed { job: Some(job), result: None, waiting }), answer)
}

impl<F, R, E> Job for Typed<F, R, E>
where
    F: FnOnce(&mut dyn Tx) -> Result<R, E> + Send,
    R: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut dyn Tx) -> bool {
        self.result = self.job.take().map(|job| job(tx));
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, on_disk: Result<(), StoreError>) {
        let result = match (self.result, on_disk) {
            // The job's own refusal says more than that nothing was written.
            (Some(Err(refusal)), _) => Err(refusal),
            (_, Err(error)) => Err(E::from(error)),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(E::from(StoreError::Stopped)),
        };
        // Nobody waits any more for a request whose connection is gone.
        let _ = self.waiting.send(result);
    }
}
