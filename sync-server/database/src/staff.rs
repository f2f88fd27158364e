//! Personal advisers and other staff, and whom they are assigned to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::DatabaseError;

/// A member of staff with their card.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffMember {
    /// A random name.
    pub id: String,
    /// Their council.
    pub council: String,
    /// What colleagues call them when they type a command, such as `j.okoro`.
    pub handle: String,
    /// Their card: fields of the `contact` collection.
    pub card: BTreeMap<String, Value>,
    /// When they were switched off, in milliseconds since 1970; none while they work here.
    pub deactivated_at: Option<i64>,
}

impl StaffMember {
    /// Whether they no longer work here.
    pub fn is_deactivated(&self) -> bool {
        self.deactivated_at.is_some()
    }
}

/// Somebody looks after somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The young person.
    pub person: String,
    /// The member of staff.
    pub staff: String,
    /// The record in the person's `contact` collection that shows the member of staff.
    pub contact: String,
    /// The colleague they stand in for; none if the young person is theirs.
    pub covers: Option<String>,
    /// The first day on which it counts, if not every day up to now.
    pub starts: Option<NaiveDate>,
    /// The first day on which it no longer counts, if there is one.
    pub ends: Option<NaiveDate>,
}

impl Assignment {
    /// One that counts from now on, with no end.
    pub fn open(person: &str, staff: &str, contact: &str) -> Self {
        let (person, staff, contact) = (person.to_owned(), staff.to_owned(), contact.to_owned());
        Self { person, staff, contact, covers: None, starts: None, ends: None }
    }

    /// Whether it lets the member of staff see the young person on this day. Whoever takes
    /// somebody over sees them beforehand; whoever only covers does not.
    pub fn reaches(&self, day: NaiveDate) -> bool {
        let began = self.covers.is_none() || self.starts.is_none_or(|starts| starts <= day);
        began && self.ends.is_none_or(|ends| day < ends)
    }

    /// Whether it counts on this day: it has begun, and has not ended.
    pub fn is_active_on(&self, day: NaiveDate) -> bool {
        self.starts.is_none_or(|starts| starts <= day) && self.ends.is_none_or(|ends| day < ends)
    }
}

/// Staff and assignments.
pub trait Staff {
    /// Adds a member of staff; `false` if the council has one with this handle.
    fn add_staff(&mut self, staff: &StaffMember) -> Result<bool, DatabaseError>;

    /// The member of staff of this name.
    fn staff(&mut self, id: &str) -> Result<Option<StaffMember>, DatabaseError>;

    /// Those with this handle: at most one in each council.
    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, DatabaseError>;

    /// A council's staff, by handle.
    fn staff_of(&mut self, council: &str) -> Result<Vec<StaffMember>, DatabaseError>;

    /// Keeps a card.
    fn set_card(&mut self, id: &str, card: &BTreeMap<String, Value>) -> Result<(), DatabaseError>;

    /// Keeps when somebody was switched off, or that they were switched on again.
    fn set_deactivated(
        &mut self,
        id: &str,
        deactivated_at: Option<i64>,
    ) -> Result<(), DatabaseError>;

    /// Everybody who was switched off, of every council, by name, and when.
    fn deactivated_staff(&mut self) -> Result<Vec<(String, i64)>, DatabaseError>;

    /// Adds an assignment; `false` if they are assigned already.
    fn add_assignment(&mut self, assignment: &Assignment) -> Result<bool, DatabaseError>;

    /// Ends an assignment, and answers what it was.
    fn delete_assignment(
        &mut self,
        person: &str,
        staff: &str,
    ) -> Result<Option<Assignment>, DatabaseError>;

    /// One assignment.
    fn assignment(
        &mut self,
        person: &str,
        staff: &str,
    ) -> Result<Option<Assignment>, DatabaseError>;

    /// Changes why and when an assignment counts.
    fn set_assignment(&mut self, assignment: &Assignment) -> Result<(), DatabaseError>;

    /// Everybody who looks after a person.
    fn assignments_of_person(&mut self, person: &str) -> Result<Vec<Assignment>, DatabaseError>;

    /// The assignments that end on this day or before it.
    fn assignments_ended_by(&mut self, day: NaiveDate) -> Result<Vec<Assignment>, DatabaseError>;

    /// Everybody a member of staff looks after.
    fn assignments_of_staff(&mut self, staff: &str) -> Result<Vec<Assignment>, DatabaseError>;
}
