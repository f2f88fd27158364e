//! When a helper or a line answers: hours, closed days, leave and the days of a hand-over, as moments.

use std::{
    collections::BTreeMap,
    ops::{
        Bound::{Excluded, Unbounded},
        Range,
    },
};

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use promise_protocol::{
    london,
    pack::ClosedDays,
    values::{Leave, Opening, Weekday},
};

/// The minutes of a week.
const WEEK: u32 = 7 * 24 * 60;

/// After so many ordinary days without a stretch there is none: it is two of each day of the week,
/// because a stretch in the hour that the clocks skip is left out once.
const ORDINARY_DAYS: u32 = 15;

/// The days on which offices are closed, with their names.
pub(super) type ClosedDates<'a> = BTreeMap<NaiveDate, &'a str>;

/// When someone answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule<'a> {
    pub(super) hours: &'a [Opening],
    pub(super) on_closed_days: ClosedDays,
    pub(super) leave: &'a [Leave],
    /// The first and the last day on which they are the one to ring.
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
    pub(super) closed_days: &'a ClosedDates<'a>,
}

/// Whether someone answers at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// They answer.
    Answers {
        /// The first moment at which they do not any more. `None` if none is known.
        until: Option<DateTime<Utc>>,
    },
    /// They do not answer.
    Silent {
        /// The first moment at which they do. `None` if none is known.
        next: Option<DateTime<Utc>>,
    },
}

impl<'a> Schedule<'a> {
    pub(super) fn state(&self, at: DateTime<Utc>) -> State {
        let Some(mut until) = self.end_at(at) else { return State::Silent { next: self.next(at) } };
        let today = london::day(at);
        let tomorrow = today.succ_opt().map(london::start_of_day);
        let has_every_hour = is_every_hour(self.hours);
        loop {
            // Today can lack hours that yesterday, as a closed day, did not begin. Tomorrow lacks none.
            if has_every_hour && tomorrow.is_some_and(|tomorrow| tomorrow <= until) {
                let end = self.first_day_without(today).map(london::start_of_day);
                return State::Answers { until: end };
            }
            match self.end_at(until) {
                Some(later) => until = later,
                None => return State::Answers { until: Some(until) },
            }
        }
    }

    /// The name of a closed day on which they do not answer.
    pub(super) fn closed_name(&self, day: NaiveDate) -> Option<&'a str> {
        let name = self.closed_days.get(&day).copied();
        name.filter(|_| self.on_closed_days == ClosedDays::Closed)
    }

    fn is_available(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
            && !self.leave.iter().any(|leave| leave.includes(day))
            && self.closed_name(day).is_none()
    }

    /// The stretches that begin on a day. One that runs past midnight ends there if the next day is a
    /// closed day, a day of leave or after the last one.
    fn stretches(&self, day: NaiveDate) -> Vec<Range<DateTime<Utc>>> {
        let Some(next) = day.succ_opt().filter(|_| self.is_available(day)) else {
            return Vec::new();
        };
        let midnight = london::start_of_day(next);
        let is_open_all_day =
            self.on_closed_days == ClosedDays::OpenAllDay && self.closed_days.contains_key(&day);
        let whole_day = is_open_all_day.then(|| london::start_of_day(day)..midnight);
        let weekday = Weekday::of(day);
        let today = self.hours.iter().filter(|opening| opening.days.contains(&weekday));
        let stretches = today.map(|opening| {
            let starts = london::first_moment(day.and_time(opening.opens));
            let ends = if opening.closes > opening.opens {
                london::first_moment(day.and_time(opening.closes))
            } else if opening.closes == NaiveTime::MIN || !self.is_available(next) {
                midnight
            } else {
                london::first_moment(next.and_time(opening.closes))
            };
            starts..ends
        });
        // Empty in the hour that the clocks skip.
        stretches.chain(whole_day).filter(|stretch| !stretch.is_empty()).collect()
    }

    /// The end of the longest stretch at a moment.
    fn end_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = london::day(at);
        let days = [today.pred_opt(), Some(today)].into_iter().flatten();
        let stretches = days.flat_map(|day| self.stretches(day));
        stretches.filter(|stretch| stretch.contains(&at)).map(|stretch| stretch.end).max()
    }

    /// The first moment after this one at which they answer, while they do not.
    fn next(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let open_all_day = || {
            let mut days = self.closed_days_after(london::day(at));
            days.find(|day| self.is_available(*day)).map(london::start_of_day)
        };
        let is_open = self.on_closed_days == ClosedDays::OpenAllDay;
        let closed_day = if is_open { open_all_day() } else { None };
        self.next_stretch(at).into_iter().chain(closed_day).min()
    }

    fn next_stretch(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut day = london::day(at);
        let mut ordinary = 0;
        while ordinary < ORDINARY_DAYS {
            let away = self.leave.iter().find(|leave| leave.includes(day));
            if let Some(from) = self.from.filter(|from| day < *from) {
                (day, ordinary) = (from, 0);
            } else if self.to.is_some_and(|to| to < day) {
                return None;
            } else if let Some(leave) = away {
                (day, ordinary) = (leave.to.succ_opt()?, 0);
            } else if self.closed_name(day).is_some() {
                (day, ordinary) = (day.succ_opt()?, 0);
            } else {
                let starts = self.stretches(day).into_iter().map(|stretch| stretch.start);
                if let Some(start) = starts.filter(|start| *start > at).min() {
                    return Some(start);
                }
                (day, ordinary) = (day.succ_opt()?, ordinary + 1);
            }
        }
        None
    }

    /// The first day after this one on which someone with every hour of the week does not answer.
    fn first_day_without(&self, today: NaiveDate) -> Option<NaiveDate> {
        let closed = self.closed_days_after(today).find(|day| self.closed_name(*day).is_some());
        let leave = self.leave.iter().filter(|leave| today < leave.from && leave.from <= leave.to);
        let after = self.to.and_then(|to| to.succ_opt());
        leave.map(|leave| leave.from).chain(closed).chain(after).min()
    }

    fn closed_days_after(&self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        self.closed_days.range((Excluded(day), Unbounded)).map(|(day, _)| *day)
    }
}

/// Returns `true` if the hours leave no minute of the week out.
pub(super) fn is_every_hour(hours: &[Opening]) -> bool {
    let stretches = hours.iter().flat_map(|opening| {
        let opens = opening.opens.num_seconds_from_midnight() / 60;
        opening.days.iter().map(move |day| {
            let starts = *day as u32 * 24 * 60 + opens;
            (starts, starts + opening.minutes())
        })
    });
    // Twice, so that what runs from Sunday into Monday counts on Monday.
    let mut stretches: Vec<(u32, u32)> =
        stretches.flat_map(|(from, to)| [(from, to), (from + WEEK, to + WEEK)]).collect();
    stretches.sort_unstable();
    let (mut first, mut end) = (0, 0);
    stretches.into_iter().any(|(from, to)| {
        if from > end {
            first = from;
        }
        end = end.max(to);
        end - first >= WEEK
    })
}
