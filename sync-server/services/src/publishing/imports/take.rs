//! Taking a sheet into the draft: what was looked at, all of it in one transaction.

use std::collections::BTreeSet;

use promise_protocol::pack::{Opportunities, Opportunity, OpportunityStatus};

use super::{Plan, discard, plan};
use crate::{
    ServiceError, StaffScope,
    publishing::drafts::{self, DraftRefusal},
};
use promise_database::Tx;

/// What becomes of opportunities that the draft holds and the sheet does not.
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

/// What was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many are new.
    pub added: usize,
    /// How many changed.
    pub changed: usize,
    /// How many were closed or removed because the sheet does not have them.
    pub gone: usize,
    /// How many rows still have a mistake. While there are some, the sheet is kept.
    pub wrong: usize,
}

/// Takes the rows in which nothing is wrong into the draft, but for the lines `left_out`.
/// `looked_at` holds the plan's [`version`](Plan::version) and
/// [`missing_version`](Plan::missing_version).
///
/// [`DraftRefusal::ChangedSinceRead`]: the draft changed meanwhile in something that the sheet touches.
pub fn apply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    looked_at: (&str, &str),
    missing: Missing,
    left_out: &BTreeSet<usize>,
    now_millis: i64,
) -> Result<Applied, ServiceError> {
    let plan = plan(tx, scope, now_millis)?.ok_or(ServiceError::NotFound("upload"))?;
    let is_same_missing = missing == Missing::Keep || plan.missing_version == looked_at.1;
    if plan.version != looked_at.0 || !is_same_missing {
        return Err(DraftRefusal::ChangedSinceRead.into());
    }
    let wanted = Wanted::of(&plan, missing, left_out);
    let taken = Applied {
        added: wanted.added.len(),
        changed: wanted.changed.len(),
        gone: wanted.gone.len(),
        wrong: plan.wrong.len(),
    };
    drafts::edit(tx, scope, &wanted.said(missing), now_millis, |pack: &mut Opportunities| {
        wanted.put(&mut pack.opportunities.0, missing);
        Ok(())
    })?;
    if plan.wrong.is_empty() {
        discard(tx, scope)?;
    }
    Ok(taken)
}

/// What is to be taken.
struct Wanted<'a> {
    added: Vec<&'a Opportunity>,
    changed: Vec<&'a Opportunity>,
    gone: BTreeSet<&'a str>,
}

impl<'a> Wanted<'a> {
    fn of(plan: &'a Plan, missing: Missing, left_out: &BTreeSet<usize>) -> Self {
        let is_in = |line: &usize| !left_out.contains(line);
        let is_touched = |it: &&Opportunity| match missing {
            Missing::Keep => false,
            Missing::Close => it.status != OpportunityStatus::Closed,
            Missing::Remove => true,
        };
        let added = plan.added.iter().filter(|it| is_in(&it.line));
        let changed = plan.changed.iter().filter(|it| is_in(&it.line));
        let gone = plan.missing.iter().filter(is_touched);
        Self {
            added: added.map(|it| &it.opportunity).collect(),
            changed: changed.map(|it| &it.opportunity).collect(),
            gone: gone.map(|it| it.id.as_str()).collect(),
        }
    }

    /// For the log: which, and never what is in them.
    fn said(&self, missing: Missing) -> String {
        let names =
            |of: &[&Opportunity]| -> Vec<String> { of.iter().map(|it| it.id.clone()).collect() };
        let gone = self.gone.iter().map(|id| (*id).to_owned()).collect();
        let gone_word = if missing == Missing::Close { "closed" } else { "removed" };
        let parts =
            [("added", names(&self.added)), ("changed", names(&self.changed)), (gone_word, gone)];
        let parts = parts.iter().filter(|(_, ids)| !ids.is_empty());
        let parts: Vec<String> =
            parts.map(|(done, ids)| format!("{done} {}", ids.join(", "))).collect();
        format!("opportunities imported: {}", parts.join("; "))
    }

    fn put(&self, table: &mut Vec<Opportunity>, missing: Missing) {
        for new in &self.changed {
            if let Some(old) = table.iter_mut().find(|it| it.id == new.id) {
                (*old).clone_from(new);
            }
        }
        let is_gone = |it: &Opportunity| self.gone.contains(it.id.as_str());
        match missing {
            Missing::Keep => {}
            Missing::Close => {
                for it in table.iter_mut().filter(|it| is_gone(it)) {
                    it.status = OpportunityStatus::Closed;
                }
            }
            Missing::Remove => table.retain(|it| !is_gone(it)),
        }
        table.extend(self.added.iter().map(|it| (*it).clone()));
    }
}
