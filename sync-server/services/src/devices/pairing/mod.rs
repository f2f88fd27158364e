//! Pairing: a phone claims its invitation, and is paired when the other side said yes too.

mod confirm;
mod invite;
mod own;
mod pending;
mod relink;

use promise_protocol::{
    Author, AuthorKind, Change, KeyHistory, PROTOCOL, PairRequest, PairResponse, PairingCode,
    ProblemCode, access::AccessRole, ids::PersonId, pairing::PairProgress, schema,
    signature::PublicKey, statement::Statement,
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

pub use confirm::{Waiting, WaitingState, confirm, find, list_waiting, refuse};
pub use invite::{
    MAX_OPEN_INVITATIONS, MAX_PHONES_BY_PHONES, OWN_CODE_MINUTES, invite, invite_own,
};
pub use own::{Answered, answer_own, list_own_waiting};
pub(crate) use pending::arrived;
pub use relink::invite_to_relink;

use crate::{
    Entity, Random, ServiceError,
    audit::{self, AuditAction, Subject},
    devices::{capability, records},
    generation, random, tokens,
};
use promise_database::{Actor, Device, Invitation, Inviter, Person, Tx};

/// The number of wrong attempts that locks an invitation.
pub const MAX_ATTEMPTS: u32 = 5;

/// The result of a claim. The caller commits the transaction for a refusal too, which counts as an
/// attempt.
#[derive(Debug)]
pub enum Claim {
    /// The phone waits, or is paired.
    Answered(Box<PairProgress>),
    /// The phone is not paired. Contains the reason.
    Refused(CodeRefusal),
}

/// Why a code does not pair a phone. Retrying with the same code does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// It is not a valid code of this server.
    Invalid,
    /// It has been used.
    Used,
    /// It has expired, or the staff member who made it may not make it any more.
    Expired,
    /// There were too many wrong attempts.
    Locked,
    /// Two phones sent it. It pairs neither.
    TwoPhones,
    /// One of the sides said no, or the phone opened something else than it committed to.
    Refused,
    /// It links another phone again after a restore; or it pairs any phone, and this one asked to be
    /// linked again. It can still be used.
    OtherPhone,
}

impl CodeRefusal {
    /// Returns the problem code for the phone.
    pub fn problem(self) -> ProblemCode {
        match self {
            Self::Invalid => ProblemCode::CodeWrong,
            Self::Used => ProblemCode::CodeUsed,
            Self::Expired => ProblemCode::CodeExpired,
            Self::Locked => ProblemCode::CodeLocked,
            Self::TwoPhones => ProblemCode::TwoPhones,
            Self::Refused => ProblemCode::PairingRefused,
            Self::OtherPhone => ProblemCode::OtherPhone,
        }
    }
}

/// Claims an invitation for a phone, or takes the next step of a phone that waits with it. Every step can be
/// repeated.
///
/// A caller who does not know the secret learns only that the code is wrong or that the invitation is
/// locked, not whether it was used or has expired. A wrong secret and an unknown invitation cost one
/// comparison of hashes and the same statements, so that the time of the response does not tell them
/// apart.
///
/// Returns [`ServiceError::Revoked`] if a phone that asks to be linked again was revoked.
pub fn claim(
    tx: &mut dyn Tx,
    request: &PairRequest,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Claim, ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let refused = |refusal| Ok(Claim::Refused(refusal));
    let Ok(code) = request.code.parse::<PairingCode>() else {
        return refused(CodeRefusal::Invalid);
    };
    // A claim of an unknown id reads, compares and writes as much as one with a wrong secret.
    let stored = tx.invitation(code.invitation_id())?;
    let is_known = stored.is_some();
    let mut invitation = stored.unwrap_or_else(|| unknown_invitation(&code));
    let person = tx.person_for_update(&invitation.person)?;
    let hash = secret_hash(&invitation.salt, &code);
    let is_right = bool::from(hash.ct_eq(&invitation.secret_hash)) && is_known;
    if invitation.failed_attempts >= MAX_ATTEMPTS {
        return refused(CodeRefusal::Locked);
    }
    if !is_right {
        tx.record_failed_claim(&invitation.id)?;
        return refused(CodeRefusal::Invalid);
    }
    let Some(relink) = &request.relink else {
        let is_usual = invitation.relinks.is_none();
        let person = person.ok_or(ServiceError::NotFound(Entity::Person))?;
        let step = (request, is_usual);
        return pending::advance(tx, &person, invitation, step, now_millis, random);
    };
    if invitation.used_at.is_some() {
        return refused(CodeRefusal::Used);
    }
    if !invite::is_open(tx, &invitation, now_millis)? {
        return refused(CodeRefusal::Expired);
    }
    let token_hash = tokens::hash(&request.token.to_string());
    if pending::is_token_in_use(tx, &token_hash)? {
        return refused(CodeRefusal::Refused);
    }
    let person = person.ok_or(ServiceError::NotFound(Entity::Person))?;
    let person = match &invitation.relinks {
        Some(phone) => relink::accept(tx, person, phone, relink, now_millis)?,
        None => None,
    };
    // The phone's person has a code of the right kind made: this one is not used up.
    let Some(person) = person else { return refused(CodeRefusal::OtherPhone) };
    invitation.used_at = Some(now_millis);
    tx.set_invitation(&invitation)?;
    // It keeps its key, which the council signed with the rest of its earlier pairing.
    let new = Joining {
        inviter: Inviter::of(&invitation),
        token_hash: &token_hash,
        signing_key: relink.key.clone(),
        earlier: None,
    };
    let device = pair(tx, &person, new, now_millis, random)?;
    let paired = Some(response(tx, &person, &device, now_millis)?);
    Ok(Claim::Answered(Box::new(PairProgress { paired, ..PairProgress::default() })))
}

/// A phone to which both sides said yes.
struct Joining<'a> {
    inviter: Inviter,
    /// The hash of the token that it made.
    token_hash: &'a [u8],
    /// The public half of the key that it made.
    signing_key: PublicKey,
    /// Its earlier pairing, if that is in use and the phone proved that it is the same one.
    earlier: Option<&'a Device>,
}

/// Stores the phone with the token that it made, notes it in the log, and shows it on the person's other
/// phones.
fn pair(
    tx: &mut dyn Tx,
    person: &Person,
    new: Joining<'_>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Device, ServiceError> {
    let detail = describe(&new.inviter);
    let device = add_device(tx, person, new, now_millis, random)?;
    let detail = format!("{} {detail}", device.author);
    let by = (&Actor::OwnPhone, &AccessRole::OwnPhone);
    let subject = Subject::Person(person);
    audit::record_as(tx, by, subject, AuditAction::Paired, &detail, now_millis)?;
    records::write(tx, person, &device, now_millis)?;
    Ok(device)
}

/// Returns what a phone that was paired needs to sync.
fn response(
    tx: &mut dyn Tx,
    person: &Person,
    device: &Device,
    now_millis: i64,
) -> Result<PairResponse, ServiceError> {
    let council = tx.council(&person.council)?.ok_or(ServiceError::NotFound(Entity::Council))?;
    let key_history = key_history(tx, &person.id)?;
    let steps = KeyHistory::of_cells(key_history.iter().flat_map(Change::cells));
    let waits_for_phrase = steps.began().is_none() && has_synced_phone(tx, &person.id)?;
    let (author, on_phones) = (device.author.as_str(), person.id_on_phones().as_str());
    let pairing = Statement::Phone { person: on_phones, author, key: &device.signing_key };
    let signature = tx.sign(&council.id, &pairing)?;
    let council_key = tx.council_keys(&council.id)?.current;
    Ok(PairResponse {
        author: author.to_owned(),
        council: council.id.into_string(),
        council_name: council.name,
        person: on_phones.to_owned(),
        generation: generation::current(tx)?.id,
        now: now_millis,
        key_history,
        waits_for_phrase,
        council_key,
        signature,
    })
}

/// Returns the history of the person's keys, as the council signed it.
fn key_history(tx: &mut dyn Tx, person: &PersonId) -> Result<Vec<Change>, ServiceError> {
    let mut signed = tx.staff_changes(person)?;
    signed.retain(|change| change.collection == schema::ACCOUNT_KEY);
    Ok(signed)
}

/// Returns `true` if a phone of the person that was not revoked has synced. If the server has no key then, a
/// restore lost it, and that phone has it.
fn has_synced_phone(tx: &mut dyn Tx, person: &PersonId) -> Result<bool, ServiceError> {
    let devices = tx.devices(person)?;
    Ok(devices.iter().any(|device| !device.is_revoked() && device.last_sync_at.is_some()))
}

/// Returns who made the code, for the log.
fn describe(inviter: &Inviter) -> String {
    match inviter {
        Inviter::Operator => "by operator".to_owned(),
        Inviter::Staff(staff) => format!("by staff {staff}"),
        Inviter::Phone(phone) => format!("by phone {phone}"),
    }
}

fn add_device(
    tx: &mut dyn Tx,
    person: &Person,
    new: Joining<'_>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Device, ServiceError> {
    let Joining { inviter, token_hash, signing_key, earlier } = new;
    let mut device = Device {
        author: new_author(random)?,
        person: person.id.clone(),
        paired_at: now_millis,
        limited: capability::is_limited_at_pairing(tx, person, &inviter, earlier)?,
        inviter,
        signing_key,
        last_request: 0,
        last_act: 0,
        last_sync_at: None,
        last_rev: 0,
        revoked: None,
    };
    // Authors have 40 bits, so a large council will see a collision some day.
    while !tx.add_device(&device, token_hash)? {
        device.author = new_author(random)?;
    }
    Ok(device)
}

fn new_author(random: &mut dyn Random) -> Result<Author, ServiceError> {
    Ok(Author::new(AuthorKind::Phone, random::bytes(random)?))
}

/// The invitation with which a code of an unknown id is compared. No code has its hash.
fn unknown_invitation(code: &PairingCode) -> Invitation {
    Invitation {
        id: code.invitation_id().to_owned(),
        secret_hash: vec![0; 32],
        salt: vec![0; 16],
        person: PersonId::new(""),
        expires_at: 0,
        failed_attempts: 0,
        used_at: None,
        invited_by: None,
        invited_by_staff: None,
        relinks: None,
        pending: None,
    }
}

fn secret_hash(salt: &[u8], code: &PairingCode) -> Vec<u8> {
    #[cfg(test)]
    tests::HASHES.set(tests::HASHES.get() + 1);
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(code.secret().as_bytes());
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests;
