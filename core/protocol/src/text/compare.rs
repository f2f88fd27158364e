//! Comparing texts that look the same.
//!
//! Keyboards and programs write one text in several ways: `é` as one character or as two, a space
//! that does not break, one of several dashes, full-width letters. Unicode Standard Annex #15 defines
//! the normalisation forms that make them equal.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::controls::{is_invisible, is_joiner};
use crate::digits;

/// Returns the key of a name, a reference, a heading or a code word: two texts that look the same, in
/// capitals or not, have the same key. Keys are for comparing, never for display.
///
/// The text is put in the form NFKC and in lower case, invisible characters are removed, every space
/// and every dash, apostrophe and digit is the plain one, and spaces are single.
pub fn key(text: &str) -> String {
    // The acute accent alone, which serves as an apostrophe, has another form in NFKC.
    let text = text.replace('\u{b4}', "'");
    let compatible = ComposingNormalizerBorrowed::new_nfkc().normalize(&text);
    // By way of capitals, so that `ß` and `SS`, or the two forms of `σ`, are the same.
    let is_kept = |c: &char| !is_invisible(*c) && !is_joiner(*c);
    let letters = compatible.chars().filter(is_kept).flat_map(char::to_uppercase);
    let letters = letters.flat_map(char::to_lowercase).map(|c| match digits::char_to_ascii(c) {
        c if c.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '`' => '\'',
        c => c,
    });
    let key: String = letters.collect();
    let words: Vec<&str> = key.split_whitespace().collect();
    // Changing the case can leave marks that compose with the letter before them.
    ComposingNormalizerBorrowed::new_nfkc().normalize(&words.join(" ")).into_owned()
}

/// Returns `true` if two names, references, headings or code words look the same.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

/// Returns the form in which a password is hashed and compared: the profile `OpaqueString` of PRECIS
/// (RFC 8265, section 4.2.2). Every space is the plain one, and the text is in the form NFC; case and
/// everything else count.
pub fn password(typed: &str) -> String {
    // The characters of category Zs, which `is_whitespace` has beside controls and line breaks.
    let is_space =
        |c: char| c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    let mapped: Cow<'_, str> = if typed.is_ascii() {
        Cow::Borrowed(typed)
    } else {
        Cow::Owned(typed.chars().map(|c| if is_space(c) { ' ' } else { c }).collect())
    };
    ComposingNormalizerBorrowed::new_nfc().normalize(&mapped).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_the_same_have_one_key() {
        for (one, other) in [
            ("CL-0001", "cl\u{2013}0001"),
            ("CL-0001", "\u{ff23}\u{ff2c}\u{ff0d}\u{ff10}001"),
            ("CL-0001", "CL-\u{660}\u{660}\u{660}\u{661}"),
            ("CL-0001", " CL\u{2011}0001\u{200b}"),
            ("j.okoro", "J.Okoro\u{a0}"),
            ("Zoë", "ZOE\u{308}"),
            ("Leaving care", "leaving\u{a0}\u{2009} Care"),
            ("O'Brien", "O\u{2019}Brien"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Œuvre \u{fb01}n", "œuvre fin"),
            ("نور\u{200f}", "نور"),
        ] {
            assert!(is_same(one, other), "{one:?} {other:?}: {:?} {:?}", key(one), key(other));
        }
        for (one, other) in [("CL-0001", "CL-0010"), ("CL 1", "CL1"), ("é", "e"), ("Jo", "Ja")] {
            assert!(!is_same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn key_of_a_key_is_itself() {
        for text in ["Zoë  O’Brien", "İstanbul", "STRASSE \u{fb01}", "\u{1f88}x", "CL–0001"] {
            assert_eq!(key(&key(text)), key(text), "{text}");
        }
    }

    #[test]
    fn password_is_the_same_from_every_keyboard() {
        // The examples of RFC 8265, section 4.3: case, spaces and other letters count.
        assert_eq!(password("correct\u{1680}horse"), "correct horse");
        assert_eq!(password("cafe\u{301}"), password("café"));
        assert_eq!(password("a\u{a0}b\u{202f}c"), "a b c");
        for (one, other) in [("Correct", "correct"), ("a b", "ab"), ("\u{fb01}", "fi"), ("a ", "a")]
        {
            assert_ne!(password(one), password(other));
        }
    }
}
