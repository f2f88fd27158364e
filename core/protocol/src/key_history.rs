//! The account keys of a person: a history that only the person can go on.
//!
//! Beside each account key there is an *owner key*, with which the person certifies the next account key. An
//! account key is known by the public half of its owner key. One [`KeyStep`] leads from a key to the next. The
//! server accepts a step only from the key in use, and the council signs when it did.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    Cell, Change, Stamp, base32hex, canonical,
    fault_injection::{Fault, is_injected},
    fresh_start::is_fresh_start,
    schema::ACCOUNT_KEY,
    signature::{PublicKey, Signature, SigningKey},
};

/// The first part of what a certificate signs. No statement of a council begins with it.
const CERTIFICATE: &str = "pocket-promise account key 2";

/// 80 bits. Two records with one id gain nothing: the same owner key must have certified both.
const ID_BYTES: usize = 10;

/// How many characters of the key before are on the wire. They only point to it: the certificate is of the whole key.
const SHORT_KEY: usize = 8;

const BEFORE: &str = "before";
const KEY: &str = "key";
const CERTIFICATE_FIELD: &str = "certificate";

/// A step from one account key of a person to the next, or to the first one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct KeyStep {
    /// The key before; `None` for a person's first key. In a request only its first eight characters: the
    /// server knows the rest ([`KeyHistory::whole`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub before: Option<PublicKey>,
    /// The key that is in use from then on.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub key: PublicKey,
    /// The signature of the step with the owner key before. A first key signs itself.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub certificate: Signature,
}

impl KeyStep {
    /// Returns the step to a person's first key.
    pub fn first(owner: &SigningKey, council: &str, person: &str) -> Self {
        let key = owner.public_key();
        let certificate = owner.sign(&certificate(council, person, None, &key));
        Self { before: None, key, certificate }
    }

    /// Returns the step to another key from the one that has this owner key.
    pub fn after(before: &SigningKey, key: PublicKey, council: &str, person: &str) -> Self {
        let public = before.public_key();
        let certificate = before.sign(&certificate(council, person, Some(&public), &key));
        Self { before: Some(public), key, certificate }
    }

    /// Returns `true` if the key before certified this step, for this person of this council. What it certified
    /// must be a key: otherwise no step could follow.
    pub fn is_certified(&self, council: &str, person: &str) -> bool {
        let Self { before, key, certificate: signature } = self;
        let signer = before.as_ref().unwrap_or(key);
        let statement = certificate(council, person, before.as_ref(), key);
        key.has_form() && signer.verifies(&statement, signature)
    }

    /// Returns the id of the record of an acceptance: a hash of both keys and of its stamp. A step that is accepted
    /// again, by a restored server that had lost the first acceptance, has another record: neither takes the
    /// place of the other.
    pub fn id(&self, accepted: &Stamp) -> String {
        let parts = json!([self.before, self.key, accepted.to_string()]);
        let hash = Sha256::digest(canonical::to_vec(&parts));
        base32hex::encoding().encode(hash.get(..ID_BYTES).unwrap_or(&hash))
    }

    /// Returns the change of the step's record, accepted at this stamp.
    pub fn accepted(&self, stamp: Stamp, signature: Option<Signature>) -> Change {
        let mut fields = BTreeMap::from([
            (KEY.to_owned(), json!(self.key)),
            (CERTIFICATE_FIELD.to_owned(), json!(self.certificate)),
        ]);
        if let Some(before) = &self.before {
            fields.insert(BEFORE.to_owned(), json!(before));
        }
        Change { collection: ACCOUNT_KEY.to_owned(), id: self.id(&stamp), stamp, fields, signature }
    }

    /// Returns the step that a change accepts, or `None` if it has other fields, or the id of another acceptance.
    pub fn of_change(change: &Change) -> Option<Self> {
        let fields = Value::Object(change.fields.clone().into_iter().collect());
        let step: Self = serde_json::from_value(fields).ok()?;
        let is_whole = step.accepted(change.stamp.clone(), None).fields == change.fields;
        let is_own = change.collection == ACCOUNT_KEY && change.id == step.id(&change.stamp);
        (is_whole && is_own).then_some(step)
    }
}

/// Serializes the steps of a request. A phone stores its steps whole.
pub(crate) fn serialize_short<S: Serializer>(
    steps: &[KeyStep],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let short =
        |key: &PublicKey| PublicKey::new(key.as_str().get(..SHORT_KEY).unwrap_or(key.as_str()));
    let steps = steps
        .iter()
        .map(|step| KeyStep { before: step.before.as_ref().map(short), ..step.clone() });
    serializer.collect_seq(steps)
}

/// When the server accepted a step, as the council signed it. The phone that proposed the step knows the rest
/// of the change: see [`KeyStep::accepted`]. Its text on the wire is the stamp, a full stop and the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyAcceptance {
    /// The stamp of the change.
    pub stamp: Stamp,
    /// The council's signature of the change.
    pub signature: Signature,
}

impl From<KeyAcceptance> for String {
    fn from(KeyAcceptance { stamp, signature }: KeyAcceptance) -> Self {
        format!("{stamp}.{}", signature.as_str())
    }
}

/// The text is not a stamp, a full stop and a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the acceptance of a key step")]
pub struct InvalidKeyAcceptance;

impl TryFrom<String> for KeyAcceptance {
    type Error = InvalidKeyAcceptance;

    fn try_from(text: String) -> Result<Self, InvalidKeyAcceptance> {
        let (stamp, signature) = text.split_once('.').ok_or(InvalidKeyAcceptance)?;
        let stamp = stamp.parse().map_err(|_| InvalidKeyAcceptance)?;
        Ok(Self { stamp, signature: Signature::new(signature) })
    }
}

/// The steps of a person that the server accepted. They are a set that only grows, in whatever order they
/// come: every copy with the same steps has the same key in use.
///
/// Each first key begins a history of its own. Usually there is one. A restore that loses everything can lead
/// to a second one, and a [fresh start](crate::fresh_start()) ends those before it.
#[derive(Clone, Debug, Default)]
pub struct KeyHistory {
    /// The one that was accepted first comes first.
    steps: Vec<(Stamp, KeyStep)>,
    /// The last fresh start: first keys that were accepted before it begin nothing any more.
    afresh: Option<Stamp>,
}

impl KeyHistory {
    /// Reads the steps in the cells of the collection. Leaves out what is not a step.
    pub fn of_cells(cells: impl IntoIterator<Item = Cell>) -> Self {
        let cells = cells.into_iter().filter(|cell| cell.key.collection == ACCOUNT_KEY);
        let changes = Change::gather(cells);
        let mut steps: Vec<_> = changes
            .iter()
            .filter_map(|change| Some((change.stamp.clone(), KeyStep::of_change(change)?)))
            .collect();
        steps.sort_by(|(a, _), (b, _)| a.cmp(b));
        let afresh = changes.into_iter().filter(is_fresh_start).map(|change| change.stamp).max();
        let afresh = afresh.filter(|_| !is_injected(Fault::FreshStartIgnored));
        Self { steps, afresh }
    }

    /// Returns the stamp at which a step was accepted first, if it was, since the last fresh start.
    pub fn accepted(&self, step: &KeyStep) -> Option<&Stamp> {
        let is_it = |known: &KeyStep| (&known.before, &known.key) == (&step.before, &step.key);
        self.since_fresh_start().find(|(_, known)| is_it(known)).map(|(stamp, _)| stamp)
    }

    /// Every first key since the last fresh start, the one that was accepted first in front. More than one is
    /// possible after a restore that lost the first one.
    pub fn first_keys(&self) -> impl Iterator<Item = &PublicKey> {
        self.first_steps().map(|(_, step)| &step.key)
    }

    /// Returns the stamp at which the first key of all was accepted, since the last fresh start.
    pub fn began(&self) -> Option<&Stamp> {
        self.beginnings().next()
    }

    /// Returns when each first key was accepted, in the order of [`KeyHistory::first_keys`].
    pub fn beginnings(&self) -> impl Iterator<Item = &Stamp> {
        self.first_steps().map(|(stamp, _)| stamp)
    }

    /// Returns the last key of each history, beginning with the history that was accepted first. A person who can
    /// certify with one of them can go on.
    pub fn last_keys(&self) -> impl Iterator<Item = PublicKey> {
        self.first_keys().map(|first| self.in_use(first))
    }

    /// Returns the stamp of the last fresh start.
    pub const fn fresh_start(&self) -> Option<&Stamp> {
        self.afresh.as_ref()
    }

    fn since_fresh_start(&self) -> impl Iterator<Item = &(Stamp, KeyStep)> {
        let is_since = |stamp: &Stamp| self.afresh.as_ref().is_none_or(|afresh| stamp > afresh);
        self.steps.iter().filter(move |(stamp, _)| is_since(stamp))
    }

    fn first_steps(&self) -> impl Iterator<Item = &(Stamp, KeyStep)> {
        self.since_fresh_start().filter(|(_, step)| step.before.is_none())
    }

    /// Returns a step as its phone made it: with the whole key before. Of several keys that begin in the same way it
    /// is the one that certified the step. A step from a key that is not known stays as it is, and is certified by none.
    #[must_use]
    pub fn whole(&self, step: &KeyStep, council: &str, person: &str) -> KeyStep {
        let Some(short) = &step.before else { return step.clone() };
        let known = self.steps.iter().map(|(_, known)| &known.key);
        let alike = known.filter(|key| key.as_str().starts_with(short.as_str()));
        let mut whole: Vec<KeyStep> =
            alike.map(|key| KeyStep { before: Some(key.clone()), ..step.clone() }).collect();
        whole.sort_by_key(|step| !step.is_certified(council, person));
        whole.into_iter().next().unwrap_or_else(|| step.clone())
    }

    /// Returns `true` if a step leads to this key, whether or not it counts any more.
    pub fn has_key(&self, key: &PublicKey) -> bool {
        self.steps.iter().any(|(_, step)| step.key == *key)
    }

    /// Returns every key to which steps lead from `first`, those of steps that lost to others too.
    pub fn reached_from<'a>(&'a self, first: &'a PublicKey) -> BTreeSet<&'a PublicKey> {
        let mut reached = BTreeSet::from([first]);
        // Each round reaches at least one more key, or is the last.
        for _ in &self.steps {
            let before = reached.len();
            for (_, step) in &self.steps {
                if step.before.as_ref().is_some_and(|key| reached.contains(key)) {
                    reached.insert(&step.key);
                }
            }
            if reached.len() == before {
                break;
            }
        }
        reached
    }

    /// Returns the key in use: from the first key the steps are followed, at each key the one that was accepted
    /// first.
    ///
    /// So a step counts against every other one from the same key, also against one that a restored server
    /// accepted because it had lost the first. Otherwise someone with an earlier recovery phrase would only have
    /// to wait for a restore. More steps can only lead further on, or to another branch at a key where one was
    /// accepted earlier. So a key that was gone on from never comes back. One that lost to another step comes back
    /// only if its own step was accepted still earlier, and two restores and a lost response hid that.
    pub fn in_use(&self, first: &PublicKey) -> PublicKey {
        let mut in_use = first;
        let mut seen = BTreeSet::from([in_use]);
        while let Some((_, step)) =
            self.steps.iter().find(|(_, step)| step.before.as_ref() == Some(in_use))
        {
            if !seen.insert(&step.key) {
                break;
            }
            in_use = &step.key;
        }
        in_use.clone()
    }
}

/// The bytes that a certificate signs.
fn certificate(
    council: &str,
    person: &str,
    before: Option<&PublicKey>,
    key: &PublicKey,
) -> Vec<u8> {
    canonical::to_vec(&json!([CERTIFICATE, council, person, before, key]))
}

#[cfg(test)]
mod tests;
