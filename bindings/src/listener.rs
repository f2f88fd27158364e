//! The trait by which an app receives changes, which the phone calls.

use std::{error::Error, fmt, sync::Arc};

use promise_core::Topic;

/// Receives changes. Called on the thread that made the change, after it is saved: pass the work to
/// another thread, and return at once. Reading the phone from here is fine. If the listener fails,
/// the change stays saved and the call that made it succeeds.
#[uniffi::export(foreign)]
pub trait ChangeListener: Send + Sync {
    /// What these topics show has changed.
    fn changed(&self, topics: Vec<Topic>) -> Result<(), ListenerError>;
}

/// Anything that a listener throws becomes this. An app never sees it, and has no need to throw it.
///
/// The core's error would do, but generated Kotlin does not compile where a listener throws an error
/// of another crate (uniffi 0.32.2).
#[derive(Debug, uniffi::Error)]
pub enum ListenerError {
    /// The listener failed.
    Failed,
}

impl fmt::Display for ListenerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the listener failed")
    }
}

impl Error for ListenerError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for ListenerError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // The reason is dropped: it may hold what the person wrote.
        Self::Failed
    }
}

/// Forwards changes from the core to an app's listener.
pub(crate) struct Forwarder(pub(crate) Arc<dyn ChangeListener>);

impl promise_core::ChangeListener for Forwarder {
    fn changed(&self, topics: &[Topic]) {
        // The change is saved, whether or not the listener fails.
        let _ = self.0.changed(topics.to_vec());
    }
}
