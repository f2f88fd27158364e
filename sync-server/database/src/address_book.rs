//! The address book: people and teams who help young people and do not use the console.

use chrono::NaiveDate;
use promise_protocol::ids::{CouncilId, EntryId, PersonId};

use crate::{ContactCard, DatabaseError};

/// An entry of a council's address book.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressBookEntry {
    /// A random id. No staff member has the same one.
    pub id: EntryId,
    /// Its council.
    pub council: CouncilId,
    /// The only young person who can have it; `None` if everyone of the council can.
    pub only_for: Option<PersonId>,
    /// Its card.
    pub card: ContactCard,
    /// When it was removed; `None` while it can be given.
    pub removed_at: Option<i64>,
    /// The entry that is given instead, if it was merged into one.
    pub merged_into: Option<EntryId>,
}

impl AddressBookEntry {
    /// Returns `true` if it was removed or merged into another one.
    pub fn is_removed(&self) -> bool {
        self.removed_at.is_some()
    }

    /// Returns the name on its card.
    pub fn name(&self) -> &str {
        self.card.display_name().unwrap_or_default()
    }
}

/// An entry that a young person was given. It lets no one see the young person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenContact {
    /// The young person.
    pub person: PersonId,
    /// The entry.
    pub entry: EntryId,
    /// The record in the person's `contact` collection that shows the entry's card.
    pub contact: String,
    /// The first day on which it helps; `None` if it has no start.
    pub starts: Option<NaiveDate>,
    /// The first day on which it no longer helps; `None` if it has no end.
    pub ends: Option<NaiveDate>,
}

impl GivenContact {
    /// Returns `true` if its last day is over on `day`.
    pub fn is_over_on(&self, day: NaiveDate) -> bool {
        self.ends.is_some_and(|ends| ends <= day)
    }
}

/// Entries, and whom they were given to.
pub trait AddressBook {
    /// Adds an entry.
    fn add_book_entry(&mut self, entry: &AddressBookEntry) -> Result<(), DatabaseError>;

    /// Returns the entry with this id, also if it was removed.
    fn book_entry(&mut self, id: &EntryId) -> Result<Option<AddressBookEntry>, DatabaseError>;

    /// Returns a council's entries that everyone can have and that were not removed, ordered by id.
    fn book_entries(&mut self, council: &CouncilId)
    -> Result<Vec<AddressBookEntry>, DatabaseError>;

    /// Stores a card.
    fn set_book_card(&mut self, id: &EntryId, card: &ContactCard) -> Result<(), DatabaseError>;

    /// Stores when an entry was removed, and the entry that is given instead, if there is one.
    fn set_book_entry_removed(
        &mut self,
        id: &EntryId,
        removed_at: i64,
        merged_into: Option<&EntryId>,
    ) -> Result<(), DatabaseError>;

    /// Adds an entry to what a person was given. Returns `false` if they have it already.
    fn add_given_contact(&mut self, given: &GivenContact) -> Result<bool, DatabaseError>;

    /// Stores the entry and the days of what a person was given, found by person and contact. The person
    /// must not have that entry in another contact.
    fn set_given_contact(&mut self, given: &GivenContact) -> Result<(), DatabaseError>;

    /// Deletes an entry from what a person was given, and returns it. Its contact stays known as one that
    /// was no adviser's: see [`Overview::unassigned`](crate::Overview::unassigned).
    fn delete_given_contact(
        &mut self,
        person: &PersonId,
        entry: &EntryId,
    ) -> Result<Option<GivenContact>, DatabaseError>;

    /// Returns an entry that a person was given.
    fn given_contact(
        &mut self,
        person: &PersonId,
        entry: &EntryId,
    ) -> Result<Option<GivenContact>, DatabaseError>;

    /// Returns what a person was given, ordered by entry.
    fn given_contacts_of_person(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<GivenContact>, DatabaseError>;

    /// Returns to whom an entry was given, ordered by person.
    fn given_contacts_of_entry(
        &mut self,
        entry: &EntryId,
    ) -> Result<Vec<GivenContact>, DatabaseError>;

    /// Returns what ends on this day or before, of every council, ordered by person and entry.
    fn given_contacts_ended_by(
        &mut self,
        day: NaiveDate,
    ) -> Result<Vec<GivenContact>, DatabaseError>;
}
