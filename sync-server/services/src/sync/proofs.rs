//! The proofs of one person's changes.

use promise_database::Person;
use promise_protocol::{AuthorKind, Change, ids::CouncilId, proof::ProofKey};

/// Makes and checks the proofs of one person's changes, under the id by which their phones know them.
/// So what staff wrote before a restore lost the person's record is still proved after a phone was
/// linked to a new one.
pub(crate) struct PersonProofs<'a> {
    key: &'a ProofKey,
    council: &'a CouncilId,
    person: &'a str,
}

impl<'a> PersonProofs<'a> {
    pub(crate) fn new(key: &'a ProofKey, person: &'a Person) -> Self {
        Self { key, council: &person.council, person: person.id_on_phones().as_str() }
    }

    /// Returns `true` if the change carries this server's proof of it.
    pub(crate) fn verify(&self, change: &Change) -> bool {
        self.key.verify(self.council.as_str(), self.person, change)
    }

    /// Adds the proof to a change that staff wrote.
    pub(crate) fn prove(&self, change: &mut Change) {
        if change.stamp.author.kind() == AuthorKind::Staff {
            change.proof = Some(self.key.prove(self.council.as_str(), self.person, change));
        }
    }
}
