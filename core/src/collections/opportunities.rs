//! Opportunities: those the council publishes, and what the young person saved about them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{
    OpportunityId,
    availability::{Availability, availability},
    pack::{Opportunity, OpportunityStatus},
    text,
    vocabulary::SaveStatus,
};

use super::{Collection, Fields, Record, RecordIds, Topic};
use crate::{
    app_lock::View,
    brain::OpportunityFilter,
    store::{DocumentKind, StoreError, Tx},
};

/// The collection of saved opportunities. Only the person's own phones can read it. A record has the
/// opportunity's id.
pub(crate) const SAVED: &str = "saved";

/// An opportunity, and what the young person saved about it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ListedOpportunity {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// Whether the young person can apply for it now.
    pub availability: Availability,
    /// What the young person saved; `None` if they did not save it. Only their phones can read it.
    pub saved: Option<SavedOpportunity>,
}

impl ListedOpportunity {
    fn new(opportunity: Opportunity, saved: Option<SavedOpportunity>, now: DateTime<Utc>) -> Self {
        let availability = availability(&opportunity, now);
        Self { opportunity, availability, saved }
    }

    /// The opportunity's id.
    pub fn id(&self) -> OpportunityId {
        OpportunityId::from(self.opportunity.id.as_str())
    }
}

/// What the young person saved about an opportunity.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SavedOpportunity {
    /// How far they are with it.
    pub status: SaveStatus,
    /// Their note.
    pub note: Option<String>,
    /// The day on which to remind them.
    pub remind_on: Option<NaiveDate>,
}

impl SavedOpportunity {
    fn from_record(record: &Record) -> Self {
        Self {
            // Another phone's first edit can arrive without its status, or with one of a newer version.
            status: record.get("status").unwrap_or(SaveStatus::Saved),
            note: record.text("note"),
            remind_on: record.get("remind_on"),
        }
    }
}

/// Whether to remind the young person of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Reminder {
    /// On this day.
    On(#[cfg_attr(feature = "uniffi", uniffi(name = "day"))] NaiveDate),
    /// Not at all.
    Never,
}

/// What to save about an opportunity. `None` leaves a field as it is; an empty note clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunityEdit {
    /// How far the young person is with it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub status: Option<SaveStatus>,
    /// Their note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
    /// The day on which to remind them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub remind_on: Option<Reminder>,
}

impl OpportunityEdit {
    pub(crate) fn into_fields(self) -> Fields {
        let remind_on = self.remind_on.map(|reminder| match reminder {
            Reminder::On(day) => Some(day),
            Reminder::Never => None,
        });
        Fields::default()
            .value("status", self.status)
            .text("note", self.note)
            .value("remind_on", remind_on)
    }
}

/// The fields of the first edit of a record: it has a status in any case.
pub(crate) fn newly_saved(fields: Fields) -> Fields {
    fields.value_if_absent("status", SaveStatus::Saved)
}

/// Lists the opportunities that a filter lets through: what closes soonest first, what never closes
/// last. They are as if none were saved, unless that may be read.
pub(crate) fn list(
    tx: &mut dyn Tx,
    filter: &OpportunityFilter,
    now: DateTime<Utc>,
    view: View,
) -> Result<Vec<ListedOpportunity>, StoreError> {
    let records = if view.has_private() { Record::list(tx, SAVED)? } else { Vec::new() };
    let records = records.into_iter();
    let mut saved: BTreeMap<String, Record> =
        records.map(|record| (record.id.clone(), record)).collect();
    let mut listed = Vec::new();
    for document in tx.documents(DocumentKind::Opportunity)? {
        let opportunity: Opportunity = serde_json::from_value(document)?;
        let saved =
            saved.remove(&opportunity.id).map(|record| SavedOpportunity::from_record(&record));
        listed.push(ListedOpportunity::new(opportunity, saved, now));
    }
    for opportunity in withdrawn(tx, &saved)? {
        if let Some(record) = saved.remove(&opportunity.id) {
            let opportunity = Opportunity { status: OpportunityStatus::Closed, ..opportunity };
            let saved = Some(SavedOpportunity::from_record(&record));
            listed.push(ListedOpportunity::new(opportunity, saved, now));
        }
    }
    listed.retain(|ListedOpportunity { opportunity, availability, saved }| {
        filter.matches(opportunity, *availability, saved.is_some())
    });
    listed.sort_by_cached_key(|listed| {
        let ListedOpportunity { opportunity, .. } = listed;
        let closes = opportunity.closes_at;
        (closes.is_none(), closes, text::sort_key(&opportunity.title), opportunity.id.clone())
    });
    Ok(listed)
}

/// Lists opportunities that the council does not publish any more: as this phone remembers them, or
/// as another phone of the person wrote them into the record.
fn withdrawn(
    tx: &mut dyn Tx,
    saved: &BTreeMap<String, Record>,
) -> Result<Vec<Opportunity>, StoreError> {
    let documents = tx.documents(DocumentKind::Kept)?.into_iter();
    let mut withdrawn: Vec<Opportunity> =
        documents.map(serde_json::from_value).collect::<Result<_, _>>()?;
    withdrawn.extend(saved.values().filter_map(|record| record.get("kept")));
    Ok(withdrawn)
}

/// Opportunities that the young person saved.
pub(crate) struct SavedCollection;

impl Collection for SavedCollection {
    fn name(&self) -> &'static str {
        SAVED
    }

    fn topic(&self) -> Topic {
        Topic::Opportunities
    }

    fn record_ids(&self) -> RecordIds {
        RecordIds::Published {
            kind: DocumentKind::Opportunity,
            withdrawn: Some(DocumentKind::Kept),
        }
    }
}
