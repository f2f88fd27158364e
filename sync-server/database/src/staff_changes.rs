//! What staff and the server wrote about people, as the council signed it.

use promise_protocol::{Change, Stamp, ids::PersonId};

use crate::DatabaseError;

/// Signed changes. One is kept for as long as one of its cells is the one that is stored.
pub trait StaffChanges {
    /// Stores a change with its signature, in place of one of the same record and stamp.
    fn set_staff_change(&mut self, person: &PersonId, change: &Change)
    -> Result<(), DatabaseError>;

    /// Returns the change that wrote this stamp in this record.
    fn staff_change(
        &mut self,
        person: &PersonId,
        collection: &str,
        id: &str,
        stamp: &Stamp,
    ) -> Result<Option<Change>, DatabaseError>;

    /// Returns all signed changes about a person, ordered by collection, record and stamp.
    fn staff_changes(&mut self, person: &PersonId) -> Result<Vec<Change>, DatabaseError>;

    /// Deletes the changes of this record whose stamp no cell of the record has any more.
    fn delete_replaced_staff_changes(
        &mut self,
        person: &PersonId,
        collection: &str,
        id: &str,
    ) -> Result<(), DatabaseError>;
}
