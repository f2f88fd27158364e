//! Asking again until another person has decided.

use std::time::Duration;

use promise_protocol::ProblemCode::{Busy, TooMany};

use super::PromiseError;
use crate::{cancel::CancelHandle, sync::TransportError};

/// The first pause. Two people at a desk should not notice that one phone asks the other.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause. Each question costs some hundred bytes of a small data plan.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How many questions in a row may fail. The people are there, and the connection comes back within seconds or
/// not.
const MAX_FAILURES: u32 = 20;

/// Repeats one request until it has an answer, is refused, or is cancelled.
pub(super) struct Polling<'a> {
    call: &'a CancelHandle,
    pause: Duration,
    failures: u32,
    /// Whether the server may have the request. Then it is repeated: a new one would be another phone's.
    is_sent: bool,
}

impl<'a> Polling<'a> {
    /// For a request that was never sent. If the server cannot be reached, it fails at once.
    pub(super) fn new(call: &'a CancelHandle) -> Self {
        Self { call, pause: FIRST_PAUSE, failures: 0, is_sent: false }
    }

    /// For the next step of something that the server knows.
    pub(super) fn going_on(call: &'a CancelHandle) -> Self {
        Self { is_sent: true, ..Self::new(call) }
    }

    /// Asks until there is an answer.
    pub(super) fn wait_for<R>(
        mut self,
        mut ask: impl FnMut() -> Result<Option<R>, TransportError>,
    ) -> Result<R, PromiseError> {
        loop {
            match ask() {
                Ok(Some(answer)) => return Ok(answer),
                Ok(None) => {
                    self.is_sent = true;
                    self.failures = 0;
                }
                Err(error) if self.endures(&error) => {}
                Err(error) => return Err(error.into()),
            }
            self.wait()?;
        }
    }

    fn endures(&mut self, error: &TransportError) -> bool {
        self.failures += 1;
        let is_passing = match error {
            TransportError::Broken => {
                self.is_sent = true;
                true
            }
            TransportError::Unreachable | TransportError::Refused(Busy | TooMany) => self.is_sent,
            _ => false,
        };
        is_passing && self.failures <= MAX_FAILURES
    }

    /// Waits for the pause, or fails when the call is cancelled.
    fn wait(&mut self) -> Result<(), PromiseError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|_| PromiseError::Internal)?;
        let (pause, call) = (self.pause, self.call);
        let is_cancelled =
            runtime.block_on(async { tokio::time::timeout(pause, call.cancelled()).await.is_ok() });
        self.pause = (pause * 2).min(LONGEST_PAUSE);
        if is_cancelled { Err(PromiseError::Cancelled) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(answers: &mut Vec<Result<Option<u8>, TransportError>>) -> Result<u8, PromiseError> {
        let call = CancelHandle::new();
        Polling::new(&call).wait_for(|| answers.pop().unwrap_or(Ok(Some(9))))
    }

    /// A new request would be that of a second phone, and end the code.
    #[test]
    fn request_that_may_have_arrived_is_repeated_and_another_one_fails_at_once() {
        assert_eq!(ask(&mut vec![Err(TransportError::Unreachable)]), Err(PromiseError::Offline));
        let lost = &mut vec![Err(TransportError::Unreachable), Err(TransportError::Broken)];
        assert_eq!(ask(lost), Ok(9));
        let refused = Err(TransportError::Refused(promise_protocol::ProblemCode::CodeUsed));
        assert_eq!(ask(&mut vec![refused, Ok(None)]), Err(PromiseError::CodeUsed));
    }

    #[test]
    fn cancelled_call_waits_no_longer() {
        let call = CancelHandle::new();
        let mut asked = 0;
        let answer = Polling::new(&call).wait_for(|| {
            asked += 1;
            call.cancel();
            Ok(None::<u8>)
        });
        assert_eq!((answer, asked), (Err(PromiseError::Cancelled), 1));
    }
}
