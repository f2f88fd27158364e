//! The one thing that an app implements and the phone calls.

use std::sync::Arc;

use promise_core::{Error, Topic};

/// Somebody who wants to know of changes. Called on the thread that made the change, after it is
/// saved: hand over to another thread, and return at once. Reading the phone from here is fine.
/// Whatever the listener does wrong, the change is saved and the call that made it goes well.
#[uniffi::export(foreign)]
pub trait ChangeListener: Send + Sync {
    /// What these show is to be read again.
    fn changed(&self, topics: Vec<Topic>) -> Result<(), Error>;
}

/// Hands word from the core to an app's listener.
pub(crate) struct Told(pub(crate) Arc<dyn ChangeListener>);

impl promise_core::ChangeListener for Told {
    fn changed(&self, topics: &[Topic]) {
        // A listener that fails has no say in whether a change is saved.
        let _ = self.0.changed(topics.to_vec());
    }
}
