//! Texts: damage by programs on the way, white space, and formulas.

use promise_protocol::{phone_number, text::neutralise};

use crate::spreadsheet;

/// Returns `true` if a text was saved in one encoding and read in another: `£` has become `Â£`, an
/// apostrophe `â€™`, or a character is lost.
pub(crate) fn is_garbled(text: &str) -> bool {
    ["Â£", "â€", "Ã©", "\u{fffd}"].iter().any(|sign| text.contains(sign))
}

/// Returns `true` if a text holds control characters other than line ends and tabs.
pub(crate) fn is_unprintable(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Trims a text, converts its line ends to `\n`, and removes characters that would reverse the text
/// around them.
pub(crate) fn normalise(text: &str) -> String {
    neutralise(&text.replace("\r\n", "\n").replace('\r', "\n")).trim().to_owned()
}

/// Returns `true` if an uploaded cell is a formula. It is refused rather than altered; only numbers
/// and phone numbers may begin like one.
pub(crate) fn is_formula(cell: &str) -> bool {
    spreadsheet::is_formula(cell)
        && cell.parse::<f64>().is_err()
        && phone_number::parse(cell).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_read_in_wrong_encoding_is_garbled() {
        assert!(is_garbled("Â£50"));
        assert!(!is_garbled("£50 at the café"));
    }

    #[test]
    fn control_characters_are_unprintable() {
        assert!(is_unprintable("a\0b"));
        assert!(!is_unprintable("a\tb\nc"));
        assert_eq!(normalise(" a\r\nb\r "), "a\nb");
    }

    #[test]
    fn override_is_removed_and_what_a_translator_needs_is_kept() {
        assert_eq!(normalise("020\u{202e} 7946\u{2067}"), "020 7946");
        let kept = "نور \u{2066}020\u{a0}7946\u{2069}\u{200e}";
        assert_eq!(normalise(kept), kept);
    }
}
