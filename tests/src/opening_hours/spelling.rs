//! Spellings of opening hours as people type them, and whether each is read right.

use chrono::{NaiveTime, Timelike};
use promise_protocol::{opening_hours, values::Opening};
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::line_of;

const DASHES: [&str; 10] = ["-", " - ", "–", " – ", "—", "−", "‑", " to ", " until ", " — "];

const FULL_DAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "WEDNESDAY"),
    ("thu", "thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

/// Checks the form's line, a spelling with a confirmation, and one without.
pub(super) fn check(opening: &Opening, random: &mut ChaCha8Rng) -> Result<(), String> {
    if opening.days.is_empty() {
        return Ok(());
    }
    expect(&line_of(opening), Some(opening))?;
    let plain = spell(opening, random);
    let crosses = opening.closes <= opening.opens && opening.closes != NaiveTime::MIN;
    let is_whole_day = opening.opens == opening.closes && opening.closes == NaiveTime::MIN;
    let length = (i64::from(opening.closes.num_seconds_from_midnight())
        - i64::from(opening.opens.num_seconds_from_midnight()))
    .rem_euclid(86_400)
        / 60;
    let length = if length == 0 { 1440 } else { length };
    let needs_length = length > 960 && !is_whole_day;
    let next_day = if crosses { " next day" } else { "" };
    let confirmed = if needs_length {
        format!("{plain}{next_day} ({} hours {} minutes)", length / 60, length % 60)
    } else {
        format!("{plain}{next_day}")
    };
    expect(&confirmed, Some(opening))?;
    let is_clear = !crosses && !needs_length;
    expect(&plain, is_clear.then_some(opening))?;
    if crosses && needs_length {
        expect(&format!("{plain} next day"), None)?;
    }
    if !crosses && opening.closes != NaiveTime::MIN {
        expect(&format!("{plain} next day"), None)?;
    }
    let other = length % 60 + 60;
    if other != length {
        expect(&format!("{plain}{next_day} ({other} minutes)"), None)?;
        expect(&format!("{plain}{next_day} (1 hour {} minutes)", length % 60), None)?;
    }
    Ok(())
}

/// Checks that a text is read as these hours, or refused with readings that are read.
fn expect(typed: &str, expected: Option<&Opening>) -> Result<(), String> {
    match (opening_hours::parse(typed), expected) {
        (Ok(read), Some(expected)) if read == *expected => Ok(()),
        (Err(refused), None) => {
            let text = refused.to_string();
            let is_read = |reading: &String| opening_hours::parse(reading).is_ok();
            if refused.readings().iter().all(is_read) && !text.contains(&format!("\"{typed}\"")) {
                Ok(())
            } else {
                Err(format!("{typed:?} is refused with {text:?}"))
            }
        }
        (read, expected) => Err(format!("{typed:?} is read as {read:?}, not {expected:?}")),
    }
}

/// Writes days and hours without a confirmation.
fn spell(opening: &Opening, random: &mut ChaCha8Rng) -> String {
    let ranges = opening_hours::day_ranges(&opening.days);
    let mut pick = |of: &[&str]| (*of.choose(random).unwrap_or(&"-")).to_owned();
    let mut parts = Vec::new();
    for range in ranges {
        let first = range.first().map_or("", |day| day.as_str());
        let last = range.last().map_or("", |day| day.as_str());
        let name = |short: &str, full: &str| {
            let long = FULL_DAYS.iter().find(|(day, _)| *day == short).map_or("", |(_, day)| day);
            if full == "y" { long.to_owned() } else { short.to_owned() }
        };
        let (one, two) = (name(first, &pick(&["y", "n"])), name(last, &pick(&["y", "n"])));
        parts.push(if first == last { one } else { format!("{one}{}{two}", pick(&DASHES)) });
    }
    let days = parts.join(&pick(&[",", ", ", " and ", " & "]));
    let opens = spell_time(opening.opens, &pick(&["24", "12", "."]));
    let closes = match opening.closes {
        NaiveTime::MIN => "24:00".to_owned(),
        closes => spell_time(closes, &pick(&["24", "12", "."])),
    };
    format!("{days}{}{opens}{}{closes}", pick(&[" ", "  ", ": ", "\u{a0}"]), pick(&DASHES))
}

fn spell_time(time: NaiveTime, how: &str) -> String {
    match how {
        "12" => time.format("%-I:%M%P").to_string(),
        "." => time.format("%-H.%M").to_string(),
        _ => format!("{:02}:{:02}", time.hour(), time.minute()),
    }
}
