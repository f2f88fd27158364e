//! Telephone numbers that the council replaced, until the person has seen the new ones.

use promise_protocol::values::PhoneNumber;

use super::{DocumentKind, StoreError};

/// The numbers of one contact or line as the person last saw them.
#[derive(Clone, Debug, PartialEq)]
pub struct NumbersBefore {
    /// [`DocumentKind::Contact`] or [`DocumentKind::Line`].
    pub kind: DocumentKind,
    /// The contact's or the line's id.
    pub id: String,
    /// The numbers. Empty if there was none.
    pub phones: Vec<PhoneNumber>,
}

/// Stores replaced numbers. They stay on this phone.
pub trait NumbersBeforeStore {
    /// Stores numbers in place of those with the same kind and id.
    fn put_numbers_before(&mut self, before: &NumbersBefore) -> Result<(), StoreError>;
    /// Returns the numbers of one contact or line; `None` if the person has seen its present ones.
    fn numbers_before(
        &mut self,
        kind: DocumentKind,
        id: &str,
    ) -> Result<Option<NumbersBefore>, StoreError>;
    /// Lists all, contacts before lines, then by id.
    fn all_numbers_before(&mut self) -> Result<Vec<NumbersBefore>, StoreError>;
    /// Removes the numbers of one contact or line. Returns `true` if there were any.
    fn remove_numbers_before(&mut self, kind: DocumentKind, id: &str) -> Result<bool, StoreError>;
}
