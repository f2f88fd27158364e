//! The keys that are derived from the recovery phrase.

use data_encoding::BASE32HEX_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use promise_protocol::signature::{PublicKey, SEED_BYTES, SigningKey};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{parts, recovery_phrase::RecoveryPhrase};

// The purpose of a key is the first part of what it is derived from. A new version gets a new number.
const ACCOUNT: &str = "pocket-promise account key 1";
const RECORD: &str = "pocket-promise record key 1";
const SEALED_ID: &str = "pocket-promise naming key 1";
const OWNER: &str = "pocket-promise owner key 1";

/// 80 bits: among a person's few thousand records a collision is out of the question, and an id is
/// six characters shorter on the wire than with 128 bits.
const SEALED_ID_BYTES: usize = 10;

/// The key from which all other keys of one person are derived. It is wiped from memory when dropped,
/// and never printed. It is not stored: a phone stores the recovery phrase.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct AccountKey {
    secret: [u8; 32],
    /// The public half of the owner key. Making it takes as long as deriving many other keys.
    #[zeroize(skip)]
    owner: PublicKey,
}

impl AccountKey {
    /// Derives the account key of one person of one council (HKDF-SHA-256, RFC 5869).
    ///
    /// Council and person are part of the derivation. The same phrase for two people makes two keys,
    /// and an attacker who guesses at many people's phrases at once gains nothing.
    pub fn derive(phrase: &RecoveryPhrase, council: &str, person: &str) -> Self {
        let entropy = phrase.entropy();
        let secret = expand::<32>(entropy.as_slice(), &[ACCOUNT, council, person]);
        Self { owner: owner_key(&secret).public_key(), secret: *secret }
    }

    /// Returns the owner key, with which the person certifies the next account key (Ed25519). Like all keys
    /// below the account key it is of one person of one council. Its memory is not wiped when it is dropped,
    /// so nothing holds one for longer than a signature takes.
    pub fn owner_key(&self) -> SigningKey {
        owner_key(&self.secret)
    }

    /// Returns the public half of the owner key, by which the person's key history knows this key.
    pub fn owner(&self) -> &PublicKey {
        &self.owner
    }

    /// Returns the id that a record of a sealed collection has outside the phone: 16 characters that
    /// reveal nothing about `id` (HMAC-SHA-256 cut to 80 bits, in base32hex).
    ///
    /// All phones of the person compute the same id, so their edits are of one record. It can be
    /// reversed only by a sealed field that holds the id, or by sealing every id that is known.
    pub fn sealed_id(&self, collection: &str, id: &str) -> String {
        let key = expand::<64>(&self.secret, &[SEALED_ID]);
        let mut mac = Hmac::<Sha256>::new((&*key).into());
        mac.update(&parts::encode(&[collection, id]));
        let sealed = mac.finalize().into_bytes();
        base32hex(sealed.get(..SEALED_ID_BYTES).unwrap_or(&sealed))
    }

    /// Returns the check value, by which a phrase can be recognised as this person's: the public half of the
    /// owner key, 43 characters. It reveals nothing else about the phrase and need not be secret.
    pub fn check_value(&self) -> String {
        self.owner.as_str().to_owned()
    }

    /// Returns `true` if `check_value` is that of this key. This finds a phrase with a right checksum
    /// that is not this person's, without asking the server.
    pub fn matches_check(&self, check_value: &str) -> bool {
        self.owner.as_str() == check_value
    }

    /// Derives the key of one record. A record key that leaks opens that record and no other.
    pub(super) fn record_key(&self, collection: &str, record: &str) -> Zeroizing<[u8; 32]> {
        expand(&self.secret, &[RECORD, collection, record])
    }
}

impl std::fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccountKey(..)")
    }
}

fn owner_key(secret: &[u8; 32]) -> SigningKey {
    let seed = expand::<SEED_BYTES>(secret, &[OWNER]);
    match SigningKey::from_seed(seed.as_slice()) {
        Ok(key) => key,
        Err(_) => unreachable!("the seed has the length of one"),
    }
}

/// HKDF-SHA-256 without a salt, which RFC 5869 allows where the input is uniformly random.
fn expand<const N: usize>(key: &[u8], info: &[&str]) -> Zeroizing<[u8; N]> {
    hkdf(None, key, &parts::encode(info))
}

pub(super) fn hkdf<const N: usize>(
    salt: Option<&[u8]>,
    key: &[u8],
    info: &[u8],
) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 255 * 32, "HKDF-SHA-256 cannot produce more") };
    let mut derived = Zeroizing::new([0; N]);
    match Hkdf::<Sha256>::new(salt, key).expand(info, derived.as_mut_slice()) {
        Ok(()) => derived,
        Err(_) => unreachable!("a longer output does not compile"),
    }
}

fn base32hex(bytes: &[u8]) -> String {
    BASE32HEX_NOPAD.encode(bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use promise_protocol::ids::is_record_id;

    use super::*;

    fn key(seed: u8, council: &str, person: &str) -> AccountKey {
        AccountKey::derive(&RecoveryPhrase::from_entropy(&[seed; 16]), council, person)
    }

    #[test]
    fn hkdf_matches_rfc_5869() {
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
    fn every_part_of_derivation_changes_key() {
        let keys = [
            key(1, "barnet", "ada"),
            key(2, "barnet", "ada"),
            key(1, "camden", "ada"),
            key(1, "barnet", "bea"),
            key(1, "barneta", "da"),
        ];
        let different: BTreeSet<_> = keys.iter().map(|key| key.secret).collect();
        assert_eq!(different.len(), keys.len());
        assert_eq!(key(1, "barnet", "ada").secret, keys[0].secret);
        let owners: BTreeSet<_> = keys.iter().map(AccountKey::owner).collect();
        assert_eq!(owners.len(), keys.len());
        for key in &keys {
            assert_eq!(key.owner(), &key.owner_key().public_key());
            assert_ne!(key.owner(), &SigningKey::from_seed(&key.secret).unwrap().public_key());
        }

        let records = [("saved", "a"), ("saved", "b"), ("contact", "a"), ("save", "da")];
        let different: BTreeSet<_> = records.map(|(c, r)| *keys[0].record_key(c, r)).into();
        assert_eq!(different.len(), records.len());
    }

    #[test]
    fn sealed_ids_under_two_keys_are_disjoint() {
        let ids: Vec<String> = (0..500).map(|n| format!("opportunity-{n}")).collect();
        let sealed = |key: &AccountKey| -> BTreeSet<String> {
            ids.iter().map(|id| key.sealed_id("saved", id)).collect()
        };
        let (one, other) = (sealed(&key(1, "barnet", "ada")), sealed(&key(2, "barnet", "ada")));
        assert_eq!((one.len(), other.len()), (500, 500));
        assert!(one.is_disjoint(&other));
        assert_eq!(one, sealed(&key(1, "barnet", "ada")), "the person's other phone");
        assert!(
            one.is_disjoint(&sealed(&key(1, "barnet", "bea"))),
            "the same phrase, another person"
        );
        for id in one {
            assert!(is_record_id(&id) && id.len() == 16 && !id.contains("opportunity"));
        }
        let key = key(1, "barnet", "ada");
        assert_ne!(key.sealed_id("saved", "p1"), key.sealed_id("pledge_mark", "p1"));
    }

    #[test]
    fn check_value_matches_own_key_only() {
        let check = key(1, "barnet", "ada").check_value();
        assert_eq!(check.len(), 43);
        assert!(key(1, "barnet", "ada").matches_check(&check));
        for other in [key(2, "barnet", "ada"), key(1, "camden", "ada"), key(1, "barnet", "bea")] {
            assert!(!other.matches_check(&check));
        }
        assert!(!key(1, "barnet", "ada").matches_check(""));
    }

    #[test]
    fn debug_output_holds_no_key() {
        assert_eq!(format!("{:?}", key(1, "barnet", "ada")), "AccountKey(..)");
    }
}
