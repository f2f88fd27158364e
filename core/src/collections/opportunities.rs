//! Opportunities: filtering them, and which ones the young person keeps.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::pack::{Opportunity, OpportunityKind, OpportunityStatus};

use crate::{
    records::Record,
    store::{DocumentKind, StoreError, Tx},
};

/// The collection of saved opportunities.
pub const SAVED: &str = "saved";

/// What to show of all opportunities. The default shows every open one.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunityFilter {
    /// Only these kinds; empty for all.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kinds: Vec<OpportunityKind>,
    /// Only this Covenant outcome, 1 to 5.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub outcome: Option<u8>,
    /// Only in this area: part of a place's name or the start of a postcode, or anywhere if the
    /// opportunity is national or online.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub area: Option<String>,
    /// Only those that close by this day, soonest first.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub closes_by: Option<NaiveDate>,
    /// Also those that are over.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub closed_too: bool,
    /// Only saved ones.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub saved_only: bool,
}

/// An opportunity, and whether it is kept.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ListedOpportunity {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// What the young person saved about it. Private to the phone.
    pub saved: Option<SavedOpportunity>,
}

/// What the young person saved about an opportunity.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SavedOpportunity {
    /// `saved`, `applied`, `interview`, `got_it` or `not_for_me`.
    pub status: String,
    /// Their own note.
    pub note: Option<String>,
    /// The day on which to remind them.
    pub remind_on: Option<NaiveDate>,
}

impl SavedOpportunity {
    fn from_record(record: &Record) -> Self {
        Self {
            status: record.text("status"),
            note: record.maybe_text("note"),
            remind_on: record.date("remind_on"),
        }
    }
}

impl OpportunityFilter {
    /// Whether the filter shows this opportunity.
    pub fn shows(&self, listed: &ListedOpportunity, now: DateTime<Utc>) -> bool {
        let opportunity = &listed.opportunity;
        let is_over = opportunity.status == OpportunityStatus::Closed
            || opportunity.closes_at.is_some_and(|closes| closes < now)
            || opportunity.ends.is_some_and(|ends| ends < now.date_naive());
        (self.closed_too || self.saved_only || !is_over)
            && (!self.saved_only || listed.saved.is_some())
            && (self.kinds.is_empty() || self.kinds.contains(&opportunity.kind))
            && (self.outcome.is_none() || self.outcome == opportunity.outcome)
            && self.area.as_deref().is_none_or(|area| is_in(opportunity, area))
            && self.closes_by.is_none_or(|day| closes_by(opportunity, day))
    }
}

fn is_in(opportunity: &Opportunity, area: &str) -> bool {
    let area = area.trim().to_lowercase();
    opportunity.national
        || opportunity.online
        || opportunity.places.iter().any(|place| {
            let postcode = place.postcode.as_deref().unwrap_or_default().to_lowercase();
            place.name.to_lowercase().contains(&area) || postcode.starts_with(&area)
        })
}

fn closes_by(opportunity: &Opportunity, day: NaiveDate) -> bool {
    opportunity.closes_at.is_some_and(|closes| closes.date_naive() <= day)
}

/// The opportunities a filter shows: what closes soonest first, what never closes last.
pub fn list(
    tx: &mut dyn Tx,
    filter: &OpportunityFilter,
    now: DateTime<Utc>,
) -> Result<Vec<ListedOpportunity>, StoreError> {
    let records = Record::by_name(tx.current(SAVED)?).into_iter();
    let mut saved: BTreeMap<String, Record> =
        records.filter(|(_, record)| !record.is_deleted()).collect();
    let mut listed = Vec::new();
    for document in tx.documents(DocumentKind::Opportunity)? {
        let opportunity: Opportunity = serde_json::from_value(document)?;
        let saved =
            saved.remove(&opportunity.id).map(|record| SavedOpportunity::from_record(&record));
        listed.push(ListedOpportunity { opportunity, saved });
    }
    // What the council does not offer any more: as this phone remembers it, or another phone of the
    // person wrote it down.
    let mut gone: Vec<Opportunity> = Vec::new();
    for document in tx.documents(DocumentKind::Kept)? {
        gone.push(serde_json::from_value(document)?);
    }
    gone.extend(saved.values().filter_map(|record| record.typed("kept")));
    for opportunity in gone {
        if let Some(record) = saved.remove(&opportunity.id) {
            let opportunity = Opportunity { status: OpportunityStatus::Closed, ..opportunity };
            listed.push(ListedOpportunity {
                opportunity,
                saved: Some(SavedOpportunity::from_record(&record)),
            });
        }
    }
    listed.retain(|candidate| filter.shows(candidate, now));
    listed.sort_by_cached_key(|listed| {
        let closes = listed.opportunity.closes_at;
        (closes.is_none(), closes, listed.opportunity.title.to_lowercase())
    });
    Ok(listed)
}
