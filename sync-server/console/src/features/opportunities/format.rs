//! Columns, what is in them, and what is wrong with them, in words.

use chrono::{NaiveDate, NaiveDateTime};
use promise_edition::Issue;
use promise_services::opportunities::{PLACE_SEPARATOR, PLACES};

use crate::kit::{
    format::language,
    forms::issue_text,
    words::{self, times},
};

/// What a column is called.
pub(super) fn label(column: &str) -> String {
    words::t(&format!("column-{}", column.replace('_', "-")))
}

/// What stands in a column, as people read it.
pub(super) fn told(column: &str, text: &str) -> String {
    let said = match column {
        "national" | "online" | "care_leavers_only" => {
            words::t(if text == "y" { "yes" } else { "no" })
        }
        "kind" => kind(text),
        "closes" => closes(text),
        "starts" | "ends" => text.parse().map_or_else(|_| text.to_owned(), times::day),
        "who" => each(text, |word| named("who", word)),
        "languages" => each(text, language),
        "outcome" => named("outcome", text),
        "pay_unit" => named("per", text),
        "status" => named("opp-status", text),
        "pay_min" | "pay_max" if !text.is_empty() => format!("£{text}"),
        PLACES => places(text),
        _ => text.to_owned(),
    };
    if said.is_empty() { words::t("nothing") } else { said }
}

/// A kind of opportunity as it is written, as people say it.
pub(super) fn kind(word: &str) -> String {
    named("opp-kind", word)
}

fn named(what: &str, word: &str) -> String {
    let key = format!("{what}-{}", word.replace('_', "-"));
    words::find(&key).unwrap_or_else(|| word.to_owned())
}

fn each(text: &str, say: impl Fn(&str) -> String) -> String {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(say).collect::<Vec<_>>().join(", ")
}

/// When it closes, where many stand together.
pub(super) fn closes_shortly(text: &str) -> String {
    let day = text.split_once(' ').map_or(text, |(day, _)| day);
    day.parse().map_or_else(|_| told("closes", text), times::short_day)
}

fn closes(text: &str) -> String {
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
    let lines = pairs(names, postcodes).into_iter().map(|[name, postcode]| {
        let parts = [name, postcode].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Places from their two columns.
pub(super) fn pairs(names: &str, postcodes: &str) -> Vec<[String; 2]> {
    let split = |text: &str| -> Vec<String> {
        text.split(';').map(|part| part.trim().to_owned()).collect()
    };
    let (names, postcodes) = (split(names), split(postcodes));
    let part = |of: &[String], at: usize| of.get(at).cloned().unwrap_or_default();
    let count = names.len().max(postcodes.len());
    let pairs = (0..count).map(|at| [part(&names, at), part(&postcodes, at)]);
    pairs.filter(|pair| pair.iter().any(|part| !part.is_empty())).collect()
}

/// The sentence for an issue with a column, or with a row as a whole.
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
            assert_ne!(told("pay_unit", word), word);
        }
        for word in OpportunityStatus::WORDS {
            assert_ne!(told("status", word), *word);
        }
    }

    #[test]
    fn columns_are_told_as_people_read_them() {
        for (column, text, told_as) in [
            ("closes", "2027-06-30", "Wednesday 30 June 2027"),
            ("closes", "2027-06-30 17:00", "Wednesday 30 June 2027, 17:00"),
            ("closes", "ongoing", "No closing date"),
            ("languages", "en; ti; xx", "English, Tigrinya, xx"),
            ("places", "Hendon; Finchley\u{1f}NW4", "Hendon, NW4\nFinchley"),
            ("pay_min", "12.21", "£12.21"),
            ("online", "n", "No"),
            ("cost", "", "Nothing"),
            ("kind", "from_the_future", "from_the_future"),
        ] {
            assert_eq!(told(column, text), told_as);
        }
    }
}
