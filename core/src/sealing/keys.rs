//! The keys that the twelve words make.

use data_encoding::BASE32HEX_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{parts, words::Words};

// What a key is for is the first part of what it is derived from. A new version gets a new number.
const ACCOUNT: &str = "pocket-promise account key 1";
const RECORD: &str = "pocket-promise record key 1";
const NAMING: &str = "pocket-promise naming key 1";
const CHECK: &str = "pocket-promise key check 1";

/// 80 bits: of a person's few thousand records no two will ever meet, and each name is six
/// characters shorter on the wire than with 128.
const NAME_BYTES: usize = 10;
const CHECK_BYTES: usize = 8;

/// The key from which all others of one person come. It is wiped from memory when dropped, and
/// never printed. It is not stored: a phone stores the words.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct AccountKey([u8; 32]);

impl AccountKey {
    /// The account key of one person of one council (HKDF-SHA-256, RFC 5869).
    ///
    /// Council and person are part of it. So the same words for two people are two keys, and
    /// guessing at many people's 128 bits at once is no quicker than at one's.
    pub fn derive(words: &Words, council: &str, person: &str) -> Self {
        let entropy = words.entropy();
        Self(*expand(entropy.as_slice(), &[ACCOUNT, council, person]))
    }

    /// The name under which a record of a sealed collection is known outside the phone: 16
    /// characters that say nothing about `id` (HMAC-SHA-256 cut to 80 bits, in base32hex).
    ///
    /// The person's phones all come to the same name, so an edit on each is of one record. The way
    /// back is only by a sealed field that holds the id, or by naming every id that is known.
    pub fn sealed_name(&self, collection: &str, id: &str) -> String {
        let key = expand::<64>(&self.0, &[NAMING]);
        let mut mac = Hmac::<Sha256>::new((&*key).into());
        mac.update(&parts::encode(&[collection, id]));
        let name = mac.finalize().into_bytes();
        name_text(name.get(..NAME_BYTES).unwrap_or(&name))
    }

    /// A text that tells whether somebody's words are this person's, and nothing else about them:
    /// 64 bits in base32hex, 13 characters. It need not be kept secret.
    pub fn check_value(&self) -> String {
        name_text(&*expand::<CHECK_BYTES>(&self.0, &[CHECK]))
    }

    /// Whether this key is the one that `check_value` came from. Words with a right checksum that
    /// are not this person's are found out here, without asking anybody.
    pub fn is_for(&self, check_value: &str) -> bool {
        self.check_value() == check_value
    }

    /// The key of one record. A record key that leaks opens that record and no other.
    pub(super) fn record_key(&self, collection: &str, record: &str) -> Zeroizing<[u8; 32]> {
        expand(&self.0, &[RECORD, collection, record])
    }
}

impl std::fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccountKey(..)")
    }
}

/// HKDF-SHA-256 without a salt, which RFC 5869 allows where the input is uniformly random.
fn expand<const N: usize>(key: &[u8], info: &[&str]) -> Zeroizing<[u8; N]> {
    hkdf(None, key, &parts::encode(info))
}

fn hkdf<const N: usize>(salt: Option<&[u8]>, key: &[u8], info: &[u8]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 255 * 32, "HKDF-SHA-256 gives no more") };
    let mut derived = Zeroizing::new([0; N]);
    match Hkdf::<Sha256>::new(salt, key).expand(info, derived.as_mut_slice()) {
        Ok(()) => derived,
        Err(_) => unreachable!("too long an output does not compile"),
    }
}

fn name_text(bytes: &[u8]) -> String {
    BASE32HEX_NOPAD.encode(bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_protocol::ids::is_record_id;
    use std::collections::BTreeSet;

    fn key(seed: u8, council: &str, person: &str) -> AccountKey {
        AccountKey::derive(&Words::from_entropy(&[seed; 16]), council, person)
    }

    #[test]
    fn hkdf_gives_what_rfc_5869_says() {
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let derived = hkdf::<42>(Some(&salt), &[0x0b; 22], &info);
        let expected =
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
        assert_eq!(data_encoding::HEXLOWER.encode(&*derived), expected, "test case 1");

        let derived = hkdf::<42>(None, &[0x0b; 22], b"");
        let expected =
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8";
        assert_eq!(data_encoding::HEXLOWER.encode(&*derived), expected, "test case 3");
    }

    #[test]
    fn every_part_of_its_origin_makes_another_key() {
        let keys = [
            key(1, "barnet", "ada"),
            key(2, "barnet", "ada"),
            key(1, "camden", "ada"),
            key(1, "barnet", "bea"),
            key(1, "barneta", "da"),
        ];
        let different: BTreeSet<_> = keys.iter().map(|key| key.0).collect();
        assert_eq!(different.len(), keys.len());
        assert_eq!(key(1, "barnet", "ada").0, keys[0].0);

        let records = [("saved", "a"), ("saved", "b"), ("contact", "a"), ("save", "da")];
        let different: BTreeSet<_> = records.map(|(c, r)| *keys[0].record_key(c, r)).into();
        assert_eq!(different.len(), records.len());
    }

    #[test]
    fn sealed_names_of_two_keys_have_nothing_in_common() {
        let ids: Vec<String> = (0..500).map(|n| format!("opportunity-{n}")).collect();
        let names = |key: &AccountKey| -> BTreeSet<String> {
            ids.iter().map(|id| key.sealed_name("saved", id)).collect()
        };
        let (one, other) = (names(&key(1, "barnet", "ada")), names(&key(2, "barnet", "ada")));
        assert_eq!((one.len(), other.len()), (500, 500));
        assert!(one.is_disjoint(&other));
        assert_eq!(one, names(&key(1, "barnet", "ada")), "the person's other phone");
        assert!(
            one.is_disjoint(&names(&key(1, "barnet", "bea"))),
            "the same words, another person"
        );
        for name in one {
            assert!(is_record_id(&name) && name.len() == 16 && !name.contains("opportunity"));
        }
        let key = key(1, "barnet", "ada");
        assert_ne!(key.sealed_name("saved", "p1"), key.sealed_name("pledge_mark", "p1"));
    }

    #[test]
    fn a_check_value_knows_its_own_key_and_no_other() {
        let check = key(1, "barnet", "ada").check_value();
        assert_eq!(check.len(), 13);
        assert!(key(1, "barnet", "ada").is_for(&check));
        for other in [key(2, "barnet", "ada"), key(1, "camden", "ada"), key(1, "barnet", "bea")] {
            assert!(!other.is_for(&check));
        }
        assert!(!key(1, "barnet", "ada").is_for(""));
    }

    #[test]
    fn debug_prints_no_key() {
        assert_eq!(format!("{:?}", key(1, "barnet", "ada")), "AccountKey(..)");
    }
}
