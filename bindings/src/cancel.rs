//! Cancelling one call that waits for the network.

use std::sync::Arc;

use promise_core::PromiseError;

use crate::guard::guard;

/// Cancels one call. Make a handle before the call, pass it to the call, and call `cancel` from any
/// thread. It does not matter when: a call that gets a cancelled handle sends nothing, one that is
/// under way fails with `Cancelled`, and one that has ended is not affected. A handle stays
/// cancelled, so each call takes a new one.
#[derive(uniffi::Object)]
pub struct CancelHandle(promise_core::CancelHandle);

#[uniffi::export]
impl CancelHandle {
    /// Makes a handle that is not cancelled.
    #[uniffi::constructor]
    pub fn new() -> Result<Arc<Self>, PromiseError> {
        guard(|| Ok(Arc::new(Self(promise_core::CancelHandle::new()))))
    }

    /// Cancels the call that this handle was passed to. Returns at once; the call itself fails soon
    /// after, on its own thread.
    pub fn cancel(&self) -> Result<(), PromiseError> {
        guard(|| {
            self.0.cancel();
            Ok(())
        })
    }
}

/// The core's handle; one that is never cancelled where the caller passed none.
pub(crate) fn or_never(cancel: Option<Arc<CancelHandle>>) -> promise_core::CancelHandle {
    cancel.map(|cancel| cancel.0.clone()).unwrap_or_default()
}
