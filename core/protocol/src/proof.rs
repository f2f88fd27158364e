//! Proofs: how a server recognises what its own staff wrote.
//!
//! After a restore from an older backup, phones send back the staff-written changes that the backup
//! does not contain. The server accepts them only with the proof that it sent along with them: an
//! HMAC-SHA-256 (RFC 2104) truncated to 128 bits, under a key that is stored outside the database.
//!
//! With the same key it proves to itself which phone it paired with which person, when a restore has
//! lost both.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::Change;

const PROOF_BYTES: usize = 16;

/// The key of a server's proofs: 32 random bytes.
#[derive(Clone)]
pub struct ProofKey([u8; 32]);

impl ProofKey {
    /// Creates a key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Computes the proof of a change to one person's records: 22 characters.
    pub fn prove(&self, council: &str, person: &str, change: &Change) -> String {
        self.tag(&change_parts(council, person, change))
    }

    /// Returns `true` if the change carries this server's proof of it. Takes constant time.
    pub fn verify(&self, council: &str, person: &str, change: &Change) -> bool {
        let proof = change.proof.as_deref();
        proof.is_some_and(|proof| self.is_tag(proof, &change_parts(council, person, change)))
    }

    /// Computes the proof that this author was paired with this person: 22 characters.
    pub fn prove_phone(&self, council: &str, person: &str, author: &str) -> String {
        self.tag(&phone_parts(council, person, author))
    }

    /// Returns `true` if this server computed the proof. Takes constant time.
    pub fn verify_phone(&self, council: &str, person: &str, author: &str, proof: &str) -> bool {
        self.is_tag(proof, &phone_parts(council, person, author))
    }

    fn tag(&self, parts: &Value) -> String {
        let tag = self.mac(parts).finalize().into_bytes();
        BASE64URL_NOPAD.encode(tag.get(..PROOF_BYTES).unwrap_or(&tag))
    }

    fn is_tag(&self, proof: &str, parts: &Value) -> bool {
        let Ok(tag) = BASE64URL_NOPAD.decode(proof.as_bytes()) else { return false };
        tag.len() == PROOF_BYTES && self.mac(parts).verify_truncated_left(&tag).is_ok()
    }

    /// (`new` takes a whole block of 64 bytes, to which HMAC pads a shorter key with zeros.)
    fn mac(&self, parts: &Value) -> Hmac<Sha256> {
        let mut block = [0; 64];
        block.split_at_mut(self.0.len()).0.copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(&crate::canonical::to_vec(parts));
        mac
    }
}

/// All parts are in one canonical JSON array, so that different changes never give the same text.
fn change_parts(council: &str, person: &str, change: &Change) -> Value {
    json!([
        "pocket-promise proof 1",
        council,
        person,
        change.collection,
        change.id,
        change.stamp.to_string(),
        change.fields
    ])
}

/// The first part differs from that of a change, so that neither proof can stand for the other.
fn phone_parts(council: &str, person: &str, author: &str) -> Value {
    json!(["pocket-promise phone 1", council, person, author])
}

impl std::fmt::Debug for ProofKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProofKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn change() -> Change {
        Change {
            collection: "contact".into(),
            id: "c1".into(),
            stamp: "0cr2sk0g00000-s00000001".parse().unwrap(),
            fields: BTreeMap::from([("email".into(), json!("a@example.org"))]),
            proof: None,
        }
    }

    #[test]
    fn proof_is_valid_only_for_the_same_change_person_council_and_key() {
        let key = ProofKey::new([7; 32]);
        let mut good = change();
        good.proof = Some(key.prove("barnet", "ada", &good));
        assert!(key.verify("barnet", "ada", &good));

        assert!(!key.verify("barnet", "bea", &good), "another person");
        assert!(!key.verify("camden", "ada", &good), "another council");
        assert!(!ProofKey::new([8; 32]).verify("barnet", "ada", &good), "another key");
        let edits: [fn(&mut Change); 6] = [
            |c| c.collection = "ask".into(),
            |c| c.id = "c2".into(),
            |c| c.stamp.reading = c.stamp.reading.next(),
            |c| drop(c.fields.insert("email".into(), json!("b@example.org"))),
            |c| drop(c.fields.insert("role".into(), json!(null))),
            |c| c.proof = c.proof.as_ref().map(|p| p.chars().take(20).collect()),
        ];
        for edit in edits {
            let mut forged = good.clone();
            edit(&mut forged);
            assert!(!key.verify("barnet", "ada", &forged), "{forged:?}");
        }
    }

    #[test]
    fn proof_of_phone_is_valid_only_for_the_same_author_person_council_and_key() {
        let key = ProofKey::new([7; 32]);
        let proof = key.prove_phone("barnet", "ada", "p0123abcd");
        assert!(key.verify_phone("barnet", "ada", "p0123abcd", &proof));
        assert!(!key.verify_phone("barnet", "ada", "p0123abce", &proof), "another author");
        assert!(!key.verify_phone("barnet", "bea", "p0123abcd", &proof), "another person");
        assert!(!key.verify_phone("camden", "ada", "p0123abcd", &proof), "another council");
        assert!(!ProofKey::new([8; 32]).verify_phone("barnet", "ada", "p0123abcd", &proof));
        for forged in ["", proof.get(..20).unwrap(), &format!("{proof}A"), &"A".repeat(22)] {
            assert!(!key.verify_phone("barnet", "ada", "p0123abcd", forged), "{forged}");
        }
        assert_ne!(proof, key.prove_phone("barn", "etada", "p0123abcd"));
    }

    #[test]
    fn proof_of_phone_is_no_proof_of_change() {
        let key = ProofKey::new([7; 32]);
        let mut forged = change();
        forged.proof = Some(key.prove_phone("barnet", "ada", "p0123abcd"));
        assert!(!key.verify("barnet", "ada", &forged));
        let of_change = key.prove("barnet", "ada", &change());
        assert!(!key.verify_phone("barnet", "ada", "p0123abcd", &of_change));
    }
}
