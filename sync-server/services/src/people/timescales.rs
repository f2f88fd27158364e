//! When visits and reviews were last, when the next ones are planned, and by when they have to be. Staff
//! record it, and the young person's phones show it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{DatabaseError, Person, Tx};
use promise_protocol::{
    PackName,
    ids::{CouncilId, PersonId},
    pack::{Directory, Localised, Pack, Timescale},
    timescale::{Limit, LimitState, TimescaleDays},
};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::{
    Entity, Record, ServiceError, StaffScope, calendar,
    cells::records,
    staff_writes::{ValidFields, write_to},
};

const COLLECTION: &str = "timescale";

/// A timescale, and what staff recorded about one young person.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedTimescale {
    /// The timescale. One that the council does not publish any more has its id as its name.
    pub timescale: Timescale,
    /// The day of the last one as it was recorded.
    pub last_on: Option<NaiveDate>,
    /// The day of the next one as it was recorded.
    pub next_on: Option<NaiveDate>,
    /// What that means today.
    pub days: TimescaleDays,
}

/// The days that staff record: the last one was today at the latest, and the next one comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedDays {
    last_on: Option<NaiveDate>,
    next_on: Option<NaiveDate>,
}

/// Why two days cannot be recorded. The same days fail again, until the last one has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidDays {
    /// The last one is still to come.
    #[error("the last one cannot be after today")]
    LastToCome,
    /// The next one is not after the last one.
    #[error("the next one must be after the last one")]
    NextNotAfterLast,
}

impl RecordedDays {
    /// Checks the days. `None` empties one.
    pub fn new(
        last_on: Option<NaiveDate>,
        next_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, InvalidDays> {
        if last_on.is_some_and(|last| last > today) {
            return Err(InvalidDays::LastToCome);
        }
        if next_on.is_some_and(|next| last_on.is_some_and(|last| next <= last)) {
            return Err(InvalidDays::NextNotAfterLast);
        }
        Ok(Self { last_on, next_on })
    }
}

/// A limit that is near or has passed.
#[derive(Clone, Debug, PartialEq)]
pub struct DueTimescale {
    /// What has to happen.
    pub display_name: Localised,
    /// The first limit that is not met: the promise's or the law's.
    pub limit: Limit,
}

/// Returns the council's timescales with what is recorded about a young person.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<Vec<RecordedTimescale>, ServiceError> {
    let person = scope.person(tx, person)?;
    of_person(tx, &person, calendar::today(now_millis))
}

/// Like [`list`], for a person whom the caller may see.
pub(crate) fn of_person(
    tx: &mut dyn Tx,
    person: &Person,
    today: NaiveDate,
) -> Result<Vec<RecordedTimescale>, ServiceError> {
    let published = published(tx, &person.council)?;
    recorded(tx, &person.id, &published, today)
}

/// Returns one timescale that the council publishes, or about which something is recorded.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    id: &str,
    now_millis: i64,
) -> Result<RecordedTimescale, ServiceError> {
    let mut timescales = list(tx, scope, person, now_millis)?.into_iter();
    let found = timescales.find(|recorded| recorded.timescale.id == id);
    found.ok_or(ServiceError::NotFound(Entity::Timescale))
}

/// Records when something was last and when the next one is planned.
pub fn save(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    id: &str,
    RecordedDays { last_on, next_on }: RecordedDays,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    find(tx, scope, &person.id, id, now_millis)?;
    let day = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    let fields = [("last_on".to_owned(), day(last_on)), ("next_on".to_owned(), day(next_on))];
    let fields = ValidFields::validate(COLLECTION, id, fields.into())?;
    write_to(tx, scope, &person, (COLLECTION, id), fields, now_millis)?;
    Ok(())
}

/// Returns the timescales that a council publishes.
pub(crate) fn published(
    tx: &mut dyn Tx,
    council: &CouncilId,
) -> Result<Vec<Timescale>, ServiceError> {
    let edition = tx.newest_edition(council)?;
    let hash = edition.and_then(|edition| edition.packs.get(&PackName::Directory).cloned());
    let Some(hash) = hash else { return Ok(Vec::new()) };
    let stored = tx.pack(&hash)?.ok_or(DatabaseError::Unreadable("pack"))?;
    let directory =
        Directory::from_bytes(&stored.bytes).map_err(|_| DatabaseError::Unreadable("pack"))?;
    Ok(directory.timescales)
}

/// Returns what is near or overdue for a young person whom the caller may see, the first limit first.
pub(crate) fn due(
    tx: &mut dyn Tx,
    person: &PersonId,
    published: &[Timescale],
    today: NaiveDate,
) -> Result<Vec<DueTimescale>, ServiceError> {
    let recorded = recorded(tx, person, published, today)?.into_iter();
    let mut due: Vec<DueTimescale> = recorded.filter_map(RecordedTimescale::into_due).collect();
    due.sort_by_key(|due| due.limit.by);
    Ok(due)
}

fn recorded(
    tx: &mut dyn Tx,
    person: &PersonId,
    published: &[Timescale],
    today: NaiveDate,
) -> Result<Vec<RecordedTimescale>, ServiceError> {
    let records = records::list(tx, person, COLLECTION)?.into_iter();
    let mut records: BTreeMap<String, Record> = records
        .filter(|record| !record.is_deleted())
        .map(|record| (record.id.clone(), record))
        .collect();
    let mut timescales: Vec<RecordedTimescale> = published
        .iter()
        .map(|timescale| {
            let record = records.remove(&timescale.id).unwrap_or_default();
            RecordedTimescale::new(timescale.clone(), &record, today)
        })
        .collect();
    let withdrawn = records.into_iter().map(|(id, record)| {
        let timescale = Timescale {
            display_name: [("en".to_owned(), id.clone())].into(),
            id,
            applies_to: Localised::new(),
            law: None,
            promise: None,
            unknown: Map::new(),
        };
        RecordedTimescale::new(timescale, &record, today)
    });
    timescales.extend(withdrawn.filter(|it| it.last_on.is_some() || it.next_on.is_some()));
    Ok(timescales)
}

impl RecordedTimescale {
    fn new(timescale: Timescale, record: &Record, today: NaiveDate) -> Self {
        let day = |field: &str| record.text(field).parse().ok();
        let (last_on, next_on) = (day("last_on"), day("next_on"));
        let days = TimescaleDays::on(today, &timescale, last_on, next_on);
        Self { timescale, last_on, next_on, days }
    }

    /// The first limit, if it is near or has passed.
    fn into_due(self) -> Option<DueTimescale> {
        let limits = [self.days.promise, self.days.law].into_iter().flatten();
        let limit = limits.min_by_key(|limit| limit.by)?;
        let is_due = limit.state != LimitState::Later;
        is_due.then_some(DueTimescale { display_name: self.timescale.display_name, limit })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        StaffRole,
        fixture::{NOW, World},
        people::caseload,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Publishes visits every two months by law, and every eight weeks by promise.
    fn publish(world: &mut World) {
        let directory: Directory = serde_json::from_value(json!({"lines": [], "timescales": [
            {"id": "visit", "display_name": {"en": "Visits"}, "promise": "8 weeks",
             "law": {"every": "2 months", "source": "SI 2010/2571 reg 8(2)"}}]}))
        .unwrap();
        let bytes = directory.to_bytes();
        let council: CouncilId = "barnet".into();
        world.run(|tx| {
            let hash = promise_protocol::pack::hash(&bytes);
            let pack = promise_database::StoredPack {
                hash: hash.clone(),
                name: PackName::Directory,
                bytes,
            };
            tx.add_pack(&pack)?;
            let packs = [(PackName::Directory, hash)].into();
            let edition = promise_protocol::Edition { number: 1, packs, signature: None };
            tx.add_edition(&council, &edition, NOW)
        });
    }

    fn days_before(days: u64) -> Option<NaiveDate> {
        calendar::today(NOW).checked_sub_days(chrono::Days::new(days))
    }

    fn last(last_on: Option<NaiveDate>) -> RecordedDays {
        RecordedDays::new(last_on, None, calendar::today(NOW)).unwrap()
    }

    #[test]
    fn days_that_cannot_be_are_refused() {
        let today = day("2026-11-30");
        let new = |last: &str, next: &str| {
            RecordedDays::new(last.parse().ok(), next.parse().ok(), today).map(drop)
        };
        assert_eq!(new("2026-12-01", ""), Err(InvalidDays::LastToCome));
        assert_eq!(new("2026-11-30", "2026-11-30"), Err(InvalidDays::NextNotAfterLast));
        for (last, next) in [("2026-11-30", "2026-12-01"), ("", "2026-11-01"), ("", "")] {
            assert_eq!(new(last, next), Ok(()), "{last} {next}");
        }
    }

    #[test]
    fn recorded_days_give_the_limits_of_law_and_promise() {
        let mut world = World::new();
        publish(&mut world);
        let ada = world.ada.clone();
        let days = last(days_before(60));
        world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
        let listed = world.staff(|tx, scope, _| list(tx, scope, &ada, NOW)).unwrap();
        assert_eq!((listed.len(), listed[0].last_on), (1, days_before(60)));
        let state = |limit: Option<Limit>| limit.map(|limit| limit.state);
        assert_eq!(state(listed[0].days.promise), Some(LimitState::Overdue));
        assert_eq!(state(listed[0].days.law), Some(LimitState::Soon));
    }

    #[test]
    fn caseload_lists_what_is_due_for_its_own_people() {
        let mut world = World::new();
        publish(&mut world);
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        for person in [&ada, &bea] {
            let days = last(days_before(50));
            world.staff(|tx, scope, _| save(tx, scope, person, "visit", days, NOW)).unwrap();
        }
        let adviser = world.jo_as(StaffRole::Adviser);
        let rows = world.staff(|tx, _, _| caseload::list(tx, &adviser, None, NOW)).unwrap();
        assert_eq!(rows.len(), 1, "only Ada is Jo's");
        let due = &rows[0].due[0];
        assert_eq!(
            (due.display_name["en"].as_str(), due.limit.state),
            ("Visits", LimitState::Soon)
        );
        let days = last(days_before(1));
        world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
        let rows = world.staff(|tx, _, _| caseload::list(tx, &adviser, None, NOW)).unwrap();
        assert!(rows[0].due.is_empty());
    }

    #[test]
    fn timescale_that_is_not_published_is_not_recorded() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let days = last(Some(day("2025-01-01")));
        let saved = world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW));
        assert!(matches!(saved, Err(ServiceError::NotFound(Entity::Timescale))), "{saved:?}");
        publish(&mut world);
        world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
        assert!(world.rev(&ada) > 0);
        let rev = world.rev(&ada);
        world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
        assert_eq!(world.rev(&ada), rev, "the same days again change nothing");
    }
}
