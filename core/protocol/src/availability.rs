//! Whether young people can apply for an opportunity: one rule for phones, server and console.
//!
//! Days are London's, whatever time zone the phone is set to. Callers pass the time by the server's
//! clock: a phone whose own clock is wrong must not hide what is open.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::{
    london,
    pack::{Opportunity, OpportunityStatus},
};

/// An opportunity closes soon from this many days before its closing day.
pub const CLOSING_SOON_DAYS: u64 = 7;

/// Whether young people can apply for an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
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

    /// Returns `true` if young people can apply for it now.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::ClosesSoon)
    }

    /// Returns `true` once young people can no longer apply for it. Phones list what is over only to the young
    /// people who saved it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Ended)
    }
}

/// Returns the availability of an opportunity at a moment.
pub fn availability(opportunity: &Opportunity, now: DateTime<Utc>) -> Availability {
    let today = london::day(now);
    let soon = today.checked_add_days(Days::new(CLOSING_SOON_DAYS)).unwrap_or(today);
    // The last second counts to its end.
    let has_closed = closes_at(opportunity).is_some_and(|at| at.timestamp() < now.timestamp());
    if opportunity.ends.is_some_and(|ends| ends < today) {
        Availability::Ended
    } else if opportunity.status == OpportunityStatus::Closed || has_closed {
        Availability::Closed
    } else if opportunity.status == OpportunityStatus::Paused {
        Availability::Paused
    } else if closing_day(opportunity).is_some_and(|day| day <= soon) {
        Availability::ClosesSoon
    } else {
        Availability::Open
    }
}

/// Returns `true` if an opportunity ended or closed more than `days` days before today.
pub fn is_over_for(opportunity: &Opportunity, days: u64, now: DateTime<Utc>) -> bool {
    let first_kept = london::day(now).checked_sub_days(Days::new(days));
    let is_before = |day: NaiveDate| first_kept.is_some_and(|first| day < first);
    opportunity.ends.is_some_and(is_before) || closing_day(opportunity).is_some_and(is_before)
}

/// The day in London on which an opportunity closes.
pub fn closing_day(opportunity: &Opportunity) -> Option<NaiveDate> {
    opportunity.closes_at.map(london::day)
}

/// The first moment at which time has closed or ended an opportunity, if the council does not before; `None` if
/// time does neither.
pub fn over_from(opportunity: &Opportunity) -> Option<DateTime<Utc>> {
    // The last second counts to its end.
    let second = |at: DateTime<Utc>| DateTime::from_timestamp(at.timestamp().checked_add(1)?, 0);
    let closed = closes_at(opportunity).and_then(second);
    let ended = opportunity.ends.and_then(|day| day.succ_opt()).map(london::start_of_day);
    closed.into_iter().chain(ended).min()
}

/// The last second in which young people can apply. Midnight is a day that a program padded with a
/// time, so it stands for all of that day.
pub fn closes_at(opportunity: &Opportunity) -> Option<DateTime<Utc>> {
    let at = opportunity.closes_at?;
    let there = london::local_time(at);
    if there.time() == NaiveTime::MIN {
        london::end_of_day(there.date()).or(Some(at))
    } else {
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn opportunity(fields: &serde_json::Value) -> Opportunity {
        let mut value = json!({"id": "a", "kind": "job", "title": "A"});
        value.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(value).unwrap()
    }

    fn at(fields: &serde_json::Value, now: &str) -> Availability {
        availability(&opportunity(fields), now.parse().unwrap())
    }

    #[test]
    fn last_day_holds_until_midnight_in_london() {
        // Summer, winter, the day the clocks go forward, and the day they go back.
        for (day, last, next) in [
            ("2027-06-30", "2027-06-30T22:59:59.999Z", "2027-06-30T23:00:00Z"),
            ("2027-01-31", "2027-01-31T23:59:59.999Z", "2027-02-01T00:00:00Z"),
            ("2027-03-28", "2027-03-28T22:59:59.999Z", "2027-03-28T23:00:00Z"),
            ("2027-03-27", "2027-03-27T23:59:59.999Z", "2027-03-28T00:00:00Z"),
            ("2027-10-31", "2027-10-31T23:59:59.999Z", "2027-11-01T00:00:00Z"),
            ("2027-10-30", "2027-10-30T22:59:59.999Z", "2027-10-30T23:00:00Z"),
        ] {
            let ends = json!({"ends": day});
            assert_eq!(at(&ends, last), Availability::Open, "{day}");
            assert_eq!(at(&ends, next), Availability::Ended, "{day}");
            let end = london::end_of_day(day.parse().unwrap()).unwrap();
            let closes = json!({"closes_at": end});
            assert_eq!(at(&closes, last), Availability::ClosesSoon, "{day}");
            assert_eq!(at(&closes, next), Availability::Closed, "{day}");
            for fields in [&ends, &closes] {
                assert_eq!(over_from(&opportunity(fields)), next.parse().ok(), "{fields}");
            }
        }
    }

    #[test]
    fn over_from_is_the_earlier_of_closing_and_end() {
        let over_from = |fields| over_from(&opportunity(&fields));
        let closes = "2027-06-30T10:00:00.500Z";
        let next = "2027-06-30T10:00:01Z".parse().ok();
        assert_eq!(over_from(json!({"closes_at": closes, "ends": "2027-07-31"})), next);
        assert_eq!(over_from(json!({"closes_at": closes, "status": "closed"})), next);
        let midnight = "2027-05-31T23:00:00Z".parse().ok();
        assert_eq!(over_from(json!({"closes_at": closes, "ends": "2027-05-31"})), midnight);
        assert_eq!(over_from(json!({"starts": "2027-05-31"})), None);
        for fields in [json!({"closes_at": closes}), json!({"ends": "2027-06-30"})] {
            let moment = over_from(fields.clone()).unwrap();
            let before = moment - chrono::TimeDelta::milliseconds(1);
            assert!(!availability(&opportunity(&fields), before).is_over(), "{fields}");
            assert!(availability(&opportunity(&fields), moment).is_over(), "{fields}");
        }
    }

    #[test]
    fn every_half_hour_around_midnight_counts_for_the_day_in_london() {
        for (day, winter) in [("2027-06-30", false), ("2027-01-31", true)] {
            let date: NaiveDate = day.parse().unwrap();
            let start = date.and_hms_opt(22, 30, 0).unwrap().and_utc();
            for half_hours in 0..6 {
                let now = start + chrono::TimeDelta::minutes(30 * half_hours);
                let is_over = half_hours >= if winter { 3 } else { 1 };
                let ends = opportunity(&json!({"ends": day}));
                assert_eq!(availability(&ends, now).is_over(), is_over, "{now}");
            }
        }
    }

    #[test]
    fn closing_time_at_midnight_is_the_whole_day() {
        for midnight in ["2027-06-29T23:00:00Z", "2027-01-30T00:00:00Z"] {
            let closes = json!({"closes_at": midnight});
            let day = closing_day(&opportunity(&closes)).unwrap();
            let end = london::end_of_day(day).unwrap();
            assert_eq!(availability(&opportunity(&closes), end), Availability::ClosesSoon);
            let after = end + chrono::TimeDelta::seconds(1);
            assert_eq!(availability(&opportunity(&closes), after), Availability::Closed);
        }
        let noon = json!({"closes_at": "2027-06-30T11:00:00Z"});
        assert_eq!(at(&noon, "2027-06-30T11:00:01Z"), Availability::Closed);
    }

    #[test]
    fn soon_and_long_over_are_counted_in_london_days() {
        let closes = json!({"closes_at": "2027-06-30T16:00:00Z"});
        assert_eq!(at(&closes, "2027-06-22T22:59:59Z"), Availability::Open);
        assert_eq!(at(&closes, "2027-06-22T23:00:00Z"), Availability::ClosesSoon);
        let over = |now: &str| is_over_for(&opportunity(&closes), 30, now.parse().unwrap());
        assert!(!over("2027-07-30T22:59:59Z") && over("2027-07-30T23:00:00Z"));
    }

    #[test]
    fn status_decides_before_the_closing_date() {
        let now = "2027-06-01T12:00:00Z";
        assert_eq!(at(&json!({"status": "closed"}), now), Availability::Closed);
        assert_eq!(at(&json!({"status": "paused"}), now), Availability::Paused);
        assert_eq!(
            at(&json!({"status": "paused", "ends": "2027-05-31"}), now),
            Availability::Ended
        );
    }
}
