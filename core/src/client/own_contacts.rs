//! The young person's own contacts.

use promise_protocol::ContactId;

use super::{PocketPhone, PromiseError};
use crate::collections::{
    Record,
    own_contacts::{self, OWN_CONTACT, OwnContact, OwnContactEdit},
};

/// The contacts that the young person added. Only their phones can read them.
pub struct OwnContacts<'a>(&'a PocketPhone);

impl PocketPhone {
    /// The contacts that the young person added.
    pub fn own_contacts(&self) -> OwnContacts<'_> {
        OwnContacts(self)
    }
}

impl OwnContacts<'_> {
    /// Lists the own contacts that are not hidden: pinned ones first, then by name. While the app lock is on,
    /// those that are not discreet.
    pub fn list(&self) -> Result<Vec<OwnContact>, PromiseError> {
        let mut contacts = self.read()?;
        contacts.retain(|contact| !contact.hidden);
        Ok(contacts)
    }

    /// Lists the own contacts that are hidden.
    pub fn list_hidden(&self) -> Result<Vec<OwnContact>, PromiseError> {
        let mut contacts = self.read()?;
        contacts.retain(|contact| contact.hidden);
        Ok(contacts)
    }

    /// Adds a contact, who must have a name. Returns the contact's id.
    ///
    /// Fails with [`PromiseError::InvalidPhoneNumber`] if a number is not valid. Nothing was saved
    /// then; retrying helps once the number is right. Fails with
    /// [`PromiseError::CostlyPhoneNumber`] if a call to a new number costs extra, unless
    /// [`OwnContactEdit::cost_confirmed`] is set.
    pub fn add(&self, contact: OwnContactEdit) -> Result<ContactId, PromiseError> {
        self.0.require_open()?;
        self.0.add_record(OWN_CONTACT, contact.into_new_fields()?).map(ContactId::new)
    }

    /// Edits a contact. Fails like [`OwnContacts::add`].
    pub fn edit(&self, id: &ContactId, contact: OwnContactEdit) -> Result<(), PromiseError> {
        self.0.edit(OWN_CONTACT, |edit| {
            let record = Record::find(edit.tx, OWN_CONTACT, id.as_str())?;
            let stored = record.ok_or(PromiseError::NotFound)?.list_of("phones");
            edit.write(OWN_CONTACT, id.as_str(), contact.into_fields(&stored)?)
        })
    }

    /// Deletes a contact, with everything that was written about them.
    pub fn delete(&self, id: &ContactId) -> Result<(), PromiseError> {
        self.0.delete_record(OWN_CONTACT, id.as_str())
    }

    fn read(&self) -> Result<Vec<OwnContact>, PromiseError> {
        let view = self.0.view();
        self.0.transact(|tx| own_contacts::list(tx, view))
    }
}
