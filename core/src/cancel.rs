//! Cancelling one call.

use std::future::Future;

use tokio_util::sync::CancellationToken;

/// Cancels one call that waits for the network.
///
/// Create a handle before the call, keep a clone of it elsewhere, and pass it to the call.
/// [`CancelHandle::cancel`] may be called at any time: a call that gets a cancelled handle sends
/// nothing, one that is under way stops, and one that has ended is not affected. A handle stays
/// cancelled, so each call takes a new one.
#[derive(Clone, Debug, Default)]
pub struct CancelHandle(CancellationToken);

impl CancelHandle {
    /// Creates a handle that is not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels the call that this handle, or a clone of it, was passed to. Returns at once; the
    /// call itself returns soon after, on its own thread.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Returns `true` once [`CancelHandle::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Completes when the handle is cancelled.
    pub(crate) fn cancelled(&self) -> impl Future<Output = ()> {
        self.0.cancelled()
    }

    /// Creates a handle that is cancelled together with this one, and can also be cancelled alone.
    pub(crate) fn child(&self) -> Self {
        Self(self.0.child_token())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn child_is_cancelled_with_its_parent_and_not_the_other_way() {
        let parent = CancelHandle::new();
        let (first, second) = (parent.child(), parent.child());
        first.cancel();
        assert!(first.is_cancelled() && !parent.is_cancelled() && !second.is_cancelled());
        parent.cancel();
        assert!(second.is_cancelled() && parent.child().is_cancelled());
    }
}
