//! Saved opportunities that closed or changed.
//!
//! Two things close an opportunity. The council does, in an edition: then the opportunity is kept as it was. And
//! its closing day passes, without any message: then nothing is kept before, so what is kept is that the person
//! has seen it. An opportunity that was saved after it closed is no news: the person saw it as it is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use promise_protocol::{
    Reading,
    availability::over_from,
    pack::{Opportunities, Opportunity, OpportunityStatus},
    vocabulary::SaveStatus,
};
use serde_json::{Value, json};

use super::{keep, unseen::news_id};
use crate::{
    app_lock::View,
    brain::{OpportunityChange, OpportunityFilter, is_opportunity_changed, opportunity_change},
    collections::{
        Record,
        opportunities::{self, ListedOpportunity, SAVED},
        pledges::documents,
    },
    store::{DocumentKind, EarlierKind, EarlierRecord, StoreError, Tx},
};

/// The field that is written when an opportunity is saved, and when the person changes how far they are with it.
const STATUS: &str = "status";

/// A saved opportunity that closed or changed since the person last saw it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunityNews {
    /// The id of this news: pass it back when the person has seen it.
    pub news_id: String,
    /// The opportunity as it is now, and what the person saved about it.
    pub listed: ListedOpportunity,
    /// What changed.
    pub change: OpportunityChange,
}

/// Before opportunities replace those that are shown: keeps the saved ones that they change.
pub(crate) fn keep_before_opportunities(
    tx: &mut dyn Tx,
    new: &Opportunities,
) -> Result<(), StoreError> {
    let saved: BTreeSet<String> =
        Record::list(tx, SAVED)?.into_iter().map(|record| record.id).collect();
    forget_unsaved(tx, &saved)?;
    let new: BTreeMap<&str, &Opportunity> =
        new.opportunities.0.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut shown = documents::<Opportunity>(tx, DocumentKind::Opportunity)?;
    let withdrawn = documents::<Opportunity>(tx, DocumentKind::Kept)?.into_iter();
    shown.extend(withdrawn.map(closed));
    for opportunity in shown.into_iter().filter(|it| saved.contains(&it.id)) {
        let is_kept = match new.get(opportunity.id.as_str()) {
            Some(now) => is_opportunity_changed(&opportunity, now),
            None => opportunity.status != OpportunityStatus::Closed,
        };
        if is_kept {
            let body = Some(serde_json::to_value(&opportunity)?);
            keep(tx, &EarlierRecord { kind: EarlierKind::Opportunity, id: opportunity.id, body })?;
        }
    }
    Ok(())
}

/// Forgets what was kept of an opportunity that the person unsaves or saves again: it is then as they find it.
pub(super) fn forget(tx: &mut dyn Tx, id: &str) -> Result<(), StoreError> {
    for kind in [EarlierKind::Opportunity, EarlierKind::Closing] {
        tx.remove_earlier(kind, id)?;
    }
    Ok(())
}

/// Forgets what was kept of opportunities that are not saved any more for another reason, such as an edit that the
/// server refused.
fn forget_unsaved(tx: &mut dyn Tx, saved: &BTreeSet<String>) -> Result<(), StoreError> {
    for kind in [EarlierKind::Opportunity, EarlierKind::Closing] {
        for kept in tx.all_earlier(kind)?.into_iter().filter(|kept| !saved.contains(&kept.id)) {
            tx.remove_earlier(kind, &kept.id)?;
        }
    }
    Ok(())
}

/// Lists the news, and the next moment at which time alone changes them.
pub(super) fn list(
    tx: &mut dyn Tx,
    now: DateTime<Utc>,
) -> Result<(Vec<OpportunityNews>, Option<DateTime<Utc>>), StoreError> {
    let saved_only = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let saved = opportunities::list(tx, &saved_only, now, View::Full)?;
    let news_after = tx.news_after()?.and_then(DateTime::from_timestamp_millis);
    let (mut news, mut moments) = (Vec::new(), Vec::new());
    for listed in saved.into_iter().filter(is_awaited) {
        let id = &listed.opportunity.id;
        let kept = tx.earlier(EarlierKind::Opportunity, id)?.and_then(|kept| kept.body);
        let before = kept.and_then(|body| serde_json::from_value::<Opportunity>(body).ok());
        moments.extend(before.iter().chain([&listed.opportunity]).filter_map(over_from));
        // What the council had closed when the person last saw it is not closed by time.
        let shown = before.as_ref().unwrap_or(&listed.opportunity);
        let closed_at = over_from(&listed.opportunity).filter(|at| {
            *at <= now
                && news_after.is_some_and(|after| after < *at)
                && shown.status != OpportunityStatus::Closed
        });
        let has_closed = match closed_at {
            Some(at) => !has_seen_closing(tx, &listed.opportunity, at)?,
            None => false,
        };
        let change = before.as_ref().map(|it| opportunity_change(it, &listed.opportunity, now));
        let change = change.unwrap_or_default();
        let change = OpportunityChange { has_closed: change.has_closed || has_closed, ..change };
        if !change.is_empty() {
            let states = [json!(before), json!(listed.opportunity), json!(change.has_closed)];
            let news_id = news_id(EarlierKind::Opportunity, id, &states);
            news.push(OpportunityNews { news_id, listed, change });
        }
    }
    Ok((news, moments.into_iter().filter(|at| *at > now).min()))
}

pub(super) fn mark_seen(
    tx: &mut dyn Tx,
    now: DateTime<Utc>,
    is_meant: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    let (news, _) = list(tx, now)?;
    let Some(seen) = news.into_iter().find(|news| is_meant(&news.news_id)) else {
        return Ok(false);
    };
    let opportunity = seen.listed.opportunity;
    tx.remove_earlier(EarlierKind::Opportunity, &opportunity.id)?;
    if seen.change.has_reopened {
        tx.remove_earlier(EarlierKind::Closing, &opportunity.id)?;
    }
    if seen.change.has_closed {
        let body = Some(closing(&opportunity));
        tx.put_earlier(&EarlierRecord { kind: EarlierKind::Closing, id: opportunity.id, body })?;
    }
    Ok(true)
}

/// An opportunity that the council withdrew, which is listed as closed.
fn closed(opportunity: Opportunity) -> Opportunity {
    Opportunity { status: OpportunityStatus::Closed, ..opportunity }
}

/// Returns `true` unless the person is done with it.
fn is_awaited(listed: &ListedOpportunity) -> bool {
    let status = listed.saved.as_ref().map(|saved| saved.status);
    !matches!(status, Some(SaveStatus::GotIt | SaveStatus::NotForMe))
}

/// The days that close an opportunity: if they change and it closes again, it is news again.
fn closing(opportunity: &Opportunity) -> Value {
    json!([opportunity.closes_at, opportunity.ends])
}

/// Returns `true` if the person marked as seen that an opportunity closed at a moment, or saved it since, or changed
/// how far they are with it: then it was closed on their screen.
fn has_seen_closing(
    tx: &mut dyn Tx,
    opportunity: &Opportunity,
    closed_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let seen = tx.earlier(EarlierKind::Closing, &opportunity.id)?.and_then(|seen| seen.body);
    if seen == Some(closing(opportunity)) {
        return Ok(true);
    }
    let cells = tx.current_record(SAVED, &opportunity.id)?;
    let status = cells.into_iter().find(|cell| cell.key.field == STATUS);
    let closed_at = Reading::at_millis(closed_at.timestamp_millis());
    Ok(status.is_some_and(|status| status.stamp.reading >= closed_at))
}
