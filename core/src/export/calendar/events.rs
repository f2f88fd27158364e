//! Which events a calendar file has, and what the phone remembers of it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::CalendarEvent;
use crate::{
    collections::{
        Record,
        appointments::{APPOINTMENT, Appointment, staff_fields},
    },
    export::stable_uuid::stable_uuid,
    store::{EarlierKind, EarlierRecord, StoreError, Tx},
};

/// 1 January 2024 in seconds since 1970. A sequence counts from then: it stays within the 31 bits of a number in
/// iCalendar (RFC 5545, section 3.3.8) until 2092.
const SEQUENCE_BEGINS: i64 = 1_704_067_200;

/// For how many days after its start a cancelled appointment is still written. A calendar that was not given a
/// file for so long shows it in the past.
const CANCELLED_DAYS: i64 = 30;

/// What was last written of an appointment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    /// The fields that staff wrote.
    fields: Map<String, Value>,
    sequence: u32,
    is_cancelled: bool,
}

/// Gathers the events of a calendar file at a moment, the soonest first, and what to remember of them: records to
/// keep, and those of appointments that are long over, without a body, to remove.
pub(crate) fn gather(
    tx: &mut dyn Tx,
    at: DateTime<Utc>,
) -> Result<(Vec<CalendarEvent>, Vec<EarlierRecord>), StoreError> {
    let council = tx.pairing()?.map(|pairing| pairing.council).unwrap_or_default();
    let mut written: BTreeMap<String, Written> = tx
        .all_earlier(EarlierKind::Calendar)?
        .into_iter()
        .filter_map(|kept| Some((kept.id, serde_json::from_value(kept.body?).ok()?)))
        .collect();
    let mut records: BTreeMap<String, Record> = Record::list_all(tx, APPOINTMENT)?
        .into_iter()
        .map(|record| (record.id.clone(), record))
        .collect();
    let first_kept = at.checked_sub_signed(TimeDelta::days(CANCELLED_DAYS)).unwrap_or(at);
    let (mut events, mut remembered) = (Vec::new(), Vec::new());
    let ids: Vec<String> = records.keys().chain(written.keys()).cloned().collect();
    for id in ids {
        let (record, before) = (records.remove(&id), written.remove(&id));
        let kind = EarlierKind::Calendar;
        let Some((event, now)) = event(&council, &id, record.as_ref(), before.as_ref(), at) else {
            continue;
        };
        if event.is_cancelled && event.starts_at < first_kept {
            remembered.push(EarlierRecord { kind, id, body: None });
            continue;
        }
        if before.as_ref() != Some(&now) {
            let body = Some(serde_json::to_value(&now)?);
            remembered.push(EarlierRecord { kind, id, body });
        }
        events.push(event);
    }
    events.sort_by(|a, b| (a.starts_at, &a.uid).cmp(&(b.starts_at, &b.uid)));
    Ok((events, remembered))
}

/// Keeps what [`gather`] said to remember.
pub(crate) fn remember(tx: &mut dyn Tx, records: &[EarlierRecord]) -> Result<(), StoreError> {
    for record in records {
        match &record.body {
            Some(_) => tx.put_earlier(record)?,
            None => {
                tx.remove_earlier(record.kind, &record.id)?;
            }
        }
    }
    Ok(())
}

/// Returns the event of an appointment, and what to remember of it. `None` if there is nothing to write: it has no
/// time and never had one in a file.
fn event(
    council: &str,
    id: &str,
    record: Option<&Record>,
    before: Option<&Written>,
    at: DateTime<Utc>,
) -> Option<(CalendarEvent, Written)> {
    let present = record.filter(|record| !record.is_deleted()).map(staff_fields);
    let present = present.filter(|fields| starts_at(fields).is_some());
    let is_cancelled = present.is_none();
    let fields = present.or_else(|| before.map(|before| before.fields.clone()))?;
    let changed_at = record.and_then(Record::changed_by_staff_at);
    let is_same = |before: &Written| before.fields == fields && before.is_cancelled == is_cancelled;
    let sequence = match before {
        Some(before) if is_same(before) => before.sequence,
        // Two changes in one second, or one of which the phone has no stamp, still count up.
        before => {
            let next = before.map_or(0, |before| before.sequence.saturating_add(1));
            changed_at.map_or(next, sequence_at).max(next)
        }
    };
    let appointment = Appointment::from_fields(id, fields.clone());
    let event = CalendarEvent {
        uid: stable_uuid(&["pocket-promise event 1", council, APPOINTMENT, id]),
        sequence,
        changed_at: changed_at.unwrap_or(at),
        title: appointment.title,
        starts_at: appointment.starts_at?,
        minutes: appointment.minutes,
        place: appointment.place,
        details: appointment.details,
        is_cancelled,
    };
    Some((event, Written { fields, sequence, is_cancelled }))
}

/// The sequence of a change at a moment: the seconds that had passed. All of the person's phones get the same one.
fn sequence_at(moment: DateTime<Utc>) -> u32 {
    let seconds = moment.timestamp().saturating_sub(SEQUENCE_BEGINS).clamp(0, i64::from(i32::MAX));
    u32::try_from(seconds).unwrap_or_default()
}

fn starts_at(fields: &Map<String, Value>) -> Option<DateTime<Utc>> {
    serde_json::from_value(fields.get("starts_at")?.clone()).ok()
}
