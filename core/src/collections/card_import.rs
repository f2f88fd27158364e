//! Cards of an address book as own contacts: what importing each of them would do.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{
    ContactId, phone_number,
    schema::{self, MAX_PHONES},
    text,
    values::PhoneNumber,
    vcard::{Card, CardProblem, CardRemark},
};

use super::{
    contacts,
    own_contacts::{self, OwnContact, OwnContactEdit},
};
use crate::{
    app_lock::View,
    store::{StoreError, Tx},
};

/// A card of a file, as the own contact that it would become.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PreviewedCard {
    /// Which card of the file it is, counted from 1.
    pub position: u32,
    /// What importing it would do.
    pub state: CardState,
    /// Their name. Empty only if the card has none.
    pub display_name: String,
    /// What they are.
    pub role: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// Their numbers, the preferred one first.
    pub phones: Vec<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// The note, with what has no field of its own.
    pub note: Option<String>,
    /// What the person should know before they import it.
    pub remarks: Vec<CardRemark>,
}

/// What importing a card would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CardState {
    /// It becomes a contact.
    New,
    /// A contact of this name with one of its numbers is here, and gets the other numbers.
    AddsNumbers,
    /// A contact of this name with its numbers is here. Nothing changes.
    AlreadyHere,
    /// An earlier card of the file has this name and its numbers. Nothing changes.
    TwiceInFile,
    /// It has no name, and cannot be imported. The person can add the contact by hand.
    NoName,
    /// The file ends within it, so that a number may lack digits. It cannot be imported.
    Unfinished,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CardImport {
    /// How many contacts were added.
    pub added: u32,
    /// How many contacts got further numbers.
    pub extended: u32,
    /// How many of the chosen cards changed nothing.
    pub unchanged: u32,
}

/// A card, and what is to be written for it.
#[derive(Debug)]
pub(crate) struct PlannedCard {
    pub(crate) card: PreviewedCard,
    pub(crate) write: CardWrite,
}

/// What is to be written for a card.
#[derive(Debug)]
pub(crate) enum CardWrite {
    Nothing,
    /// A new contact.
    Add,
    /// All numbers of a contact who had some of them.
    Extend(ContactId, Vec<PhoneNumber>),
}

/// Plans the import of cards, each with its position in the file. Contacts that may not be read now are not
/// compared: what a plan says must not reveal them.
pub(crate) fn plan(
    tx: &mut dyn Tx,
    cards: Vec<(u32, Card)>,
    view: View,
) -> Result<Vec<PlannedCard>, StoreError> {
    let mut known = KnownPeople::default();
    for contact in contacts::list(tx, view)? {
        let name = Some(contact.display_name).filter(|name| !name.is_empty());
        known.add(
            &name.unwrap_or(contact.role),
            KnownPerson::new(Origin::Council, contact.phones, contact.email),
        );
    }
    for OwnContact { id, display_name, phones, email, .. } in own_contacts::list(tx, view)? {
        known.add(&display_name, KnownPerson::new(Origin::Own(id), phones, email));
    }
    Ok(cards
        .into_iter()
        .map(|(position, card)| known.plan(PreviewedCard::new(position, card)))
        .collect())
}

impl PreviewedCard {
    /// Fits a card into the fields of an own contact. What is too long or too much goes into the note.
    fn new(position: u32, card: Card) -> Self {
        let state = match card.problem {
            None => CardState::New,
            Some(CardProblem::NoName) => CardState::NoName,
            Some(CardProblem::Unfinished) => CardState::Unfinished,
        };
        let mut note = Note {
            lines: card.note.into_iter().collect(),
            remarks: card.remarks.into_iter().collect(),
        };
        note.lines.extend(card.more);
        let display_name = note.fit("display_name", card.name);
        let role = card.role.map(|role| note.fit("role", role));
        let organisation = Some(card.organisation.join(", ")).filter(|name| !name.is_empty());
        let organisation = organisation.map(|name| note.fit("organisation", name));
        let mut phones = card.phones;
        for PhoneNumber { number, ext, .. } in phones.drain(phones.len().min(MAX_PHONES)..) {
            note.lines.push(phone_number::format_with_extension(&number, ext.as_deref()));
            note.remarks.insert(CardRemark::NumberInNote);
        }
        let mut email = card.email;
        if let Some(long) = email.take_if(|email| is_too_long("email", email)) {
            note.keep(long);
        }
        let (note, remarks) = note.finish();
        Self { position, state, display_name, role, organisation, phones, email, note, remarks }
    }

    /// The edit that adds the contact.
    pub(crate) fn into_edit(self, cost_confirmed: bool) -> OwnContactEdit {
        OwnContactEdit {
            display_name: Some(self.display_name),
            role: self.role,
            organisation: self.organisation,
            phones: Some(self.phones).filter(|phones| !phones.is_empty()),
            email: self.email,
            note: self.note,
            cost_confirmed,
            ..OwnContactEdit::default()
        }
    }
}

/// The note of a card, and the remarks about it.
struct Note {
    lines: Vec<String>,
    remarks: BTreeSet<CardRemark>,
}

impl Note {
    fn keep(&mut self, text: String) {
        self.lines.push(text);
        self.remarks.insert(CardRemark::TextInNote);
    }

    /// Cuts a text to the length of its field, and keeps all of it if it was longer.
    fn fit(&mut self, field: &str, text: String) -> String {
        if !is_too_long(field, &text) {
            return text;
        }
        let start = start(field, &text);
        self.keep(text);
        start
    }

    fn finish(mut self) -> (Option<String>, Vec<CardRemark>) {
        let mut note = self.lines.join("\n");
        if is_too_long("note", &note) {
            note = start("note", &note);
            self.remarks.insert(CardRemark::Shortened);
        }
        (Some(note).filter(|note| !note.is_empty()), self.remarks.into_iter().collect())
    }
}

fn max_chars(field: &str) -> usize {
    schema::OWN_CONTACT.field(field).and_then(schema::Field::max_chars).unwrap_or_default()
}

fn is_too_long(field: &str, text: &str) -> bool {
    text.chars().count() > max_chars(field)
}

/// As much of a text as its field holds.
fn start(field: &str, text: &str) -> String {
    text.chars().take(max_chars(field)).collect::<String>().trim_end().to_owned()
}

/// A number as it is dialled: the same for every spelling.
type DialledNumber = (String, Option<String>);

fn dialled(phones: &[PhoneNumber]) -> BTreeSet<DialledNumber> {
    phones.iter().map(|phone| (phone.number.clone(), phone.ext.clone())).collect()
}

/// Where a known person is from.
#[derive(Debug, PartialEq)]
enum Origin {
    Council,
    Own(ContactId),
    File,
}

/// A person to compare cards with.
#[derive(Debug)]
struct KnownPerson {
    origin: Origin,
    phones: Vec<PhoneNumber>,
    numbers: BTreeSet<DialledNumber>,
    email: Option<String>,
}

impl KnownPerson {
    fn new(origin: Origin, phones: Vec<PhoneNumber>, email: Option<String>) -> Self {
        let numbers = dialled(&phones);
        Self { origin, phones, numbers, email }
    }

    /// Returns `true` if the card has no number that is not here. Without numbers, the e-mail address
    /// decides.
    fn has_all_of(&self, card: &PreviewedCard, numbers: &BTreeSet<DialledNumber>) -> bool {
        if numbers.is_empty() {
            self.numbers.is_empty() && self.email == card.email
        } else {
            numbers.is_subset(&self.numbers)
        }
    }

    /// The person's own contact, if it shares a number with the card and has room for the others. Text that is
    /// not a number, which older data may hold, cannot be written again: then the card stays apart.
    fn can_take(&self, numbers: &BTreeSet<DialledNumber>) -> Option<ContactId> {
        let Origin::Own(id) = &self.origin else { return None };
        let has_room = self.numbers.union(numbers).count() <= MAX_PHONES;
        let shares = !self.numbers.is_disjoint(numbers);
        let are_numbers = self.phones.iter().all(|it| phone_number::parse(&it.number).is_ok());
        (has_room && shares && are_numbers).then(|| id.clone())
    }

    /// Adds the numbers of a card that are not here. The one to try first stays first.
    fn take(&mut self, phones: &[PhoneNumber]) {
        for phone in phones {
            if self.numbers.insert((phone.number.clone(), phone.ext.clone())) {
                self.phones.push(PhoneNumber { prefer: false, ..phone.clone() });
            }
        }
    }
}

/// The people who are here, by the key of their name.
#[derive(Debug, Default)]
struct KnownPeople(BTreeMap<String, Vec<KnownPerson>>);

impl KnownPeople {
    fn add(&mut self, name: &str, person: KnownPerson) {
        self.0.entry(text::key(name)).or_default().push(person);
    }

    /// Compares a card with the people who are here and with the cards before it.
    fn plan(&mut self, mut card: PreviewedCard) -> PlannedCard {
        if card.state != CardState::New {
            return PlannedCard { card, write: CardWrite::Nothing };
        }
        let people = self.0.entry(text::key(&card.display_name)).or_default();
        let numbers = dialled(&card.phones);
        let write = if let Some(same) = people.iter().find(|it| it.has_all_of(&card, &numbers)) {
            let is_in_file = same.origin == Origin::File;
            card.state = if is_in_file { CardState::TwiceInFile } else { CardState::AlreadyHere };
            CardWrite::Nothing
        } else if let Some((person, id)) =
            people.iter_mut().find_map(|it| it.can_take(&numbers).map(|id| (it, id)))
        {
            card.state = CardState::AddsNumbers;
            person.take(&card.phones);
            CardWrite::Extend(id, person.phones.clone())
        } else {
            people.push(KnownPerson::new(Origin::File, card.phones.clone(), card.email.clone()));
            CardWrite::Add
        };
        PlannedCard { card, write }
    }
}
