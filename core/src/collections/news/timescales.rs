//! Visits and reviews that are planned for another day.
//!
//! When one was, and by when the next one has to be, is no news: the person was there, and limits follow from it.

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{london, pack::Timescale};

use super::{Unseen, keep as keep_earlier};
use crate::{
    brain::DayChange,
    collections::{
        Record, pledges,
        timescales::{TIMESCALE, planned_day},
    },
    store::{EarlierKind, EarlierRecord, StoreError, Tx},
};

/// A visit or review that is not planned as the person last saw it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TimescaleNews {
    /// The id of this news: pass it back when the person has seen it.
    pub news_id: String,
    /// What has to happen, and how often by law and by the council's promise.
    pub timescale: Timescale,
    /// The day for which the next one was planned before, and is planned now. There is none before if the visit or
    /// review on it took place.
    pub planned: DayChange,
}

/// Keeps the planned day before staff change what they recorded.
pub(super) fn keep(tx: &mut dyn Tx, id: &str) -> Result<(), StoreError> {
    if tx.news_after()?.is_none() {
        return Ok(());
    }
    let day = Record::find(tx, TIMESCALE, id)?.and_then(|record| planned_day(&record));
    let body = day.map(serde_json::to_value).transpose()?;
    keep_earlier(tx, &EarlierRecord { kind: EarlierKind::Timescale, id: id.to_owned(), body })
}

/// Lists the planned days that are not as the person last saw them, in the council's order, without those that are
/// over then and now.
pub(super) fn list(tx: &mut dyn Tx, now: DateTime<Utc>) -> Result<Vec<TimescaleNews>, StoreError> {
    let kept = tx.all_earlier(EarlierKind::Timescale)?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let today = london::day(now);
    let mut news = Vec::new();
    for timescale in pledges::directory(tx)?.timescales {
        if let Some(kept) = kept.iter().find(|kept| kept.id == timescale.id) {
            let record = Record::find(tx, TIMESCALE, &timescale.id)?;
            news.extend(TimescaleNews::new(kept.clone(), record.as_ref(), timescale));
        }
    }
    news.retain(|news| news.last_day().is_some_and(|day| day >= today));
    Ok(news)
}

pub(super) fn mark_seen(
    tx: &mut dyn Tx,
    now: DateTime<Utc>,
    is_meant: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    match list(tx, now)?.into_iter().find(|news| is_meant(&news.news_id)) {
        Some(seen) => tx.remove_earlier(EarlierKind::Timescale, &seen.timescale.id),
        None => Ok(false),
    }
}

impl TimescaleNews {
    /// Compares the day that the person last saw with what is recorded now. Returns `None` if it is the same.
    fn new(kept: EarlierRecord, record: Option<&Record>, timescale: Timescale) -> Option<Self> {
        let Unseen { news_id, before, now, .. } = Unseen::new(kept, record.and_then(planned_day))?;
        let last: Option<NaiveDate> = record.and_then(|record| record.get("last_on"));
        let before = before.filter(|before| last.is_none_or(|last| *before > last));
        Some(Self { news_id, timescale, planned: DayChange { before, now } })
    }

    /// The moment from which it is not listed any more.
    pub(super) fn listed_until(&self) -> Option<DateTime<Utc>> {
        self.last_day()?.succ_opt().map(london::start_of_day)
    }

    /// The later one of the two days; `None` if there is neither.
    fn last_day(&self) -> Option<NaiveDate> {
        self.planned.before.max(self.planned.now)
    }
}
