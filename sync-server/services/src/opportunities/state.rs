//! Whether an opportunity can be had at a moment.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use promise_protocol::pack::{Opportunity, OpportunityStatus};

use super::{CLOSING_SOON_DAYS, OUTDATED_DAYS};
use crate::calendar::in_london;

/// Whether it can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Availability {
    /// It can, and does not close within a week.
    Open,
    /// It can, and closes within a week.
    ClosesSoon,
    /// It is full for now.
    Paused,
    /// Nobody can apply any more.
    Closed,
    /// Its last day is over.
    Ended,
}

impl Availability {
    /// Its name in addresses and words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ClosesSoon => "soon",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::Ended => "ended",
        }
    }
}

/// Whether an opportunity can be had at this moment, as a phone would say. (A phone shows what was
/// closed or is over only to whoever saved it.)
pub fn availability(it: &Opportunity, now_millis: i64) -> Availability {
    let (now, today) = (moment(now_millis), day(now_millis));
    if it.ends.is_some_and(|ends| ends < today) {
        Availability::Ended
    } else if it.status == OpportunityStatus::Closed
        || it.closes_at.is_some_and(|closes| closes < now)
    {
        Availability::Closed
    } else if it.status == OpportunityStatus::Paused {
        Availability::Paused
    } else if it.closes_at.is_some_and(|closes| closes < now + TimeDelta::days(CLOSING_SOON_DAYS)) {
        Availability::ClosesSoon
    } else {
        Availability::Open
    }
}

/// Whether it closed or ended more than 30 days ago.
pub fn is_outdated(it: &Opportunity, now_millis: i64) -> bool {
    let days = TimeDelta::days(OUTDATED_DAYS);
    it.ends.is_some_and(|ends| ends < day(now_millis) - days)
        || it.closes_at.is_some_and(|closes| closes < moment(now_millis) - days)
}

fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

fn day(millis: i64) -> NaiveDate {
    in_london(millis).date_naive()
}
