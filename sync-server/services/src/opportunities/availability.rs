//! Whether an opportunity is open at a moment, in milliseconds since 1970.

use chrono::DateTime;
use promise_protocol::{
    availability::{self, Availability},
    pack::Opportunity,
};

use super::OUTDATED_DAYS;

/// Returns the availability of an opportunity at a moment, by the rule of phones.
pub fn availability(opportunity: &Opportunity, now_millis: i64) -> Availability {
    let now = DateTime::from_timestamp_millis(now_millis).unwrap_or_default();
    availability::availability(opportunity, now)
}

/// Returns `true` if an opportunity closed or ended more than [`OUTDATED_DAYS`] ago.
pub fn is_outdated(opportunity: &Opportunity, now_millis: i64) -> bool {
    let now = DateTime::from_timestamp_millis(now_millis).unwrap_or_default();
    availability::is_over_for(opportunity, OUTDATED_DAYS, now)
}
