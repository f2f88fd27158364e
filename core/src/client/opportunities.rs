//! Opportunities, and which are saved.

use promise_protocol::OpportunityId;

use super::{PocketPhone, PromiseError};
use crate::{
    brain::OpportunityFilter,
    collections::opportunities::{self, ListedOpportunity, OpportunityEdit, SAVED, newly_saved},
    store::DocumentKind,
};

/// The opportunities that the council publishes, and what the young person saved.
pub struct Opportunities<'a>(&'a PocketPhone);

impl PocketPhone {
    /// The opportunities that the council publishes, and what the young person saved.
    pub fn opportunities(&self) -> Opportunities<'_> {
        Opportunities(self)
    }
}

impl Opportunities<'_> {
    /// Lists the opportunities that a filter lets through: what closes soonest first, what never closes
    /// last. Unless the app lock is open, they are listed as if none were saved.
    pub fn list(&self, filter: &OpportunityFilter) -> Result<Vec<ListedOpportunity>, PromiseError> {
        let view = self.0.view();
        self.0.transact(|tx| {
            let now = self.0.server_now(tx)?;
            opportunities::list(tx, filter, now, view)
        })
    }

    /// Saves an opportunity, or edits what is saved about it. Only the person's phones can read it.
    pub fn save(&self, id: &OpportunityId, edit: OpportunityEdit) -> Result<(), PromiseError> {
        let (about, fields) = ((SAVED, DocumentKind::Opportunity), edit.into_fields());
        self.0.edit(SAVED, |edit| edit.write_about(about, id.as_str(), fields, newly_saved))
    }

    /// Removes an opportunity from the saved ones.
    pub fn unsave(&self, id: &OpportunityId) -> Result<(), PromiseError> {
        self.0.delete_record(SAVED, id.as_str())
    }
}
