//! Applying a sheet to the draft, in one transaction.

use std::collections::BTreeSet;

use promise_protocol::pack::{Opportunities, Opportunity, OpportunityStatus};

use super::{Plan, discard, plan};
use crate::{
    Entity, ServiceError, StaffScope,
    publishing::drafts::{self, DraftRefusal},
};
use promise_database::Tx;

/// What happens to opportunities of the draft that are not in the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// They stay as they are.
    #[default]
    Keep,
    /// They are closed.
    Close,
    /// They are removed.
    Remove,
}

/// What was applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many opportunities were added.
    pub added: usize,
    /// How many were changed.
    pub changed: usize,
    /// How many were closed or removed because they are not in the sheet.
    pub cleared: usize,
    /// How many valid rows were left out, because the editor excluded them.
    pub excluded: usize,
    /// How many rows are invalid. While there are any, the sheet is kept.
    pub invalid: usize,
}

/// Applies the valid rows to the draft, without the lines `excluded`. `seen` holds the
/// [`version`](Plan::version) and [`missing_version`](Plan::missing_version) of the plan that was
/// shown.
///
/// [`DraftRefusal::ChangedSinceRead`]: the draft has changed since in something that the sheet
/// changes.
pub fn apply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (seen, seen_missing): (&str, &str),
    missing: Missing,
    excluded: &BTreeSet<usize>,
    now_millis: i64,
) -> Result<Applied, ServiceError> {
    let plan = plan(tx, scope, now_millis)?.ok_or(ServiceError::NotFound(Entity::Upload))?;
    let is_same_missing = missing == Missing::Keep || plan.missing_version == seen_missing;
    if plan.version != seen || !is_same_missing {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    let changes = Changes::new(&plan, missing, excluded);
    let applied = Applied {
        added: changes.added.len(),
        changed: changes.changed.len(),
        cleared: changes.cleared.len(),
        excluded: changes.excluded,
        invalid: plan.invalid.len(),
    };
    drafts::edit(tx, scope, &changes.detail(), now_millis, |pack: &mut Opportunities| {
        // The notice gives the editor these numbers, so all of it is applied or nothing.
        let is_complete = changes.apply_to(&mut pack.opportunities.0);
        is_complete.then_some(()).ok_or_else(|| DraftRefusal::ChangedSinceRead.into())
    })?;
    if plan.invalid.is_empty() {
        discard(tx, scope)?;
    }
    Ok(applied)
}

/// The changes to the table.
struct Changes<'a> {
    added: Vec<&'a Opportunity>,
    changed: Vec<&'a Opportunity>,
    /// The ids of those to close or remove.
    cleared: BTreeSet<&'a str>,
    excluded: usize,
    missing: Missing,
}

impl<'a> Changes<'a> {
    fn new(plan: &'a Plan, missing: Missing, excluded: &BTreeSet<usize>) -> Self {
        let is_included = |line: usize| !excluded.contains(&line);
        let is_cleared = |opportunity: &&Opportunity| match missing {
            Missing::Keep => false,
            Missing::Close => opportunity.status != OpportunityStatus::Closed,
            Missing::Remove => true,
        };
        let added = plan.added.iter().filter(|row| is_included(row.line));
        let changed = plan.changed.iter().filter(|row| is_included(row.line));
        let cleared = plan.missing.iter().filter(is_cleared);
        let lines = plan.added.iter().map(|row| row.line);
        let lines = lines.chain(plan.changed.iter().map(|row| row.line));
        Self {
            excluded: lines.filter(|line| !is_included(*line)).count(),
            added: added.map(|row| &row.opportunity).collect(),
            changed: changed.map(|row| &row.opportunity).collect(),
            cleared: cleared.map(|opportunity| opportunity.id.as_str()).collect(),
            missing,
        }
    }

    /// Returns the detail of the audit entry: ids, without any content.
    fn detail(&self) -> String {
        let ids = |opportunities: &[&Opportunity]| -> Vec<String> {
            opportunities.iter().map(|opportunity| opportunity.id.clone()).collect()
        };
        let cleared = self.cleared.iter().map(|id| (*id).to_owned()).collect();
        let cleared_word = if self.missing == Missing::Close { "closed" } else { "removed" };
        let parts =
            [("added", ids(&self.added)), ("changed", ids(&self.changed)), (cleared_word, cleared)];
        let parts = parts.iter().filter(|(_, ids)| !ids.is_empty());
        let parts: Vec<String> =
            parts.map(|(done, ids)| format!("{done} {}", ids.join(", "))).collect();
        format!("opportunities imported: {}", parts.join("; "))
    }

    /// Applies all changes. Returns `false` if the table does not fit them.
    fn apply_to(&self, table: &mut Vec<Opportunity>) -> bool {
        for new in &self.changed {
            let old = table.iter_mut().find(|opportunity| opportunity.id == new.id);
            let Some(old) = old else { return false };
            (*old).clone_from(new);
        }
        if self.added.iter().any(|new| table.iter().any(|opportunity| opportunity.id == new.id)) {
            return false;
        }
        let is_cleared = |opportunity: &Opportunity| self.cleared.contains(opportunity.id.as_str());
        match self.missing {
            Missing::Keep => {}
            Missing::Close => {
                for opportunity in table.iter_mut().filter(|opportunity| is_cleared(opportunity)) {
                    opportunity.status = OpportunityStatus::Closed;
                }
            }
            Missing::Remove => table.retain(|opportunity| !is_cleared(opportunity)),
        }
        table.extend(self.added.iter().map(|opportunity| (*opportunity).clone()));
        true
    }
}
