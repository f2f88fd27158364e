//! Reading a line of opening hours.

use chrono::NaiveTime;
use serde_json::Map;

use super::{ALWAYS, END_OF_DAY, OpeningHoursError, length, needs_length};
use crate::{
    digits,
    text::{is_invisible, is_joiner},
    values::{Opening, Weekday},
};

/// The words after the hours that put the end on the next day.
const NEXT_DAY: [&str; 2] = ["next day", "next morning"];

/// The parts of a line, before they are checked against each other.
struct Line {
    opening: Opening,
    /// The end as a time that is not midnight is the start.
    has_equal_ends: bool,
    says_next_day: bool,
    /// The length that the line gives, in minutes.
    length: Option<u32>,
}

/// Reads days and hours.
///
/// Dashes of every kind, "to" and "until" are read like a hyphen, with or without spaces. Days may
/// be written out. Times may be `9:00`, `9am`, `5.30pm`; `24:00` and a final `00:00` are the end of
/// the day. Returns an error, whose text says what to write, if the line has more than one reading.
pub fn parse(typed: &str) -> Result<Opening, OpeningHoursError> {
    let line = read(&plain(typed)).ok_or_else(|| OpeningHoursError::unclear(typed))?;
    let Line { opening, has_equal_ends, says_next_day, length } = line;
    let ends_same_day = opening.closes > opening.opens;
    let is_confirmed = says_next_day || length == Some(opening.minutes());
    if says_next_day && ends_same_day {
        Err(OpeningHoursError::EndsSameDay(opening))
    } else if has_equal_ends && !is_confirmed {
        Err(OpeningHoursError::EqualEnds(opening))
    } else if opening.closes_next_day() && !is_confirmed {
        Err(OpeningHoursError::EndsBeforeStart(opening))
    } else if length.is_some_and(|length| length != opening.minutes()) {
        Err(OpeningHoursError::OtherLength(opening))
    } else if needs_length(&opening) && length.is_none() {
        Err(OpeningHoursError::Long(opening))
    } else {
        Ok(opening)
    }
}

/// Writes a line in one way: lower case, digits of ASCII, a hyphen for every dash and for "to", a
/// comma for "and", and no space beside them.
fn plain(typed: &str) -> String {
    let typed = digits::to_ascii(typed.trim());
    let is_kept = |c: &char| !is_invisible(*c) && !is_joiner(*c);
    let chars = typed.chars().filter(is_kept).map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        // The wide forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '(' | ')' => ' ',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let text = chars.collect::<String>().to_lowercase().replace(['(', ')'], " ");
    let text = text.replace('-', " - ").replace(',', " , ");
    let mut plain = String::new();
    for word in text.split_whitespace() {
        let word = match word {
            "to" | "until" | "till" => "-",
            "and" | "&" => ",",
            "the" => continue,
            word => word,
        };
        let joins = matches!(word, "-" | "," | "am" | "pm") || plain.ends_with(['-', ',']);
        if !joins && !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

fn read(plain: &str) -> Option<Line> {
    let plain = if plain == ALWAYS { "mon-sun 00:00-24:00" } else { plain };
    let (days, rest) = plain.split_at_checked(plain.find(|c: char| c.is_ascii_digit())?)?;
    let days = days.trim_end().trim_end_matches([':', ',']);
    let (hours, tail) = rest.split_once(' ').unwrap_or((rest, ""));
    let (opens, closes) = hours.split_once('-')?;
    let end = if closes == END_OF_DAY { NaiveTime::MIN } else { parse_time(closes)? };
    let start = parse_time(opens)?;
    let next_day = NEXT_DAY.iter().find_map(|words| tail.strip_prefix(words));
    let length = match next_day.unwrap_or(tail).trim() {
        "" => None,
        length => Some(length::parse(length)?),
    };
    Some(Line {
        has_equal_ends: start == end && closes != END_OF_DAY,
        opening: Opening {
            days: parse_days(days)?,
            opens: start,
            closes: end,
            unknown: Map::new(),
        },
        says_next_day: next_day.is_some(),
        length,
    })
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

/// `09:00`, `9.00`, `9am`, `5:30pm`. An hour alone is refused: `9-5` has several readings.
fn parse_time(typed: &str) -> Option<NaiveTime> {
    let (clock, afternoon) = match (typed.strip_suffix("am"), typed.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(false)),
        (_, Some(clock)) => (clock, Some(true)),
        _ => (typed, None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if afternoon.is_some() => (clock, "00"),
        _ => return None,
    };
    let has_form = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (true, true) = (has_form(hour), has_form(minute)) else { return None };
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}
