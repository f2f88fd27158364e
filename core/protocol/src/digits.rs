//! Decimal digits of every script, read as `0` to `9`.
//!
//! Keyboards for Arabic, Persian, Bengali and many other languages write digits of their own, and
//! those for Chinese and Japanese write full-width ones. Everything that reads a typed number, code,
//! date or time converts the text with [`to_ascii`] first.

use std::borrow::Cow;

/// The zero of each set of decimal digits: the characters of the general category `Nd`. The other nine
/// digits of a set follow its zero. Source: Unicode Character Database, `UnicodeData.txt`; the test
/// compares the table with another implementation.
#[rustfmt::skip]
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0,
    0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
    0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130,
    0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140,
    0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// Replaces every decimal digit with the ASCII digit of the same value. Other characters stay.
pub fn to_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(char_to_ascii).collect())
}

/// The ASCII digit of the same value as `c`, or `c` itself if it is not a decimal digit.
pub fn char_to_ascii(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let code = u32::from(c);
    let index = ZEROS.partition_point(|zero| *zero <= code);
    let zero = index.checked_sub(1).and_then(|index| ZEROS.get(index));
    zero.and_then(|zero| char::from_digit(code - zero, 10)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_become_ascii() {
        let nd = regex::Regex::new(r"^\p{Nd}$").unwrap();
        let mut count = 0;
        for c in '\0'..=char::MAX {
            let is_digit = nd.is_match(c.encode_utf8(&mut [0; 4]));
            assert_eq!(char_to_ascii(c).is_ascii_digit(), is_digit, "{:x}", u32::from(c));
            count += usize::from(is_digit);
        }
        assert_eq!(count, ZEROS.len() * 10);
        // The sets follow the order of values, so the sum of each is that of 0 to 9.
        let sum = |zero: u32| -> u32 {
            let digits = (zero..zero + 10).filter_map(char::from_u32).map(char_to_ascii);
            digits.filter_map(|digit| digit.to_digit(10)).sum()
        };
        assert!(ZEROS.iter().all(|zero| sum(*zero) == 45));
    }

    #[test]
    fn other_characters_stay() {
        assert_eq!(to_ascii("٠٧٧٠٠ ٩٠٠٤٥٦"), "07700 900456");
        assert_eq!(to_ascii("۰۷۷۰۰"), "07700");
        assert_eq!(to_ascii("K7QF-３"), "K7QF-3");
        assert_eq!(to_ascii("½ ² ٪ é"), "½ ² ٪ é", "not decimal digits");
    }
}
