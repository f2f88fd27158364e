//! Exports for the person to take along: a page to read and print, cards for an address book, and appointments
//! for a calendar.
//!
//! An export is the person's own copy, so it has everything, hidden contacts too, and discreet ones if they
//! are asked for. The page warns of that at its top. The fields of contacts are exported as the schema
//! describes them, so that a new one needs nothing here.

pub(crate) mod calendar;
pub mod cards;
mod content_line;
mod english;
mod labels;
pub mod page;
mod stable_uuid;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use promise_protocol::{
    london,
    pack::Line,
    schema::{self, Kind},
};

use crate::{
    app_lock::View,
    brain::{OpportunityFilter, PlannedReminder},
    collections::{
        Record,
        access::{self, AccessEntry},
        appointments::{self, Appointment},
        asks::{self, Ask},
        contacts::{self, CONTACT_MARK, ContactRecords},
        devices::{self, DeviceRecord},
        news::{self, News},
        number_changes::NumberOwner,
        opportunities::{self, ListedOpportunity, SAVED},
        own_contacts::{self, OwnContact},
        pledges::{self, PLEDGE_MARK, PromiseByChapter},
        profile::{self, Profile},
        reminders,
        timescales::{self, TimescaleStatus},
    },
    store::{StoreError, Tx},
};

pub use labels::Labels;

/// Everything that is held about the person, at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ExportData {
    /// The moment, by the server's clock.
    pub at: DateTime<Utc>,
    /// The council's id; `None` if the phone is not paired.
    pub council: Option<String>,
    /// The council's name; `None` if the phone is not paired.
    pub council_name: Option<String>,
    /// What is new for the person.
    pub news: News,
    /// The reminders that are still to come.
    pub reminders: Vec<PlannedReminder>,
    /// The lines of the directory.
    pub lines: Vec<Line>,
    /// The contacts that the council gives, hidden ones too.
    pub contacts: Vec<ContactRecords>,
    /// The person's own contacts, hidden ones too.
    pub own_contacts: Vec<(OwnContact, Record)>,
    /// The opportunities they saved.
    pub saved: Vec<ListedOpportunity>,
    /// The promise, with their marks and notes.
    pub promise: Option<PromiseByChapter>,
    /// What they asked, and the answers.
    pub asks: Vec<Ask>,
    /// Their appointments.
    pub appointments: Vec<Appointment>,
    /// Visits and reviews.
    pub timescales: Vec<TimescaleStatus>,
    /// The access log.
    pub access_log: Vec<AccessEntry>,
    /// Their phones, and how each one came.
    pub devices: Vec<DeviceRecord>,
    /// Their profile.
    pub profile: Profile,
    /// Notes on what is not on this phone any more: a pledge that a later edition dropped, a contact
    /// that was deleted.
    pub orphaned_notes: Vec<String>,
    /// Texts they wrote that the council's server refused.
    pub refused: Vec<String>,
}

impl ExportData {
    /// Leaves out discreet contacts, and with them what names them.
    pub(crate) fn without_discreet(mut self) -> Self {
        self.contacts.retain(|records| !records.contact.discreet);
        self.own_contacts.retain(|(contact, _)| !contact.discreet);
        let contacts = &self.contacts;
        self.news.numbers.retain(|change| match &change.owner {
            NumberOwner::Contact { id } => contacts.iter().any(|it| it.contact.id == *id),
            NumberOwner::Line { .. } => true,
        });
        self
    }
}

/// Reads everything that may be read within one transaction. What the council changed is compared in the first of
/// these languages.
pub(crate) fn gather(
    tx: &mut dyn Tx,
    languages: &[&str],
    at: DateTime<Utc>,
    view: View,
) -> Result<ExportData, StoreError> {
    let (council, council_name) =
        tx.pairing()?.map(|pairing| (pairing.council, pairing.council_name)).unzip();
    let saved_only = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let data = ExportData {
        at,
        council,
        council_name,
        news: news::list(tx, languages, at, view)?,
        lines: pledges::directory(tx)?.lines.0,
        contacts: contacts::list_records(tx, view)?,
        own_contacts: own_contacts::list_records(tx, view)?,
        saved: opportunities::list(tx, &saved_only, at, view)?,
        promise: pledges::by_chapter(tx, view)?,
        devices: devices::list(tx, view)?,
        ..ExportData::default()
    };
    if !view.has_private() {
        return Ok(data);
    }
    let mut data = ExportData {
        reminders: reminders::list(tx, (at, DateTime::<Utc>::MAX_UTC), at, view)?,
        asks: asks::list(tx)?,
        appointments: appointments::list(tx)?,
        timescales: timescales::list(tx, london::day(at))?,
        access_log: access::list(tx)?,
        profile: profile::read(tx)?,
        refused: refused_texts(tx)?,
        ..data
    };
    data.orphaned_notes = orphaned_notes(tx, &data)?;
    Ok(data)
}

/// Texts of edits that were refused: they are in no record.
fn refused_texts(tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
    let cells = tx.quarantined()?.into_iter().map(|quarantined| quarantined.cell);
    let texts = cells.filter(|cell| {
        let field = schema::field(&cell.key.collection, &cell.key.field);
        field.is_some_and(|field| matches!(field.kind, Kind::Text(_)))
    });
    Ok(texts.filter_map(|cell| cell.value.as_str().map(str::to_owned)).collect())
}

/// Texts in marks on records that `data` does not have. Nothing that a person wrote may be missing.
fn orphaned_notes(tx: &mut dyn Tx, data: &ExportData) -> Result<Vec<String>, StoreError> {
    let chapters = data.promise.iter().flat_map(|promise| &promise.chapters);
    let pledges = chapters.flat_map(|chapter| &chapter.pledges);
    let pledges = pledges.map(|marked| marked.pledge.id.as_str());
    let contacts = data.contacts.iter().map(|records| records.record.id.as_str());
    let saved = data.saved.iter().map(|listed| listed.opportunity.id.as_str());
    let present: [(&str, BTreeSet<&str>); 3] = [
        (PLEDGE_MARK, pledges.collect()),
        (CONTACT_MARK, contacts.collect()),
        (SAVED, saved.collect()),
    ];
    let mut notes = Vec::new();
    for (collection, present) in present {
        for mark in Record::list(tx, collection)? {
            if !present.contains(mark.id.as_str()) {
                notes.extend(["nickname", "note"].into_iter().filter_map(|field| mark.text(field)));
            }
        }
    }
    Ok(notes)
}
