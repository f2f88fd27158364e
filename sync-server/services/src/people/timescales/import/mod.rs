//! Last days of visits and reviews, from the council's own case system.
//!
//! An import reads `ssd_care_leavers` of the Standard Safeguarding Dataset. [`CareLeavers`] keeps the
//! columns that are needed and drops the rest. A last day is only moved forward: an adviser who recorded a
//! later one knows of it before the case system does. [`apply()`] writes each day as [`save`] does.

mod file;
mod plan;

use std::collections::BTreeMap;

use promise_database::{Person, Tx};
use promise_protocol::ids::CouncilId;

use super::{FromDay, RecordedDays, published, recorded, save};
use crate::{Entity, Permission, ServiceError, StaffScope, calendar};
pub use file::{CareLeavers, ImportedTimescales, UnreadableFile};
pub use plan::{DayProblem, MovedDay, Plan, RefusedDay};

/// Returns the ids of the timescales that a council publishes.
pub fn published_ids(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
) -> Result<Vec<String>, ServiceError> {
    scope.permit(Permission::SeePeople)?;
    let council = scope.council(tx, council)?;
    Ok(published(tx, &council)?.into_iter().map(|timescale| timescale.id).collect())
}

/// Returns what an import would change. Writes nothing.
///
/// Returns [`ServiceError::NotFound`] if the council does not publish one of the timescales.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    file: &CareLeavers,
    now_millis: i64,
) -> Result<Plan, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let council = scope.council(tx, council)?;
    let (published, today) = (published(tx, &council)?, calendar::today(now_millis));
    let is_published = |id: &str| published.iter().any(|timescale| timescale.id == id);
    if !file.columns.iter().all(|(_, id)| is_published(id)) {
        return Err(ServiceError::NotFound(Entity::Timescale));
    }
    let keyed = tx.people(&council)?.into_iter().filter_map(|person| {
        let key = file::key(person.reference.as_deref()?);
        (!key.is_empty()).then_some((key, person))
    });
    let people: BTreeMap<String, Person> = keyed.collect();
    let mut plan = Plan::default();
    for (key, days) in plan.last_days(file, &people, today) {
        let Some(person) = people.get(key) else { continue };
        for recorded in recorded(tx, &person.id, &published, today)? {
            if let Some(last_on) = days.get(recorded.timescale.id.as_str()) {
                plan.compare(person, &recorded, *last_on);
            }
        }
    }
    Ok(plan)
}

/// Applies an import: all of it or, on an error, nothing. Returns what it changed. Repeating it changes
/// nothing.
pub fn apply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    file: &CareLeavers,
    now_millis: i64,
) -> Result<Plan, ServiceError> {
    scope.permit_now(tx, Permission::GivePeople)?;
    let plan = plan(tx, scope, council, file, now_millis)?;
    for moved in &plan.moved {
        let (last_on, next_on) = (Some(moved.last_on), moved.next_on);
        let days = RecordedDays { from: FromDay::Kept, last_on, next_on };
        save(tx, scope, &moved.person, &moved.timescale, days, now_millis)?;
    }
    Ok(plan)
}

#[cfg(test)]
mod tests;
