//! Hours as they are typed: `mon-fri 09:00-17:00`, `sat,sun 10:00-14:00`.

use chrono::NaiveTime;
use promise_protocol::values::{Day, Opening};
use serde_json::{Map, Value};

use super::CliError;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads days and hours. Hours that end no later than they begin run into the next day.
pub(super) fn parse(typed: &str) -> Result<Opening, CliError> {
    let refused = || {
        CliError::Typed(format!(
            "hours \"{typed}\" are not understood: write \"mon-fri 09:00-17:00\""
        ))
    };
    read(&typed.trim().to_lowercase()).ok_or_else(refused)
}

fn read(typed: &str) -> Option<Opening> {
    let (days, hours) = typed.split_once(char::is_whitespace)?;
    let (opens, closes) = hours.trim().split_once('-')?;
    let mut chosen = Vec::new();
    for part in days.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (position(first)?, position(last)?);
        // `fri-mon` goes over the end of the week.
        let count = (last + DAYS.len() - first) % DAYS.len();
        chosen.extend((first..=first + count).map(|day| day % DAYS.len()));
    }
    chosen.sort_unstable();
    chosen.dedup();
    let days = chosen.into_iter().filter_map(day).collect();
    Some(Opening { days, opens: time(opens)?, closes: time(closes)?, unknown: Map::new() })
}

fn position(typed: &str) -> Option<usize> {
    DAYS.iter().position(|name| *name == typed)
}

fn day(position: usize) -> Option<Day> {
    serde_json::from_value(Value::from(*DAYS.get(position)?)).ok()
}

fn time(typed: &str) -> Option<NaiveTime> {
    let typed = if typed == "24:00" { "00:00" } else { typed };
    NaiveTime::parse_from_str(typed, "%H:%M").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_or_refused_with_an_example() {
        let days = |typed| parse(typed).unwrap().days;
        assert_eq!(days("Mon-Wed 09:00-17:00"), [Day::Mon, Day::Tue, Day::Wed]);
        assert_eq!(days("sat,sun 00:00-24:00"), [Day::Sat, Day::Sun]);
        assert_eq!(days("sun-mon 17:00-08:45"), [Day::Mon, Day::Sun]);
        for wrong in ["", "mon", "mon 9-5", "day 09:00-17:00", "mon 09:00-25:00"] {
            assert!(parse(wrong).unwrap_err().to_string().contains("mon-fri"), "{wrong}");
        }
    }
}
