//! Asking the adviser, and sharing one private thing with them.

use promise_protocol::{AskId, ContactId, OpportunityId, PledgeId};

use super::{
    PocketPhone, PromiseError,
    edit::{Edit, new_record_id},
};
use crate::{
    collections::{
        Record,
        asks::{self, ASK, Ask, AskAbout},
        contacts::{CONTACT, CONTACT_MARK},
        opportunities::SAVED,
        pledges::PLEDGE_MARK,
    },
    store::DocumentKind,
};

/// What the young person asks their adviser, and the answers.
pub struct Asks<'a>(&'a PocketPhone);

/// The one thing to share with the adviser.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SharedItem {
    /// An opportunity. What the young person saved about it stays private.
    Opportunity(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] OpportunityId),
    /// The note on a contact that the council gave.
    ContactNote(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] ContactId),
    /// The note on a pledge.
    PledgeNote(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] PledgeId),
    /// The note on a saved opportunity.
    OpportunityNote(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] OpportunityId),
}

impl PocketPhone {
    /// What the young person asks their adviser, and the answers.
    pub fn asks(&self) -> Asks<'_> {
        Asks(self)
    }
}

impl Asks<'_> {
    /// Lists the asks, newest first. Empty unless the app lock is open.
    pub fn list(&self) -> Result<Vec<Ask>, PromiseError> {
        self.0.read_private(asks::list)
    }

    /// Asks the adviser something. They see it after the next sync. Returns the ask's id.
    pub fn write(&self, text: &str, about: AskAbout) -> Result<AskId, PromiseError> {
        self.0.require_open()?;
        let now = self.0.transact(|tx| self.0.server_now(tx))?;
        let fields = asks::new_ask(text, about, now)?;
        self.0.add_record(ASK, fields).map(AskId::new)
    }

    /// Shares one thing with the adviser, in a new ask with this text. They see it after the next
    /// sync. Returns the ask's id.
    ///
    /// The ask holds a copy. The note itself stays private and as it is; editing it later does not
    /// change what was shared, and [`Asks::delete`] deletes the copy.
    ///
    /// Fails with [`PromiseError::NotFound`] if the thing is not here, or has no note to share.
    pub fn share_with_adviser(&self, item: &SharedItem, text: &str) -> Result<AskId, PromiseError> {
        self.0.require_open()?;
        let now = self.0.transact(|tx| self.0.server_now(tx))?;
        let fields = asks::new_ask(text, item.about(), now)?;
        let id = new_record_id()?;
        self.0.edit(ASK, |edit| {
            let fields = match shared_note(edit, item)? {
                Some(note) => asks::with_shared_note(fields, note),
                None => fields,
            };
            edit.write(ASK, &id, fields)
        })?;
        Ok(AskId::new(id))
    }

    /// Deletes an ask, with what was shared in it.
    pub fn delete(&self, id: &AskId) -> Result<(), PromiseError> {
        self.0.delete_record(ASK, id.as_str())
    }
}

impl SharedItem {
    fn about(&self) -> AskAbout {
        match self {
            Self::ContactNote(id) => AskAbout::Contact(id.clone()),
            Self::PledgeNote(id) => AskAbout::Pledge(id.clone()),
            Self::Opportunity(id) | Self::OpportunityNote(id) => AskAbout::Opportunity(id.clone()),
        }
    }
}

/// The note to copy; `None` for an item that is shared without one.
fn shared_note(edit: &mut Edit<'_>, item: &SharedItem) -> Result<Option<String>, PromiseError> {
    let (collection, id) = match item {
        SharedItem::Opportunity(id) => {
            // One that the council withdrew can still be shared, if the person saved it.
            if !edit.has_record(SAVED, id.as_str())? {
                edit.require_document(DocumentKind::Opportunity, id.as_str())?;
            }
            return Ok(None);
        }
        SharedItem::ContactNote(id) => {
            edit.require_record(CONTACT, id.as_str())?;
            (CONTACT_MARK, id.as_str())
        }
        SharedItem::PledgeNote(id) => (PLEDGE_MARK, id.as_str()),
        SharedItem::OpportunityNote(id) => (SAVED, id.as_str()),
    };
    let record = Record::find(edit.tx, collection, id)?;
    let note = record.and_then(|record| record.text("note"));
    note.map(Some).ok_or(PromiseError::NotFound)
}
