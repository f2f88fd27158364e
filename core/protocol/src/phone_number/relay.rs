//! Relay UK: a prefix of five digits, dialled before the number.
//!
//! Such a number has no form in E.164. It is stored as it is dialled in the United Kingdom,
//! `1800103001234567`, so that older phones ring it too.

use super::{parse, table};

/// Takes a stored number apart: its prefix and the stored form of the number behind it. Returns `None`
/// for a number without a prefix.
pub fn split(number: &str) -> Option<(&'static str, String)> {
    let prefix = table::RELAY_PREFIXES.into_iter().find(|prefix| number.starts_with(prefix))?;
    let inner = parse::without_prefix(number.strip_prefix(prefix)?)?;
    Some((prefix, inner))
}

/// The digits behind a prefix. Returns `None` if there is no prefix.
pub(crate) fn strip_prefix(digits: &str) -> Option<&str> {
    table::RELAY_PREFIXES.into_iter().find_map(|prefix| digits.strip_prefix(prefix))
}

/// Joins a prefix and the stored form of the number behind it.
pub(super) fn join(prefix: &str, number: &str) -> String {
    let dialled = match (number.strip_prefix("+44"), number.strip_prefix('+')) {
        (Some(national), _) => format!("0{national}"),
        (None, Some(international)) => format!("00{international}"),
        (None, None) => number.to_owned(),
    };
    format!("{prefix}{dialled}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_undoes_join() {
        for number in ["+443001234567", "111", "999", "+12025550143", "+448001111"] {
            for prefix in table::RELAY_PREFIXES {
                assert_eq!(split(&join(prefix, number)), Some((prefix, number.to_owned())));
            }
        }
        for number in ["18000", "18001", "180011", "+441800112345", "1800118001111", "+18001111"] {
            assert_eq!(split(number), None, "{number}");
        }
    }
}
