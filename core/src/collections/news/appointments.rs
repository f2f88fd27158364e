//! Appointments that were made, moved, changed or cancelled.

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::london;
use serde_json::{Map, Value};

use super::{Unseen, keep as keep_earlier, unseen::forget};
use crate::{
    brain::{TextChange, TextPart, text_change},
    collections::{
        Record,
        appointments::{APPOINTMENT, Appointment, staff_fields},
    },
    store::{EarlierKind, EarlierRecord, StoreError, Tx},
};

/// An appointment that is not as the person last saw it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AppointmentNews {
    /// The id of this news: pass it back when the person has seen it.
    pub news_id: String,
    /// What happened to it.
    pub what: AppointmentNewsKind,
    /// The appointment as it is now; if it is cancelled, as it was.
    pub appointment: Appointment,
    /// When it started before, if it was moved.
    pub started_before: Option<DateTime<Utc>>,
    /// Whether it is with another contact, or takes another time, than before.
    pub other_changes: bool,
    /// The texts that changed. Empty unless it was moved or changed.
    pub texts: Vec<TextChange>,
}

/// What happened to an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AppointmentNewsKind {
    /// It is new.
    Added,
    /// It is at another time.
    Moved,
    /// Something else about it is different.
    Changed,
    /// It was cancelled.
    Cancelled,
}

/// Keeps an appointment before staff change it.
pub(super) fn keep(tx: &mut dyn Tx, id: &str) -> Result<(), StoreError> {
    if tx.news_after()?.is_none() {
        return Ok(());
    }
    let body =
        Record::find(tx, APPOINTMENT, id)?.map(|record| Value::Object(staff_fields(&record)));
    keep_earlier(tx, &EarlierRecord { kind: EarlierKind::Appointment, id: id.to_owned(), body })
}

/// Lists the news of appointments that are not over, the soonest first.
pub(super) fn list(
    tx: &mut dyn Tx,
    now: DateTime<Utc>,
) -> Result<Vec<AppointmentNews>, StoreError> {
    let mut news = Vec::new();
    for unseen in unseen(tx, now)? {
        let record = Record::find(tx, APPOINTMENT, &unseen.id)?;
        news.extend(AppointmentNews::new(unseen, record.as_ref().map(Appointment::from_record)));
    }
    news.sort_by_cached_key(|news| (news.appointment.starts_at, news.appointment.id.clone()));
    Ok(news)
}

pub(super) fn mark_seen(
    tx: &mut dyn Tx,
    now: DateTime<Utc>,
    is_meant: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    let unseen = unseen(tx, now)?;
    forget(tx, EarlierKind::Appointment, &unseen, is_meant)
}

impl AppointmentNews {
    /// The moment from which it is not listed any more; `None` if it has no time.
    pub(super) fn listed_until(&self) -> Option<DateTime<Utc>> {
        let starts = [self.appointment.starts_at, self.started_before].into_iter().flatten();
        let last_day = starts.map(london::day).max()?;
        last_day.succ_opt().map(london::start_of_day)
    }

    /// Compares an appointment with what the person last saw. Returns `None` if there was none then or now.
    fn new(unseen: Unseen<Map<String, Value>>, now: Option<Appointment>) -> Option<Self> {
        let Unseen { id, news_id, before, .. } = unseen;
        let before = before.map(|fields| Appointment::from_fields(&id, fields));
        let (started_before, other_changes, texts) = match (&before, &now) {
            (Some(before), Some(now)) => (
                before.starts_at.filter(|_| before.starts_at != now.starts_at),
                (&before.with_contact, before.minutes) != (&now.with_contact, now.minutes),
                texts(before, now),
            ),
            _ => (None, false, Vec::new()),
        };
        let (what, appointment) = match (before, now) {
            (None, now) => (AppointmentNewsKind::Added, now?),
            (Some(before), None) => (AppointmentNewsKind::Cancelled, before),
            (Some(before), Some(now)) if before.starts_at != now.starts_at => {
                (AppointmentNewsKind::Moved, now)
            }
            (Some(_), Some(now)) => (AppointmentNewsKind::Changed, now),
        };
        Some(Self { news_id, what, appointment, started_before, other_changes, texts })
    }
}

/// Lists the appointments that are not as the person last saw them, without those that are over then and now.
fn unseen(
    tx: &mut dyn Tx,
    now: DateTime<Utc>,
) -> Result<Vec<Unseen<Map<String, Value>>>, StoreError> {
    let today = london::day(now);
    let mut unseen = Vec::new();
    for kept in tx.all_earlier(EarlierKind::Appointment)? {
        let record = Record::find(tx, APPOINTMENT, &kept.id)?;
        unseen.extend(Unseen::new(kept, record.as_ref().map(staff_fields)));
    }
    unseen.retain(|Unseen { before, now, .. }: &Unseen<Map<String, Value>>| {
        [before, now].into_iter().flatten().any(|fields| day(fields).is_none_or(|day| day >= today))
    });
    Ok(unseen)
}

fn texts(before: &Appointment, now: &Appointment) -> Vec<TextChange> {
    let parts = [
        (TextPart::Title, Some(&before.title), Some(&now.title)),
        (TextPart::Place, before.place.as_ref(), now.place.as_ref()),
        (TextPart::Details, before.details.as_ref(), now.details.as_ref()),
    ];
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let changes = parts.into_iter().map(|(part, before, now)| (part, text(before), text(now)));
    changes.filter_map(|(part, before, now)| text_change(part, &before, &now)).collect()
}

/// The day in London on which an appointment starts.
fn day(fields: &Map<String, Value>) -> Option<NaiveDate> {
    let starts_at: DateTime<Utc> = fields.get("starts_at")?.as_str()?.parse().ok()?;
    Some(london::day(starts_at))
}
