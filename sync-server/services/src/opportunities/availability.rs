//! Whether an opportunity is open at a moment.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use promise_protocol::pack::{Opportunity, OpportunityStatus};

use super::{CLOSING_SOON_DAYS, OUTDATED_DAYS};
use crate::calendar::in_london;

/// Whether young people can apply for an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Availability {
    /// They can, and it does not close within a week.
    Open,
    /// They can, and it closes within a week.
    ClosesSoon,
    /// It is full for now.
    Paused,
    /// It was closed, or its closing date has passed.
    Closed,
    /// Its last day has passed.
    Ended,
}

impl Availability {
    /// Returns its name in keys of messages.
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

/// Returns the availability of an opportunity at a moment, as phones determine it. Phones show
/// closed and ended opportunities only to the young people who saved them.
pub fn availability(opportunity: &Opportunity, now_millis: i64) -> Availability {
    let (now, today) = (moment(now_millis), day(now_millis));
    let closes_before = |moment| opportunity.closes_at.is_some_and(|closes| closes < moment);
    if opportunity.ends.is_some_and(|ends| ends < today) {
        Availability::Ended
    } else if opportunity.status == OpportunityStatus::Closed || closes_before(now) {
        Availability::Closed
    } else if opportunity.status == OpportunityStatus::Paused {
        Availability::Paused
    } else if closes_before(now + TimeDelta::days(CLOSING_SOON_DAYS)) {
        Availability::ClosesSoon
    } else {
        Availability::Open
    }
}

/// Returns `true` if an opportunity closed or ended more than [`OUTDATED_DAYS`] ago.
pub fn is_outdated(opportunity: &Opportunity, now_millis: i64) -> bool {
    let days = TimeDelta::days(OUTDATED_DAYS);
    opportunity.ends.is_some_and(|ends| ends < day(now_millis) - days)
        || opportunity.closes_at.is_some_and(|closes| closes < moment(now_millis) - days)
}

fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

fn day(millis: i64) -> NaiveDate {
    in_london(millis).date_naive()
}
