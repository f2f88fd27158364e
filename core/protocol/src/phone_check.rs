//! The check text by which staff recognise a phone.

use std::{fmt, str::FromStr};

use crate::{
    Author, AuthorKind, base32hex,
    pairing::{ALPHABET, normalise},
};

const CHARS: usize = 8;

/// The author of a phone's stamps as people read and type it: `7K3F-9M2D`. A phone whose record a
/// restore lost shows it, and an adviser types it to link that phone and no other.
///
/// It is in the alphabet of pairing codes, which has no letters that look like numbers. It identifies
/// the phone and is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneCheck(Author);

impl PhoneCheck {
    /// Returns the check text of a phone; `None` for an author of another kind.
    pub fn of(author: Author) -> Option<Self> {
        (author.kind() == AuthorKind::Phone).then_some(Self(author))
    }

    /// Returns the author that it stands for.
    pub fn into_author(self) -> Author {
        self.0
    }
}

/// Two groups of four.
impl fmt::Display for PhoneCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Both alphabets have 32 symbols in ascending order of their values.
        let symbols = self.0.as_str().bytes().skip(1);
        let text: String = symbols
            .filter_map(|symbol| ALPHABET.get(base32hex::value(symbol)?))
            .map(|letter| char::from(*letter))
            .collect();
        let (first, second) = text.split_at_checked(CHARS / 2).unwrap_or_default();
        write!(f, "{first}-{second}")
    }
}

/// The text is not a phone's check text: it is not 8 characters of the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a phone's check is 8 letters and numbers")]
pub struct InvalidPhoneCheck;

impl FromStr for PhoneCheck {
    type Err = InvalidPhoneCheck;

    /// Parses a check text as people type it, like a [`PairingCode`](crate::PairingCode).
    fn from_str(typed: &str) -> Result<Self, InvalidPhoneCheck> {
        let text = normalise(typed, CHARS + 1);
        let values = text.bytes().map(|letter| ALPHABET.iter().position(|other| *other == letter));
        let symbols: Option<String> =
            values.map(|value| base32hex::symbol(value?).map(char::from)).collect();
        let author = symbols.and_then(|symbols| format!("p{symbols}").parse().ok());
        author.map(Self).ok_or(InvalidPhoneCheck)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_text_stands_for_one_author() {
        for author in ["p00000000", "p0123abcd", "pvvvvvvvv", "pilouilou"] {
            let author: Author = author.parse().unwrap();
            let check = PhoneCheck::of(author.clone()).unwrap();
            let text = check.to_string();
            assert_eq!(text.len(), 9, "{text}");
            assert!(!text.contains(['I', 'L', 'O', 'U']), "{text}");
            assert_eq!(text.parse(), Ok(check));
            assert_eq!(text.parse::<PhoneCheck>().unwrap().into_author(), author);
        }
    }

    #[test]
    fn check_text_is_parsed_as_people_type_it() {
        let check: PhoneCheck = "70K1-9M2D".parse().unwrap();
        for typed in ["70k19m2d", " 7OKL 9M2D ", "7oki–9m2d", "70K1\u{2011}9M2D", "٧٠K١-٩M٢D"]
        {
            assert_eq!(typed.parse(), Ok(check.clone()), "{typed}");
        }
    }

    #[test]
    fn text_that_is_not_a_check_text_is_refused() {
        for text in ["", "70K1", "70K1-9M2", "70K1-9M2DX", "70K1-9M2U", "K7QF-3MZD-9XWT"] {
            assert_eq!(text.parse::<PhoneCheck>(), Err(InvalidPhoneCheck), "{text}");
        }
    }

    #[test]
    fn author_of_staff_has_no_check_text() {
        assert_eq!(PhoneCheck::of("s0123abcd".parse().unwrap()), None);
    }
}
