//! The proof that a request is of the phone itself, and not of someone who has its token.

use std::ops::Deref;

use promise_database::Tx;
use promise_protocol::{
    ActSignature, ActingPhone, PROTOCOL, PhoneAct,
    fault_injection::{Fault, is_injected},
};

use super::authentication;
use crate::{PhoneScope, ServiceError, generation};

/// A phone that has signed what it asks for. Services that do what only the phone itself may ask for take one, so
/// that no route can forget the signature.
#[derive(Clone, Debug)]
pub struct ProvenPhone(PhoneScope);

impl ProvenPhone {
    /// Wraps a scope without a signature, for what does not test signatures.
    #[cfg(any(test, feature = "fault-injection"))]
    pub fn unchecked_for_simulation(scope: PhoneScope) -> Self {
        Self(scope)
    }
}

impl Deref for ProvenPhone {
    type Target = PhoneScope;

    fn deref(&self) -> &PhoneScope {
        &self.0
    }
}

/// Checks that the phone signed exactly this act, in this generation, with a number that it has not used, and
/// uses that number up. Commit this before the act: a signature must not work later because the act was refused
/// now.
///
/// Returns [`ServiceError::NotProven`] if not, and changes nothing then. Retrying helps with a new signature,
/// after a sync: the generation is another one after a restore.
pub fn prove(
    tx: &mut dyn Tx,
    scope: PhoneScope,
    act: &PhoneAct<'_>,
    signed: Option<&ActSignature>,
) -> Result<ProvenPhone, ServiceError> {
    if act.protocol().is_some_and(|version| version != PROTOCOL) {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let person = tx.person_for_update(scope.person())?.ok_or(ServiceError::NotPaired)?;
    let mut device = authentication::require_paired(tx, &scope)?;
    let generation = generation::current(tx)?.id;
    let phone = ActingPhone {
        council: person.council.as_str(),
        person: person.id_on_phones().as_str(),
        author: device.author.as_str(),
        generation: generation.as_str(),
    };
    let is_proven = signed.is_some_and(|signed| {
        let is_new = signed.number > device.last_act || is_injected(Fault::UsedSignatureAccepted);
        is_new && phone.has_signed(act, signed, &device.signing_key)
    });
    if !is_proven && !is_injected(Fault::PhoneSignatureNotChecked) {
        return Err(ServiceError::NotProven);
    }
    if let Some(signed) = signed {
        device.last_act = signed.number.max(device.last_act);
        tx.set_device(&device)?;
    }
    Ok(ProvenPhone(scope))
}

#[cfg(test)]
mod tests;
