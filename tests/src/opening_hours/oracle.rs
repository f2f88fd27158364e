//! What is open at each minute, without the arithmetic of the product: a minute is compared with
//! the times of every stretch.

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
};
use promise_protocol::{
    pack::ClosedDays,
    values::{Opening, Weekday},
};
use promise_services::directory::{Coverage, Gap};

const WEEK: usize = 7 * 24 * 60;

/// Gaps of a quarter of an hour or less are changes of shift.
const SHORTEST_GAP: usize = 16;

/// Returns `true` if the stretch holds this time of this day: it began today and has not ended, or
/// it began yesterday and ends today.
fn is_open(opening: &Opening, day: usize, time: NaiveTime) -> bool {
    let is_on = |day: usize| opening.days.iter().any(|it| *it as usize == day);
    let yesterday = (day + 6) % 7;
    let runs_over_midnight = opening.closes <= opening.opens;
    let began = is_on(day) && time >= opening.opens;
    (began && (runs_over_midnight || time < opening.closes))
        || (is_on(yesterday) && runs_over_midnight && time < opening.closes)
}

/// The gaps of an ordinary week, and whether there is one on closed days.
pub(super) fn coverage(own: &[(Opening, ClosedDays)]) -> Coverage {
    let minutes = || {
        (0..WEEK).map(|minute| {
            let seconds = u32::try_from(minute % 1440 * 60).unwrap_or_default();
            let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
            (minute / 1440, time.unwrap_or_default())
        })
    };
    let ordinary: Vec<bool> = minutes()
        .map(|(day, time)| own.iter().any(|(opening, _)| is_open(opening, day, time)))
        .collect();
    let closed: Vec<bool> = minutes()
        .map(|(day, time)| {
            own.iter().any(|(opening, days)| match days {
                ClosedDays::Closed => false,
                ClosedDays::AsUsual => is_open(opening, day, time),
                ClosedDays::OpenAllDay => true,
            })
        })
        .collect();
    Coverage { gaps: gaps(&ordinary), is_closed_on_closed_days: !gaps(&closed).is_empty() }
}

/// A gap begins at each closed minute after an open one, and ends at the next open one.
fn gaps(open: &[bool]) -> Vec<Gap> {
    if !open.contains(&true) {
        return vec![Gap { from: 0, to: WEEK }];
    }
    let is_open = |minute: usize| open[minute % WEEK];
    let starts = (0..WEEK).filter(|minute| !is_open(*minute) && is_open(minute + WEEK - 1));
    let gap =
        |from: usize| Gap { from, to: (from..from + WEEK).find(|to| is_open(*to)).unwrap_or(from) };
    starts.map(gap).filter(|gap| gap.to - gap.from >= SHORTEST_GAP).collect()
}

/// Every minute of 2026 in London, by the time zone database.
#[derive(Debug)]
pub struct London(Vec<NaiveDateTime>);

impl London {
    /// Lists the minutes. The clocks go forward on 29 March and back on 25 October.
    #[expect(clippy::new_without_default, reason = "it lists half a million minutes")]
    pub fn new() -> Self {
        let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().expect("a moment");
        let minutes = (0..365 * 24 * 60).map(|minute| {
            let moment = start + TimeDelta::minutes(minute);
            moment.with_timezone(&chrono_tz::Europe::London).naive_local()
        });
        Self(minutes.collect())
    }

    /// Compares the gaps with what is open at each minute: the stretches of every date, as times
    /// between two dates and times on the wall.
    pub(super) fn check(&self, openings: &[Opening], gaps: &[Gap]) -> Result<(), String> {
        let first = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a day");
        let mut open = vec![false; 368 * 24 * 60];
        let index = |at: NaiveDateTime| {
            let minutes = (at - first.and_time(NaiveTime::MIN)).num_minutes();
            usize::try_from(minutes).unwrap_or_default()
        };
        for day in first.iter_days().take(367) {
            let weekday = Weekday::ALL[day.weekday().num_days_from_monday() as usize];
            for opening in openings.iter().filter(|opening| opening.days.contains(&weekday)) {
                let next = opening.closes <= opening.opens;
                let last = if next { day + Days::new(1) } else { day };
                open[index(day.and_time(opening.opens))..index(last.and_time(opening.closes))]
                    .fill(true);
            }
        }
        let mut in_gap = vec![false; WEEK];
        for gap in gaps {
            (gap.from..gap.to).for_each(|minute| in_gap[minute % WEEK] = true);
        }
        for at in &self.0 {
            let time = usize::try_from(at.hour() * 60 + at.minute()).unwrap_or_default();
            let minute = at.weekday().num_days_from_monday() as usize * 1440 + time;
            if in_gap[minute] == open[index(*at)] {
                return Err(format!("{at} is in a gap: {}, with gaps {gaps:?} of", in_gap[minute]));
            }
        }
        Ok(())
    }
}
