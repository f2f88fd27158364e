//! Who may clear what is sealed: a phone that has the recovery phrase in use.

use promise_protocol::{
    ClearProof, SyncRequest,
    fault_injection::{Fault, is_injected},
};

use super::account_key;
use crate::ServiceError;
use promise_database::{Person, Tx};

/// The permission of one request to clear. It is decided when the first clear comes: a phone sends the key
/// steps that a restore lost before it.
pub(crate) struct ClearPermission {
    proof: ClearProof,
    is_given: Option<bool>,
}

impl ClearPermission {
    /// Takes the proof from a request.
    pub(crate) fn of(person: &Person, request: &SyncRequest) -> Self {
        let (council, person) = (person.council.as_str(), person.id_on_phones().as_str());
        Self { proof: ClearProof::of(request, council, person), is_given: None }
    }

    /// Returns `true` if the request proves the key in use. Of several histories that is the one which was
    /// accepted first: someone who begins another one after a restore must not destroy what is under it.
    pub(crate) fn is_given(
        &mut self,
        tx: &mut dyn Tx,
        person: &Person,
    ) -> Result<bool, ServiceError> {
        if let Some(is_given) = self.is_given {
            return Ok(is_given);
        }
        let history = account_key::history(tx, person)?;
        let is_given = history.last_keys().next().is_some_and(|in_use| self.proof.is_by(&in_use))
            || is_injected(Fault::ClearProofNotChecked);
        self.is_given = Some(is_given);
        Ok(is_given)
    }
}
