//! Opportunities, and which are saved.

use promise_core::{ListedOpportunity, OpportunityEdit, OpportunityFilter, PromiseError};
use promise_protocol::OpportunityId;

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The opportunities that a filter lets through: what closes soonest first.
    pub fn opportunities(
        &self,
        filter: OpportunityFilter,
    ) -> Result<Vec<ListedOpportunity>, PromiseError> {
        guard(|| self.0.opportunities().list(&filter))
    }

    /// Saves an opportunity, or edits what is saved about it. Only the person's phones can read it.
    pub fn save_opportunity(
        &self,
        id: OpportunityId,
        edit: OpportunityEdit,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.opportunities().save(&id, edit))
    }

    /// Removes an opportunity from the saved ones.
    pub fn unsave_opportunity(&self, id: OpportunityId) -> Result<(), PromiseError> {
        guard(|| self.0.opportunities().unsave(&id))
    }
}
