//! The one thing that an app implements and the phone calls.

use std::{error::Error, fmt, sync::Arc};

use promise_core::Topic;

/// Somebody who wants to know of changes. Called on the thread that made the change, after it is
/// saved: hand over to another thread, and return at once. Reading the phone from here is fine.
/// Whatever the listener does wrong, the change is saved and the call that made it goes well.
#[uniffi::export(foreign)]
pub trait ChangeListener: Send + Sync {
    /// What these show is to be read again.
    fn changed(&self, topics: Vec<Topic>) -> Result<(), ListenerError>;
}

/// What becomes of anything a listener throws. An app never sees it, and has no need to throw it.
///
/// The core's error would do, but generated Kotlin does not compile where a listener throws an
/// error of another crate (uniffi 0.32.2).
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
        // What it says may hold what the person wrote: it goes nowhere.
        Self::Failed
    }
}

/// Hands word from the core to an app's listener.
pub(crate) struct Told(pub(crate) Arc<dyn ChangeListener>);

impl promise_core::ChangeListener for Told {
    fn changed(&self, topics: &[Topic]) {
        // A listener that fails has no say in whether a change is saved.
        let _ = self.0.changed(topics.to_vec());
    }
}
