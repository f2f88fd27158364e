//! When visits and reviews were last, when the next ones are planned, and by when they have to be. Staff
//! record it, and the young person's phones show it.

pub mod import;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{DatabaseError, Person, Tx};
use promise_protocol::{
    PackName,
    ids::{CouncilId, PersonId},
    pack::{Directory, Localised, Pack, Timescale},
    timescale::TimescaleDays,
};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::{
    Entity, Record, ServiceError, StaffScope, calendar,
    cells::records,
    staff_writes::{ValidFields, write_to},
};

/// The collection of what staff record.
pub(crate) const COLLECTION: &str = "timescale";

/// A timescale, and what staff recorded about one young person.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedTimescale {
    /// The timescale. One that the council does not publish any more has its id as its name.
    pub timescale: Timescale,
    /// The day from which the first one is counted, as it was recorded.
    pub from_on: Option<NaiveDate>,
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
    from: FromDay,
    last_on: Option<NaiveDate>,
    next_on: Option<NaiveDate>,
}

/// The day from which the first one is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FromDay {
    /// It stays as it is recorded.
    Kept,
    /// It is recorded; `None` empties it.
    Recorded(Option<NaiveDate>),
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
    /// Checks the days. `None` empties one. The day from which the first one is counted stays as it is recorded.
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
        Ok(Self { from: FromDay::Kept, last_on, next_on })
    }

    /// Adds the day from which the first one is counted, such as the day on which the young person moved in. `None`
    /// empties it.
    #[must_use]
    pub fn counted_from(self, from_on: Option<NaiveDate>) -> Self {
        Self { from: FromDay::Recorded(from_on), ..self }
    }
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
    RecordedDays { from, last_on, next_on }: RecordedDays,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    find(tx, scope, &person.id, id, now_millis)?;
    let day = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    let from_on = match from {
        FromDay::Kept => None,
        FromDay::Recorded(from_on) => Some(("from_on", from_on)),
    };
    let fields = [("last_on", last_on), ("next_on", next_on)].into_iter().chain(from_on);
    let fields = fields.map(|(field, on)| (field.to_owned(), day(on))).collect();
    let fields = ValidFields::validate(COLLECTION, id, fields)?;
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

/// Like [`of_person`], with the timescales that the council publishes.
pub(crate) fn recorded(
    tx: &mut dyn Tx,
    person: &PersonId,
    published: &[Timescale],
    today: NaiveDate,
) -> Result<Vec<RecordedTimescale>, ServiceError> {
    let records = records::list(tx, person, COLLECTION)?.into_iter();
    let records = records.map(|record| (record.id.clone(), record)).collect();
    Ok(of_records(records, published, today))
}

/// Puts a young person's records, by their ids, to what the council publishes. Deleted ones do not count.
pub(crate) fn of_records(
    mut records: BTreeMap<String, Record>,
    published: &[Timescale],
    today: NaiveDate,
) -> Vec<RecordedTimescale> {
    records.retain(|_, record| !record.is_deleted());
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
    timescales.extend(withdrawn.filter(RecordedTimescale::has_days));
    timescales
}

impl RecordedTimescale {
    fn new(timescale: Timescale, record: &Record, today: NaiveDate) -> Self {
        let day = |field: &str| record.text(field).parse().ok();
        let [from_on, last_on, next_on] = ["from_on", "last_on", "next_on"].map(day);
        let days = TimescaleDays::on(today, &timescale, from_on, last_on, next_on);
        Self { timescale, from_on, last_on, next_on, days }
    }

    fn has_days(&self) -> bool {
        [self.from_on, self.last_on, self.next_on].iter().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests;
