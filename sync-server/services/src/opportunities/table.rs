//! The table of opportunities: what the draft holds, and what it changes.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::pack::{Opportunities, Opportunity};

use super::{Availability, availability, is_outdated};
use crate::{
    ServiceError, StaffScope,
    publishing::drafts::{self, DraftRefusal, Stage},
};
use promise_database::Tx;

/// What the draft does to an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftChange {
    /// Nothing.
    Same,
    /// It is not published yet.
    New,
    /// It is published otherwise.
    Changed,
    /// It is published, and not in the draft any more.
    Removed,
}

/// One opportunity of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct OpportunityRow {
    /// It.
    pub opportunity: Opportunity,
    /// Whether it can be had.
    pub state: Availability,
    /// What the draft does to it.
    pub change: DraftChange,
}

/// Filter it can be had, to show only some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// What can be had.
    Open,
    /// What closes within a week.
    Soon,
    /// What has no closing date.
    Ongoing,
    /// What is closed, full or over.
    Closed,
    /// What the draft adds or changes.
    Draft,
    /// What the draft removes.
    Removed,
}

/// The order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By title.
    #[default]
    Title,
    /// What closes soonest first, what never closes last.
    Closes,
    /// By who offers it.
    Organisation,
    /// By kind.
    Kind,
}

/// What to show of the table.
#[derive(Clone, Debug, Default)]
pub struct TableQuery {
    /// Words that its title, summary, reference or organisation must hold.
    pub text: String,
    /// Only this kind, as it is written; empty for all.
    pub kind: String,
    /// Only those that can be had then.
    pub when: Filter,
    /// In this order.
    pub sort: Sort,
}

/// The table.
#[derive(Clone, Debug)]
pub struct OpportunityTable {
    /// Those that were wanted, in order.
    pub rows: Vec<OpportunityRow>,
    /// How many there would be for each [`Filter`].
    pub counts: [(Filter, usize); 7],
    /// How many are closed or over for more than 30 days.
    pub old: usize,
    /// How far the draft is.
    pub stage: Stage,
}

/// One opportunity, to read or change.
#[derive(Clone, Debug)]
pub struct OpportunityView {
    /// It, in the table.
    pub row: OpportunityRow,
    /// How far the draft is.
    pub stage: Stage,
}

/// Every opportunity of the draft in its own order, then those that the draft removes.
fn all(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<(Vec<OpportunityRow>, Stage), ServiceError> {
    let work = drafts::load(tx, scope)?;
    let published = match work.stage {
        Stage::NoDraft => work.content.opportunities.clone(),
        _ => drafts::load_published(tx, scope)?.map(|it| it.opportunities).unwrap_or_default(),
    };
    let published = published.opportunities.0;
    let mut before: BTreeMap<&str, &Opportunity> =
        published.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut rows = Vec::new();
    for opportunity in work.content.opportunities.opportunities.0 {
        let change = match before.remove(opportunity.id.as_str()) {
            None => DraftChange::New,
            Some(old) if *old == opportunity => DraftChange::Same,
            Some(_) => DraftChange::Changed,
        };
        let state = availability(&opportunity, now_millis);
        rows.push(OpportunityRow { opportunity, state, change });
    }
    let gone: BTreeSet<&str> = before.into_keys().collect();
    for opportunity in published.iter().filter(|it| gone.contains(it.id.as_str())) {
        let state = availability(opportunity, now_millis);
        rows.push(OpportunityRow {
            opportunity: opportunity.clone(),
            state,
            change: DraftChange::Removed,
        });
    }
    Ok((rows, work.stage))
}

/// The table, as far as it is wanted.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    wanted: &TableQuery,
    now_millis: i64,
) -> Result<OpportunityTable, ServiceError> {
    let (mut rows, stage) = all(tx, scope, now_millis)?;
    let text = wanted.text.to_lowercase();
    rows.retain(|row| {
        let it = &row.opportunity;
        let texts = [&it.id, &it.title, &it.organisation, &it.summary];
        let kind = serde_json::to_value(&it.kind).unwrap_or_default();
        (wanted.kind.is_empty() || kind == wanted.kind.as_str())
            && texts.iter().any(|held| held.to_lowercase().contains(&text))
    });
    let counts = [
        Filter::All,
        Filter::Open,
        Filter::Soon,
        Filter::Ongoing,
        Filter::Closed,
        Filter::Draft,
        Filter::Removed,
    ]
    .map(|when| (when, rows.iter().filter(|row| belongs(row, when)).count()));
    let is_there = |row: &&OpportunityRow| row.change != DraftChange::Removed;
    let old = rows.iter().filter(is_there).filter(|row| is_outdated(&row.opportunity, now_millis));
    let old = old.count();
    rows.retain(|row| belongs(row, wanted.when));
    rows.sort_by_cached_key(|row| {
        let it = &row.opportunity;
        let first = match wanted.sort {
            Sort::Title => String::new(),
            Sort::Closes => it.closes_at.map_or("~".to_owned(), |at| at.to_rfc3339()),
            Sort::Organisation => it.organisation.to_lowercase(),
            Sort::Kind => format!("{:?}", it.kind),
        };
        (first, it.title.to_lowercase(), it.id.clone())
    });
    Ok(OpportunityTable { rows, counts, old, stage })
}

fn belongs(row: &OpportunityRow, when: Filter) -> bool {
    let is_there = row.change != DraftChange::Removed;
    let can_be_had = matches!(row.state, Availability::Open | Availability::ClosesSoon);
    match when {
        Filter::All => is_there,
        Filter::Open => is_there && can_be_had,
        Filter::Soon => is_there && row.state == Availability::ClosesSoon,
        Filter::Ongoing => is_there && can_be_had && row.opportunity.closes_at.is_none(),
        Filter::Closed => is_there && !can_be_had,
        Filter::Draft => matches!(row.change, DraftChange::New | DraftChange::Changed),
        Filter::Removed => !is_there,
    }
}

/// The opportunity of this name, or what was published of it if the draft removes it.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    now_millis: i64,
) -> Result<OpportunityView, ServiceError> {
    let (rows, stage) = all(tx, scope, now_millis)?;
    let row = rows.into_iter().find(|row| row.opportunity.id == id);
    Ok(OpportunityView { row: row.ok_or(ServiceError::NotFound("opportunity"))?, stage })
}

/// What closed or ended more than 30 days ago, with its fingerprint.
pub fn list_outdated(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<(Vec<(OpportunityRow, String)>, Stage), ServiceError> {
    let (mut rows, stage) = all(tx, scope, now_millis)?;
    rows.retain(|row| {
        row.change != DraftChange::Removed && is_outdated(&row.opportunity, now_millis)
    });
    rows.sort_by_cached_key(|row| (row.opportunity.closes_at, row.opportunity.title.clone()));
    let with_print = |row: OpportunityRow| {
        let print = drafts::fingerprint(&row.opportunity);
        (row, print)
    };
    Ok((rows.into_iter().map(with_print).collect(), stage))
}

/// Removes those that are long over, named with their fingerprints, and answers how many.
///
/// [`DraftRefusal::ChangedSinceRead`]: one of them was changed meanwhile, or is not over any more.
pub fn remove_outdated(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    named: &BTreeMap<String, String>,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let ids = named.keys().cloned().collect::<Vec<_>>().join(", ");
    let what = format!("opportunities removed: {ids}");
    drafts::edit(tx, scope, &what, now_millis, |pack: &mut Opportunities| {
        let table = &mut pack.opportunities.0;
        for (id, print) in named {
            let place = table.iter().position(|it| {
                it.id == *id && is_outdated(it, now_millis) && drafts::fingerprint(it) == *print
            });
            table.remove(place.ok_or(DraftRefusal::ChangedSinceRead)?);
        }
        Ok(named.len())
    })
}
