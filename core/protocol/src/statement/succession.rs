//! How a council goes on with another key, and what becomes of the keys before it.

use serde::{Deserialize, Serialize};

use super::Statement;
use crate::{
    fault_injection::{Fault, is_injected},
    signature::{PublicKey, Signature, SigningKey},
};

/// A step from one key of a council to the next, signed with both.
///
/// A thief of the key before can sign a step to a key of their own, and cannot sign as the next key. So only
/// the council says what becomes of what the earlier keys signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Succession {
    /// The key that signed until then.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub before: PublicKey,
    /// The key that signs from then on.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub key: PublicKey,
    /// `true` if the key before is in other hands: neither it nor any earlier key counts any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub distrusts_earlier: bool,
    /// The signature of [`Statement::Successor`] with the key before.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signature: Signature,
    /// The signature of the same statement with the next key.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub countersignature: Signature,
}

impl Succession {
    /// Signs a step of a council.
    pub fn new(
        council: &str,
        before: &SigningKey,
        next: &SigningKey,
        distrusts_earlier: bool,
    ) -> Self {
        let (of_before, key) = (before.public_key(), next.public_key());
        let statement = Statement::Successor { before: &of_before, key: &key, distrusts_earlier };
        let bytes = statement.to_bytes(council);
        let (signature, countersignature) = (before.sign(&bytes), next.sign(&bytes));
        Self { before: of_before, key, distrusts_earlier, signature, countersignature }
    }

    /// Returns `true` if both keys signed the step.
    pub fn is_signed(&self, council: &str) -> bool {
        let Self { before, key, distrusts_earlier, .. } = self;
        let statement = Statement::Successor { before, key, distrusts_earlier: *distrusts_earlier };
        statement.is_signed(council, before, &self.signature)
            && statement.is_signed(council, key, &self.countersignature)
    }
}

/// The response to `GET /v1/council-keys`: the steps from the council's first key to the one that signs
/// now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct CouncilKeyList {
    /// The steps, the oldest first.
    pub successions: Vec<Succession>,
}

/// The keys of a council that a phone knows, after it followed a list of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedKeys {
    /// The keys that count, newest first.
    pub keys: Vec<PublicKey>,
    /// `true` if keys that counted before count no more.
    pub distrusts_earlier: bool,
}

impl CouncilKeyList {
    /// Follows the steps from the keys that are known, newest first.
    ///
    /// Only the newest key leads further on: each key has one successor, the one that was met first. A step that
    /// distrusts leaves its own key alone. The keys that count vouch for the ones before them, up to a step that
    /// distrusts: so a phone that was paired after a step learns what the council signed before it.
    #[must_use]
    pub fn follow(&self, council: &str, known: &[PublicKey]) -> FollowedKeys {
        let (mut keys, mut distrusts_earlier) = (known.to_vec(), false);
        for step in self.going_on(council, known) {
            if step.distrusts_earlier && !is_injected(Fault::DistrustedKeyAccepted) {
                keys.clear();
                distrusts_earlier = true;
            }
            keys.insert(0, step.key.clone());
        }
        let steps = self.successions.iter().rev();
        for step in steps.filter(|step| !step.distrusts_earlier) {
            let is_new = keys.contains(&step.key) && !keys.contains(&step.before);
            if is_new && step.is_signed(council) {
                keys.push(step.before.clone());
            }
        }
        FollowedKeys { keys, distrusts_earlier }
    }

    /// Follows the steps from the keys that can have signed an order to a phone, newest first. Those before a step
    /// that distrusts stay: an order that was signed before it is for a phone that has not heard of it.
    #[must_use]
    pub fn follow_orders(&self, council: &str, known: &[PublicKey]) -> Vec<PublicKey> {
        let mut keys = known.to_vec();
        for step in self.going_on(council, known) {
            keys.insert(0, step.key.clone());
        }
        keys
    }

    /// Returns the steps that lead on from the newest known key.
    fn going_on(&self, council: &str, known: &[PublicKey]) -> Vec<&Succession> {
        let mut newest = known.first();
        let mut going_on: Vec<&Succession> = Vec::new();
        for step in &self.successions {
            let is_new = !known.contains(&step.key)
                && !going_on.iter().any(|earlier| earlier.key == step.key);
            if newest == Some(&step.before) && is_new && step.is_signed(council) {
                newest = Some(&step.key);
                going_on.push(step);
            }
        }
        going_on
    }
}

#[cfg(test)]
mod tests;
