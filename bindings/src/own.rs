//! What the person writes about people of their own, and about themselves. Private to the person.

use promise_core::{
    OwnContactEdit, ProfileEdit, PromiseError, Shown, own_contacts::OwnContact, profile::Profile,
};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The young person's own contacts, pinned ones first. Hidden ones are left out.
    pub fn own_contacts(&self) -> Result<Vec<OwnContact>, PromiseError> {
        guard(|| self.0.own_contacts())
    }

    /// The young person's own contacts that they hide.
    pub fn hidden_own_contacts(&self) -> Result<Vec<OwnContact>, PromiseError> {
        guard(|| self.0.hidden_own_contacts())
    }

    /// Writes down a new contact, who must have a name. Returns the contact's name within the phone.
    pub fn add_own_contact(&self, contact: OwnContactEdit) -> Result<String, PromiseError> {
        guard(|| self.0.add_own_contact(contact))
    }

    /// Writes about an own contact.
    pub fn edit_own_contact(
        &self,
        id: String,
        contact: OwnContactEdit,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.edit_own_contact(&id, contact))
    }

    /// Deletes an own contact, and everything that was written about them.
    pub fn delete_own_contact(&self, id: String) -> Result<(), PromiseError> {
        guard(|| self.0.delete_own_contact(&id))
    }

    /// What the young person said about themselves.
    pub fn profile(&self) -> Result<Profile, PromiseError> {
        guard(|| self.0.profile())
    }

    /// Writes what the young person says about themselves, all of it: what is left out is emptied.
    pub fn write_profile(&self, profile: Profile) -> Result<(), PromiseError> {
        // "Leave it as it is" and "empty it" are two kinds of nothing, and Kotlin has one.
        guard(|| {
            self.0.edit_profile(ProfileEdit {
                date_of_birth: Some(profile.date_of_birth),
                care_periods: Some(profile.care_periods),
                away_at_16: Some(profile.away_at_16),
                returned_home_on: Some(profile.returned_home_on),
                left_home_on: Some(profile.left_home_on),
                special_guardianship_on: Some(profile.special_guardianship_on),
            })
        })
    }

    /// Shows one thing to the adviser, in a new ask with these words. They see it after the next
    /// sync. Returns the ask's name; deleting the ask takes back what was shown.
    pub fn show_to_adviser(&self, what: Shown, words: String) -> Result<String, PromiseError> {
        guard(|| self.0.show_to_adviser(&what, &words))
    }
}
