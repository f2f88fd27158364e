//! Opening hours as an adviser types them: `mon-thu 17:00-08:45`.

use chrono::NaiveTime;
use serde_json::Map;

use crate::{
    digits,
    values::{Opening, Weekday},
};

/// Examples of opening hours, for error texts.
pub const EXAMPLE: &str = "\"mon-fri 09:00-17:00\" or \"sat,sun 00:00-24:00\"";

/// Every hour of the week.
const ALWAYS: &str = "always";

/// Midnight at the end of a day.
const END_OF_DAY: &str = "24:00";

/// Reads days and hours. Hours that end no later than they begin run into the next day; `24:00` is
/// the end of the day. `always` is every hour of the week.
pub fn parse(typed: &str) -> Option<Opening> {
    let typed = digits::to_ascii(typed.trim()).to_lowercase();
    let typed = if typed == ALWAYS { "mon-sun 00:00-24:00" } else { &typed };
    let (days, hours) = typed.rsplit_once(char::is_whitespace)?;
    let (opens, closes) = hours.split_once('-')?;
    let opens = parse_time(opens)?;
    let closes = if closes == END_OF_DAY { NaiveTime::MIN } else { parse_time(closes)? };
    Some(Opening { days: parse_days(days)?, opens, closes, unknown: Map::new() })
}

/// Writes opening hours in the form that [`parse`] reads.
pub fn format(opening: &Opening) -> String {
    let ranges = day_ranges(&opening.days);
    if opening.is_all_day() && ranges.concat() == Weekday::ALL {
        return ALWAYS.to_owned();
    }
    let days = match &ranges[..] {
        [range] => match &range[..] {
            [first, _, .., last] => format!("{first}-{last}"),
            few => join(few),
        },
        several => join(&several.concat()),
    };
    let closes = match opening.closes {
        NaiveTime::MIN => END_OF_DAY.to_owned(),
        closes => closes.format("%H:%M").to_string(),
    };
    format!("{days} {}-{closes}", opening.opens.format("%H:%M"))
}

/// Groups days into ranges of consecutive ones, from Monday to Sunday: Monday, Wednesday and
/// Thursday are `[[Mon], [Wed, Thu]]`. Order and repetition of the days do not matter.
pub fn day_ranges(days: &[Weekday]) -> Vec<Vec<Weekday>> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    days.chunk_by(|day, next| *day as usize + 1 == *next as usize).map(<[_]>::to_vec).collect()
}

fn join(days: &[Weekday]) -> String {
    days.iter().map(|day| day.as_str()).collect::<Vec<_>>().join(",")
}

/// `mon`, `mon-thu`, `sat,sun`, `fri-mon`.
fn parse_days(typed: &str) -> Option<Vec<Weekday>> {
    let mut chosen = Vec::new();
    for part in typed.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (parse_day(first)?, parse_day(last)?);
        let from_first = Weekday::ALL.into_iter().cycle().skip_while(|day| *day != first);
        let count = (last as usize + 7 - first as usize) % 7 + 1;
        chosen.extend(from_first.take(count));
    }
    chosen.sort_unstable();
    chosen.dedup();
    Some(chosen)
}

/// A day of the week, short or written out.
fn parse_day(typed: &str) -> Option<Weekday> {
    let name = typed.trim();
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let mut named = Weekday::ALL.into_iter().zip(full);
    named.find(|(day, full)| name == day.as_str() || name == *full).map(|(day, _)| day)
}

/// `09:00`.
fn parse_time(typed: &str) -> Option<NaiveTime> {
    let has_form = typed.len() == 5 && typed.bytes().all(|b| b.is_ascii_digit() || b == b':');
    has_form.then(|| NaiveTime::parse_from_str(typed, "%H:%M").ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{json, to_value};

    #[test]
    fn hours_as_typed_are_parsed() {
        let cases = [
            ("mon-thu 17:00-08:45", json!(["mon", "tue", "wed", "thu"]), "17:00", "08:45"),
            ("fri 16:45-24:00", json!(["fri"]), "16:45", "00:00"),
            ("sat,sun 00:00-24:00", json!(["sat", "sun"]), "00:00", "00:00"),
            ("Fri-Mon  09:00-17:00", json!(["mon", "fri", "sat", "sun"]), "09:00", "17:00"),
            ("Tuesday, thu 09:30-12:00", json!(["tue", "thu"]), "09:30", "12:00"),
            ("always", json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), "00:00", "00:00"),
        ];
        for (typed, days, opens, closes) in cases {
            let opening = to_value(parse(typed).unwrap_or_else(|| panic!("{typed}"))).unwrap();
            assert_eq!(opening, json!({"days": days, "opens": opens, "closes": closes}), "{typed}");
        }
    }

    #[test]
    fn digits_of_every_script_are_digits_of_hours() {
        let expected = parse("mon-fri 09:00-17:00");
        for typed in ["mon-fri ٠٩:٠٠-١٧:٠٠", "mon-fri ۰۹:۰۰-۱۷:۰۰", "mon-fri ０９:００-１７:００"]
        {
            assert_eq!(parse(typed), expected, "{typed}");
        }
        assert!(expected.is_some());
    }

    #[test]
    fn other_text_is_refused() {
        let refused = [
            "",
            "mon",
            "09:00-17:00",
            "mon 9-5",
            "mon 09:00-25:00",
            "montag 09:00-17:00",
            "mon 24:00-09:00",
        ];
        for typed in refused {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn hours_are_formatted_as_typed() {
        for typed in [
            "mon-fri 09:00-17:00",
            "sat,sun 00:00-24:00",
            "mon,wed 10:00-14:30",
            "mon,tue,wed,fri 17:00-08:45",
            "mon-sun 09:00-24:00",
            "always",
        ] {
            assert_eq!(format(&parse(typed).unwrap()), typed);
        }
    }

    #[test]
    fn formatted_hours_parse_to_the_same_opening() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        let hours = [
            (at(9, 0), at(17, 0)),
            (at(17, 0), at(8, 45)),
            (at(9, 0), at(0, 0)),
            (at(0, 0), at(0, 0)),
            (at(9, 0), at(9, 0)),
        ];
        for week in 1..1 << 7 {
            let chosen = Weekday::ALL.into_iter().filter(|day| week & (1 << *day as usize) != 0);
            let days: Vec<Weekday> = chosen.collect();
            for (opens, closes) in hours {
                let opening = Opening { days: days.clone(), opens, closes, unknown: Map::new() };
                let typed = format(&opening);
                assert_eq!(parse(&typed), Some(opening), "{typed}");
            }
        }
    }

    #[test]
    fn days_are_grouped_into_ranges_in_the_order_of_the_week() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Wed};
        assert_eq!(day_ranges(&[]), Vec::<Vec<Weekday>>::new());
        assert_eq!(day_ranges(&[Thu, Mon, Wed, Mon]), [vec![Mon], vec![Wed, Thu]]);
        assert_eq!(day_ranges(&[Sun, Fri, Sat]), [[Fri, Sat, Sun]]);
    }
}
