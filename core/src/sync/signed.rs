//! What the council signed, and what claims to be the council's and is not.
//!
//! A phone shows nothing as the council's that does not verify under a key that it learned at pairing. It
//! keeps what it had.

use promise_protocol::{
    AuthorKind, Cell, Change, Edition,
    fault_injection::{Fault, is_injected},
    schema::{self, Owner},
    signature::{PublicKey, Signature},
    statement::Statement,
};

use super::key_history::is_step;
use crate::store::{StoreError, Tx};

/// The keys that the phone knows of its council, and for whom the council signs.
pub(super) struct CouncilSignatures {
    council: String,
    person: String,
    keys: Vec<PublicKey>,
}

impl CouncilSignatures {
    pub(super) fn load(tx: &mut dyn Tx) -> Result<Self, StoreError> {
        Ok(match tx.pairing()? {
            Some(pairing) => {
                let (council, person, keys) =
                    (pairing.council, pairing.person, pairing.council_keys);
                Self { council, person, keys }
            }
            None => Self { council: String::new(), person: String::new(), keys: Vec::new() },
        })
    }

    /// Returns `true` if the change may be what it claims: if its stamp is of staff, the council signed it. A
    /// step to another key always has one: a phone proposes it, and the server writes it.
    pub(super) fn accepts(&self, change: &Change) -> bool {
        if is_step(change) && is_injected(Fault::KeyAcceptanceNotChecked) {
            return true;
        }
        (change.stamp.author.kind() != AuthorKind::Staff && !is_step(change))
            || self.verifies(
                &Statement::Change { person: &self.person, change },
                change.signature.as_ref(),
            )
    }

    /// Returns `true` if the council signed the edition, which names all its packs.
    pub(super) fn accepts_edition(&self, edition: &Edition) -> bool {
        self.verifies(&Statement::Edition(edition), edition.signature.as_ref())
    }

    fn verifies(&self, statement: &Statement<'_>, signature: Option<&Signature>) -> bool {
        let is_signed = |signature: &Signature| {
            self.keys.iter().any(|key| statement.is_signed(&self.council, key, signature))
        };
        signature.is_some_and(is_signed) || is_injected(Fault::SignatureNotChecked)
    }
}

/// Returns `true` if the author of a cell's stamp may have written it: a phone of the person does not
/// write what the council's staff own. A field of a newer version is kept as it came.
pub(super) fn may_write(cell: &Cell) -> bool {
    let owner = schema::field(&cell.key.collection, &cell.key.field).map(|field| field.owner);
    match cell.stamp.author.kind() {
        AuthorKind::Staff => true,
        AuthorKind::Phone => {
            owner.is_none_or(|owner| owner == Owner::YoungPerson)
                || is_injected(Fault::OwnerNotChecked)
        }
    }
}
