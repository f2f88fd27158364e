//! When something was last, is next, and is due: visits of the personal adviser, reviews of the plan.
//!
//! The law and the council's promise are two limits and never one: "every eight weeks" is a council's own
//! practice, and the law says two months, which is longer.

use chrono::NaiveDate;

use crate::{pack::Timescale, values::Period};

/// How many days before a limit it is near.
const SOON_DAYS: i64 = 14;

/// What a timescale means on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TimescaleDays {
    /// The day on which it was last.
    pub last: Option<NaiveDate>,
    /// The day for which the next one is planned.
    pub next: Option<NaiveDate>,
    /// The limit of the law.
    pub law: Option<Limit>,
    /// The limit that the council promises.
    pub promise: Option<Limit>,
}

/// The day by which the next one has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Limit {
    /// The last day that is in time.
    pub by: NaiveDate,
    /// How near it is.
    pub state: LimitState,
}

/// How near a limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum LimitState {
    /// More than two weeks away.
    Later,
    /// Within two weeks, and in time on the day itself.
    Soon,
    /// It has passed.
    Overdue,
}

impl TimescaleDays {
    /// What a timescale means on a day in London, from when it was last and when the next one is planned.
    ///
    /// Without a last one there is no limit to count from. A last day that is still to come, or a planned
    /// day that has passed or is not after the last one, was entered by mistake or is out of date: it does
    /// not count.
    pub fn on(
        today: NaiveDate,
        timescale: &Timescale,
        last: Option<NaiveDate>,
        planned: Option<NaiveDate>,
    ) -> Self {
        let last = last.filter(|last| *last <= today);
        let is_ahead = |day: &NaiveDate| *day >= today && last.is_none_or(|last| *day > last);
        let limit = |every: Period| Some(Limit::on(today, every.end(last?)?));
        Self {
            last,
            next: planned.filter(is_ahead),
            law: timescale.law.as_ref().and_then(|law| limit(law.every)),
            promise: timescale.promise.and_then(limit),
        }
    }
}

impl Limit {
    fn on(today: NaiveDate, by: NaiveDate) -> Self {
        let state = match by.signed_duration_since(today).num_days() {
            ..0 => LimitState::Overdue,
            0..=SOON_DAYS => LimitState::Soon,
            _ => LimitState::Later,
        };
        Self { by, state }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The law says two months, and the council promises eight weeks.
    fn visits() -> Timescale {
        serde_json::from_value(
            json!({"id": "visit", "display_name": {"en": "Your adviser visits you"},
            "law": {"every": "2 months", "source": "SI 2010/2571 reg 8(2)"}, "promise": "8 weeks"}),
        )
        .unwrap()
    }

    fn on(today: &str, last: &str, planned: Option<&str>) -> TimescaleDays {
        TimescaleDays::on(day(today), &visits(), Some(day(last)), planned.map(day))
    }

    #[test]
    fn law_and_promise_are_two_limits() {
        let days = on("2027-02-25", "2026-12-31", None);
        let promise = Limit { by: day("2027-02-25"), state: LimitState::Soon };
        let law = Limit { by: day("2027-02-28"), state: LimitState::Soon };
        assert_eq!((days.promise, days.law), (Some(promise), Some(law)));
        let days = on("2027-02-26", "2026-12-31", None);
        assert_eq!(days.promise.map(|limit| limit.state), Some(LimitState::Overdue));
        assert_eq!(days.law.map(|limit| limit.state), Some(LimitState::Soon));
    }

    #[test]
    fn limit_changes_its_state_on_the_right_day() {
        // The law's limit is 29 February 2028.
        for (today, state) in [
            ("2028-02-14", LimitState::Later),
            ("2028-02-15", LimitState::Soon),
            ("2028-02-29", LimitState::Soon),
            ("2028-03-01", LimitState::Overdue),
        ] {
            let law = on(today, "2027-12-31", None).law;
            assert_eq!(law, Some(Limit { by: day("2028-02-29"), state }), "{today}");
        }
    }

    #[test]
    fn day_that_cannot_be_does_not_count() {
        let today = "2026-11-30";
        let future = on(today, "2026-12-01", Some("2026-12-20"));
        let expected = TimescaleDays { next: Some(day("2026-12-20")), ..TimescaleDays::default() };
        assert_eq!(future, expected, "the last one is still to come");
        assert_eq!(on(today, today, None).last, Some(day(today)));
        for (planned, next) in [
            ("2026-11-29", None),
            ("2026-11-30", Some("2026-11-30")),
            ("2027-01-15", Some("2027-01-15")),
        ] {
            assert_eq!(on(today, "2026-11-01", Some(planned)).next, next.map(day), "{planned}");
        }
        assert_eq!(on(today, today, Some(today)).next, None, "it has been");
    }

    #[test]
    fn timescale_without_a_last_day_has_no_limit() {
        let days = TimescaleDays::on(day("2026-11-30"), &visits(), None, None);
        assert_eq!(days, TimescaleDays::default());
        let only_law = Timescale { promise: None, ..visits() };
        let last = Some(day("2026-11-01"));
        let days = TimescaleDays::on(day("2026-11-30"), &only_law, last, None);
        assert!(days.law.is_some() && days.promise.is_none());
    }

    #[test]
    fn limits_fall_in_order_on_every_day_of_nine_years() {
        for last in day("2024-01-01").iter_days().take(9 * 366) {
            let days = TimescaleDays::on(last, &visits(), Some(last), None);
            let (promise, law) = (days.promise.unwrap().by, days.law.unwrap().by);
            assert_eq!((promise - last).num_days(), 56);
            assert!((59..=62).contains(&(law - last).num_days()), "{last}");
            assert!(promise < law);
        }
    }
}
