//! The young person's own contacts: reading and writing them.

use promise_protocol::{ids::random_id, values::PhoneNumber};
use serde_json::json;

use super::{
    PocketPhone, PromiseError,
    writing::{Fields, put, random, text},
};
use crate::{
    numbers,
    own_contacts::{self, OWN_CONTACT, OwnContact},
    sync::edit,
};

/// What to write about an own contact. `None` leaves a field as it is; an empty text or list empties it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OwnContactEdit {
    /// Their name. Every contact has one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub display_name: Option<String>,
    /// What they are to the young person.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub role: Option<String>,
    /// Where they work.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub organisation: Option<String>,
    /// Their numbers, each as it was typed: `07700 900123`, `+44 7700 900123` or `999`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub phones: Option<Vec<PhoneNumber>>,
    /// Their e-mail address.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub email: Option<String>,
    /// Whether to keep them on top.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pinned: Option<bool>,
    /// Whether to hide them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub hidden: Option<bool>,
    /// A note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

impl PocketPhone {
    /// The young person's own contacts, pinned ones first. Hidden ones are left out.
    pub fn own_contacts(&self) -> Result<Vec<OwnContact>, PromiseError> {
        let mut contacts = self.transact(own_contacts::list)?;
        contacts.retain(|contact| !contact.hidden);
        Ok(contacts)
    }

    /// The young person's own contacts that they hide.
    pub fn hidden_own_contacts(&self) -> Result<Vec<OwnContact>, PromiseError> {
        let mut contacts = self.transact(own_contacts::list)?;
        contacts.retain(|contact| contact.hidden);
        Ok(contacts)
    }

    /// Writes down a new contact, who must have a name. Private to the person. Returns the
    /// contact's name within the phone.
    ///
    /// [`PromiseError::NumberNotUnderstood`] if a number is none; nothing was saved then, and retrying
    /// helps once it is typed right.
    pub fn add_own_contact(&self, contact: OwnContactEdit) -> Result<String, PromiseError> {
        let contact = OwnContactEdit {
            display_name: contact.display_name.or(Some(String::new())),
            ..contact
        };
        let fields = fields(contact)?;
        let id = random_id(random()?);
        self.edit(OWN_CONTACT, |tx, now| {
            Ok(edit::write(tx, now, OWN_CONTACT, &id, fields).map(drop)?)
        })?;
        Ok(id)
    }

    /// Writes about an own contact. Fails like [`PocketPhone::add_own_contact`].
    pub fn edit_own_contact(&self, id: &str, contact: OwnContactEdit) -> Result<(), PromiseError> {
        self.write_on(OWN_CONTACT, id, fields(contact)?)
    }

    /// Deletes an own contact, and everything that was written about them.
    pub fn delete_own_contact(&self, id: &str) -> Result<(), PromiseError> {
        self.delete(OWN_CONTACT, id)
    }
}

fn fields(contact: OwnContactEdit) -> Result<Fields, PromiseError> {
    let mut fields = Fields::new();
    if let Some(name) = &contact.display_name {
        if name.trim().is_empty() {
            return Err(PromiseError::Invalid { field: "display_name".into() });
        }
        fields.insert("display_name".into(), json!(name.trim()));
    }
    put(&mut fields, "role", contact.role.map(text));
    put(&mut fields, "organisation", contact.organisation.map(text));
    if let Some(phones) = contact.phones {
        let phones: Vec<PhoneNumber> =
            phones.into_iter().map(understood).collect::<Result<_, _>>()?;
        fields.insert("phones".into(), json!(phones));
    }
    put(&mut fields, "email", contact.email.map(text));
    put(&mut fields, "pinned", contact.pinned.map(Into::into));
    put(&mut fields, "hidden", contact.hidden.map(Into::into));
    put(&mut fields, "note", contact.note.map(text));
    Ok(fields)
}

/// A number that was typed, as it is kept.
fn understood(phone: PhoneNumber) -> Result<PhoneNumber, PromiseError> {
    match numbers::parse(&phone.number) {
        Ok(number) => Ok(PhoneNumber { number, ..phone }),
        Err(_) => Err(PromiseError::NumberNotUnderstood),
    }
}
