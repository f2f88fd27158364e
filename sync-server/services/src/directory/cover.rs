//! The times at which none of a council's lines is open. A young person in trouble at night needs
//! one that is.

use chrono::Timelike;
use promise_protocol::{
    pack::{ClosedDays, Line},
    text,
    values::{Opening, PhoneKind, Weekday},
};

/// The minutes of a day and of a week.
const DAY: usize = 24 * 60;
const WEEK: usize = 7 * DAY;

/// The minimum length of a gap, in minutes. Teams leave up to a quarter of an hour at a change of
/// shift.
const MIN_GAP: usize = 16;

/// A time at which no line is open, in minutes of the week from Monday 00:00. The end may be in the
/// next week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its first minute.
    pub from: usize,
    /// The first minute after it.
    pub to: usize,
}

/// The times at which none of the council's lines is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The gaps of an ordinary week.
    pub gaps: Vec<Gap>,
    /// `true` if no line is open at some time of a closed day.
    pub is_closed_on_closed_days: bool,
}

/// Finds the times at which none of the council's lines is open. National lines, such as 999, do not
/// count: they are not a duty team.
pub fn coverage(lines: &[Line], council: &str) -> Coverage {
    let own: Vec<&Line> = lines.iter().filter(|line| is_own(line, council)).collect();
    let mut week = vec![false; WEEK];
    let mut closed = vec![false; WEEK];
    for line in &own {
        line.hours.iter().for_each(|hours| mark(&mut week, hours));
        match line.on_closed_days {
            ClosedDays::Closed => {}
            ClosedDays::AsUsual => line.hours.iter().for_each(|hours| mark(&mut closed, hours)),
            ClosedDays::OpenAllDay => closed.fill(true),
        }
    }
    Coverage { gaps: gaps(&week), is_closed_on_closed_days: !gaps(&closed).is_empty() }
}

/// Returns `true` if the line can be rung, and is the council's own or a duty line.
fn is_own(line: &Line, council: &str) -> bool {
    let mut rung = line.phones.iter().filter(|phone| phone.can_be_rung());
    let organisation = line.organisation.as_deref().unwrap_or_default();
    let is_councils = organisation.is_empty() || text::is_same(organisation, council);
    rung.any(|phone| {
        let is_on_duty = matches!(phone.kind, PhoneKind::Duty | PhoneKind::Oohs);
        is_on_duty || (is_councils && phone.number.starts_with('+'))
    })
}

fn mark(week: &mut [bool], opening: &Opening) {
    let number = |minutes: u32| usize::try_from(minutes).unwrap_or_default();
    let opens = number(opening.opens.num_seconds_from_midnight() / 60);
    let length = number(opening.minutes());
    for day in &opening.days {
        let begins = place(*day) * DAY + opens;
        for at in begins..begins + length {
            if let Some(minute) = week.get_mut(at % WEEK) {
                *minute = true;
            }
        }
    }
}

fn place(day: Weekday) -> usize {
    match day {
        Weekday::Mon => 0,
        Weekday::Tue => 1,
        Weekday::Wed => 2,
        Weekday::Thu => 3,
        Weekday::Fri => 4,
        Weekday::Sat => 5,
        Weekday::Sun => 6,
    }
}

fn gaps(week: &[bool]) -> Vec<Gap> {
    // Once round the week, from a minute at which a line is open.
    let Some(start) = week.iter().position(|answered| *answered) else {
        return vec![Gap { from: 0, to: WEEK }];
    };
    let mut gaps = Vec::new();
    let mut from = None;
    for at in start..=start + WEEK {
        match (week.get(at % WEEK).copied().unwrap_or_default(), from) {
            (false, None) => from = Some(at),
            (true, Some(first)) => {
                gaps.push(Gap { from: first, to: at });
                from = None;
            }
            _ => {}
        }
    }
    gaps.retain(|gap| gap.to - gap.from >= MIN_GAP);
    for gap in gaps.iter_mut().filter(|gap| gap.from >= WEEK) {
        *gap = Gap { from: gap.from - WEEK, to: gap.to - WEEK };
    }
    gaps.sort_by_key(|gap| gap.from);
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_protocol::opening_hours;
    use serde_json::json;

    fn line(number: &str, kind: &str, organisation: &str, hours: &[&str], closed: &str) -> Line {
        let hours: Vec<_> = hours.iter().map(|it| opening_hours::parse(it).unwrap()).collect();
        serde_json::from_value(json!({
            "id": "x", "role": "x", "display_name": {"en": "x"}, "organisation": organisation,
            "phones": [{"number": number, "kind": kind}], "hours": hours, "on_closed_days": closed,
        }))
        .unwrap()
    }

    fn at(day: usize, hour: usize, minute: usize) -> usize {
        day * DAY + hour * 60 + minute
    }

    #[test]
    fn duty_team_in_office_hours_leaves_gaps_at_night() {
        let duty = line("+442079460101", "duty", "Barnet", &["mon-fri 09:00-17:00"], "closed");
        let found = coverage(&[duty], "Barnet");
        assert_eq!(found.gaps.len(), 5);
        assert_eq!(found.gaps[0], Gap { from: at(0, 17, 0), to: at(1, 9, 0) });
        assert_eq!(found.gaps[4], Gap { from: at(4, 17, 0), to: at(7, 9, 0) }, "the weekend");
        assert!(found.is_closed_on_closed_days);
    }

    #[test]
    fn gap_runs_over_midnight_and_over_the_end_of_the_week() {
        let day = line("+442079460101", "duty", "Barnet", &["mon-sun 05:00-17:00"], "closed");
        let found = coverage(&[day], "Barnet").gaps;
        assert_eq!(found[0], Gap { from: at(0, 17, 0), to: at(1, 5, 0) }, "Monday to Tuesday");
        assert_eq!(found[6], Gap { from: at(6, 17, 0), to: at(7, 5, 0) }, "Sunday to Monday");
        let most = ["mon-sat 05:00-17:00", "tue-sun 17:00-05:00 next day", "sun 05:00-17:00"];
        let night = line("+442079460101", "duty", "Barnet", &most, "closed");
        assert_eq!(
            coverage(&[night], "Barnet").gaps,
            [Gap { from: at(0, 17, 0), to: at(1, 5, 0) }],
            "the one night without a line"
        );
    }

    #[test]
    fn emergency_team_out_of_hours_leaves_no_gap() {
        let duty = line("+442079460101", "landline", "", &["mon-fri 09:00-17:00"], "closed");
        let night = [
            "mon-thu 17:00-08:45 next day",
            "fri 17:00-24:00",
            "sat,sun 00:00-24:00",
            "mon 00:00-08:45",
        ];
        let team = line("+441632960102", "oohs", "Another", &night, "open_all_day");
        assert_eq!(
            coverage(&[duty, team], "Barnet"),
            Coverage::default(),
            "but for a change of shift"
        );
    }

    #[test]
    fn national_lines_and_texts_do_not_count() {
        let always =
            |number, kind, organisation| line(number, kind, organisation, &["always"], "as_usual");
        let lines = [
            always("999", "landline", ""),
            always("+448001111", "landline", "NSPCC"),
            always("+447700900101", "text", "Barnet"),
        ];
        let whole =
            Coverage { gaps: vec![Gap { from: 0, to: WEEK }], is_closed_on_closed_days: true };
        assert_eq!(coverage(&lines, "Barnet"), whole);
        assert_eq!(
            coverage(&[always("+442079460101", "landline", "barnet")], "Barnet"),
            Coverage::default()
        );
    }
}
