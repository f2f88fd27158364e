//! How a council goes on with another key.

use serde::{Deserialize, Serialize};

use super::Statement;
use crate::signature::{PublicKey, Signature};

/// A step from one key of a council to the next, signed with the key before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Succession {
    /// The key that signed until then.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub before: PublicKey,
    /// The key that signs from then on.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub key: PublicKey,
    /// The signature of [`Statement::Successor`] with the key before.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signature: Signature,
}

/// The response to `GET /v1/council-keys`: the steps from the council's first key to the one that signs
/// now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct CouncilKeyList {
    /// The steps, the oldest first.
    pub successions: Vec<Succession>,
}

impl CouncilKeyList {
    /// Follows the steps from the keys that are known, newest first, and returns them with what was
    /// learned before them. A step that the key before it did not sign is not followed.
    pub fn follow(&self, council: &str, known: &[PublicKey]) -> Vec<PublicKey> {
        let mut keys = known.to_vec();
        for Succession { before, key, signature } in &self.successions {
            let is_new = !keys.contains(key);
            let is_signed = || Statement::Successor(key).is_signed(council, before, signature);
            if is_new && keys.contains(before) && is_signed() {
                keys.insert(0, key.clone());
            }
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::{SEED_BYTES, SigningKey};

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
    }

    fn step(from: u8, to: u8) -> Succession {
        let (before, key) = (key(from), key(to).public_key());
        let signature = before.sign(&Statement::Successor(&key).to_bytes("barnet"));
        Succession { before: before.public_key(), key, signature }
    }

    fn public(seeds: &[u8]) -> Vec<PublicKey> {
        seeds.iter().map(|seed| key(*seed).public_key()).collect()
    }

    #[test]
    fn signed_steps_are_followed_from_any_known_key() {
        let list = CouncilKeyList { successions: vec![step(1, 2), step(2, 3)] };
        assert_eq!(list.follow("barnet", &public(&[1])), public(&[3, 2, 1]));
        assert_eq!(list.follow("barnet", &public(&[2])), public(&[3, 2]));
        assert_eq!(list.follow("barnet", &public(&[3])), public(&[3]));
    }

    #[test]
    fn step_that_the_key_before_did_not_sign_is_not_followed() {
        let stolen = Succession { before: key(1).public_key(), ..step(9, 2) };
        let swapped = Succession { key: key(9).public_key(), ..step(1, 2) };
        for forged in [stolen, swapped, step(9, 2)] {
            let list = CouncilKeyList { successions: vec![forged, step(2, 3)] };
            assert_eq!(list.follow("barnet", &public(&[1])), public(&[1]));
        }
        let list = CouncilKeyList { successions: vec![step(1, 2)] };
        assert_eq!(list.follow("camden", &public(&[1])), public(&[1]), "another council");
        assert_eq!(list.follow("barnet", &[]), []);
    }
}
