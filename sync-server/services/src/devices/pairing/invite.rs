//! Creating invitations to pair a phone, as staff or with a phone that is already paired.

use promise_protocol::{
    Author, Invited, PairingCode,
    ids::{PersonId, StaffId},
};

use super::secret_hash;
use crate::{
    Existing, Random, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar::{self, DAY_MILLIS},
    devices::{ProvenPhone, capability},
    random,
};
use promise_database::{Device, Invitation, Inviter, Tx};

/// How long a code created on a phone is valid, in minutes. The person has both phones at hand.
pub const OWN_CODE_MINUTES: u32 = 10;

/// The most open invitations that one person's phones can have created. Each is a code that an
/// attacker can try to guess.
pub const MAX_OPEN_INVITATIONS: usize = 5;

/// The most phones that codes of one person's phones can have brought in: those in use, and any that came
/// within a day. Each can be taken off, which takes an order of the council, and a signer signs only so many for
/// the whole council. A thief of one phone could otherwise use them up.
pub const MAX_PHONES_BY_PHONES: usize = 10;

/// How often to generate another code if its invitation id is in use. Ids have 20 bits, and few
/// invitations are open at a time.
const MAX_ID_ATTEMPTS: usize = 20;

/// Creates an invitation for a phone of this person. The returned code is not stored, only a hash
/// of its secret.
///
/// Returns [`ServiceError::AlreadyExists`] if no unused id was found. Retry later.
pub fn invite(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairingCode, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), AuditAction::Invited, "phone", now_millis)?;
    let new = NewInvitation::by_staff(scope, person.id, end(now_millis, valid_minutes));
    add(tx, new, now_millis, random)
}

/// Creates an invitation for another phone of the calling phone's own person.
///
/// Returns [`ServiceError::LimitedPhone`] if the calling phone is limited, and
/// [`ServiceError::TooManyInvitations`] if their phones have created [`MAX_OPEN_INVITATIONS`]
/// invitations that are still open, or brought in [`MAX_PHONES_BY_PHONES`] phones.
pub fn invite_own(
    tx: &mut dyn Tx,
    scope: &ProvenPhone,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Invited, ServiceError> {
    capability::require_full(tx, scope)?;
    let open = tx.count_open_invitations(scope.person(), now_millis)?;
    let phones = count_phones_by_phones(tx, scope.person(), now_millis)?;
    if open >= MAX_OPEN_INVITATIONS || open + phones >= MAX_PHONES_BY_PHONES {
        return Err(ServiceError::TooManyInvitations);
    }
    let expires_at = end(now_millis, OWN_CODE_MINUTES);
    let new = NewInvitation {
        person: scope.person().clone(),
        expires_at,
        invited_by: Some(scope.device().clone()),
        invited_by_staff: None,
        relinks: None,
    };
    let code = add(tx, new, now_millis, random)?;
    Ok(Invited { code: code.to_string(), expires_at })
}

fn count_phones_by_phones(
    tx: &mut dyn Tx,
    person: &PersonId,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let counts = |device: &Device| {
        let is_recent = now_millis.saturating_sub(device.paired_at) < DAY_MILLIS;
        matches!(device.inviter, Inviter::Phone(_)) && (is_recent || !device.is_revoked())
    };
    Ok(tx.devices(person)?.iter().filter(|device| counts(device)).count())
}

pub(super) fn end(now_millis: i64, valid_minutes: u32) -> i64 {
    now_millis + i64::from(valid_minutes) * 60_000
}

/// An invitation that has no code yet.
pub(super) struct NewInvitation {
    person: PersonId,
    expires_at: i64,
    invited_by: Option<Author>,
    invited_by_staff: Option<StaffId>,
    relinks: Option<Author>,
}

impl NewInvitation {
    /// An invitation of a staff member or the operator, for any phone.
    pub(super) fn by_staff(scope: &StaffScope, person: PersonId, expires_at: i64) -> Self {
        let invited_by_staff = scope.actor().staff().cloned();
        Self { person, expires_at, invited_by: None, invited_by_staff, relinks: None }
    }

    /// The same, for this one phone, which it links again.
    pub(super) fn relinking(self, phone: Author) -> Self {
        Self { relinks: Some(phone), ..self }
    }
}

/// Generates a code and stores the invitation.
pub(super) fn add(
    tx: &mut dyn Tx,
    new: NewInvitation,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairingCode, ServiceError> {
    let code = unused_code(tx, now_millis, random)?;
    let salt = random::bytes::<16>(random)?.to_vec();
    let NewInvitation { person, expires_at, invited_by, invited_by_staff, relinks } = new;
    tx.set_invitation(&Invitation {
        id: code.invitation_id().to_owned(),
        secret_hash: secret_hash(&salt, &code),
        salt,
        person,
        expires_at,
        failed_attempts: 0,
        used_at: None,
        invited_by,
        invited_by_staff,
        relinks,
        pending: None,
    })?;
    Ok(code)
}

/// Returns `true` if the invitation has not expired, and its maker may still make it.
pub(super) fn is_open(
    tx: &mut dyn Tx,
    invitation: &Invitation,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    Ok(now_millis < invitation.expires_at && is_still_permitted(tx, invitation, now_millis)?)
}

/// Returns `true` unless a staff member created the invitation who could not create it any more: who was
/// deactivated, has another role, or does not look after the person. A code that a leaver took along
/// must not pair a phone of theirs.
fn is_still_permitted(
    tx: &mut dyn Tx,
    invitation: &Invitation,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    let Some(staff) = &invitation.invited_by_staff else { return Ok(true) };
    let today = calendar::today(now_millis);
    let Some(scope) = StaffScope::of_stored_member(tx, staff, today)? else { return Ok(false) };
    match scope.person_to_change(tx, &invitation.person) {
        Ok(_) => Ok(true),
        Err(ServiceError::NotAllowed | ServiceError::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Generates a code whose id no open invitation has.
fn unused_code(
    tx: &mut dyn Tx,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairingCode, ServiceError> {
    for _ in 0..MAX_ID_ATTEMPTS {
        let code = PairingCode::new(random::bytes(random)?);
        let in_use = tx.invitation(code.invitation_id())?.is_some_and(|invitation| {
            invitation.used_at.is_none() && now_millis < invitation.expires_at
        });
        if !in_use {
            return Ok(code);
        }
    }
    Err(ServiceError::AlreadyExists(Existing::PairingCode))
}
