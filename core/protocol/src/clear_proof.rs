//! The proof that a phone which clears what is sealed has the recovery phrase in use.
//!
//! It is one signature for all clears of a request. A request's number is used once in a generation, so it
//! cannot be replayed.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    Cell, Change, SyncRequest, canonical,
    schema::is_sealed,
    signature::{PublicKey, Signature, SigningKey},
};

/// The first part of what the proof signs. No statement of a council begins with it, and no certificate.
const CLEARS: &str = "pocket-promise clear 2";

/// Returns `true` for `null` in a sealed collection: a phone clears what is under a key that was replaced. No
/// edit is one, because sealed values are never `null` outside the phone.
pub fn is_clear(cell: &Cell) -> bool {
    cell.value.is_null() && is_sealed(&cell.key.collection)
}

impl SyncRequest {
    /// Signs the clears of this request with the owner key of the account key in use. Without clears there is
    /// nothing to sign.
    pub fn sign_clears(&mut self, owner: &SigningKey, council: &str, person: &str) {
        self.clear_signature = statement(self, council, person).map(|bytes| owner.sign(&bytes));
    }
}

/// The proof of one request.
#[derive(Clone, Debug)]
pub struct ClearProof {
    statement: Option<Vec<u8>>,
    signature: Option<Signature>,
}

impl ClearProof {
    /// Takes the proof from a request of this person's phone.
    pub fn of(request: &SyncRequest, council: &str, person: &str) -> Self {
        let signature = request.clear_signature.clone();
        Self { statement: statement(request, council, person), signature }
    }

    /// Returns `true` if the account key with this owner key signed all clears of the request.
    pub fn is_by(&self, owner: &PublicKey) -> bool {
        let signed = self.statement.as_ref().zip(self.signature.as_ref());
        signed.is_some_and(|(statement, signature)| owner.verifies(statement, signature))
    }
}

/// The bytes that a proof signs; `None` if the request clears nothing.
fn statement(request: &SyncRequest, council: &str, person: &str) -> Option<Vec<u8>> {
    let cells = request.changes.iter().flat_map(Change::cells).filter(is_clear);
    let clears: BTreeSet<[String; 4]> = cells
        .map(|Cell { key, stamp, .. }| [key.collection, key.id, key.field, stamp.to_string()])
        .collect();
    let SyncRequest { generation, request, .. } = request;
    let parts = json!([CLEARS, council, person, generation, request, clears]);
    (!clears.is_empty()).then(|| canonical::to_vec(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PROTOCOL, signature::SEED_BYTES};

    fn owner(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
    }

    fn change(id: &str, value: serde_json::Value) -> Change {
        Change {
            collection: "saved".into(),
            id: id.into(),
            stamp: "0cr2sk0g00000-p0123abcd".parse().unwrap(),
            fields: [("note".to_owned(), value)].into(),
            signature: None,
        }
    }

    fn request() -> SyncRequest {
        SyncRequest {
            protocol: PROTOCOL,
            generation: "0123abcd".into(),
            request: 17,
            since: 42,
            edition: 3,
            changes: vec![change("a", json!(null)), change("b", json!(null))],
            key_steps: Vec::new(),
            clear_signature: None,
        }
    }

    #[test]
    fn proof_is_of_one_request_and_all_its_clears() {
        let mut good = request();
        good.sign_clears(&owner(1), "barnet", "ada");
        let is_by = |request: &SyncRequest, seed, council, person| {
            ClearProof::of(request, council, person).is_by(&owner(seed).public_key())
        };
        assert!(is_by(&good, 1, "barnet", "ada"));
        assert!(!is_by(&good, 2, "barnet", "ada"), "another key");
        assert!(!is_by(&good, 1, "camden", "ada"), "another council");
        assert!(!is_by(&good, 1, "barnet", "bea"), "another person");
        let edits: [fn(&mut SyncRequest); 6] = [
            |it| it.request += 1,
            |it| it.generation = "later".into(),
            |it| it.changes.push(change("c", json!(null))),
            |it| drop(it.changes.pop()),
            |it| it.changes[0].stamp = "0cr2sk0g00002-p0123abcd".parse().unwrap(),
            |it| it.clear_signature = None,
        ];
        for edit in edits {
            let mut forged = good.clone();
            edit(&mut forged);
            assert!(!is_by(&forged, 1, "barnet", "ada"), "{forged:?}");
        }
        let mut more = good.clone();
        more.changes.push(change("d", json!("s1.abcd")));
        assert!(is_by(&more, 1, "barnet", "ada"), "a value is none of its business");
    }

    #[test]
    fn request_without_clears_is_not_signed_and_proves_nothing() {
        let mut plain = request();
        plain.changes = vec![change("a", json!("s1.abcd"))];
        plain.sign_clears(&owner(1), "barnet", "ada");
        assert_eq!(plain.clear_signature, None);
        assert!(!ClearProof::of(&plain, "barnet", "ada").is_by(&owner(1).public_key()));
    }
}
