//! Telling the screen that something changed.

use std::{collections::BTreeSet, sync::Arc};

use promise_protocol::access::ACCESS;

use super::{PocketPhone, lock};
use crate::{
    asks::{APPOINTMENT, ASK},
    contacts::{CONTACT, CONTACT_MARK},
    opportunities::SAVED,
    own_contacts::OWN_CONTACT,
    profile::PROFILE,
    promise::PLEDGE_MARK,
};

/// What changed, as a screen would read it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Topic {
    /// Contacts: the council's, or the person's own.
    Contacts,
    /// The promise, its directory, or the marks on pledges.
    Promise,
    /// Opportunities, or which are saved.
    Opportunities,
    /// Asks.
    Asks,
    /// Appointments.
    Appointments,
    /// What the person says about themselves.
    Profile,
    /// Who looked at what the council holds.
    Access,
    /// Which pictures are here.
    Pictures,
    /// Last sync, what waits, what was refused.
    Status,
}

impl Topic {
    /// Every topic.
    pub(super) const ALL: [Self; 9] = [
        Self::Contacts,
        Self::Promise,
        Self::Opportunities,
        Self::Asks,
        Self::Appointments,
        Self::Profile,
        Self::Access,
        Self::Pictures,
        Self::Status,
    ];

    pub(super) fn of_collection(collection: &str) -> Option<Self> {
        match collection {
            CONTACT | CONTACT_MARK | OWN_CONTACT => Some(Self::Contacts),
            PLEDGE_MARK => Some(Self::Promise),
            SAVED => Some(Self::Opportunities),
            ASK => Some(Self::Asks),
            APPOINTMENT => Some(Self::Appointments),
            PROFILE => Some(Self::Profile),
            ACCESS => Some(Self::Access),
            _ => None,
        }
    }
}

/// Somebody who wants to know of changes. Called on the thread that made the change, after it is
/// saved, with no lock held: reading the phone from here is fine.
pub trait ChangeListener: Send + Sync {
    /// These changed.
    fn changed(&self, topics: &[Topic]);
}

impl PocketPhone {
    /// Tells this listener of changes from now on, instead of the one before.
    pub fn set_listener(&self, listener: Option<Arc<dyn ChangeListener>>) {
        *lock(&self.listener) = listener;
    }

    pub(super) fn tell(&self, topics: impl IntoIterator<Item = Topic>) {
        let topics: Vec<Topic> = topics.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let listener = lock(&self.listener).clone();
        if let (Some(listener), false) = (listener, topics.is_empty()) {
            listener.changed(&topics);
        }
    }
}
