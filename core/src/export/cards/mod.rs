//! Cards for an address book: vCard 3.0 (RFC 2426), which every phone reads, and 4.0 (RFC 6350).

mod tel;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use promise_protocol::{
    schema::{self, Field, VCardProperty},
    values::PhoneNumber,
};

use super::{ExportData, stable_uuid::stable_uuid};
use crate::collections::{
    Record,
    contacts::{CONTACT, ContactRecords},
    own_contacts::{OWN_CONTACT, preferred_first},
};

/// Which vCard to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CardVersion {
    /// vCard 3.0 (RFC 2426): for phones.
    V3,
    /// vCard 4.0 (RFC 6350): for newer address books.
    V4,
}

/// What a card has.
#[derive(Debug, Default)]
struct Card {
    uid: String,
    name: String,
    nickname: Option<String>,
    /// The organisation first, then its parts.
    organisation: Vec<String>,
    role: Option<String>,
    phones: Vec<PhoneNumber>,
    email: Option<String>,
    languages: Vec<String>,
    /// Paragraphs, in their order.
    notes: BTreeMap<u8, String>,
    changed_at: Option<DateTime<Utc>>,
}

/// Writes a card for every contact: the council's and the person's own, hidden ones too.
pub(crate) fn cards(data: &ExportData, version: CardVersion) -> String {
    let council = data.council.as_deref().unwrap_or_default();
    let contacts = data.contacts.iter().map(|contact| contact_card(contact, council));
    let own = data.own_contacts.iter().map(|(_, record)| own_contact_card(record, council));
    contacts.chain(own).map(|card| card.write(version)).collect()
}

fn contact_card(ContactRecords { contact, record, mark }: &ContactRecords, council: &str) -> Card {
    let mut card = Card {
        uid: uid(council, CONTACT, &record.id),
        changed_at: contact.changed_at,
        ..Card::default()
    };
    card.add(schema::CONTACT.fields, record);
    card.add(schema::CONTACT_MARK.fields, mark);
    if card.name.is_empty() {
        // A card must have a name (FN is required), and a team may have only a role.
        card.name.clone_from(&contact.role);
    }
    card
}

fn own_contact_card(record: &Record, council: &str) -> Card {
    let mut card = Card { uid: uid(council, OWN_CONTACT, &record.id), ..Card::default() };
    card.add(schema::OWN_CONTACT.fields, record);
    card
}

impl Card {
    /// Adds the fields of a record that the schema puts on a card.
    fn add(&mut self, fields: &[Field], record: &Record) {
        for field in fields {
            let Some(property) = field.vcard else { continue };
            match property {
                VCardProperty::Phone => self.phones = preferred_first(record.list_of(field.name)),
                VCardProperty::Language => self.languages = record.list_of(field.name),
                property => {
                    let text = record.text(field.name).filter(|text| !text.is_empty());
                    if let Some(text) = text {
                        self.add_text(property, text);
                    }
                }
            }
        }
    }

    fn add_text(&mut self, property: VCardProperty, text: String) {
        match property {
            VCardProperty::Name => self.name = text,
            VCardProperty::Nickname => self.nickname = Some(text),
            VCardProperty::Organisation => self.organisation.push(text),
            VCardProperty::Role => self.role = Some(text),
            VCardProperty::Email => self.email = Some(text),
            VCardProperty::Note(place) => drop(self.notes.insert(place, text)),
            VCardProperty::Phone | VCardProperty::Language => {}
        }
    }
}

/// The card of one record, for a test that brings its own fields.
#[cfg(test)]
pub(super) fn card_as_text(fields: &[Field], record: &Record) -> String {
    let mut card = Card::default();
    card.add(fields, record);
    card.write(CardVersion::V4)
}

/// The card's id. It is a UUID because RFC 6350 (section 6.7.6) asks for a globally unique URI and some address
/// books accept nothing else.
fn uid(council: &str, collection: &str, id: &str) -> String {
    format!("urn:uuid:{}", stable_uuid(&["pocket-promise card 1", council, collection, id]))
}
