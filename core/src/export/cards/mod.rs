//! Cards for an address book: vCard 3.0 (RFC 2426), which every phone reads, and 4.0 (RFC 6350).

mod line;
mod tel;
#[cfg(test)]
mod tests;
mod write;

use chrono::{DateTime, Utc};
use promise_protocol::values::PhoneNumber;
use sha2::{Digest, Sha256};

use super::Everything;
use crate::{
    contacts::{CONTACT, Contact},
    own_contacts::{OWN_CONTACT, OwnContact},
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

/// What a card says, whoever wrote it.
#[derive(Default)]
struct Card<'a> {
    uid: String,
    name: &'a str,
    nickname: Option<&'a str>,
    organisation: Option<&'a str>,
    team: Option<&'a str>,
    role: Option<&'a str>,
    phones: &'a [PhoneNumber],
    email: Option<&'a str>,
    languages: &'a [String],
    /// What the person wrote first, then what the council says.
    notes: [Option<&'a str>; 3],
    changed_at: Option<DateTime<Utc>>,
}

/// The cards of everybody: the council's contacts and the person's own, hidden ones too.
pub fn cards(everything: &Everything, version: CardVersion) -> String {
    let council = &everything.council;
    let given = everything.contacts.iter().map(|contact| of_contact(contact, council));
    let own = everything.own_contacts.iter().map(|contact| of_own_contact(contact, council));
    given.chain(own).map(|card| card.write(version)).collect()
}

fn of_contact<'a>(contact: &'a Contact, council: &str) -> Card<'a> {
    Card {
        uid: uid(council, CONTACT, &contact.id),
        // A card without a name is none (FN is required), and a team may have only a role.
        name: Some(&*contact.display_name).filter(|name| !name.is_empty()).unwrap_or(&contact.role),
        nickname: contact.nickname.as_deref(),
        organisation: contact.organisation.as_deref(),
        team: contact.team.as_deref(),
        role: Some(&contact.role),
        phones: &contact.phones,
        email: contact.email.as_deref(),
        languages: &contact.languages,
        notes: [
            contact.note.as_deref(),
            contact.about.as_deref(),
            contact.voicemail_note.as_deref(),
        ],
        changed_at: contact.changed_at,
    }
}

fn of_own_contact<'a>(contact: &'a OwnContact, council: &str) -> Card<'a> {
    Card {
        uid: uid(council, OWN_CONTACT, &contact.id),
        name: &contact.display_name,
        organisation: contact.organisation.as_deref(),
        role: contact.role.as_deref(),
        phones: &contact.phones,
        email: contact.email.as_deref(),
        notes: [contact.note.as_deref(), None, None],
        ..Card::default()
    }
}

/// The same for each export, so that an address book replaces the card it has. A UUID, because
/// RFC 6350 (section 6.7.6) asks for a globally unique URI and some address books take nothing else;
/// version 8 (RFC 9562, appendix B.2: a name hashed with SHA-256), because version 5 is SHA-1.
fn uid(council: &str, collection: &str, id: &str) -> String {
    let name = ["pocket-promise card 1", council, collection, id].join("/");
    let hash = Sha256::digest(name);
    let mut uuid = hash.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
    uuid = uuid & !(0xf << 76) | (8 << 76); // the version
    uuid = uuid & !(0b11 << 62) | (0b10 << 62); // the variant
    let hex = format!("{uuid:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part).unwrap_or_default());
    format!("urn:uuid:{}", parts.join("-"))
}
