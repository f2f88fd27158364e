//! Opportunities: filtering them, and which ones the young person keeps.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::pack::{Opportunity, OpportunityKind, Status};

use crate::{
    records::Record,
    store::{StoreError, Tx},
};

/// The collection of saved opportunities.
pub const SAVED: &str = "saved";

/// What to show of all opportunities. The default shows every open one.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi(name = "OpportunityFilter"))]
pub struct Filter {
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
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi(name = "ListedOpportunity"))]
pub struct Listed {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// What the young person saved about it. Private to the phone.
    pub saved: Option<Saved>,
}

/// What the young person saved about an opportunity.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi(name = "SavedOpportunity"))]
pub struct Saved {
    /// `saved`, `applied`, `interview`, `got_it` or `not_for_me`.
    pub status: String,
    /// Their own note.
    pub note: Option<String>,
    /// The day on which to remind them.
    pub remind_on: Option<NaiveDate>,
}

impl Filter {
    /// Whether the filter shows this opportunity.
    pub fn shows(&self, listed: &Listed, now: DateTime<Utc>) -> bool {
        let opportunity = &listed.opportunity;
        let is_over = opportunity.status == Status::Closed
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
    filter: &Filter,
    now: DateTime<Utc>,
) -> Result<Vec<Listed>, StoreError> {
    let mut saved = saved(tx)?;
    let mut listed = Vec::new();
    for document in tx.documents("opportunity")? {
        let opportunity: Opportunity = serde_json::from_value(document)?;
        let saved = saved.remove(&opportunity.id);
        listed.push(Listed { opportunity, saved });
    }
    for document in tx.documents("kept")? {
        let opportunity: Opportunity = serde_json::from_value(document)?;
        if let Some(saved) = saved.remove(&opportunity.id) {
            // The council does not offer it any more.
            let opportunity = Opportunity { status: Status::Closed, ..opportunity };
            listed.push(Listed { opportunity, saved: Some(saved) });
        }
    }
    listed.retain(|candidate| filter.shows(candidate, now));
    listed.sort_by_cached_key(|listed| {
        let closes = listed.opportunity.closes_at;
        (closes.is_none(), closes, listed.opportunity.title.to_lowercase())
    });
    Ok(listed)
}

/// What is saved, by the opportunity's name. One that a later edition dropped is still here, and
/// the store keeps its document: what a person saved is theirs.
pub fn saved(tx: &mut dyn Tx) -> Result<BTreeMap<String, Saved>, StoreError> {
    let records = Record::gather(tx.current(SAVED)?);
    let alive = records.into_iter().filter(|record| !record.is_deleted());
    Ok(alive
        .map(|record| {
            let saved = Saved {
                status: record.text("status"),
                note: record.maybe_text("note"),
                remind_on: record.date("remind_on"),
            };
            (record.id, saved)
        })
        .collect())
}
