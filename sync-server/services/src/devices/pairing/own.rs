//! A phone sees and answers the phones that wait with codes that it made.

use promise_protocol::{
    PROTOCOL,
    pairing::{PairingAnswer, PairingDecision, PairingEnd, WaitingPhone, WaitingPhones},
};

use super::{
    CodeRefusal,
    pending::{detail, end_pending},
};
use crate::{
    Entity, PhoneScope, ServiceError,
    audit::AuditAction,
    devices::{ProvenPhone, capability, record_own},
};
use promise_database::{Invitation, PairingOutcome, Person, Tx};

/// The result of answering a phone that waits. The caller commits the transaction for a refusal too.
#[derive(Debug)]
pub enum Answered {
    /// The phones that wait now.
    Waiting(WaitingPhones),
    /// The code has ended. Contains the reason.
    Refused(CodeRefusal),
}

/// Returns the phones that wait with codes that the calling phone made, the first to expire first.
///
/// Returns [`ServiceError::LimitedPhone`] if the calling phone is limited.
pub fn list_own_waiting(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    now_millis: i64,
) -> Result<WaitingPhones, ServiceError> {
    capability::require_full(tx, scope)?;
    let invitations = tx.invitations_of(scope.person())?.into_iter();
    let own = invitations.filter(|it| is_own(it, scope) && now_millis < it.expires_at);
    Ok(WaitingPhones { phones: own.filter_map(waiting).collect() })
}

/// Adds the calling phone's part to the pairing of a phone that waits with its code, and says yes or no to it
/// if the person has decided. The same answer can be repeated; of two different ones the first stays.
///
/// Returns [`ServiceError::LimitedPhone`] if the calling phone is limited, and [`ServiceError::NotFound`]
/// if it did not make this code, or no phone waits with it.
pub fn answer_own(
    tx: &mut dyn Tx,
    scope: &ProvenPhone,
    code: &str,
    answer: &PairingAnswer,
    now_millis: i64,
) -> Result<Answered, ServiceError> {
    if answer.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let person = tx.person_for_update(scope.person())?.ok_or(ServiceError::NotPaired)?;
    capability::require_full(tx, scope)?;
    let invitation = tx.invitation(code)?.filter(|it| is_own(it, scope));
    let mut invitation = invitation.ok_or(ServiceError::NotFound(Entity::Phone))?;
    let is_over = now_millis >= invitation.expires_at;
    let Some(pending) = &mut invitation.pending else {
        let refusal = if is_over { CodeRefusal::Expired } else { CodeRefusal::Used };
        let has_ended = is_over || invitation.used_at.is_some();
        return if has_ended {
            Ok(Answered::Refused(refusal))
        } else {
            Err(ServiceError::NotFound(Entity::Phone))
        };
    };
    let (is_confirmed, is_paired) = (pending.confirmed_at.is_some(), pending.outcome.is_some());
    let refusal = match &pending.outcome {
        Some(PairingOutcome::Ended(PairingEnd::TwoPhones)) => Some(CodeRefusal::TwoPhones),
        Some(PairingOutcome::Ended(PairingEnd::Refused)) => Some(CodeRefusal::Refused),
        None if is_over => Some(CodeRefusal::Expired),
        // A decision that is repeated because its response was lost, or a phone that waits.
        Some(PairingOutcome::Paired(_)) | None => None,
    };
    if let Some(refusal) = refusal {
        return Ok(Answered::Refused(refusal));
    }
    if pending.nonce.is_none() {
        pending.nonce = Some(answer.nonce.clone());
        pending.key = Some(answer.key.clone());
        tx.set_invitation(&invitation)?;
    } else if pending.key.as_ref() != Some(&answer.key)
        || pending.nonce.as_ref() != Some(&answer.nonce)
    {
        // The program was started again and has lost its key: the digits would differ.
        return Ok(Answered::Refused(CodeRefusal::Used));
    }
    // Until the phone is paired, the person can still say no.
    let decision = answer.decision.filter(|it| !is_confirmed || *it == PairingDecision::Refused);
    if let Some(decision) = decision.filter(|_| !is_paired) {
        decide(tx, scope, &person, &mut invitation, (decision, answer), now_millis)?;
    }
    list_own_waiting(tx, scope, now_millis).map(Answered::Waiting)
}

/// Stores what the person decided. A yes before the waiting phone has opened what it committed to is none.
fn decide(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    person: &Person,
    invitation: &mut Invitation,
    (decision, answer): (PairingDecision, &PairingAnswer),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let action = match decision {
        PairingDecision::Refused => {
            end_pending(tx, invitation, PairingEnd::Refused, now_millis)?;
            AuditAction::RefusedPairing
        }
        PairingDecision::Confirmed => {
            let Some(pending) = &mut invitation.pending else { return Ok(()) };
            if pending.opening.is_none() {
                return Ok(());
            }
            pending.confirmed_at = Some(now_millis);
            pending.phrase.clone_from(&answer.phrase);
            tx.set_invitation(invitation)?;
            AuditAction::ConfirmedPairing
        }
    };
    record_own(tx, scope, person, action, &detail(invitation), now_millis)
}

fn is_own(invitation: &Invitation, scope: &PhoneScope) -> bool {
    invitation.invited_by.as_ref() == Some(scope.device()) && &invitation.person == scope.person()
}

/// Returns the phone that waits, or why it does so no more. `None` if no phone sent the code, or one was
/// paired.
fn waiting(invitation: Invitation) -> Option<WaitingPhone> {
    let pending = invitation.pending?;
    let ended = match pending.outcome {
        Some(PairingOutcome::Paired(_)) => return None,
        Some(PairingOutcome::Ended(end)) => Some(end),
        None => None,
    };
    Some(WaitingPhone {
        code: invitation.id,
        started_at: pending.started_at,
        server: pending.server,
        commitment: pending.commitment,
        answered: pending.nonce.is_some(),
        opening: pending.opening,
        ended,
    })
}
