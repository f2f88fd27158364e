//! The young person's profile. Only their phones can read it.

use promise_core::{Profile, PromiseError};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The profile; an empty one if nothing was written.
    pub fn profile(&self) -> Result<Profile, PromiseError> {
        guard(|| self.0.profile().read())
    }

    /// Replaces the profile: what the new one leaves out is cleared. (An edit of single fields would
    /// need two kinds of nothing, "leave it" and "clear it", and Kotlin has one.)
    pub fn write_profile(&self, profile: Profile) -> Result<(), PromiseError> {
        guard(|| self.0.profile().write(profile))
    }
}
