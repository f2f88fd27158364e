//! The people who help, as the council gives them.

use promise_protocol::ContactId;

use super::{PocketPhone, PromiseError};
use crate::collections::contacts::{self, CONTACT, CONTACT_MARK, Contact, ContactEdit};

/// The contacts that the council gives.
pub struct Contacts<'a>(&'a PocketPhone);

impl PocketPhone {
    /// The contacts that the council gives.
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts(self)
    }
}

impl Contacts<'_> {
    /// Lists the contacts that the young person does not hide: pinned ones first, then the personal
    /// adviser, then in the order that the adviser chose, then by name. While the app lock is on, those that are
    /// not discreet.
    pub fn list(&self) -> Result<Vec<Contact>, PromiseError> {
        let mut contacts = self.read()?;
        contacts.retain(|contact| !contact.hidden);
        Ok(contacts)
    }

    /// Lists the contacts that the young person hides.
    pub fn list_hidden(&self) -> Result<Vec<Contact>, PromiseError> {
        let mut contacts = self.read()?;
        contacts.retain(|contact| contact.hidden);
        Ok(contacts)
    }

    /// Writes what the young person puts beside a contact. Only their phones can read it.
    pub fn edit(&self, id: &ContactId, edit: ContactEdit) -> Result<(), PromiseError> {
        let fields = edit.into_fields();
        self.0.edit(CONTACT_MARK, |edit| {
            edit.require_record(CONTACT, id.as_str())?;
            edit.write(CONTACT_MARK, id.as_str(), fields)
        })
    }

    fn read(&self) -> Result<Vec<Contact>, PromiseError> {
        let view = self.0.view();
        self.0.transact(|tx| contacts::list(tx, view))
    }
}
