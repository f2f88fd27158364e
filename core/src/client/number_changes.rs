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
    /// It is kept on this phone alone. What the first sync brings is not new. While the app lock is on, those
    /// of discreet contacts are not listed.
    pub fn number_changes(&self) -> Result<Vec<NumberChange>, PromiseError> {
        let view = self.view();
        self.transact(|tx| number_changes::list(tx, view))
    }

    /// Records that the person has seen the present numbers of a contact or line. Call it for a tap, not
    /// because a screen was drawn: an onlooker, or a phone in a pocket, sees nothing. It does nothing for
    /// numbers that are not listed now.
    pub fn mark_numbers_seen(&self, owner: &NumberOwner) -> Result<(), PromiseError> {
        let view = self.view();
        if self.transact(|tx| number_changes::mark_seen(tx, owner, view))? {
            self.notify([match owner {
                NumberOwner::Contact { .. } => Topic::Contacts,
                NumberOwner::Line { .. } => Topic::Promise,
            }]);
        }
        Ok(())
    }
}
