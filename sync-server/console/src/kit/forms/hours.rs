//! Opening hours in a form: one stretch of hours on each line.

use promise_protocol::{opening_hours, values::Opening};

use crate::kit::{forms::field_error, page::FieldError, words};

/// The most lines.
const MAX_LINES: usize = 30;

/// How much of a wrong line its error shows.
const MAX_SHOWN: usize = 40;

/// Parses the lines of the field `name`.
pub(crate) fn parse_hours(name: &str, text: &str) -> Result<Vec<Opening>, FieldError> {
    let mut hours = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let Some(opening) = opening_hours::parse(line) else {
            let shown: String = line.chars().take(MAX_SHOWN).collect();
            let message = words::with("hours-wrong", "typed", &shown);
            return Err(FieldError { field: name.to_owned(), message });
        };
        hours.push(opening);
    }
    if hours.len() > MAX_LINES { Err(field_error(name, "hours-many")) } else { Ok(hours) }
}
