//! What may be read in each state of the app lock.
//!
//! What must not be read is left out, and no call fails for it: a screen that forgets the lock shows an
//! empty list, and after the quiet PIN nothing tells that there is more.

/// What may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// Everything: there is no PIN, or it was typed.
    Full,
    /// What must help at night, although the phone is locked: what the council publishes, and contacts
    /// that are not discreet, as they are without what the person wrote about them.
    Locked,
    /// What the council publishes.
    Quiet,
}

impl View {
    /// Returns `true` if what the young person wrote, asked or was told may be read.
    pub(crate) fn has_private(self) -> bool {
        self == Self::Full
    }

    /// Returns `true` if a contact may be read that is discreet or not.
    pub(crate) fn has_contact(self, is_discreet: bool) -> bool {
        match self {
            Self::Full => true,
            Self::Locked => !is_discreet,
            Self::Quiet => false,
        }
    }
}
