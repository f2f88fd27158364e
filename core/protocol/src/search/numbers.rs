//! Telephone numbers in words of digits.
//!
//! People write `020 7946 0101`, `(020) 7946-0101`, `+44 (0)20 7946 0101`, `0044 20…` and `2079460101`
//! for one number. Every group of digits in a text begins a number that is found in each of these
//! spellings, so a number that follows another, or a time, is found too.

use super::words::{Entry, Group};
use crate::{
    phone_number::{self, relay},
    text::{is_invisible, is_joiner},
};

/// The fewest digits of a number. Shorter ones are words.
pub(super) const MIN_DIGITS: usize = 5;
/// The fewest digits that were typed after a `+`: the country and a first digit.
const MIN_DIGITS_AFTER_PLUS: usize = 3;
/// The most digits of a number: a prefix of Relay UK, `00`, and less than the 15 digits of E.164. A
/// number is found by its first digits, so later ones are not needed.
const MAX_DIGITS: usize = 18;
/// The most characters between two groups: `) - `.
const MAX_GAP_CHARS: usize = 4;

/// The digits of most numbers of the United Kingdom without the `0`.
const NATIONAL_DIGITS: usize = 10;
/// The fewest digits of a number of the United Kingdom without the `0`, Childline's apart.
const MIN_NATIONAL_DIGITS: usize = 9;

/// The dialling code of the United Kingdom.
const COUNTRY: &str = "44";

/// Returns `true` for what stands between the groups of a number.
pub(super) fn is_gap(gap: &str) -> bool {
    gap.chars().take(MAX_GAP_CHARS + 1).count() <= MAX_GAP_CHARS
        && gap.chars().all(|c| {
            (c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'))
                || matches!(c, '(' | ')' | '-' | '.' | '/')
                || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
                || is_without_width(c)
        })
}

/// Returns `true` if the text before a number ends with its `+`.
pub(super) fn has_plus(before: &str) -> bool {
    let is_between = |c: char| c == '(' || is_without_width(c);
    before.trim_end_matches(is_between).ends_with(['+', '\u{ff0b}'])
}

fn is_without_width(c: char) -> bool {
    is_invisible(c) || is_joiner(c)
}

/// The numbers that begin with a group of digits, each in every form under which it is found.
pub(super) fn entries(group: &Group, has_plus: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (index, word) in group.words.iter().enumerate() {
        let rest = group.words.get(index..).unwrap_or_default();
        let digits = joined(rest.iter().map(|word| word.folded.plain.as_str()));
        if digits.len() < MIN_DIGITS {
            continue;
        }
        let range = word.range.start..group.range().end;
        let start = match (index, has_plus) {
            (0, true) => Start::Plus,
            (_, true) => Start::Inside,
            (_, false) => Start::Plain,
        };
        for form in forms(&digits, start) {
            entries.push(Entry { form, range: range.clone(), digits: Some(digits.len()) });
        }
    }
    entries
}

/// The first [`MAX_DIGITS`] digits of groups.
fn joined<'a>(groups: impl Iterator<Item = &'a str>) -> String {
    let mut digits = String::new();
    for group in groups {
        digits.push_str(group);
        if digits.len() >= MAX_DIGITS {
            break;
        }
    }
    digits.truncate(MAX_DIGITS);
    digits
}

/// Where digits begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// After a `+`.
    Plus,
    /// At a later group of a number with a `+`.
    Inside,
    /// Anywhere else.
    Plain,
}

/// The spellings of a number in a text, as digits. They all end with the same digits.
fn forms(digits: &str, start: Start) -> Vec<String> {
    let mut forms = Vec::new();
    let mut add = |form: String| {
        if form.len() >= MIN_DIGITS && !forms.contains(&form) {
            forms.push(form);
        }
    };
    add(digits.to_owned());
    for (digits, start) in [(Some(digits), start), (relay::strip_prefix(digits), Start::Inside)] {
        let Some(digits) = digits else { continue };
        let number = match Number::parse(digits, start == Start::Plus) {
            // A spreadsheet took the `0`.
            Number::Other if start == Start::Plain && digits.len() >= MIN_NATIONAL_DIGITS => {
                Number::Uk(digits)
            }
            number => number,
        };
        match number {
            Number::Uk(national) => {
                add(format!("0{national}"));
                add(national.to_owned());
                add(format!("{COUNTRY}{national}"));
                add(local(national).to_owned());
            }
            Number::International(number) => {
                add(number.to_owned());
                add(format!("00{number}"));
            }
            Number::Other => {}
        }
    }
    forms
}

/// A number of the United Kingdom, without its `0`, as it is dialled in its area. What follows the number
/// stays.
fn local(national: &str) -> &str {
    let number = national.get(..NATIONAL_DIGITS).unwrap_or(national);
    let grouped = phone_number::format(&format!("+{COUNTRY}{number}"));
    // The first group is the area's code with its `0`.
    let area = grouped.split_once(' ').map_or(0, |(area, _)| area.len().saturating_sub(1));
    national.get(area..).unwrap_or(national)
}

/// The digits of a typed number as the starts of forms of a text, in every way to read them. Returns
/// an empty list if the digits are too few for a number.
pub(super) fn typed_forms<'a>(
    groups: impl Iterator<Item = &'a str>,
    has_plus: bool,
) -> Vec<String> {
    let digits = joined(groups);
    let min = if has_plus { MIN_DIGITS_AFTER_PLUS } else { MIN_DIGITS };
    if digits.len() < min {
        return Vec::new();
    }
    let mut forms = Vec::new();
    let behind_prefix = relay::strip_prefix(&digits).filter(|rest| rest.len() >= MIN_DIGITS);
    for (digits, has_plus) in [(Some(digits.as_str()), has_plus), (behind_prefix, false)] {
        let Some(digits) = digits else { continue };
        match Number::parse(digits, has_plus) {
            Number::Uk(national) => forms.push(format!("0{national}")),
            Number::International(number) => forms.push(number.to_owned()),
            Number::Other => {}
        }
        if !has_plus {
            forms.push(digits.to_owned());
        }
    }
    forms.dedup();
    forms
}

/// What is left of a word after a typed number that introduces an extension: nothing of `ext`, and the
/// digits of `x4`. Returns `None` for another word.
pub(super) fn extension(word: &str) -> Option<&str> {
    let names = ["extension", "extn", "ext", "x"];
    let rest = names.into_iter().find_map(|name| word.strip_prefix(name))?;
    rest.bytes().all(|byte| byte.is_ascii_digit()).then_some(rest)
}

/// How digits are read as a number.
enum Number<'a> {
    /// Of the United Kingdom, without its `0`.
    Uk(&'a str),
    /// Of another country, with its code.
    International(&'a str),
    /// Digits that begin with neither `+` nor `0`.
    Other,
}

impl<'a> Number<'a> {
    fn parse(digits: &'a str, has_plus: bool) -> Self {
        let international = if has_plus { Some(digits) } else { digits.strip_prefix("00") };
        // `(0)` after the country code is dialled only without it.
        let national = |rest: &'a str| rest.strip_prefix('0').unwrap_or(rest);
        match international {
            Some(number) => number
                .strip_prefix(COUNTRY)
                .map_or(Self::International(number), |rest| Self::Uk(national(rest))),
            None => digits
                .strip_prefix('0')
                .or_else(|| digits.strip_prefix(COUNTRY).map(national))
                .map_or(Self::Other, Self::Uk),
        }
    }
}
