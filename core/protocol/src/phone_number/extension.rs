//! Extensions: the digits to dial once a switchboard answers.

use super::number_type::short_code_type;
use crate::digits;

/// The most digits of an extension. The schema allows no more.
pub const MAX_EXTENSION: usize = 12;

/// The most digits after a comma. More are a second number rather than an extension.
const MAX_AFTER_COMMA: usize = 5;

/// The words and signs before an extension. A longer one comes before its own beginning.
const LABELS: [&str; 8] = [";ext=", "extension", "extn", "ext", "x", "#", ",", "\u{60c}"];

/// Splits a number without spaces and in lower case into what is dialled and an extension. The text is
/// returned whole if it does not end with an extension.
pub(super) fn split(compact: &str) -> (&str, Option<&str>) {
    let is_number = |c: char| c.is_ascii_digit() || c == '+';
    let Some(end) = compact.find(|c| !is_number(c)) else { return (compact, None) };
    let (number, rest) = compact.split_at_checked(end).unwrap_or((compact, ""));
    let label = LABELS.into_iter().find(|label| rest.starts_with(label));
    let Some(label) = label.filter(|_| !number.is_empty()) else { return (compact, None) };
    let digits = match label {
        "," | "\u{60c}" => rest.trim_start_matches([',', '\u{60c}']),
        label => rest.strip_prefix(label).unwrap_or_default().trim_start_matches([':', '=']),
    };
    let is_extension = match label {
        // "116 123, 999" is two numbers.
        "," | "\u{60c}" => digits.len() <= MAX_AFTER_COMMA && short_code_type(digits).is_none(),
        _ => true,
    };
    if is_extension && is_valid(digits) { (number, Some(digits)) } else { (compact, None) }
}

/// Parses an extension from a field of its own. Returns `None` for an empty one. Fails if it is anything
/// but digits; typing the same again fails again.
pub fn parse(typed: &str) -> Result<Option<String>, InvalidExtension> {
    let digits: String =
        typed.chars().filter(|c| !c.is_whitespace()).map(digits::char_to_ascii).collect();
    match digits.as_str() {
        "" => Ok(None),
        ext if is_valid(ext) => Ok(Some(digits)),
        _ => Err(InvalidExtension),
    }
}

/// The text is not an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an extension is 1 to 12 digits")]
pub struct InvalidExtension;

/// Returns `true` if this can be dialled as an extension: 1 to [`MAX_EXTENSION`] digits.
pub fn is_valid(ext: &str) -> bool {
    (1..=MAX_EXTENSION).contains(&ext.len()) && ext.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extension_is_split_in_every_spelling() {
        for spelling in ["ext4", "x4", "#4", ",4", ",,4", "extension4", "extn:4", ";ext=4", "،4"] {
            let typed = format!("02079460000{spelling}");
            assert_eq!(split(&typed), ("02079460000", Some("4")), "{spelling}");
        }
    }

    #[test]
    fn extension_in_its_own_field_is_digits_of_any_script() {
        assert_eq!(parse(" ١٢ "), Ok(Some("12".into())));
        assert_eq!(parse(""), Ok(None));
        for typed in ["x4", "1234567890123", "4,5"] {
            assert_eq!(parse(typed), Err(InvalidExtension), "{typed}");
        }
    }

    #[test]
    fn other_endings_are_no_extension() {
        let endings =
            ["", "ext", "x4x5", ",07700900124", ",999", ";4", "/4", "#1234567890123", "e+11"];
        for ending in endings {
            let typed = format!("02079460000{ending}");
            assert_eq!(split(&typed), (typed.as_str(), None), "{ending}");
        }
        assert_eq!(split("x4"), ("x4", None));
    }
}
