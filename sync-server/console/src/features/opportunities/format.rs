//! The labels of an opportunity's columns, their values as text, and issues with them.

use chrono::{NaiveDate, NaiveDateTime};
use promise_edition::{
    Issue,
    opportunities::{format_pounds, parse_pounds},
};
use promise_services::opportunities::{PLACE_SEPARATOR, PLACES};

use crate::kit::{
    format::language,
    forms::issue_text,
    words::{self, times},
};

/// Returns the label of a column.
pub(super) fn label(column: &str) -> String {
    words::t(&format!("column-{}", column.replace('_', "-")))
}

/// Formats the value of a column. An empty value reads "Nothing".
pub(super) fn value(column: &str, text: &str) -> String {
    let formatted = match column {
        "national" | "online" | "care_leavers_only" => {
            words::t(if text == "y" { "yes" } else { "no" })
        }
        "kind" => kind(text),
        "closes" => closing_date(text),
        "starts" | "ends" => text.parse().map_or_else(|_| text.to_owned(), times::day),
        "who" => list(text, |word| word_name("who", word)),
        "languages" => list(text, language),
        "outcome" => word_name("outcome", text),
        "pay_unit" => word_name("per", text),
        "status" => word_name("opp-status", text),
        "pay_min" | "pay_max" => parse_pounds(text).map_or_else(|_| text.to_owned(), format_pounds),
        PLACES => places(text),
        _ => text.to_owned(),
    };
    if formatted.is_empty() { words::t("nothing") } else { formatted }
}

/// Formats a kind of opportunity.
pub(super) fn kind(word: &str) -> String {
    word_name("opp-kind", word)
}

/// Returns the name of a word of a vocabulary, or the word itself if it is unknown.
fn word_name(vocabulary: &str, word: &str) -> String {
    let key = format!("{vocabulary}-{}", word.replace('_', "-"));
    words::find(&key).unwrap_or_else(|| word.to_owned())
}

fn list(text: &str, format: impl Fn(&str) -> String) -> String {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(format).collect::<Vec<_>>().join(", ")
}

/// Formats the closing date for a table.
pub(super) fn short_closing_date(text: &str) -> String {
    let day = text.split_once(' ').map_or(text, |(day, _)| day);
    day.parse().map_or_else(|_| closing_date(text), times::short_day)
}

fn closing_date(text: &str) -> String {
    if text.is_empty() || text == "ongoing" {
        return words::t("opp-ongoing");
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return times::day(day);
    }
    match NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M") {
        Ok(at) => format!("{}, {}", times::day(at.date()), at.format("%H:%M")),
        Err(_) => text.to_owned(),
    }
}

fn places(text: &str) -> String {
    let (names, postcodes) = text.split_once(PLACE_SEPARATOR).unwrap_or((text, ""));
    let lines = place_rows(names, postcodes).into_iter().map(|[name, postcode]| {
        let parts = [name, postcode].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the name and postcode of each place, from the two columns that hold them.
pub(super) fn place_rows(names: &str, postcodes: &str) -> Vec<[String; 2]> {
    let split = |text: &str| -> Vec<String> {
        text.split(';').map(|part| part.trim().to_owned()).collect()
    };
    let (names, postcodes) = (split(names), split(postcodes));
    let part = |column: &[String], index: usize| column.get(index).cloned().unwrap_or_default();
    let count = names.len().max(postcodes.len());
    let rows = (0..count).map(|index| [part(&names, index), part(&postcodes, index)]);
    rows.filter(|row| row.iter().any(|part| !part.is_empty())).collect()
}

/// Formats an issue with a column or with a row as a whole.
pub(super) fn issue(issue: &Issue) -> String {
    issue_text(issue, &issue.field().map(label).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_edition::opportunities::{PAY_UNITS, columns};
    use promise_protocol::pack::{OpportunityKind, OpportunityStatus};

    #[test]
    fn every_column_and_word_has_a_name() {
        for column in columns().chain([PLACES]) {
            assert!(!label(column).starts_with("column-"), "{column}");
        }
        for word in OpportunityKind::WORDS {
            assert_ne!(kind(word), *word);
        }
        for word in PAY_UNITS {
            assert_ne!(value("pay_unit", word), word);
        }
        for word in OpportunityStatus::WORDS {
            assert_ne!(value("status", word), *word);
        }
    }

    #[test]
    fn values_are_formatted_by_their_column() {
        for (column, text, expected) in [
            ("closes", "2027-06-30", "Wednesday 30 June 2027"),
            ("closes", "2027-06-30 17:00", "Wednesday 30 June 2027, 17:00"),
            ("closes", "ongoing", "No closing date"),
            ("languages", "en; ti; xx", "English, Tigrinya, xx"),
            ("places", "Hendon; Finchley\u{1f}NW4", "Hendon, NW4\nFinchley"),
            ("pay_min", "12.21", "£12.21"),
            ("pay_max", "1234.50", "£1,234.50"),
            ("pay_max", "", "Nothing"),
            ("online", "n", "No"),
            ("cost", "", "Nothing"),
            ("kind", "from_the_future", "from_the_future"),
        ] {
            assert_eq!(value(column, text), expected);
        }
    }
}
