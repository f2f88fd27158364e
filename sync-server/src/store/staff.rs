//! Personal advisers and other staff, and whom they are assigned to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::StoreError;

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
}

/// Staff and assignments.
pub trait Staff {
    /// Adds a member of staff; `false` if the council has one with this handle.
    fn add_staff(&mut self, staff: &StaffMember) -> Result<bool, StoreError>;

    /// The member of staff of this name.
    fn staff(&mut self, id: &str) -> Result<Option<StaffMember>, StoreError>;

    /// Those with this handle: at most one in each council.
    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, StoreError>;

    /// Keeps a card.
    fn set_card(&mut self, id: &str, card: &BTreeMap<String, Value>) -> Result<(), StoreError>;

    /// Adds an assignment; `false` if they are assigned already.
    fn assign(&mut self, assignment: &Assignment) -> Result<bool, StoreError>;

    /// Ends an assignment, and answers what it was.
    fn unassign(&mut self, person: &str, staff: &str) -> Result<Option<Assignment>, StoreError>;

    /// Everybody a member of staff looks after.
    fn assignments_of(&mut self, staff: &str) -> Result<Vec<Assignment>, StoreError>;
}
