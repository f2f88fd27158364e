//! Visits and reviews that are due, for lists of young people: the law's limits and the promise's apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::Tx;
use promise_protocol::{
    ids::{CouncilId, PersonId},
    pack::{Localised, Timescale},
    schema::DELETED,
    timescale::{Limit, LimitState},
};

use crate::{
    Record, ServiceError,
    people::timescales::{self, COLLECTION, RecordedTimescale},
};

/// The fields that decide what is due.
const FIELDS: [&str; 4] = [DELETED, "from_on", "last_on", "next_on"];

/// A limit that is near or has passed.
#[derive(Clone, Debug, PartialEq)]
pub struct DueTimescale {
    /// What has to happen.
    pub display_name: Localised,
    /// Who sets the limit.
    pub basis: LimitBasis,
    /// The limit.
    pub limit: Limit,
}

/// Who sets a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitBasis {
    /// The council, by its promise.
    Promise,
    /// The law.
    Law,
}

impl DueTimescale {
    /// Returns `true` if the limit has passed.
    pub fn is_overdue(&self) -> bool {
        self.limit.state == LimitState::Overdue
    }

    /// Returns `true` if the limit of the law has passed.
    pub fn is_overdue_by_law(&self) -> bool {
        self.is_overdue() && self.basis == LimitBasis::Law
    }
}

/// Returns what is due for a young person whom the caller may see, the first limit first.
pub(crate) fn of_person(
    tx: &mut dyn Tx,
    person: &PersonId,
    published: &[Timescale],
    today: NaiveDate,
) -> Result<Vec<DueTimescale>, ServiceError> {
    Ok(due_among(&timescales::recorded(tx, person, published, today)?))
}

/// Returns what is due for the young people of a council. Those for whom nothing is due are left out.
pub(crate) fn of_council(
    tx: &mut dyn Tx,
    council: &CouncilId,
    today: NaiveDate,
) -> Result<BTreeMap<PersonId, Vec<DueTimescale>>, ServiceError> {
    let published = timescales::published(tx, council)?;
    let mut records: BTreeMap<PersonId, BTreeMap<String, Record>> = BTreeMap::new();
    tx.visit_values(council, COLLECTION, &FIELDS, &mut |held| {
        let record = records.entry(held.person).or_default().entry(held.record).or_default();
        record.fields.insert(held.field, held.value);
    })?;
    let people = records.into_iter().map(|(person, records)| {
        (person, due_among(&timescales::of_records(records, &published, today)))
    });
    Ok(people.filter(|(_, due)| !due.is_empty()).collect())
}

fn due_among(recorded: &[RecordedTimescale]) -> Vec<DueTimescale> {
    let mut due = Vec::new();
    for RecordedTimescale { timescale, days, .. } in recorded {
        for (basis, limit) in [(LimitBasis::Promise, days.promise), (LimitBasis::Law, days.law)] {
            let limit = limit.filter(|limit| limit.state != LimitState::Later);
            due.extend(limit.map(|limit| {
                let display_name = timescale.display_name.clone();
                DueTimescale { display_name, basis, limit }
            }));
        }
    }
    due.sort_by_key(|due| due.limit.by);
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        StaffRole, StaffScope, calendar,
        fixture::{NOW, World},
        people::{
            caseload::{self, CaseloadRow},
            timescales::RecordedDays,
        },
    };

    /// Records that a person was visited so many days ago.
    fn visit(world: &mut World, person: &PersonId, days_ago: u64) {
        let today = calendar::today(NOW);
        let last = today.checked_sub_days(chrono::Days::new(days_ago));
        let days = RecordedDays::new(last, None, today).unwrap();
        let saved =
            world.staff(|tx, scope, _| timescales::save(tx, scope, person, "visit", days, NOW));
        saved.unwrap();
    }

    fn caseload_of(world: &mut World, role: StaffRole) -> Vec<CaseloadRow> {
        let today = calendar::today(NOW);
        let scope = StaffScope::of_member("barnet".into(), world.jo.clone(), role, today);
        world.staff(|tx, _, _| caseload::list(tx, &scope, None, NOW)).unwrap()
    }

    fn shown(row: &CaseloadRow) -> Vec<(&str, LimitBasis, LimitState)> {
        let due = row.due.iter();
        due.map(|it| (it.display_name["en"].as_str(), it.basis, it.limit.state)).collect()
    }

    #[test]
    fn caseload_lists_what_is_due_for_its_own_people() {
        let mut world = World::new();
        world.publish_visits();
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        for person in [&ada, &bea] {
            visit(&mut world, person, 57);
        }
        let rows = caseload_of(&mut world, StaffRole::Adviser);
        assert_eq!(rows.len(), 1, "only Ada is Jo's");
        let expected = [
            ("Visits", LimitBasis::Promise, LimitState::Overdue),
            ("Visits", LimitBasis::Law, LimitState::Soon),
        ];
        assert_eq!(shown(&rows[0]), expected);
        visit(&mut world, &ada, 1);
        assert_eq!(shown(&caseload_of(&mut world, StaffRole::Adviser)[0]), []);
    }

    #[test]
    fn list_of_the_council_has_what_the_lists_of_advisers_have() {
        let mut world = World::new();
        world.publish_visits();
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        visit(&mut world, &ada, 70);
        visit(&mut world, &bea, 1);
        let own = caseload_of(&mut world, StaffRole::Adviser);
        assert!(own[0].due.iter().all(DueTimescale::is_overdue), "{:?}", own[0].due);
        let all = caseload_of(&mut world, StaffRole::Manager);
        let due_of = |person| &all.iter().find(|row| row.person == person).unwrap().due;
        assert_eq!((due_of(ada), due_of(bea).len()), (&own[0].due, 0));
    }
}
