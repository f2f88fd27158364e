//! Pairing codes as people type them, and the link in a QR code.

use std::{fmt, str::FromStr};

use crate::digits::char_to_ascii;

/// The alphabet of codes: Crockford's base 32, which leaves out I, L, O and U.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_CHARS: usize = 4;
const CODE_CHARS: usize = 12;

/// A one-time code: the invitation's id (four characters) and its secret (eight, 40 bits). The id
/// lets the server count wrong guesses per invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode(String);

impl PairingCode {
    /// Creates a code from random bytes.
    pub fn new(random: [u8; CODE_CHARS]) -> Self {
        let letter = |byte: &u8| ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'0');
        Self(random.iter().map(letter).map(char::from).collect())
    }

    /// The invitation's id. Not secret.
    pub fn invitation_id(&self) -> &str {
        self.0.get(..ID_CHARS).unwrap_or_default()
    }

    /// The secret. Must not be logged, and is stored only as a hash.
    pub fn secret(&self) -> &str {
        self.0.get(ID_CHARS..).unwrap_or_default()
    }
}

/// Groups of four, as on the adviser's screen: `K7QF-3MZD-9XWT`.
impl fmt::Display for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.0.split_at_checked(4).unwrap_or_default();
        let (second, third) = rest.split_at_checked(4).unwrap_or_default();
        write!(f, "{first}-{second}-{third}")
    }
}

impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairingCode({}..)", self.invitation_id())
    }
}

/// The text is not a pairing code: it is not 12 characters of the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pairing code is 12 letters and numbers")]
pub struct InvalidPairingCode;

impl FromStr for PairingCode {
    type Err = InvalidPairingCode;

    /// Parses a code as people type it: in any case, with digits of any script, with spaces or dashes, O
    /// for 0 and I or L for 1.
    fn from_str(typed: &str) -> Result<Self, InvalidPairingCode> {
        let code = normalise(typed, CODE_CHARS + 1);
        let is_code = code.len() == CODE_CHARS && code.bytes().all(|b| ALPHABET.contains(&b));
        if is_code { Ok(Self(code)) } else { Err(InvalidPairingCode) }
    }
}

/// Returns up to `limit` characters of what a person typed, as they are in the alphabet: in upper case,
/// with ASCII digits, without spaces and dashes, 0 for O and 1 for I or L. Does not check the others.
pub(crate) fn normalise(typed: &str, limit: usize) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        .map(|c| match char_to_ascii(c).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(limit)
        .collect()
}

/// The link in a QR code: the server's address and a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairingLink {
    /// The server's address, such as `https://promise.example.gov.uk`.
    pub server: String,
    /// The one-time code.
    pub code: PairingCode,
}

const LINK_START: &str = "pocketpromise://pair?code=";
const LINK_SERVER: &str = "&server=";

impl fmt::Display for PairingLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LINK_START}{}{LINK_SERVER}{}", self.code, self.server)
    }
}

impl FromStr for PairingLink {
    type Err = InvalidPairingCode;

    fn from_str(text: &str) -> Result<Self, InvalidPairingCode> {
        let rest = text.trim().strip_prefix(LINK_START).ok_or(InvalidPairingCode)?;
        let (code, server) = rest.split_once(LINK_SERVER).ok_or(InvalidPairingCode)?;
        Ok(Self { server: server.to_owned(), code: code.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits_of_a_code() {
        let code: PairingCode = "K7QF-3MZD-9X01".parse().unwrap();
        for typed in ["K٧QF-٣MZD-٩X٠١", "k۷qf ۳mzd ۹x۰۱", "k７qf３mzd９x０１"] {
            assert_eq!(typed.parse::<PairingCode>().unwrap(), code, "{typed}");
        }
        let link: PairingLink =
            "pocketpromise://pair?code=K٧QF-٣MZD-٩X٠١&server=https://x".parse().unwrap();
        assert_eq!(link.code, code);
    }

    #[test]
    fn typed_code_is_parsed() {
        let code: PairingCode = "K7QF-3MZD-9X01".parse().unwrap();
        for typed in ["k7qf3mzd9x01", " K7QF 3MZD 9XOL ", "k7qf–3mzd–9xoi"] {
            assert_eq!(typed.parse::<PairingCode>().unwrap(), code, "{typed}");
        }
        assert_eq!(code.to_string(), "K7QF-3MZD-9X01");
        assert_eq!((code.invitation_id(), code.secret()), ("K7QF", "3MZD9X01"));
        assert!(!format!("{code:?}").contains("3MZD"));
    }

    #[test]
    fn text_that_is_not_a_code_is_refused() {
        for text in ["", "K7QF", "K7QF-3MZD-9X011", "K7QF-3MZD-9X0U", "K7QF-3MZD-9X0é"] {
            assert_eq!(text.parse::<PairingCode>(), Err(InvalidPairingCode), "{text}");
        }
        assert!("x".repeat(1 << 20).parse::<PairingCode>().is_err());
    }

    #[test]
    fn link_parses_to_itself() {
        let link = PairingLink {
            server: "https://promise.example.gov.uk".into(),
            code: PairingCode::new([31; 12]),
        };
        assert_eq!(link.to_string().parse::<PairingLink>().unwrap(), link);
        assert!("https://example.org".parse::<PairingLink>().is_err());
    }
}
