//! The young person's own contacts.

use std::collections::BTreeSet;

use promise_protocol::{
    ContactId,
    values::PhoneNumber,
    vcard::{self, Card},
};

use super::{
    PocketPhone, PromiseError,
    edit::{Edit, new_record_id},
};
use crate::collections::{
    Record,
    card_import::{self, CardImport, CardWrite, PlannedCard, PreviewedCard},
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
        self.0.edit(OWN_CONTACT, |edit| edit.own_contact(id, contact))
    }

    /// Deletes a contact, with everything that was written about them.
    pub fn delete(&self, id: &ContactId) -> Result<(), PromiseError> {
        self.0.delete_record(OWN_CONTACT, id.as_str())
    }

    /// Reads a file of cards (vCard 2.1, 3.0 or 4.0), and lists what importing each of them would do, in the
    /// order of the file. Nothing is saved.
    ///
    /// Fails with [`PromiseError::NoCards`] or [`PromiseError::CardsTooLarge`] for the whole file only. What
    /// is wrong with one card is its [state](PreviewedCard::state) or one of its
    /// [remarks](PreviewedCard::remarks).
    pub fn preview_cards(&self, file: &[u8]) -> Result<Vec<PreviewedCard>, PromiseError> {
        self.0.require_open()?;
        let cards = read_cards(file)?;
        let view = self.0.view();
        let planned = self.0.transact(|tx| card_import::plan(tx, cards, view))?;
        Ok(planned.into_iter().map(|planned| planned.card).collect())
    }

    /// Imports the cards of a file with these positions: adds those that are new, and the numbers of those
    /// that are here with fewer. A card that is here already changes nothing. Either all of it is saved, or
    /// nothing.
    ///
    /// Fails with [`PromiseError::Invalid`] if the file has no card with one of the positions, and with
    /// [`PromiseError::CostlyPhoneNumber`] if a call to a new number costs extra and `cost_confirmed` is
    /// `false`. Importing the same file again is harmless.
    pub fn import_cards(
        &self,
        file: &[u8],
        positions: &[u32],
        cost_confirmed: bool,
    ) -> Result<CardImport, PromiseError> {
        self.0.require_open()?;
        let mut cards = read_cards(file)?;
        let positions: BTreeSet<u32> = positions.iter().copied().collect();
        // Only chosen cards count: of two that are the same, either one may be chosen.
        cards.retain(|(position, _)| positions.contains(position));
        if cards.len() != positions.len() {
            return Err(PromiseError::Invalid { field: "positions".to_owned() });
        }
        let view = self.0.view();
        let mut import = CardImport::default();
        self.0.edit(OWN_CONTACT, |edit| {
            for planned in card_import::plan(edit.tx, cards, view)? {
                edit.import(planned, cost_confirmed, &mut import)?;
            }
            Ok(())
        })?;
        Ok(import)
    }

    fn read(&self) -> Result<Vec<OwnContact>, PromiseError> {
        let view = self.0.view();
        self.0.transact(|tx| own_contacts::list(tx, view))
    }
}

impl Edit<'_> {
    fn own_contact(&mut self, id: &ContactId, contact: OwnContactEdit) -> Result<(), PromiseError> {
        let record = Record::find(self.tx, OWN_CONTACT, id.as_str())?;
        let stored: Vec<PhoneNumber> = record.ok_or(PromiseError::NotFound)?.list_of("phones");
        self.write(OWN_CONTACT, id.as_str(), contact.into_fields(&stored)?)
    }

    fn import(
        &mut self,
        planned: PlannedCard,
        cost_confirmed: bool,
        import: &mut CardImport,
    ) -> Result<(), PromiseError> {
        match planned.write {
            CardWrite::Nothing => import.unchanged += 1,
            CardWrite::Add => {
                let fields = planned.card.into_edit(cost_confirmed).into_new_fields()?;
                self.write(OWN_CONTACT, &new_record_id()?, fields)?;
                import.added += 1;
            }
            CardWrite::Extend(id, phones) => {
                let phones = Some(phones);
                let more = OwnContactEdit { phones, cost_confirmed, ..OwnContactEdit::default() };
                self.own_contact(&id, more)?;
                import.extended += 1;
            }
        }
        Ok(())
    }
}

/// The cards of a file with their positions, counted from 1.
fn read_cards(file: &[u8]) -> Result<Vec<(u32, Card)>, PromiseError> {
    Ok((1..).zip(vcard::read(file)?).collect())
}
