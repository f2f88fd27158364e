//! Whose card it is: a staff member's, or an entry's of the address book. A card is edited, checked and
//! brought to phones in one way for both.

use promise_database::{AddressBookEntry, ContactCard, StaffMember, Tx};
use promise_protocol::ids::{CouncilId, PersonId};

use crate::{Random, ServiceError, StaffScope, assignments, card_id::CardId, given_contacts};

/// The holder of a card, with the card.
#[derive(Clone, Debug, PartialEq)]
pub enum CardHolder {
    /// A staff member.
    Staff(StaffMember),
    /// An entry of the address book.
    Entry(AddressBookEntry),
}

impl CardHolder {
    /// Returns the holder of a card that the caller may change.
    pub fn find(
        tx: &mut dyn Tx,
        scope: &StaffScope,
        id: impl Into<CardId>,
    ) -> Result<Self, ServiceError> {
        match id.into() {
            CardId::Staff(id) => scope.card_holder(tx, &id).map(Self::Staff),
            CardId::Entry(id) => scope.entry(tx, &id).map(Self::Entry),
        }
    }

    /// Returns the id.
    pub fn id(&self) -> CardId {
        match self {
            Self::Staff(staff) => CardId::from(&staff.id),
            Self::Entry(entry) => CardId::from(&entry.id),
        }
    }

    /// Returns the council.
    pub fn council(&self) -> &CouncilId {
        match self {
            Self::Staff(staff) => &staff.council,
            Self::Entry(entry) => &entry.council,
        }
    }

    /// Returns the name on the card.
    pub fn name(&self) -> &str {
        match self {
            Self::Staff(staff) => staff.name(),
            Self::Entry(entry) => entry.name(),
        }
    }

    /// Returns the card.
    pub fn card(&self) -> &ContactCard {
        match self {
            Self::Staff(staff) => &staff.card,
            Self::Entry(entry) => &entry.card,
        }
    }

    pub(super) fn card_mut(&mut self) -> &mut ContactCard {
        match self {
            Self::Staff(staff) => &mut staff.card,
            Self::Entry(entry) => &mut entry.card,
        }
    }

    /// Stores the card and writes it to phones. Returns how many young people's phones change.
    ///
    /// Returns [`ServiceError::Unreachable`] for an entry without a telephone number and an e-mail address.
    pub(super) fn store(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
        now_millis: i64,
        random: &mut dyn Random,
    ) -> Result<usize, ServiceError> {
        match self {
            Self::Staff(staff) => {
                tx.set_card(&staff.id, &staff.card)?;
                assignments::update_contacts(tx, scope, staff, now_millis, random)
            }
            Self::Entry(entry) => {
                super::require_reachable(&entry.card)?;
                tx.set_book_card(&entry.id, &entry.card)?;
                given_contacts::update_contacts(tx, scope, entry, now_millis)
            }
        }
    }

    /// Returns whose phones show the card, each with the id of the contact that shows it.
    pub(super) fn contacts(
        &self,
        tx: &mut dyn Tx,
    ) -> Result<Vec<(PersonId, String)>, ServiceError> {
        Ok(match self {
            Self::Staff(staff) => {
                let assignments = tx.assignments_of_staff(&staff.id)?.into_iter();
                assignments.map(|assignment| (assignment.person, assignment.contact)).collect()
            }
            Self::Entry(entry) => {
                let given = tx.given_contacts_of_entry(&entry.id)?.into_iter();
                given.map(|given| (given.person, given.contact)).collect()
            }
        })
    }

    /// Returns `true` if the caller sees who a young person with the card is. The young people of a staff
    /// member are those of everyone who may change the card; those with an entry may be a colleague's.
    pub(super) fn shows_person(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
        person: &PersonId,
    ) -> Result<bool, ServiceError> {
        match self {
            Self::Staff(_) => Ok(true),
            Self::Entry(_) => scope.sees(tx, person),
        }
    }
}
