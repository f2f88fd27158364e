//! Importing cards of an address book: a preview first, then the cards that the person chooses.

use promise_core::{CardImport, PreviewedCard, PromiseError};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// Reads a file of cards (vCard 2.1, 3.0 or 4.0), and lists what importing each of them would do, in the
    /// order of the file. Nothing is saved. What is wrong with a card is its state or one of its remarks.
    pub fn preview_cards(&self, file: Vec<u8>) -> Result<Vec<PreviewedCard>, PromiseError> {
        guard(|| self.0.own_contacts().preview_cards(&file))
    }

    /// Imports the cards of a file with these positions as own contacts, all of them or none. A contact who
    /// is here is not added again. Confirm the cost once the person has read it: a card with the remark
    /// `CostsExtra` needs that.
    #[uniffi::method(default(cost_confirmed = false))]
    pub fn import_cards(
        &self,
        file: Vec<u8>,
        positions: Vec<u32>,
        cost_confirmed: bool,
    ) -> Result<CardImport, PromiseError> {
        guard(|| self.0.own_contacts().import_cards(&file, &positions, cost_confirmed))
    }
}
