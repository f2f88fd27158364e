//! When something was last, is next, and is due: visits of the personal adviser, reviews of the plan.
//!
//! The law and the council's promise are two limits and never one: "every eight weeks" is a council's own
//! practice, and the law says two months, which is longer.

use chrono::NaiveDate;

use crate::{
    pack::{LegalTimescale, Timescale},
    values::Period,
};

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
    /// `from` is the day from which the first one is counted, such as the day on which the young person moved
    /// in. It begins again with a later day than that of the last one: they moved. Then the earlier of the
    /// law's two limits counts. Without a last one, how often it has to be is no limit.
    ///
    /// A last day that is still to come, or a planned day that has passed or is not after the last one, was
    /// entered by mistake or is out of date: it does not count.
    pub fn on(
        today: NaiveDate,
        timescale: &Timescale,
        from: Option<NaiveDate>,
        last: Option<NaiveDate>,
        planned: Option<NaiveDate>,
    ) -> Self {
        let last = last.filter(|last| *last <= today);
        let is_ahead = |day: &NaiveDate| *day >= today && last.is_none_or(|last| *day > last);
        let is_since_last = |from: &NaiveDate| last.is_none_or(|last| *from > last);
        let first = |law: &LegalTimescale| law.first?.end(from.filter(is_since_last)?);
        let next = |every: Period| every.end(last?);
        let law = timescale.law.as_ref();
        let by_law = law.and_then(|law| [first(law), next(law.every)].into_iter().flatten().min());
        Self {
            last,
            next: planned.filter(is_ahead),
            law: by_law.map(|by| Limit::on(today, by)),
            promise: timescale.promise.and_then(next).map(|by| Limit::on(today, by)),
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

    /// The law says within seven days of moving in and then two months, and the council promises eight weeks.
    fn visits() -> Timescale {
        serde_json::from_value(
            json!({"id": "visit", "display_name": {"en": "Your adviser visits you"}, "promise": "8 weeks",
            "law": {"every": "2 months", "first": "7 days", "source": "SI 2010/2571 reg 8(2)"}}),
        )
        .unwrap()
    }

    fn on(today: &str, last: &str, planned: Option<&str>) -> TimescaleDays {
        TimescaleDays::on(day(today), &visits(), None, Some(day(last)), planned.map(day))
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
        let days = TimescaleDays::on(day("2026-11-30"), &visits(), None, None, None);
        assert_eq!(days, TimescaleDays::default());
        let only_law = Timescale { promise: None, ..visits() };
        let last = Some(day("2026-11-01"));
        let days = TimescaleDays::on(day("2026-11-30"), &only_law, None, last, None);
        assert!(days.law.is_some() && days.promise.is_none());
    }

    #[test]
    fn first_one_has_the_limit_of_the_law_for_it() {
        let first = |today: &str, from: &str, last: Option<&str>| {
            let (from, last) = (Some(day(from)), last.map(day));
            TimescaleDays::on(day(today), &visits(), from, last, None)
        };
        let days = first("2026-11-30", "2026-11-28", None);
        let law = Limit { by: day("2026-12-05"), state: LimitState::Soon };
        assert_eq!((days.law, days.promise), (Some(law), None));
        assert_eq!(first("2026-12-06", "2026-11-28", None).law.unwrap().state, LimitState::Overdue);
        // It was: from then on, what counts is how often.
        let law = first("2026-12-06", "2026-11-28", Some("2026-11-28")).law;
        assert_eq!(law.map(|limit| limit.by), Some(day("2027-01-28")));
        // They moved again: within seven days, or earlier if two months end before.
        for (last, by) in [("2026-11-01", "2026-12-05"), ("2026-10-01", "2026-12-01")] {
            let law = first("2026-11-30", "2026-11-28", Some(last)).law;
            assert_eq!(law.map(|limit| limit.by), Some(day(by)), "{last}");
        }
        let mut only_often = visits();
        only_often.law.as_mut().unwrap().first = None;
        let from = Some(day("2026-11-28"));
        let days = TimescaleDays::on(day("2026-11-30"), &only_often, from, None, None);
        assert_eq!(days, TimescaleDays::default());
    }

    #[test]
    fn limits_fall_in_order_on_every_day_of_nine_years() {
        for last in day("2024-01-01").iter_days().take(9 * 366) {
            let days = TimescaleDays::on(last, &visits(), None, Some(last), None);
            let (promise, law) = (days.promise.unwrap().by, days.law.unwrap().by);
            assert_eq!((promise - last).num_days(), 56);
            assert!((59..=62).contains(&(law - last).num_days()), "{last}");
            assert!(promise < law);
        }
    }
}
