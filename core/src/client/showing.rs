//! "Show this to my adviser": one private thing leaves the phone, because the person says so.

use promise_protocol::ids::random_id;
use serde_json::{Value, json};

use super::{
    AskAbout, PocketPhone, PromiseError,
    writing::{ask, is_alive, known, must_be_alive, random},
};
use crate::{
    asks::ASK,
    contacts::{CONTACT, CONTACT_MARK},
    opportunities::SAVED,
    promise::PLEDGE_MARK,
    records::Record,
    store::{SearchKind, Tx},
    sync::edit,
};

/// The one thing to show, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Shown {
    /// An opportunity. What the person saved about it stays private.
    Opportunity(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// The note about a contact the council gave.
    ContactNote(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// The note about a pledge.
    PledgeNote(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// The note about a saved opportunity.
    OpportunityNote(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
}

impl PocketPhone {
    /// Shows one thing to the adviser, in a new ask with these words. They see it after the next
    /// sync. Returns the ask's name.
    ///
    /// The ask holds a copy. The note itself stays as it is, private; changing it later does not
    /// change what was shown, and [`PocketPhone::delete_ask`] takes what was shown back.
    ///
    /// [`PromiseError::NotFound`] if the thing is not here, or has no note to show.
    pub fn show_to_adviser(&self, what: &Shown, words: &str) -> Result<String, PromiseError> {
        let about = match what {
            Shown::ContactNote(id) => AskAbout::Contact(id.clone()),
            Shown::PledgeNote(id) => AskAbout::Pledge(id.clone()),
            Shown::Opportunity(id) | Shown::OpportunityNote(id) => {
                AskAbout::Opportunity(id.clone())
            }
        };
        let mut fields = ask(words, about, self.clock.now())?;
        let id = random_id(random()?);
        self.edit(ASK, |tx, now| {
            if let Some(note) = note(tx, what)? {
                fields.insert("shown".into(), note);
            }
            Ok(edit::write(tx, now, ASK, &id, fields).map(drop)?)
        })?;
        Ok(id)
    }
}

/// The note to copy; `None` for a thing that is shown without one.
fn note(tx: &mut dyn Tx, what: &Shown) -> Result<Option<Value>, PromiseError> {
    let (collection, id) = match what {
        Shown::Opportunity(id) => {
            // One that the council withdrew can still be shown, if the person keeps it.
            if !is_alive(tx, SAVED, id)? {
                known(tx, SearchKind::Opportunity, id)?;
            }
            return Ok(None);
        }
        Shown::ContactNote(id) => {
            must_be_alive(tx, CONTACT, id)?;
            (CONTACT_MARK, id)
        }
        Shown::PledgeNote(id) => (PLEDGE_MARK, id),
        Shown::OpportunityNote(id) => (SAVED, id),
    };
    let record = Record::gather(tx.current_record(collection, id)?).into_iter().next();
    let note = record.filter(|record| !record.is_deleted()).and_then(|r| r.maybe_text("note"));
    note.map(|note| Some(json!(note))).ok_or(PromiseError::NotFound)
}
