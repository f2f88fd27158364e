//! Notifying the app of changes.

use std::{collections::BTreeSet, sync::Arc};

use super::{PocketPhone, lock};
use crate::collections::Topic;

/// Receives changes. Called on the thread that made the change, after it is saved and with no lock
/// held: reading the phone from here is fine.
pub trait ChangeListener: Send + Sync {
    /// What these topics show has changed.
    fn changed(&self, topics: &[Topic]);
}

impl PocketPhone {
    /// Sets the listener that receives changes from now on; `None` for no listener.
    pub fn set_listener(&self, listener: Option<Arc<dyn ChangeListener>>) {
        *lock(&self.listener) = listener;
    }

    /// Notifies the listener of these topics, each once and in the order of the enum.
    pub(super) fn notify(&self, topics: impl IntoIterator<Item = Topic>) {
        let topics: Vec<Topic> = topics.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let listener = lock(&self.listener).clone();
        if let (Some(listener), false) = (listener, topics.is_empty()) {
            listener.changed(&topics);
        }
    }
}
