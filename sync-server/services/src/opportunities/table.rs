//! The table of opportunities: what the draft contains, and what it changes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use promise_protocol::{
    pack::{Opportunities, Opportunity},
    search::TextFilter,
    text::{SortKey, key, sort_key},
};

use super::{Availability, availability, is_outdated};
use crate::{
    Entity, ServiceError, StaffScope,
    publishing::drafts::{self, DraftRefusal, Stage},
};
use promise_database::Tx;

/// What the draft changes about an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftChange {
    /// Nothing.
    Same,
    /// It is not published yet.
    New,
    /// It differs from what is published.
    Changed,
    /// It is published, and not in the draft.
    Removed,
}

/// An opportunity of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct OpportunityRow {
    /// The opportunity in the draft, or as it is published if the draft removes it.
    pub opportunity: Opportunity,
    /// Whether young people can apply for it.
    pub availability: Availability,
    /// What the draft changes about it.
    pub change: DraftChange,
}

/// Which opportunities to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All in the draft.
    #[default]
    All,
    /// Those that are open.
    Open,
    /// Those that close within a week.
    Soon,
    /// Those that are open without a closing date.
    Ongoing,
    /// Those that are paused, closed or ended.
    Closed,
    /// Those that the draft adds or changes.
    Draft,
    /// Those that the draft removes.
    Removed,
}

const FILTERS: [Filter; 7] = [
    Filter::All,
    Filter::Open,
    Filter::Soon,
    Filter::Ongoing,
    Filter::Closed,
    Filter::Draft,
    Filter::Removed,
];

/// The order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By title.
    #[default]
    Title,
    /// By closing date. Those without one come last.
    Closes,
    /// By organisation.
    Organisation,
    /// By kind.
    Kind,
}

/// Which opportunities to list, and in which order.
#[derive(Clone, Debug, Default)]
pub struct TableQuery {
    /// Text that the id, title, organisation or summary contains, or words in any spelling.
    pub text: String,
    /// Only this kind; empty for all.
    pub kind: String,
    /// Only these.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
}

/// The result of a [`TableQuery`].
#[derive(Clone, Debug)]
pub struct OpportunityTable {
    /// The opportunities that match, in order.
    pub rows: Vec<OpportunityRow>,
    /// How many each filter would list.
    pub counts: [(Filter, usize); 7],
    /// How many are outdated.
    pub outdated: usize,
    /// The stage of the draft.
    pub stage: Stage,
}

/// One opportunity.
#[derive(Clone, Debug)]
pub struct OpportunityView {
    /// Its row of the table.
    pub row: OpportunityRow,
    /// The stage of the draft.
    pub stage: Stage,
}

/// Returns every opportunity of the draft in its own order, then those that the draft removes.
fn all_rows(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<(Vec<OpportunityRow>, Stage), ServiceError> {
    let draft = drafts::load(tx, scope)?;
    let published = match draft.stage {
        Stage::NoDraft => draft.content.opportunities.clone(),
        _ => drafts::load_published(tx, scope)?
            .map(|content| content.opportunities)
            .unwrap_or_default(),
    };
    let published = published.opportunities.0;
    let row = |opportunity: Opportunity, change| OpportunityRow {
        availability: availability(&opportunity, now_millis),
        opportunity,
        change,
    };
    let mut unseen: BTreeMap<&str, &Opportunity> =
        published.iter().map(|opportunity| (opportunity.id.as_str(), opportunity)).collect();
    let mut rows = Vec::new();
    for opportunity in draft.content.opportunities.opportunities.0 {
        let change = match unseen.remove(opportunity.id.as_str()) {
            None => DraftChange::New,
            Some(old) if *old == opportunity => DraftChange::Same,
            Some(_) => DraftChange::Changed,
        };
        rows.push(row(opportunity, change));
    }
    let removed: BTreeSet<&str> = unseen.into_keys().collect();
    let removed = published.iter().filter(|opportunity| removed.contains(opportunity.id.as_str()));
    rows.extend(removed.map(|opportunity| row(opportunity.clone(), DraftChange::Removed)));
    Ok((rows, draft.stage))
}

/// Lists opportunities.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    query: &TableQuery,
    now_millis: i64,
) -> Result<OpportunityTable, ServiceError> {
    let (mut rows, stage) = all_rows(tx, scope, now_millis)?;
    let searched = TextFilter::new(&query.text);
    rows.retain(|row| {
        let OpportunityRow { opportunity, .. } = row;
        let is_kind = query.kind.is_empty() || opportunity.kind.as_str() == query.kind;
        let texts =
            [&opportunity.id, &opportunity.title, &opportunity.organisation, &opportunity.summary];
        is_kind && texts.iter().any(|text| searched.matches(text))
    });
    let counts =
        FILTERS.map(|filter| (filter, rows.iter().filter(|row| matches(row, filter)).count()));
    let outdated = rows.iter().filter(|row| is_outdated_row(row, now_millis)).count();
    rows.retain(|row| matches(row, query.filter));
    rows.sort_by_cached_key(|row| {
        let OpportunityRow { opportunity, .. } = row;
        let first = match query.sort {
            Sort::Title => FirstKey::Same,
            Sort::Closes => {
                FirstKey::Closes(opportunity.closes_at.is_none(), opportunity.closes_at)
            }
            // An organisation is one in capitals or not.
            Sort::Organisation => FirstKey::Organisation(sort_key(&key(&opportunity.organisation))),
            Sort::Kind => FirstKey::Kind(format!("{:?}", opportunity.kind)),
        };
        (first, sort_key(&opportunity.title), opportunity.id.clone())
    });
    Ok(OpportunityTable { rows, counts, outdated, stage })
}

/// What a row is sorted by before its title. All rows of a table have the same variant.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum FirstKey {
    Same,
    /// Whether it has no closing date, and the date.
    Closes(bool, Option<DateTime<Utc>>),
    Organisation(SortKey),
    Kind(String),
}

fn matches(row: &OpportunityRow, filter: Filter) -> bool {
    let is_in_draft = row.change != DraftChange::Removed;
    let is_open = row.availability.is_open();
    match filter {
        Filter::All => is_in_draft,
        Filter::Open => is_in_draft && is_open,
        Filter::Soon => is_in_draft && row.availability == Availability::ClosesSoon,
        Filter::Ongoing => is_in_draft && is_open && row.opportunity.closes_at.is_none(),
        Filter::Closed => is_in_draft && !is_open,
        Filter::Draft => matches!(row.change, DraftChange::New | DraftChange::Changed),
        Filter::Removed => !is_in_draft,
    }
}

fn is_outdated_row(row: &OpportunityRow, now_millis: i64) -> bool {
    row.change != DraftChange::Removed && is_outdated(&row.opportunity, now_millis)
}

/// Finds an opportunity of the draft, or one that the draft removes.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    now_millis: i64,
) -> Result<OpportunityView, ServiceError> {
    let (rows, stage) = all_rows(tx, scope, now_millis)?;
    let row = rows.into_iter().find(|row| row.opportunity.id == id);
    Ok(OpportunityView { row: row.ok_or(ServiceError::NotFound(Entity::Opportunity))?, stage })
}

/// Lists the outdated opportunities, each with its fingerprint.
pub fn list_outdated(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<(Vec<(OpportunityRow, String)>, Stage), ServiceError> {
    let (mut rows, stage) = all_rows(tx, scope, now_millis)?;
    rows.retain(|row| is_outdated_row(row, now_millis));
    rows.sort_by_cached_key(|row| {
        let OpportunityRow { opportunity, .. } = row;
        (opportunity.closes_at, sort_key(&opportunity.title), opportunity.id.clone())
    });
    let with_fingerprint = |row: OpportunityRow| {
        let fingerprint = drafts::fingerprint(&row.opportunity);
        (row, fingerprint)
    };
    Ok((rows.into_iter().map(with_fingerprint).collect(), stage))
}

/// Removes outdated opportunities, given by id and fingerprint. Returns how many.
///
/// [`DraftRefusal::ChangedSinceRead`]: one of them has changed since, or is not outdated any more.
pub fn remove_outdated(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    selected: &BTreeMap<String, String>,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let ids = selected.keys().cloned().collect::<Vec<_>>().join(", ");
    let detail = format!("opportunities removed: {ids}");
    drafts::edit(tx, scope, &detail, now_millis, |pack: &mut Opportunities| {
        let table = &mut pack.opportunities.0;
        for (id, fingerprint) in selected {
            let index = table.iter().position(|opportunity| {
                opportunity.id == *id
                    && is_outdated(opportunity, now_millis)
                    && drafts::fingerprint(opportunity) == *fingerprint
            });
            table.remove(index.ok_or(DraftRefusal::ChangedSinceRead)?);
        }
        Ok(selected.len())
    })
}
