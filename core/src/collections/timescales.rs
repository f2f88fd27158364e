//! Visits and reviews: when they were last, when the next ones are planned, and by when they have to be.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::{pack::Timescale, timescale::TimescaleDays};

use super::{Collection, Record, Topic, pledges};
use crate::store::{StoreError, Tx};

/// The collection of what staff record about timescales.
pub(crate) const TIMESCALE: &str = "timescale";

/// A timescale of the council about which something is recorded for the young person.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TimescaleStatus {
    /// What has to happen, and how often by law and by the council's promise.
    pub timescale: Timescale,
    /// When it was last, when it is planned, and by when it has to be.
    pub days: TimescaleDays,
}

/// Lists the timescales with a last day, a next day or a limit, in the council's order. Others may not be
/// meant for this person: staff decide by recording a day.
pub(crate) fn list(tx: &mut dyn Tx, today: NaiveDate) -> Result<Vec<TimescaleStatus>, StoreError> {
    let records = Record::list(tx, TIMESCALE)?.into_iter();
    let records: BTreeMap<String, Record> =
        records.map(|record| (record.id.clone(), record)).collect();
    let status = |timescale: Timescale| {
        let record = records.get(&timescale.id)?;
        let [from, last, next] = ["from_on", "last_on", "next_on"].map(|field| record.get(field));
        let days = TimescaleDays::on(today, &timescale, from, last, next);
        let is_known = days.last.is_some() || days.next.is_some() || days.law.is_some();
        is_known.then_some(TimescaleStatus { timescale, days })
    };
    Ok(pledges::directory(tx)?.timescales.into_iter().filter_map(status).collect())
}

/// The day for which the next one is planned, as staff recorded it. One that is not after the last one does not count.
pub(crate) fn planned_day(record: &Record) -> Option<NaiveDate> {
    let last: Option<NaiveDate> = record.get("last_on");
    record.get::<NaiveDate>("next_on").filter(|next| last.is_none_or(|last| *next > last))
}

/// What staff record about timescales.
pub(crate) struct TimescaleCollection;

impl Collection for TimescaleCollection {
    fn name(&self) -> &'static str {
        TIMESCALE
    }

    fn topic(&self) -> Topic {
        Topic::Appointments
    }
}
