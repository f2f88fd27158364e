//! What adding each card of a file would do: compared with the book, and with the cards before it.

use std::collections::{BTreeMap, BTreeSet};

use promise_database::AddressBookEntry;
use promise_protocol::{ids::EntryId, text, values::PhoneNumber};

use super::{CardProblem, ImportedCard};

/// A card, and what adding it would do.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedCard {
    /// The card.
    pub card: ImportedCard,
    /// What adding it would do.
    pub state: CardState,
}

/// What adding a card would do.
#[derive(Clone, Debug, PartialEq)]
pub enum CardState {
    /// It becomes an entry.
    New {
        /// The names of entries that have the same name, telephone number or e-mail address and may be the
        /// same all the same.
        similar: Vec<String>,
    },
    /// An entry of this name with one of its numbers is in the book. A card without numbers has the e-mail
    /// address of the entry.
    InBook {
        /// The entry.
        entry: EntryId,
        /// The numbers of the card that the entry does not have.
        more: Vec<PhoneNumber>,
    },
    /// An earlier card of the file is the same in this way.
    TwiceInFile {
        /// The numbers that the earlier card does not have.
        more: Vec<PhoneNumber>,
    },
    /// It cannot be added.
    Unusable(CardProblem),
}

/// Compares each card with the book, and with the cards before it.
pub(super) fn plan(cards: Vec<ImportedCard>, book: &[AddressBookEntry]) -> Vec<PlannedCard> {
    let mut known = Known::default();
    for entry in book {
        known.add_entry(entry);
    }
    let planned = cards.into_iter().map(|card| {
        let state = known.state(&card);
        if matches!(state, CardState::New { .. }) {
            known.add(&card.name, Person::new(None, &card.phones, &card.email));
        }
        PlannedCard { card, state }
    });
    planned.collect()
}

/// A number as it is dialled: the same for every spelling and kind.
type DialledNumber = (String, Option<String>);

fn dialled(phone: &PhoneNumber) -> DialledNumber {
    (phone.number.clone(), phone.ext.clone())
}

/// An entry of the book, or a card of the file that would become one.
struct Person {
    /// `None` if it is of the file.
    entry: Option<EntryId>,
    numbers: BTreeSet<DialledNumber>,
    email: String,
}

impl Person {
    fn new(entry: Option<EntryId>, phones: &[PhoneNumber], email: &str) -> Self {
        let numbers = phones.iter().map(dialled).collect();
        Self { entry, numbers, email: text::key(email) }
    }

    /// Returns `true` if a card of the same name is the same person or team.
    fn is_same(&self, card: &ImportedCard) -> bool {
        if card.phones.is_empty() {
            self.email == text::key(&card.email)
        } else {
            card.phones.iter().any(|phone| self.numbers.contains(&dialled(phone)))
        }
    }

    /// Returns the numbers of a card that are not here.
    fn lacks(&self, card: &ImportedCard) -> Vec<PhoneNumber> {
        let phones = card.phones.iter().filter(|phone| !self.numbers.contains(&dialled(phone)));
        phones.cloned().collect()
    }
}

/// What entries may have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Trait {
    Name(String),
    Number(String),
    Email(String),
}

fn traits(name: &str, phones: &[PhoneNumber], email: &str) -> Vec<Trait> {
    let numbers = phones.iter().map(|phone| Trait::Number(phone.number.clone()));
    let email = (!email.is_empty()).then(|| Trait::Email(text::key(email)));
    [Trait::Name(text::key(name))].into_iter().chain(numbers).chain(email).collect()
}

/// Who is in the book, or would be by the cards so far.
#[derive(Default)]
struct Known {
    /// By the key of the name.
    people: BTreeMap<String, Vec<Person>>,
    /// The names of the entries of the book.
    similar: BTreeMap<Trait, BTreeSet<String>>,
}

impl Known {
    fn add(&mut self, name: &str, person: Person) {
        self.people.entry(text::key(name)).or_default().push(person);
    }

    fn add_entry(&mut self, entry: &AddressBookEntry) {
        let (phones, email) = (entry.card.phones(), entry.card.text("email"));
        self.add(entry.name(), Person::new(Some(entry.id.clone()), &phones, email));
        for shared in traits(entry.name(), &phones, email) {
            self.similar.entry(shared).or_default().insert(entry.name().to_owned());
        }
    }

    fn state(&self, card: &ImportedCard) -> CardState {
        if let Some(problem) = card.problem {
            return CardState::Unusable(problem);
        }
        let people = self.people.get(&text::key(&card.name));
        if let Some(same) = people.into_iter().flatten().find(|person| person.is_same(card)) {
            let more = same.lacks(card);
            return match same.entry.clone() {
                Some(entry) => CardState::InBook { entry, more },
                None => CardState::TwiceInFile { more },
            };
        }
        let traits = traits(&card.name, &card.phones, &card.email);
        let similar = traits.iter().filter_map(|shared| self.similar.get(shared)).flatten();
        let similar: BTreeSet<String> = similar.cloned().collect();
        CardState::New { similar: similar.into_iter().collect() }
    }
}
