//! A PIN as it is typed, and its hash.

use argon2::{Algorithm, Argon2, Params, Version};
use promise_protocol::digits;
use zeroize::Zeroizing;

use crate::store::{PinHash, PinSalt};

/// How many digits a PIN has.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=12;

/// The cost of argon2id: 19 MiB, two rounds and one lane, as OWASP's Password Storage Cheat Sheet
/// recommends. An old phone has that memory to spare.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;

/// A PIN: ASCII digits, wiped from memory when dropped.
pub(crate) struct Pin(Zeroizing<String>);

/// Why a text cannot be a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PinIssue {
    /// It does not have 4 to 12 digits, or has something else.
    Form,
    /// It is one of the first that anyone tries.
    Guessable,
}

impl Pin {
    /// Reads a PIN in the digits of any script, as keyboards write them.
    pub(crate) fn parse(typed: &str) -> Result<Self, PinIssue> {
        let mut pin = Zeroizing::new(String::with_capacity(typed.len()));
        pin.extend(typed.trim().chars().map(digits::char_to_ascii));
        let is_digits = pin.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits && LENGTH.contains(&pin.len()) { Ok(Self(pin)) } else { Err(PinIssue::Form) }
    }

    /// Reads a PIN that is to be set. One digit repeated, digits in a row and years are refused: an
    /// abuser tries them first, and knows the year of birth.
    pub(crate) fn parse_new(typed: &str) -> Result<Self, PinIssue> {
        let pin = Self::parse(typed)?;
        if pin.is_guessable() { Err(PinIssue::Guessable) } else { Ok(pin) }
    }

    fn is_guessable(&self) -> bool {
        let digits = self.0.as_bytes();
        let runs_by = |step: u8| {
            digits.iter().zip(digits.iter().skip(1)).all(|(digit, next)| {
                // Digits as ASCII: `0` is 48. After 9 comes 0.
                (digit - b'0' + step) % 10 == next - b'0'
            })
        };
        let is_year = digits.len() == 4 && (self.0.starts_with("19") || self.0.starts_with("20"));
        runs_by(0) || runs_by(1) || runs_by(9) || is_year
    }

    /// Returns the hash under this salt. Takes part of a second and 19 MiB. `None` if there is not that
    /// much memory.
    pub(crate) fn hash(&self, salt: &PinSalt) -> Option<PinHash> {
        let params = Params::new(MEMORY_KIB, ROUNDS, 1, None).ok()?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut hash = PinHash::default();
        argon2.hash_password_into(self.0.as_bytes(), salt, hash.as_mut_slice()).ok()?;
        Some(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(typed: &str) -> Option<PinIssue> {
        Pin::parse_new(typed).err()
    }

    #[test]
    fn pin_is_four_to_twelve_digits_of_any_script() {
        for typed in ["", "482", "4826a", "48 26", "4826173920561", "-482"] {
            assert_eq!(issue(typed), Some(PinIssue::Form), "{typed}");
        }
        for typed in ["4826", " 4826 ", "٤٨٢٦", "৪৮২৬", "482617392056"] {
            assert_eq!(issue(typed), None, "{typed}");
        }
        assert_eq!(*Pin::parse("٤٨٢٦").unwrap().0, "4826");
    }

    #[test]
    fn guessable_pin_is_refused_when_set_and_read_when_typed() {
        for typed in ["0000", "777777", "1234", "890123", "4321", "210987", "1998", "2007"] {
            assert_eq!(issue(typed), Some(PinIssue::Guessable), "{typed}");
            assert!(Pin::parse(typed).is_ok(), "{typed}");
        }
        for typed in ["1235", "1212", "199801", "3007"] {
            assert_eq!(issue(typed), None, "{typed}");
        }
    }

    #[test]
    fn hash_is_argon2id_with_19_mib_and_two_rounds() {
        let hash = Pin::parse("4826").unwrap().hash(&[5; 16]).unwrap();
        let params = argon2::ParamsBuilder::new().m_cost(19_456).t_cost(2).p_cost(1).build();
        let reference = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.unwrap());
        let mut expected = [0; 32];
        reference.hash_password_into(b"4826", &[5; 16], &mut expected).unwrap();
        assert_eq!(*hash, expected);
        assert_ne!(Pin::parse("4827").unwrap().hash(&[5; 16]), Some(hash.clone()));
        assert_ne!(Pin::parse("4826").unwrap().hash(&[6; 16]), Some(hash));
    }
}
