//! The values of single columns, and of columns that are read together.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use promise_protocol::{
    ids::is_record_id,
    pack::{Pay, Place},
    text::key,
    vocabulary::UnknownWord,
};
use serde_json::Map;

use super::{PAY_UNITS, money::parse_pounds, reader::ColumnReader};
use crate::{
    dates::{self, DayOrTime},
    issue::IssueKind,
    validate::values,
};

/// Parses a word of a closed vocabulary, in any case and with spaces or dashes: `Work experience`.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(typed: &str) -> Result<T, IssueKind> {
    Ok(to_word(typed).parse()?)
}

fn to_word(typed: &str) -> String {
    key(typed).replace([' ', '-'], "_")
}

/// Makes a record's id from the publisher's reference. Saved opportunities refer to the id, so the
/// same reference always gives the same id.
pub(super) fn record_id(typed: &str) -> Result<String, IssueKind> {
    if is_record_id(typed) {
        return Ok(typed.to_owned());
    }
    let mut id = String::new();
    for c in key(typed).chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    values::record_id(id.trim_end_matches('-'))
}

/// Parses a closing date, with an optional time of day in London. `None` means that it never closes.
pub(super) fn closing_time(typed: &str) -> Result<Option<DateTime<Utc>>, IssueKind> {
    if dates::is_ongoing(typed) {
        return Ok(None);
    }
    match dates::parse_day_or_time(typed) {
        Some(DayOrTime::Day(day)) => Ok(dates::end_of_day_in_london(day)),
        Some(DayOrTime::Time(moment)) => Ok(Some(moment)),
        None => Err(IssueKind::NotAClosingDate),
    }
}

/// Reads the columns `area` and `postcode` in pairs. Several of either are separated by `;`, and an
/// empty one keeps its position.
pub(super) fn places(reader: &ColumnReader<'_>) -> Vec<Place> {
    let split = |column| -> Vec<String> {
        let text = reader.text(column).unwrap_or_default();
        text.split(';').map(|part| part.trim().to_owned()).collect()
    };
    let (names, postcodes) = (split("area"), split("postcode"));
    let mut places = Vec::new();
    for index in 0..names.len().max(postcodes.len()) {
        let name = names.get(index).cloned().unwrap_or_default();
        let postcode = match postcodes.get(index).map_or("", String::as_str) {
            "" => None,
            typed => values::postcode(typed)
                .map_err(|kind| reader.add_issue_with("postcode", typed, kind))
                .ok(),
        };
        if !name.is_empty() || postcode.is_some() {
            places.push(Place { name, postcode, ..Place::default() });
        }
    }
    places
}

pub(super) fn pay(reader: &ColumnReader<'_>) -> Option<Pay> {
    let pence = |column| reader.parse(column, parse_pounds);
    let unit = |typed: &str| {
        let word = to_word(typed);
        let known = || IssueKind::UnknownWord { known: PAY_UNITS.to_vec() };
        PAY_UNITS.contains(&word.as_str()).then_some(word).ok_or_else(known)
    };
    let pay = Pay {
        wage: reader.text("pay_type"),
        min: pence("pay_min"),
        max: pence("pay_max"),
        unit: reader.parse("pay_unit", unit),
        text: reader.text("pay"),
        unknown: Map::new(),
    };
    (pay != Pay::default()).then_some(pay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_reference_is_kept_as_id() {
        for (typed, id) in
            [("a--b", "a--b"), ("-x", "-x"), ("Job/Baker 07", "job-baker-07"), ("Job ٠٧", "job-07")]
        {
            assert_eq!(record_id(typed).as_deref(), Ok(id));
        }
    }

    #[test]
    fn closing_time_is_a_day_or_a_time() {
        let read = |typed: &str| closing_time(typed).unwrap().map(|at| at.to_rfc3339());
        assert_eq!(read("1/5/2027").unwrap(), "2027-05-01T22:59:59+00:00");
        assert_eq!(read("2027-05-01 17:00").unwrap(), "2027-05-01T16:00:00+00:00");
        assert_eq!(read("2027-05-01 00:00").unwrap(), "2027-05-01T22:59:59+00:00", "padded");
        assert_eq!(read("ongoing"), None);
        for typed in ["1/5/2027 noon", "soon", "2027-03-28 01:30"] {
            assert!(closing_time(typed).is_err(), "{typed}");
        }
    }
}
