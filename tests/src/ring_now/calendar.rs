//! Every minute of some days, with its day in London by the time zone database.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Europe::London;

use super::Span;

/// So many days after the last event of a council, nothing changes any more but from week to week. The
/// oracle knows the minutes of these days too, to see what comes next.
const DAYS_AFTER: u32 = 60;

/// The minutes of the days that are checked, and of some days after them.
#[derive(Debug)]
pub struct Calendar {
    span: Span,
    /// For each minute, how many days its day is after the first one.
    days: Vec<u32>,
}

impl Calendar {
    /// Lists the minutes of this many days from this one, which is written `2026-01-01`.
    ///
    /// # Panics
    ///
    /// If it is not a day.
    pub fn new(first: &str, days: u32) -> Self {
        let span = Span { first: first.parse().expect("a day"), days };
        let all = Span { days: days + DAYS_AFTER, ..span };
        let minutes = (0..all.minutes()).map(|minute| moment(span, minute).with_timezone(&London));
        let days = minutes.map(|at| at.date_naive() - span.first);
        let days = days.map(|after| u32::try_from(after.num_days()).expect("a day after it"));
        Self { span, days: days.collect() }
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    pub(super) fn moment(&self, minute: u32) -> DateTime<Utc> {
        moment(self.span, minute)
    }

    /// How many minutes there are.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// The number of the day of each minute.
    pub(super) fn day_numbers(&self) -> &[u32] {
        &self.days
    }

    /// The days that the minutes are on, in order.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.days.last().copied().unwrap_or_default();
        (0..=last).map(|number| self.span.day(number))
    }

    /// The number of the first minute at which the clocks show this time or a later one: below zero, or
    /// above the last one, if none of these minutes is.
    pub(super) fn minute(&self, local: NaiveDateTime) -> i64 {
        let mut shown = local;
        let at = loop {
            match shown.and_local_timezone(London) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => break at,
                LocalResult::None => shown += TimeDelta::minutes(1),
            }
        };
        (at.with_timezone(&Utc) - self.moment(0)).num_minutes()
    }
}

fn moment(span: Span, minute: u32) -> DateTime<Utc> {
    span.start() + TimeDelta::minutes(minute.into())
}
