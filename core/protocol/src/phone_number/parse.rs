//! From a typed number to the one to store.

use super::{
    PhoneNumberError, call_cost, extension,
    number_type::{number_type, short_code_type},
    relay, table,
};
use crate::digits;

/// The mark of a number whose cost was confirmed, without spaces.
const COST_CONFIRMED: &str = "costconfirmed";

/// The start of a `tel` URI (RFC 3966), which address books write.
const TEL: &str = "tel:";

/// A typed number, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedNumber {
    /// E.164, or a short code or Relay UK number as it is dialled.
    pub number: String,
    /// The extension, in digits.
    pub ext: Option<String>,
    /// `true` if "cost confirmed" was typed after it.
    pub cost_confirmed: bool,
}

/// Parses a typed number.
///
/// Accepts digits of every script, spaces, dashes, dots, brackets, `(0)`, `00` for `+`, and numbers that
/// a spreadsheet has stripped of the leading `0` or of the `+` of `+44`. After the number, it accepts an
/// extension (`ext 4`, `x4`, `#4`, `,4`) and the words "cost confirmed". The number itself is checked
/// for its form, not for whether it is in use: new ranges open faster than products are updated.
pub fn parse(typed: &str) -> Result<TypedNumber, PhoneNumberError> {
    let compact = compact(typed);
    let (spelt, cost_confirmed) = match compact.strip_suffix(COST_CONFIRMED) {
        Some(spelt) => (spelt, true),
        None => (compact.as_str(), false),
    };
    let (spelt, ext) = extension::split(spelt.strip_prefix(TEL).unwrap_or(spelt));
    let number = parse_spelt(spelt).map_err(|problem| problem(typed.trim().to_owned()))?;
    Ok(TypedNumber { number, ext: ext.map(str::to_owned), cost_confirmed })
}

impl TypedNumber {
    /// Adds the extension that was typed in a field of its own.
    pub fn with_extension(self, ext: Option<String>) -> Result<Self, PhoneNumberError> {
        match (&self.ext, ext) {
            (_, None) => Ok(self),
            (None, own) => Ok(Self { ext: own, ..self }),
            (Some(inline), Some(own)) if *inline == own => Ok(self),
            (Some(_), Some(_)) => Err(PhoneNumberError::TwoExtensions(self.number)),
        }
    }

    /// Refuses a number that costs extra unless this was confirmed.
    pub fn require_confirmed_cost(self) -> Result<Self, PhoneNumberError> {
        match (call_cost(&self.number), number_type(&self.number)) {
            (Some(cost), Some(number_type)) if !self.cost_confirmed => {
                let typed = super::format(&self.number);
                Err(PhoneNumberError::CostsExtra { typed, number_type, cost })
            }
            _ => Ok(self),
        }
    }
}

/// The text with ASCII digits, in lower case and without what stands between digits.
fn compact(typed: &str) -> String {
    let kept = typed.chars().filter(|c| !is_decoration(*c));
    kept.map(to_half_width).map(digits::char_to_ascii).filter(|c| !is_decoration(*c)).collect()
}

/// Full-width signs and letters (U+FF01 to U+FF5E) as the ASCII ones of the same look, in lower case.
fn to_half_width(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(c) - 0xfee0).map_or(c, char::from),
        c => c,
    };
    narrow.to_ascii_lowercase()
}

/// Returns `true` for characters that people and address books put between digits, including the
/// invisible marks around a number that was copied from a screen.
fn is_decoration(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{61c}' | '\u{feff}')
}

/// Parses what is left of a number without decoration and extension. An error makes the final one from
/// the typed text.
fn parse_spelt(spelt: &str) -> Result<String, fn(String) -> PhoneNumberError> {
    let relayed = table::RELAY_PREFIXES.into_iter().find_map(|prefix| {
        let rest = spelt.strip_prefix(prefix)?.strip_prefix('+')?;
        Some(format!("{prefix}00{rest}"))
    });
    let spelt = relayed.as_deref().unwrap_or(spelt);
    let (plus, rest) = match spelt.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, spelt),
    };
    match rest.chars().find(|c| !c.is_ascii_digit()) {
        None if rest.is_empty() && !plus => Err(|_| PhoneNumberError::Empty),
        None if plus => international(rest)
            .map(|number| format!("+{number}"))
            .ok_or(PhoneNumberError::NotANumber),
        None => dialled(rest).ok_or(PhoneNumberError::NotANumber),
        Some(c) if c.is_alphabetic() => Err(PhoneNumberError::Letters),
        Some(_) => Err(PhoneNumberError::Signs),
    }
}

/// The number to store for digits as they are dialled in the United Kingdom.
fn dialled(digits: &str) -> Option<String> {
    let prefix = table::RELAY_PREFIXES.into_iter().find(|prefix| digits.starts_with(prefix));
    match prefix {
        Some(prefix) => {
            let inner = without_prefix(digits.strip_prefix(prefix)?)?;
            Some(relay::join(prefix, &inner))
        }
        None => without_prefix(digits),
    }
}

/// Like [`dialled`], for digits without a prefix of Relay UK.
pub(super) fn without_prefix(digits: &str) -> Option<String> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit())
        || table::RELAY_PREFIXES.into_iter().any(|prefix| digits.starts_with(prefix))
    {
        return None;
    }
    if short_code_type(digits).is_some() {
        return Some(digits.to_owned());
    }
    let full = match digits.strip_prefix("00") {
        Some(rest) => international(rest),
        None => national(digits),
    };
    full.map(|number| format!("+{number}"))
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
