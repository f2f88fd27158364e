//! Staff and the operator say yes or no to a phone that waits with a code of theirs.

use promise_protocol::{
    ids::PersonId,
    pairing::{PairingDigits, PairingEnd},
};

use super::{
    invite,
    pending::{detail, end_pending, transcript},
};
use crate::{
    Entity, Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};
use promise_database::{Invitation, PairingOutcome, Person, Tx};

/// A code of staff or the operator, and the phone that waits with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The id of the code: its first four characters.
    pub code: String,
    /// The person to whose record the phone will be connected.
    pub person: PersonId,
    /// How far it is.
    pub state: WaitingState,
}

/// How far a pairing by a code of staff is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingState {
    /// No phone has sent the code, or one has that does not show digits yet.
    NoPhone,
    /// A phone shows these digits.
    Digits {
        /// The digits. Those on the phone must be the same.
        digits: PairingDigits,
        /// The address that the phone connected to.
        server: String,
    },
    /// The other side said yes, and the phone has not fetched what it needs yet.
    Confirmed,
    /// A phone was paired.
    Paired,
    /// One of the sides said no.
    Refused,
    /// Two phones sent the code, and it pairs neither.
    TwoPhones,
    /// The code expired.
    Expired,
}

/// Returns how far the pairing by a code is, by the id of the code.
///
/// Returns [`ServiceError::NotFound`] if staff made no such code for a person in reach.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    code: &str,
    now_millis: i64,
) -> Result<Waiting, ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    let (person, invitation) = find_invitation(tx, scope, code)?;
    let state = state(tx, &person, &invitation, now_millis)?;
    Ok(Waiting { code: invitation.id, person: person.id, state })
}

/// Returns a person's codes of staff with which a phone waits for a yes.
pub fn list_waiting(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<Vec<Waiting>, ServiceError> {
    let person = scope.person(tx, person)?;
    let mut waiting = Vec::new();
    for invitation in tx.invitations_of(&person.id)? {
        if invitation.invited_by.is_some() || invitation.pending.is_none() {
            continue;
        }
        let state = state(tx, &person, &invitation, now_millis)?;
        if matches!(state, WaitingState::Digits { .. }) {
            waiting.push(Waiting { code: invitation.id, person: person.id.clone(), state });
        }
    }
    Ok(waiting)
}

/// Confirms the phone that shows these digits. It is paired when it asks next. Returns `false`, and
/// changes nothing, if no phone waits with this code that shows them.
///
/// Returns [`ServiceError::NotFound`] if staff made no such code for a person in reach.
pub fn confirm(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    code: &str,
    digits: PairingDigits,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    let Some((person, mut invitation)) = shown(tx, scope, code, digits, now_millis)? else {
        return Ok(false);
    };
    if let Some(pending) = &mut invitation.pending {
        pending.confirmed_at = Some(now_millis);
    }
    tx.set_invitation(&invitation)?;
    let (subject, detail) = (Subject::Person(&person), detail(&invitation));
    audit::record(tx, scope, subject, AuditAction::ConfirmedPairing, &detail, now_millis)?;
    Ok(true)
}

/// Refuses the phone that shows these digits. The code ends. Returns `false`, and changes nothing, if no
/// phone waits with this code that shows them.
///
/// Returns [`ServiceError::NotFound`] if staff made no such code for a person in reach.
pub fn refuse(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    code: &str,
    digits: PairingDigits,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    let Some((person, mut invitation)) = shown(tx, scope, code, digits, now_millis)? else {
        return Ok(false);
    };
    end_pending(tx, &mut invitation, PairingEnd::Refused, now_millis)?;
    let (subject, detail) = (Subject::Person(&person), detail(&invitation));
    audit::record(tx, scope, subject, AuditAction::RefusedPairing, &detail, now_millis)?;
    Ok(true)
}

/// Returns the invitation with which a phone waits that shows these digits, and reserves its person.
fn shown(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    code: &str,
    digits: PairingDigits,
    now_millis: i64,
) -> Result<Option<(Person, Invitation)>, ServiceError> {
    scope.permit_now(tx, Permission::ChangePeople)?;
    let (person, _) = find_invitation(tx, scope, code)?;
    tx.person_for_update(&person.id)?;
    // Read again: until the person was reserved, the phone or a second one could end the code.
    let (person, invitation) = find_invitation(tx, scope, code)?;
    let state = state(tx, &person, &invitation, now_millis)?;
    let is_shown = matches!(state, WaitingState::Digits { digits: other, .. } if other == digits);
    Ok(is_shown.then_some((person, invitation)))
}

fn find_invitation(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    code: &str,
) -> Result<(Person, Invitation), ServiceError> {
    let not_found = ServiceError::NotFound(Entity::Phone);
    let by_staff = |it: &Invitation| it.invited_by.is_none() && it.relinks.is_none();
    let Some(invitation) = tx.invitation(code)?.filter(by_staff) else { return Err(not_found) };
    match scope.person(tx, &invitation.person) {
        Ok(person) => Ok((person, invitation)),
        Err(ServiceError::NotFound(_)) => Err(not_found),
        Err(error) => Err(error),
    }
}

fn state(
    tx: &mut dyn Tx,
    person: &Person,
    invitation: &Invitation,
    now_millis: i64,
) -> Result<WaitingState, ServiceError> {
    let pending = invitation.pending.as_ref();
    match pending.and_then(|pending| pending.outcome.as_ref()) {
        Some(PairingOutcome::Paired(_)) => return Ok(WaitingState::Paired),
        Some(PairingOutcome::Ended(PairingEnd::Refused)) => return Ok(WaitingState::Refused),
        Some(PairingOutcome::Ended(PairingEnd::TwoPhones)) => return Ok(WaitingState::TwoPhones),
        None if invitation.used_at.is_some() => return Ok(WaitingState::Paired),
        None => {}
    }
    if !invite::is_open(tx, invitation, now_millis)? {
        return Ok(WaitingState::Expired);
    }
    let Some(pending) = pending else { return Ok(WaitingState::NoPhone) };
    if pending.confirmed_at.is_some() {
        return Ok(WaitingState::Confirmed);
    }
    Ok(match transcript(person, invitation) {
        Some(hash) => {
            WaitingState::Digits { digits: hash.digits(), server: pending.server.clone() }
        }
        None => WaitingState::NoPhone,
    })
}
