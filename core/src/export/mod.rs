//! Taking everything along: as a page to read and print, and as cards for an address book.
//!
//! What is written is the person's own copy, so all of it is there: also the people they hide. It
//! is theirs to keep safe, and the page says so at its top.

pub mod cards;
mod choice;
mod english;
mod labels;
pub mod page;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use promise_protocol::{
    pack::Opportunity,
    schema::{self, Kind},
};

use crate::{
    access::{self, AccessEntry},
    asks::{self, Appointment, Ask},
    contacts::{self, CONTACT_MARK, Contact},
    opportunities::{self, ListedOpportunity, OpportunityFilter, SAVED},
    own_contacts::{self, OwnContact},
    profile::{self, Profile},
    promise::{self, PLEDGE_MARK, PromiseByChapter},
    records::Record,
    store::{StoreError, Tx},
};

pub use labels::Labels;

/// Everything of the person's, as it was at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Everything {
    /// When it was gathered, by the phone's clock.
    pub at: DateTime<Utc>,
    /// The council's short name; empty if the phone is not paired.
    pub council: String,
    /// The council's name in words; empty if the phone is not paired.
    pub council_name: String,
    /// The contacts the council gives, hidden ones too.
    pub contacts: Vec<Contact>,
    /// The person's own contacts, hidden ones too.
    pub own_contacts: Vec<OwnContact>,
    /// The opportunities they keep.
    pub saved: Vec<ListedOpportunity>,
    /// The promise, with their marks and notes.
    pub promise: Option<PromiseByChapter>,
    /// What they asked, and the answers.
    pub asks: Vec<Ask>,
    /// Their meetings.
    pub appointments: Vec<Appointment>,
    /// Who looked at what the council holds about them, and who did what.
    pub access: Vec<AccessEntry>,
    /// What they said about themselves.
    pub profile: Profile,
    /// Notes about what is not on this phone any more: a pledge that a later edition dropped, a
    /// contact that was taken away.
    pub loose_notes: Vec<String>,
    /// What they wrote and the council's server did not take.
    pub refused: Vec<String>,
}

/// Gathers everything, within one transaction. It only reads.
pub fn gather(tx: &mut dyn Tx, at: DateTime<Utc>) -> Result<Everything, StoreError> {
    let pairing = tx.pairing()?;
    let kept = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let mut everything = Everything {
        at,
        council: pairing.as_ref().map(|pairing| pairing.council.clone()).unwrap_or_default(),
        council_name: pairing.map(|pairing| pairing.council_name).unwrap_or_default(),
        contacts: contacts::list(tx)?,
        own_contacts: own_contacts::list(tx)?,
        saved: opportunities::list(tx, &kept, at)?,
        promise: promise::by_chapter(tx)?,
        asks: asks::asks(tx)?,
        appointments: asks::appointments(tx)?,
        access: access::log(tx)?,
        profile: profile::profile(tx)?,
        loose_notes: Vec::new(),
        refused: refused(tx)?,
    };
    everything.loose_notes = loose_notes(tx, &everything)?;
    Ok(everything)
}

/// Words of edits that were refused: they are in no record.
fn refused(tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
    let cells = tx.quarantined()?.into_iter().map(|quarantined| quarantined.cell);
    let words = cells.filter(|cell| {
        let field = schema::field(&cell.key.collection, &cell.key.field);
        field.is_some_and(|field| matches!(field.kind, Kind::Text(_)))
    });
    Ok(words.filter_map(|cell| cell.value.as_str().map(str::to_owned)).collect())
}

/// Notes whose thing is not in `shown`. Nothing that a person wrote may be missing.
fn loose_notes(tx: &mut dyn Tx, shown: &Everything) -> Result<Vec<String>, StoreError> {
    let pledges = shown.promise.iter().flat_map(|promise| &promise.chapters);
    let pledges = pledges.flat_map(|chapter| &chapter.pledges).map(|marked| &*marked.pledge.id);
    let contacts = shown.contacts.iter().map(|contact| &*contact.id);
    let saved = shown
        .saved
        .iter()
        .map(|ListedOpportunity { opportunity: Opportunity { id, .. }, .. }| &**id);
    let here: [(&str, BTreeSet<&str>); 3] = [
        (PLEDGE_MARK, pledges.collect()),
        (CONTACT_MARK, contacts.collect()),
        (SAVED, saved.collect()),
    ];
    let mut loose = Vec::new();
    for (collection, here) in here {
        let records = Record::gather(tx.current(collection)?).into_iter();
        let absent = records.filter(|mark| !mark.is_deleted() && !here.contains(&*mark.id));
        loose.extend(
            absent
                .flat_map(|mark| ["nickname", "note"].map(|field| mark.maybe_text(field)))
                .flatten(),
        );
    }
    Ok(loose)
}
