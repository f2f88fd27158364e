//! Parsing and formatting of telephone numbers as people in the United Kingdom type them.
//!
//! A number is stored as E.164 (`+447700900123`), which can be dialled from anywhere. Short codes have
//! no such form and are stored as they are dialled.

use thiserror::Error;

/// Why a number was not understood. The text tells the person who typed it what to write.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhoneNumberError {
    /// Nothing was typed.
    #[error("there is no phone number; write one, such as 07700 900123")]
    Empty,
    /// It contains letters. An extension has a field of its own.
    #[error("phone number \"{0}\" has letters in it; write only the number, such as 07700 900123")]
    Letters(String),
    /// It contains signs that no number has, or several numbers.
    #[error("phone number \"{0}\" has signs in it; write one number, such as 07700 900123")]
    Signs(String),
    /// It is too long, too short, or begins like no number.
    #[error("phone number \"{0}\" is not complete; write all of it, such as 07700 900123")]
    NotANumber(String),
}

/// Short codes of emergency and public services. Those that begin with `116` and those for texts are
/// recognised by their length and first digits.
const SHORT_CODES: &[&str] = &["101", "105", "111", "112", "119", "999", "18000"];

/// Parses a typed number to E.164 or a short code.
///
/// Accepts spaces, dashes, dots, brackets, `(0)`, `00` for `+`, and numbers that a spreadsheet has
/// stripped of the leading `0` or of the `+` of `+44`.
pub fn parse(typed: &str) -> Result<String, PhoneNumberError> {
    let (plus, digits) = digits(typed)?;
    if !plus && is_short_code(&digits) {
        return Ok(digits);
    }
    let after_00 = digits.strip_prefix("00").filter(|_| !plus);
    let full = match (plus, after_00) {
        (true, _) => international(&digits),
        (false, Some(rest)) => international(rest),
        (false, None) => national(&digits),
    };
    full.map(|number| format!("+{number}"))
        .ok_or_else(|| PhoneNumberError::NotANumber(typed.trim().to_owned()))
}

/// The digits, and `true` if a `+` precedes them.
fn digits(typed: &str) -> Result<(bool, String), PhoneNumberError> {
    let typed = typed.trim();
    let kept: String = typed.chars().filter(|c| !is_decoration(*c)).collect();
    let (plus, rest) = match kept.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, kept.as_str()),
    };
    match rest.chars().find(|c| !c.is_ascii_digit()) {
        None if rest.is_empty() && !plus => Err(PhoneNumberError::Empty),
        None => Ok((plus, rest.to_owned())),
        Some(c) if c.is_alphabetic() => Err(PhoneNumberError::Letters(typed.to_owned())),
        Some(_) => Err(PhoneNumberError::Signs(typed.to_owned())),
    }
}

/// Returns `true` for characters that people and address books put between digits, including the
/// invisible marks around a number that was copied from a screen.
fn is_decoration(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

fn is_short_code(digits: &str) -> bool {
    let helpline = digits.len() == 6 && digits.starts_with("116");
    let texts_only = digits.len() == 5 && digits.starts_with(['6', '7', '8']);
    SHORT_CODES.contains(&digits) || helpline || texts_only
}

/// The digits of E.164 from those after a `+` or `00`.
fn international(digits: &str) -> Option<String> {
    match digits.strip_prefix("44") {
        Some(rest) => with_country(rest.strip_prefix('0').unwrap_or(rest)),
        None => ((7..=15).contains(&digits.len()) && !digits.starts_with('0'))
            .then(|| digits.to_owned()),
    }
}

/// The digits of E.164 from those of a number without a country code.
fn national(digits: &str) -> Option<String> {
    if let Some(rest) = digits.strip_prefix('0') {
        return with_country(rest);
    }
    with_country(digits).or_else(|| international(digits).filter(|_| digits.starts_with("44")))
}

/// Adds the country code to a number of the United Kingdom without its `0`. It has ten digits, some
/// older numbers have nine, and Childline's has seven.
fn with_country(digits: &str) -> Option<String> {
    let complete = match digits.len() {
        10 => digits.starts_with(['1', '2', '3', '5', '7', '8', '9']),
        9 => digits.starts_with('1') || digits.starts_with("500") || digits.starts_with("800"),
        7 => digits == "8001111",
        _ => false,
    };
    complete.then(|| format!("44{digits}"))
}

/// Formats a stored number in the groups in which people read it out: `07700 900123` for
/// `+447700900123`. Foreign numbers and most short codes are unchanged.
pub fn format(number: &str) -> String {
    let national = number.strip_prefix("+44").map_or(number.to_owned(), |rest| format!("0{rest}"));
    let groups: &[usize] = match (national.as_bytes(), national.len()) {
        ([b'0', b'2', ..], 11) => &[3, 4, 4],
        (
            [b'0', b'3' | b'8' | b'9', ..] | [b'0', b'1', b'1', ..] | [b'0', b'1', _, b'1', ..],
            11,
        ) => &[4, 3, 4],
        ([b'0', ..], 10 | 11) => &[5, 6],
        ([b'1', b'1', b'6', ..], 6) => &[3, 3],
        ([b'0', b'8', b'0', b'0', ..], 8) => &[4, 4],
        _ => return national,
    };
    let mut rest = national.as_str();
    let mut parts = Vec::new();
    for length in groups {
        let (part, after) = rest.split_at_checked(*length).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_spellings_parse_to_one_number() {
        let cases = [
            ("07700 900123", "+447700900123"),
            ("07700-900.123", "+447700900123"),
            ("+44 (0)7700 900123", "+447700900123"),
            ("+44 7700 900123", "+447700900123"),
            ("0044 7700 900123", "+447700900123"),
            ("00 44 (0) 7700 900123", "+447700900123"),
            ("(020) 7946 0000", "+442079460000"),
            ("01632 960 001", "+441632960001"),
            ("0808 157 0000", "+448081570000"),
            ("0800 1111", "+448001111"), // Childline
            ("0808 2000 247", "+448082000247"),
            ("016977 2000", "+44169772000"), // one of the nine-digit ones
            ("+1 202 555 0143", "+12025550143"),
            // A spreadsheet took the 0, or the +.
            ("7700900123", "+447700900123"),
            ("2079460000", "+442079460000"),
            ("8001111", "+448001111"),
            ("447700900123", "+447700900123"),
            // Copied from an address book: no-break space, direction marks, a long dash.
            ("\u{202a}07700\u{a0}900123\u{202c}", "+447700900123"),
            ("020\u{2013}7946\u{2013}0000", "+442079460000"),
        ];
        for (typed, number) in cases {
            assert_eq!(parse(typed).as_deref(), Ok(number), "{typed:?}");
        }
    }

    #[test]
    fn short_codes_are_unchanged() {
        for (typed, code) in [
            ("999", "999"),
            ("101", "101"),
            ("111", "111"),
            ("105", "105"),
            ("116 123", "116123"),
            ("18000", "18000"),
            ("85258", "85258"), // texts only
        ] {
            assert_eq!(parse(typed).as_deref(), Ok(code));
        }
    }

    #[test]
    fn text_that_is_not_a_number_is_refused_with_a_reason() {
        let refused = |typed: &str| parse(typed).unwrap_err().to_string();
        assert_eq!(refused(" "), "there is no phone number; write one, such as 07700 900123");
        for typed in ["07700 900123 ext 4", "4.47701E+11", "call me"] {
            assert!(refused(typed).contains("has letters in it"), "{typed}");
        }
        for typed in ["07700 900123/124", "07700 900123; 07700 900124", "=1+1", "44+7"] {
            assert!(refused(typed).contains("has signs in it"), "{typed}");
        }
        for typed in ["07700 90012", "+", "0", "12", "0000", "+0 7700 900123", "07700 900 1234"] {
            assert!(refused(typed).contains("is not complete"), "{typed}");
        }
    }
}
