//! Personal advisers and other staff, and the young people they are assigned to.

use chrono::NaiveDate;

use promise_protocol::ids::{CouncilId, PersonId, StaffId};

use crate::{ContactCard, DatabaseError};

/// A staff member with their card.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffMember {
    /// A random id.
    pub id: StaffId,
    /// Their council.
    pub council: CouncilId,
    /// Their short name on the command line, such as `j.okoro`.
    pub handle: String,
    /// Their card.
    pub card: ContactCard,
    /// When they were deactivated; `None` while they work here.
    pub deactivated_at: Option<i64>,
}

impl StaffMember {
    /// Returns `true` if they no longer work here.
    pub fn is_deactivated(&self) -> bool {
        self.deactivated_at.is_some()
    }

    /// Returns the name on their card, or their handle if the card has none.
    pub fn name(&self) -> &str {
        self.card.display_name().unwrap_or(&self.handle)
    }
}

/// The assignment of a staff member to a young person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The young person.
    pub person: PersonId,
    /// The staff member.
    pub staff: StaffId,
    /// The record in the person's `contact` collection that shows the staff member's card.
    pub contact: String,
    /// The colleague they cover for; `None` if the young person is their own.
    pub covers: Option<StaffId>,
    /// The first day on which it is active; `None` if it has no start.
    pub starts: Option<NaiveDate>,
    /// The first day on which it is no longer active; `None` if it has no end.
    pub ends: Option<NaiveDate>,
}

impl Assignment {
    /// Returns an assignment that is active from now on, without an end.
    pub fn open(person: &PersonId, staff: &StaffId, contact: &str) -> Self {
        let (person, staff, contact) = (person.clone(), staff.clone(), contact.to_owned());
        Self { person, staff, contact, covers: None, starts: None, ends: None }
    }

    /// Returns `true` if it lets the staff member see the young person on `day`. A new adviser sees
    /// them before the first day; a colleague who covers does not.
    pub fn grants_access_on(&self, day: NaiveDate) -> bool {
        let has_begun = self.covers.is_none() || self.starts.is_none_or(|starts| starts <= day);
        has_begun && self.ends.is_none_or(|ends| day < ends)
    }

    /// Returns `true` if it has begun and has not ended on `day`.
    pub fn is_active_on(&self, day: NaiveDate) -> bool {
        self.starts.is_none_or(|starts| starts <= day) && self.ends.is_none_or(|ends| day < ends)
    }
}

/// Staff and assignments.
pub trait Staff {
    /// Adds a staff member. Returns `false` if the council has one with this handle.
    fn add_staff(&mut self, staff: &StaffMember) -> Result<bool, DatabaseError>;

    /// Returns the staff member with this id.
    fn staff(&mut self, id: &StaffId) -> Result<Option<StaffMember>, DatabaseError>;

    /// Returns the staff members with this handle: at most one in each council.
    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, DatabaseError>;

    /// Returns a council's staff, ordered by handle.
    fn staff_of(&mut self, council: &CouncilId) -> Result<Vec<StaffMember>, DatabaseError>;

    /// Stores a handle. Returns `false`, and changes nothing, if another staff member of the council has it.
    fn set_handle(&mut self, id: &StaffId, handle: &str) -> Result<bool, DatabaseError>;

    /// Stores a card.
    fn set_card(&mut self, id: &StaffId, card: &ContactCard) -> Result<(), DatabaseError>;

    /// Stores when a staff member was deactivated; `None` reactivates them.
    fn set_deactivated(
        &mut self,
        id: &StaffId,
        deactivated_at: Option<i64>,
    ) -> Result<(), DatabaseError>;

    /// Returns the deactivated staff of every council and when each was deactivated, ordered by id.
    fn deactivated_staff(&mut self) -> Result<Vec<(StaffId, i64)>, DatabaseError>;

    /// Adds an assignment. Returns `false` if the staff member is assigned to the person already.
    fn add_assignment(&mut self, assignment: &Assignment) -> Result<bool, DatabaseError>;

    /// Deletes an assignment and returns it.
    fn delete_assignment(
        &mut self,
        person: &PersonId,
        staff: &StaffId,
    ) -> Result<Option<Assignment>, DatabaseError>;

    /// Returns an assignment.
    fn assignment(
        &mut self,
        person: &PersonId,
        staff: &StaffId,
    ) -> Result<Option<Assignment>, DatabaseError>;

    /// Stores whom an assignment covers for, and its first and last day.
    fn set_assignment(&mut self, assignment: &Assignment) -> Result<(), DatabaseError>;

    /// Returns a person's assignments, ordered by staff member.
    fn assignments_of_person(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<Assignment>, DatabaseError>;

    /// Returns the assignments that end on this day or before.
    fn assignments_ended_by(&mut self, day: NaiveDate) -> Result<Vec<Assignment>, DatabaseError>;

    /// Returns a staff member's assignments, ordered by person.
    fn assignments_of_staff(&mut self, staff: &StaffId) -> Result<Vec<Assignment>, DatabaseError>;
}
