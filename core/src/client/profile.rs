//! The young person's profile.

use promise_protocol::london;

use super::{PocketPhone, PromiseError};
use crate::collections::profile::{self, ME, PROFILE, Profile, ProfileEdit};

/// What the young person wrote about themselves. Only their phones can read it.
pub struct OwnProfile<'a>(&'a PocketPhone);

impl PocketPhone {
    /// What the young person wrote about themselves.
    pub fn profile(&self) -> OwnProfile<'_> {
        OwnProfile(self)
    }
}

impl OwnProfile<'_> {
    /// Reads the profile; an empty one if nothing was written, or the app lock is not open.
    pub fn read(&self) -> Result<Profile, PromiseError> {
        self.0.read_private(profile::read)
    }

    /// Edits the profile.
    ///
    /// Fails with [`PromiseError::Invalid`] if a date is not possible. Nothing was saved then; retrying
    /// helps once it is right.
    pub fn edit(&self, edit: ProfileEdit) -> Result<(), PromiseError> {
        self.0.require_open()?;
        let today = london::day(self.0.transact(|tx| self.0.server_now(tx))?);
        let facts = edit.into_facts(today)?;
        self.0.edit(PROFILE, |edit| {
            let fields = profile::changed(edit.tx, facts)?;
            edit.write(PROFILE, ME, fields)
        })
    }

    /// Replaces the profile: what the new one leaves out is cleared. Fails like
    /// [`OwnProfile::edit`].
    pub fn write(&self, profile: Profile) -> Result<(), PromiseError> {
        self.edit(profile.into())
    }
}
