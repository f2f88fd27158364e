//! The topics of the changes that a listener receives.

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
    /// Appointments, visits and reviews.
    Appointments,
    /// The person's profile.
    Profile,
    /// The access log.
    Access,
    /// The person's phones: one was added or revoked, or what one may do changed.
    Devices,
    /// Which pictures are on this phone.
    Pictures,
    /// The last sync, edits that wait to be sent, refused edits.
    Status,
}

impl Topic {
    /// Every topic.
    pub(crate) const ALL: [Self; 10] = [
        Self::Contacts,
        Self::Promise,
        Self::Opportunities,
        Self::Asks,
        Self::Appointments,
        Self::Profile,
        Self::Access,
        Self::Devices,
        Self::Pictures,
        Self::Status,
    ];
}
