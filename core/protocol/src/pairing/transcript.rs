//! What both sides have seen of one pairing, and the digits by which people compare it.

use std::{fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{InvalidPairingCode, Opening, PairingKey, PairingNonce, VALUE_BYTES, code::normalise};
use crate::{canonical, digits, phone_record::Inviter};

const LABEL: &str = "pocket-promise pairing 2";

/// Six digits are a million.
const DIGITS: u64 = 1_000_000;

/// Everything that both sides must have the same of. Nothing in it says who the person is.
#[derive(Clone, Copy, Debug)]
pub struct Transcript<'a> {
    /// The id of the code: its first four characters.
    pub code: &'a str,
    /// The address that the new phone connected to, as it has it.
    pub server: &'a str,
    /// The council's id.
    pub council: &'a str,
    /// Who made the code.
    pub inviter: &'a Inviter,
    /// The new phone's part.
    pub opening: &'a Opening,
    /// The other side's nonce.
    pub nonce: &'a PairingNonce,
    /// The key of the phone that made the code; `None` if no phone did.
    pub key: Option<&'a PairingKey>,
}

impl Transcript<'_> {
    /// Returns the hash of all parts. A slash at the end of the server's address makes no difference.
    pub fn hash(&self) -> TranscriptHash {
        let Self { code, server, council, inviter, opening, nonce, key } = self;
        let server = server.trim_end_matches('/');
        let bytes = canonical::to_vec(&(
            LABEL,
            code,
            server,
            council,
            inviter.as_str(),
            &opening.key,
            &opening.signing_key,
            &opening.nonce,
            nonce,
            key,
        ));
        TranscriptHash(Sha256::digest(bytes).into())
    }
}

/// The SHA-256 of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TranscriptHash([u8; VALUE_BYTES]);

impl TranscriptHash {
    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; VALUE_BYTES] {
        &self.0
    }

    /// Returns the digits that people compare.
    pub fn digits(&self) -> PairingDigits {
        let first = self.0.iter().take(8).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
        PairingDigits(u32::try_from(first % DIGITS).unwrap_or_default())
    }
}

/// Six digits that the new phone and the other side show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairingDigits(u32);

/// Two groups of three: `482 913`.
impl fmt::Display for PairingDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// The text is not six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not six digits")]
pub struct InvalidPairingDigits;

impl FromStr for PairingDigits {
    type Err = InvalidPairingDigits;

    /// Parses digits as people type them: of any script, with spaces or dashes.
    fn from_str(typed: &str) -> Result<Self, InvalidPairingDigits> {
        let text: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .map(digits::char_to_ascii)
            .take(7)
            .collect();
        let is_whole = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_whole.then(|| text.parse().ok()).flatten();
        number.map(Self).ok_or(InvalidPairingDigits)
    }
}

const LINK_START: &str = "pocketpromise://compare?code=";
const LINK_HASH: &str = "&hash=";

/// The text of the QR code that a new phone shows to the phone that invited it. It holds no code, no key and
/// no words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareLink {
    /// The id of the code.
    pub code: String,
    /// What both phones have seen.
    pub hash: TranscriptHash,
}

impl fmt::Display for CompareLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hash = BASE64URL_NOPAD.encode(self.hash.as_bytes());
        write!(f, "{LINK_START}{}{LINK_HASH}{hash}", self.code)
    }
}

impl FromStr for CompareLink {
    type Err = InvalidPairingCode;

    fn from_str(text: &str) -> Result<Self, InvalidPairingCode> {
        let rest = text.trim().strip_prefix(LINK_START).ok_or(InvalidPairingCode)?;
        let (code, hash) = rest.split_once(LINK_HASH).ok_or(InvalidPairingCode)?;
        let hash = BASE64URL_NOPAD.decode(hash.as_bytes()).map_err(|_| InvalidPairingCode)?;
        let hash = hash.try_into().map_err(|_| InvalidPairingCode)?;
        Ok(Self { code: normalise(code, 4), hash: TranscriptHash(hash) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::PublicKey;

    fn opening() -> Opening {
        Opening {
            key: PairingKey::new([1; 32]),
            signing_key: PublicKey::new("signing key"),
            nonce: PairingNonce::new([2; 32]),
        }
    }

    #[test]
    fn every_part_of_the_transcript_changes_its_hash() {
        let (ours, other) = (opening(), Opening { key: PairingKey::new([9; 32]), ..opening() });
        let (fresh, nonce) = (Opening { nonce: PairingNonce::new([9; 32]), ..opening() }, [3; 32]);
        let signing = Opening { signing_key: PublicKey::new("another"), ..opening() };
        let (nonce, later) = (PairingNonce::new(nonce), PairingNonce::new([4; 32]));
        let key = PairingKey::new([5; 32]);
        let first = Transcript {
            code: "K7QF",
            server: "https://promise.example",
            council: "barnet",
            inviter: &Inviter::Phone,
            opening: &ours,
            nonce: &nonce,
            key: Some(&key),
        };
        let changed = [
            Transcript { code: "K7QG", ..first },
            Transcript { server: "https://promise.example.evil", ..first },
            Transcript { council: "camden", ..first },
            Transcript { inviter: &Inviter::Staff, ..first },
            Transcript { opening: &other, ..first },
            Transcript { opening: &fresh, ..first },
            Transcript { opening: &signing, ..first },
            Transcript { nonce: &later, ..first },
            Transcript { key: Some(&ours.key), ..first },
            Transcript { key: None, ..first },
        ];
        for transcript in changed {
            assert_ne!(transcript.hash(), first.hash(), "{transcript:?}");
        }
        let slash = Transcript { server: "https://promise.example/", ..first };
        assert_eq!(slash.hash(), first.hash());
    }

    #[test]
    fn digits_are_six_and_parse_as_people_type_them() {
        let mut hash = [0; 32];
        hash[7] = 42;
        let digits = TranscriptHash(hash).digits();
        assert_eq!(digits.to_string(), "000 042");
        for typed in ["000042", " 000-042 ", "٠٠٠ ٠٤٢", "００００４２"] {
            assert_eq!(typed.parse(), Ok(digits), "{typed}");
        }
        for wrong in ["", "42", "0000042", "00004a", "000 42"] {
            assert!(wrong.parse::<PairingDigits>().is_err(), "{wrong}");
        }
        assert!(TranscriptHash([255; 32]).digits().0 < 1_000_000);
    }

    #[test]
    fn compare_link_parses_to_itself_and_others_do_not() {
        let link = CompareLink { code: "K7QF".into(), hash: TranscriptHash([7; 32]) };
        assert_eq!(link.to_string().parse::<CompareLink>().unwrap(), link);
        for text in
            ["", "pocketpromise://pair?code=K7QF", "pocketpromise://compare?code=K7QF&hash=A"]
        {
            assert!(text.parse::<CompareLink>().is_err(), "{text}");
        }
    }
}
