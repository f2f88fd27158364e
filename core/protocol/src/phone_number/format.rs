//! Numbers as people read them and as phones dial them.

use super::{call_cost, extension, relay};

/// The groups of a number of the United Kingdom, by its digits after the `0`: the start, how many
/// digits there are, and the groups with the `0`. The longest start that fits counts. Source:
/// libphonenumber 9.0.33, GB, `availableFormats`, with which the tests compare it.
const GROUPS: &[(&str, usize, &[usize])] = &[
    ("1", 10, &[5, 6]),
    ("1", 9, &[5, 5]),
    ("11", 10, &[4, 3, 4]),
    ("121", 10, &[4, 3, 4]),
    ("131", 10, &[4, 3, 4]),
    ("141", 10, &[4, 3, 4]),
    ("151", 10, &[4, 3, 4]),
    ("161", 10, &[4, 3, 4]),
    ("171", 10, &[5, 6]),
    ("181", 10, &[5, 6]),
    ("191", 10, &[4, 3, 4]),
    ("13873", 10, &[6, 5]),
    ("15242", 10, &[6, 5]),
    ("15394", 10, &[6, 5]),
    ("15395", 10, &[6, 5]),
    ("15396", 10, &[6, 5]),
    ("16973", 10, &[6, 5]),
    ("16974", 10, &[6, 5]),
    ("16977", 10, &[6, 5]),
    ("16977", 9, &[6, 4]),
    ("17683", 10, &[6, 5]),
    ("17684", 10, &[6, 5]),
    ("17687", 10, &[6, 5]),
    ("19467", 10, &[6, 5]),
    ("2", 10, &[3, 4, 4]),
    ("3", 10, &[4, 3, 4]),
    ("5", 10, &[3, 4, 4]),
    ("5", 9, &[4, 6]),
    ("7", 10, &[5, 6]),
    ("70", 10, &[3, 4, 4]),
    ("76", 10, &[3, 4, 4]),
    ("7624", 10, &[5, 6]),
    ("8", 10, &[4, 3, 4]),
    ("8", 9, &[4, 6]),
    ("8", 7, &[4, 4]),
    ("9", 10, &[4, 3, 4]),
];

/// Formats a stored number in the groups in which people read it out: `07700 900123` for
/// `+447700900123`. Foreign numbers and most short codes are unchanged.
pub fn format(number: &str) -> String {
    if let Some((prefix, inner)) = relay::split(number) {
        return format!("{prefix} {}", format(&inner));
    }
    if number.len() == 6 && (number.starts_with("116") || number.starts_with("118")) {
        return group(number, &[3, 3]);
    }
    let Some(national) = number.strip_prefix("+44") else { return number.to_owned() };
    let fits = GROUPS
        .iter()
        .filter(|(start, length, _)| national.starts_with(start) && national.len() == *length);
    let groups = fits.max_by_key(|(start, ..)| start.len()).map_or(&[][..], |(.., groups)| groups);
    group(&format!("0{national}"), groups)
}

fn group(digits: &str, groups: &[usize]) -> String {
    let mut rest = digits;
    let mut parts = Vec::new();
    for length in groups {
        let (part, after) = rest.split_at_checked(*length).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Formats a stored number as [`format()`] does, with its extension after it: `020 7946 0000 ext 4`.
pub fn format_with_extension(number: &str, ext: Option<&str>) -> String {
    let formatted = format(number);
    match ext.filter(|ext| !ext.is_empty()) {
        Some(ext) => format!("{formatted} ext {ext}"),
        None => formatted,
    }
}

/// Spells a stored number with its extension as [`parse`](super::parse) reads it, for a cell of a
/// sheet. Only a number whose cost was confirmed is stored, so the words for that are included.
pub fn spell(number: &str, ext: Option<&str>) -> String {
    let mut spelt = format_with_extension(number, ext);
    if call_cost(number).is_some() {
        spelt.push_str(" cost confirmed");
    }
    spelt
}

/// A stored number and its extension as a `tel` URI (RFC 3966). Returns `None` for text that cannot be
/// dialled.
///
/// A short code is written without the `phone-context` that section 3 asks of it, because phones show
/// and dial that as part of the number; an extension of a short code is left out for the same reason.
pub fn tel_uri(number: &str, ext: Option<&str>) -> Option<String> {
    if !is_dialled(number) {
        return None;
    }
    match ext.filter(|ext| extension::is_valid(ext) && number.starts_with('+')) {
        Some(ext) => Some(format!("tel:{number};ext={ext}")),
        None => Some(format!("tel:{number}")),
    }
}

/// A stored number as an `sms` URI (RFC 5724). Returns `None` for text that cannot be dialled.
pub fn sms_uri(number: &str) -> Option<String> {
    is_dialled(number).then(|| format!("sms:{number}"))
}

/// A stored number and its extension as the keys of a phone: a comma is a pause. Returns `None` for text
/// that cannot be dialled. What is not a valid extension is left out: a dialled string never holds
/// letters.
pub fn dial_string(number: &str, ext: Option<&str>) -> Option<String> {
    let ext = ext.filter(|ext| extension::is_valid(ext));
    let pause = ext.map(|ext| format!(",{ext}")).unwrap_or_default();
    is_dialled(number).then(|| format!("{number}{pause}"))
}

/// Returns `true` for digits with or without a `+`.
fn is_dialled(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_formatted_in_groups() {
        let cases = [
            ("+447700900123", "07700 900123"),
            ("+442079460000", "020 7946 0000"),
            ("+441539612345", "015396 12345"),
            ("+447012345678", "070 1234 5678"),
            ("116123", "116 123"),
            ("118500", "118 500"),
            ("85258", "85258"),
            ("1800103001234567", "18001 0300 123 4567"),
            ("18001111", "18001 111"),
            ("+12025550143", "+12025550143"),
            ("ask; at the desk", "ask; at the desk"),
        ];
        for (stored, formatted) in cases {
            assert_eq!(format(stored), formatted);
        }
    }

    #[test]
    fn spelling_is_parsed_to_the_same_number() {
        for (number, ext) in [
            ("+442079460000", Some("4")),
            ("+449012345678", Some("12")),
            ("118500", None),
            ("1800103001234567", None),
            ("+12025550143", Some("007")),
        ] {
            let typed = super::super::parse(&spell(number, ext)).unwrap();
            assert_eq!((&*typed.number, typed.ext.as_deref()), (number, ext));
            assert!(typed.require_confirmed_cost().is_ok());
        }
    }

    #[test]
    fn dialled_strings_never_hold_letters() {
        let (number, ext) = ("+442079460000", Some("4"));
        assert_eq!(tel_uri(number, ext).as_deref(), Some("tel:+442079460000;ext=4"));
        assert_eq!(dial_string(number, ext).as_deref(), Some("+442079460000,4"));
        assert_eq!(tel_uri("111", Some("2")).as_deref(), Some("tel:111"));
        assert_eq!(dial_string("111", Some("2")).as_deref(), Some("111,2"));
        assert_eq!(dial_string(number, Some("a,b")).as_deref(), Some(number));
        assert_eq!(tel_uri(number, Some("a;b")).as_deref(), Some("tel:+442079460000"));
        assert_eq!(sms_uri("85258").as_deref(), Some("sms:85258"));
        for text in ["ask at the desk", "", "+", "020x"] {
            assert_eq!(tel_uri(text, None).or(dial_string(text, None)).or(sms_uri(text)), None);
        }
    }
}
