//! Pairing: inviting a phone, and the phone claiming its invitation.

use promise_protocol::{
    Author, AuthorKind, PROTOCOL, PairRequest, PairResponse, PairingCode, ProblemCode,
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{Random, ServiceError, StaffScope, auth, life, random};
use crate::store::{Device, Invitation, Person, Tx};

/// Wrong tries after which an invitation is dead.
pub const MOST_TRIES: u32 = 5;

/// How often to look for a name that is not in use: names have 20 bits, and few live at a time.
const NAME_TRIES: usize = 20;

/// What came of a claim. A refusal is kept too: it counts as a try.
#[derive(Debug)]
pub enum Claim {
    /// The phone is paired.
    Paired(Box<PairResponse>),
    /// It is not, and this is why.
    Refused(CodeRefusal),
}

/// Why a code does not pair a phone. Retrying with the same code does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// It is not a code, or not one of this server.
    Wrong,
    /// It has been used.
    Used,
    /// It is too old.
    Expired,
    /// It was guessed at too often.
    Locked,
}

impl CodeRefusal {
    /// The same on the wire.
    pub fn problem(self) -> ProblemCode {
        match self {
            Self::Wrong => ProblemCode::CodeWrong,
            Self::Used => ProblemCode::CodeUsed,
            Self::Expired => ProblemCode::CodeExpired,
            Self::Locked => ProblemCode::CodeLocked,
        }
    }
}

/// Invites a phone of this person. The code is in nobody's hands but the caller's.
pub fn invite(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairingCode, ServiceError> {
    let person = scope.person(tx, person)?;
    let code = unused_code(tx, now_millis, random)?;
    let salt = random::bytes::<16>(random)?.to_vec();
    tx.set_invitation(&Invitation {
        name: code.name().to_owned(),
        secret_hash: secret_hash(&salt, &code),
        salt,
        person: person.id,
        expires_at: now_millis + i64::from(valid_minutes) * 60_000,
        tries: 0,
        used_at: None,
    })?;
    Ok(code)
}

/// Claims an invitation for a phone.
///
/// Whoever does not know the secret learns only that the code is wrong, or that this invitation is
/// dead from wrong guesses.
pub fn claim(
    tx: &mut dyn Tx,
    request: &PairRequest,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Claim, ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::WrongVersion);
    }
    let refused = |refusal| Ok(Claim::Refused(refusal));
    let Ok(code) = request.code.parse::<PairingCode>() else {
        return refused(CodeRefusal::Wrong);
    };
    let Some(mut invitation) = tx.invitation(code.name())? else {
        return refused(CodeRefusal::Wrong);
    };
    if invitation.tries >= MOST_TRIES {
        return refused(CodeRefusal::Locked);
    }
    let hash = secret_hash(&invitation.salt, &code);
    if !bool::from(hash.ct_eq(&invitation.secret_hash)) {
        invitation.tries += 1;
        tx.set_invitation(&invitation)?;
        return refused(CodeRefusal::Wrong);
    }
    if invitation.used_at.is_some() {
        return refused(CodeRefusal::Used);
    }
    if now_millis >= invitation.expires_at {
        return refused(CodeRefusal::Expired);
    }
    invitation.used_at = Some(now_millis);
    tx.set_invitation(&invitation)?;
    let person = tx.person(&invitation.person)?.ok_or(ServiceError::Unknown("person"))?;
    Ok(Claim::Paired(Box::new(pair(tx, person, now_millis, random)?)))
}

/// Makes the phone's device and token.
fn pair(
    tx: &mut dyn Tx,
    person: Person,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairResponse, ServiceError> {
    let council = tx.council(&person.council)?.ok_or(ServiceError::Unknown("council"))?;
    let token = auth::new_token(random)?;
    let author = add_device(tx, &person.id, &auth::token_hash(&token), now_millis, random)?;
    Ok(PairResponse {
        token,
        author: author.to_string(),
        council: council.id,
        council_name: council.name,
        person: person.id,
        generation: life::known(tx)?.generation,
        now: now_millis,
        key_check: None,
    })
}

fn add_device(
    tx: &mut dyn Tx,
    person: &str,
    token_hash: &[u8],
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Author, ServiceError> {
    loop {
        let author = Author::new(AuthorKind::Phone, random::bytes(random)?);
        let device = Device {
            author: author.clone(),
            person: person.to_owned(),
            paired_at: now_millis,
            last_request: 0,
            last_sync_at: None,
            last_rev: 0,
            revoked_at: None,
        };
        // Authors have 40 bits: two of them meet in a large council some day.
        if tx.add_device(&device, token_hash)? {
            return Ok(author);
        }
    }
}

/// A code whose name no living invitation has.
fn unused_code(
    tx: &mut dyn Tx,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairingCode, ServiceError> {
    for _ in 0..NAME_TRIES {
        let code = PairingCode::new(random::bytes(random)?);
        let in_use = tx.invitation(code.name())?.is_some_and(|invitation| {
            invitation.used_at.is_none() && now_millis < invitation.expires_at
        });
        if !in_use {
            return Ok(code);
        }
    }
    Err(ServiceError::Taken("code"))
}

fn secret_hash(salt: &[u8], code: &PairingCode) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(code.secret().as_bytes());
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests;
