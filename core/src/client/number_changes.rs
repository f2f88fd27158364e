//! Telephone numbers that the council changed, until the person has seen them.

use super::{PocketPhone, PromiseError};
use crate::collections::{
    Topic,
    number_changes::{self, NumberChange, NumberOwner},
};

impl PocketPhone {
    /// Lists the contacts and lines whose telephone numbers the council changed since the person last saw
    /// them, each with the numbers before. Show the new numbers as new, with the old ones beside them.
    ///
    /// It is kept on this phone alone. What the first sync brings is not new.
    pub fn number_changes(&self) -> Result<Vec<NumberChange>, PromiseError> {
        self.transact(number_changes::list)
    }

    /// Records that the person has seen the present numbers of a contact or line. Call it for a tap, not
    /// because a screen was drawn: an onlooker, or a phone in a pocket, sees nothing.
    pub fn mark_numbers_seen(&self, owner: &NumberOwner) -> Result<(), PromiseError> {
        let (kind, id) = owner.key();
        if self.transact(|tx| tx.remove_numbers_before(kind, id))? {
            self.notify([match owner {
                NumberOwner::Contact { .. } => Topic::Contacts,
                NumberOwner::Line { .. } => Topic::Promise,
            }]);
        }
        Ok(())
    }
}
