//! Contacts: those that the council gives, and the person's own.

use promise_core::{
    Contact, ContactEdit, NumberChange, NumberOwner, OwnContact, OwnContactEdit, PromiseError,
};
use promise_protocol::ContactId;

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The contacts that the council gives and the young person does not hide: pinned ones first, then
    /// the personal adviser, then by name.
    pub fn contacts(&self) -> Result<Vec<Contact>, PromiseError> {
        guard(|| self.0.contacts().list())
    }

    /// The contacts that the young person hides.
    pub fn hidden_contacts(&self) -> Result<Vec<Contact>, PromiseError> {
        guard(|| self.0.contacts().list_hidden())
    }

    /// Writes what the young person puts beside a contact. Only their phones can read it.
    pub fn edit_contact(&self, id: ContactId, edit: ContactEdit) -> Result<(), PromiseError> {
        guard(|| self.0.contacts().edit(&id, edit))
    }

    /// The contacts and lines whose telephone numbers the council changed since the person last saw them.
    /// Show the new numbers as new, with the old ones beside them.
    pub fn number_changes(&self) -> Result<Vec<NumberChange>, PromiseError> {
        guard(|| self.0.number_changes())
    }

    /// Records that the person has seen the present numbers of a contact or line. Call it for a tap.
    pub fn mark_numbers_seen(&self, owner: NumberOwner) -> Result<(), PromiseError> {
        guard(|| self.0.mark_numbers_seen(&owner))
    }

    /// The contacts that the young person added and does not hide: pinned ones first, then by name.
    pub fn own_contacts(&self) -> Result<Vec<OwnContact>, PromiseError> {
        guard(|| self.0.own_contacts().list())
    }

    /// The contacts that the young person added and hides.
    pub fn hidden_own_contacts(&self) -> Result<Vec<OwnContact>, PromiseError> {
        guard(|| self.0.own_contacts().list_hidden())
    }

    /// Adds a contact, who must have a name. Returns the contact's id.
    pub fn add_own_contact(&self, contact: OwnContactEdit) -> Result<ContactId, PromiseError> {
        guard(|| self.0.own_contacts().add(contact))
    }

    /// Edits an own contact.
    pub fn edit_own_contact(
        &self,
        id: ContactId,
        contact: OwnContactEdit,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.own_contacts().edit(&id, contact))
    }

    /// Deletes an own contact, with everything that was written about them.
    pub fn delete_own_contact(&self, id: ContactId) -> Result<(), PromiseError> {
        guard(|| self.0.own_contacts().delete(&id))
    }
}
