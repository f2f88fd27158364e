//! The steps of a phone that waits with a code: it commits to a key, gets the other side's part, opens what
//! it committed to, and is paired when the other side said yes to the digits that both show.

use promise_protocol::{
    Author, PairRequest, PhoneOrder,
    access::AccessRole,
    fault_injection::{Fault, is_injected},
    pairing::{
        MAX_SERVER_BYTES, PairOffer, PairProgress, PairingEnd, PairingNonce, Transcript,
        TranscriptHash,
    },
    phone_record,
};

use super::{Claim, CodeRefusal, Joining, invite, pair, response};
use crate::{
    Entity, Random, ServiceError,
    audit::{self, AuditAction, Subject},
    devices::revoking::revoke_device,
    names, random, tokens,
};
use promise_database::{
    Actor, DatabaseError, Device, Invitation, Inviter, PairingOutcome, PendingPairing, Person, Tx,
};

/// Takes the next step of a phone with the right code. `is_usual` is `false` for a code that links one
/// phone again.
pub(super) fn advance(
    tx: &mut dyn Tx,
    person: &Person,
    invitation: Invitation,
    (request, is_usual): (&PairRequest, bool),
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Claim, ServiceError> {
    if request.server.len() > MAX_SERVER_BYTES {
        return Err(ServiceError::TooLarge);
    }
    let mut step = Step { tx, person, invitation, request, now_millis };
    if let Some(refusal) = step.ended()? {
        return Ok(Claim::Refused(refusal));
    }
    if !is_usual {
        // A phone that asks in the other way: the code is not used up.
        return Ok(Claim::Refused(CodeRefusal::OtherPhone));
    }
    if step.invitation.pending.is_none() {
        return step.start(random);
    }
    step.go_on(random)
}

/// One request of a phone, and the invitation that it claims.
struct Step<'a> {
    tx: &'a mut dyn Tx,
    person: &'a Person,
    invitation: Invitation,
    request: &'a PairRequest,
    now_millis: i64,
}

impl Step<'_> {
    /// Returns why the code pairs no phone, or not this one. A second phone ends it for both.
    fn ended(&mut self) -> Result<Option<CodeRefusal>, ServiceError> {
        let is_open = invite::is_open(self.tx, &self.invitation, self.now_millis)?;
        let Some(pending) = &self.invitation.pending else {
            let is_used = self.invitation.used_at.is_some();
            let refusal = if is_used { CodeRefusal::Used } else { CodeRefusal::Expired };
            return Ok((is_used || !is_open).then_some(refusal));
        };
        let (is_same, outcome) = (is_same(pending, self.request), pending.outcome.clone());
        Ok(match outcome {
            Some(PairingOutcome::Ended(PairingEnd::TwoPhones)) => Some(CodeRefusal::TwoPhones),
            Some(PairingOutcome::Ended(PairingEnd::Refused)) if is_same => {
                Some(CodeRefusal::Refused)
            }
            Some(PairingOutcome::Paired(_)) if is_same => None,
            Some(_) => Some(CodeRefusal::Used),
            None if !is_open => Some(CodeRefusal::Expired),
            None if is_same => None,
            None if is_injected(Fault::SecondPhoneTakesPlace) => {
                self.invitation.pending = None;
                None
            }
            None => {
                self.end(PairingEnd::TwoPhones)?;
                Some(CodeRefusal::TwoPhones)
            }
        })
    }

    /// Stores what the phone committed to. The other side adds its part: for a code of staff at once, and for
    /// one of a phone when that phone answers.
    fn start(&mut self, random: &mut dyn Random) -> Result<Claim, ServiceError> {
        let Some(commitment) = self.request.commitment.clone() else {
            return Ok(Claim::Refused(CodeRefusal::OtherPhone));
        };
        if self.request.refused {
            return Ok(Claim::Refused(CodeRefusal::Refused));
        }
        let nonce = match self.invitation.invited_by {
            Some(_) => None,
            None => Some(PairingNonce::new(random::bytes(random)?)),
        };
        self.invitation.pending = Some(PendingPairing {
            started_at: self.now_millis,
            server: self.request.server.clone(),
            commitment,
            token_hash: tokens::hash(&self.request.token.to_string()),
            nonce,
            key: None,
            opening: None,
            confirmed_at: None,
            phrase: None,
            outcome: None,
            replaces: None,
        });
        self.tx.set_invitation(&self.invitation)?;
        self.record(AuditAction::StartedPairing)?;
        self.answer(None)
    }

    fn go_on(&mut self, random: &mut dyn Random) -> Result<Claim, ServiceError> {
        let Some(mut pending) = self.invitation.pending.clone() else {
            return Ok(Claim::Refused(CodeRefusal::Used));
        };
        if let Some(PairingOutcome::Paired(phone)) = &pending.outcome {
            return if self.request.refused { self.take_off(phone) } else { self.again(phone) };
        }
        if self.request.refused {
            self.end(PairingEnd::Refused)?;
            return Ok(Claim::Refused(CodeRefusal::Refused));
        }
        // Without the other side's part it is too early: the phone must not open first.
        if let Some(opening) = &self.request.opening
            && pending.opening.is_none()
            && pending.nonce.is_some()
        {
            if !opening.opens(&pending.commitment) {
                self.end(PairingEnd::Refused)?;
                return Ok(Claim::Refused(CodeRefusal::Refused));
            }
            pending.opening = Some(opening.clone());
            self.invitation.pending = Some(pending.clone());
            self.tx.set_invitation(&self.invitation)?;
        }
        let is_confirmed =
            pending.confirmed_at.is_some() || is_injected(Fault::PairingNotConfirmed);
        let Some(opening) = pending.opening.clone().filter(|_| is_confirmed) else {
            return self.answer(None);
        };
        if is_token_in_use(self.tx, &pending.token_hash)? {
            self.end(PairingEnd::Refused)?;
            return Ok(Claim::Refused(CodeRefusal::Refused));
        }
        let earlier = self.earlier()?;
        let new = Joining {
            inviter: Inviter::of(&self.invitation),
            token_hash: &pending.token_hash,
            signing_key: opening.signing_key,
            earlier: earlier.as_ref(),
        };
        let device = pair(self.tx, self.person, new, self.now_millis, random)?;
        pending.replaces = earlier.map(|earlier| earlier.author.to_string());
        pending.outcome = Some(PairingOutcome::Paired(device.author.to_string()));
        self.invitation.pending = Some(pending);
        self.invitation.used_at = Some(self.now_millis);
        self.tx.set_invitation(&self.invitation)?;
        self.answer(Some(&device))
    }

    /// Returns the phone's earlier pairing, if that is in use and the phone proved with its key that it is the same
    /// one. What comes without such a proof is another phone.
    fn earlier(&mut self) -> Result<Option<Device>, ServiceError> {
        let (request, person) = (self.request, self.person);
        let Some(proof) = &request.earlier else { return Ok(None) };
        let Some(hash) = transcript(person, &self.invitation) else { return Ok(None) };
        let Ok(author) = proof.author.parse::<Author>() else { return Ok(None) };
        let device = in_use(self.tx, person, &author)?;
        Ok(device.filter(|device| proof.is_by(hash, &device.signing_key)))
    }

    /// Takes the phone off whose person said no, although it was paired before that: the response was lost,
    /// and the phone has thrown its token away. Nothing happens to a phone that is in use.
    fn take_off(&mut self, phone: &str) -> Result<Claim, ServiceError> {
        let device = self.paired(phone)?;
        if device.last_sync_at.is_none() {
            let (order, now) = (PhoneOrder::Release, self.now_millis);
            revoke_device(self.tx, self.person, device, order, now)?;
            self.end(PairingEnd::Refused)?;
        }
        Ok(Claim::Refused(CodeRefusal::Refused))
    }

    fn paired(&mut self, phone: &str) -> Result<Device, ServiceError> {
        let author = phone.parse().map_err(|_| ServiceError::NotFound(Entity::Phone))?;
        self.tx.device(&author)?.ok_or(ServiceError::NotPaired)
    }

    /// Returns the response again to a phone that was paired before: it was lost.
    fn again(&mut self, phone: &str) -> Result<Claim, ServiceError> {
        let device = self.paired(phone)?;
        match &device.revoked {
            Some(order) => Err(ServiceError::Revoked(order.clone())),
            None if device.last_sync_at.is_some() => Ok(Claim::Refused(CodeRefusal::Used)),
            None => self.answer(Some(&device)),
        }
    }

    /// Ends the code. No phone is paired with it.
    fn end(&mut self, end: PairingEnd) -> Result<(), ServiceError> {
        end_pending(self.tx, &mut self.invitation, end, self.now_millis)?;
        self.record(AuditAction::RefusedPairing)
    }

    fn answer(&mut self, device: Option<&Device>) -> Result<Claim, ServiceError> {
        let mut progress = PairProgress { offer: self.offer()?, ..PairProgress::default() };
        if let Some(device) = device {
            progress.paired = Some(response(self.tx, self.person, device, self.now_millis)?);
            let pending = self.invitation.pending.as_ref();
            progress.phrase = pending.and_then(|pending| pending.phrase.clone());
        }
        Ok(Claim::Answered(Box::new(progress)))
    }

    /// The other side's part, once it is there.
    fn offer(&mut self) -> Result<Option<PairOffer>, ServiceError> {
        let Some(pending) = &self.invitation.pending else { return Ok(None) };
        let Some(nonce) = pending.nonce.clone() else { return Ok(None) };
        let council = self.tx.council(&self.person.council)?;
        let council = council.ok_or(ServiceError::NotFound(Entity::Council))?;
        let by = match &self.invitation.invited_by_staff {
            Some(staff) => Some(names::display_name(self.tx, staff)?).filter(|it| !it.is_empty()),
            None => None,
        };
        Ok(Some(PairOffer {
            council: council.id.into_string(),
            council_name: council.name,
            inviter: inviter_word(&self.invitation),
            by,
            nonce,
            key: pending.key.clone(),
        }))
    }

    fn record(&mut self, action: AuditAction) -> Result<(), ServiceError> {
        let by = (&Actor::OwnPhone, &AccessRole::OwnPhone);
        let (subject, detail) = (Subject::Person(self.person), detail(&self.invitation));
        audit::record_as(self.tx, by, subject, action, &detail, self.now_millis)
    }
}

/// Returns `true` if the request is of the phone that waits.
fn is_same(pending: &PendingPairing, request: &PairRequest) -> bool {
    request.commitment.as_ref() == Some(&pending.commitment)
        && tokens::hash(&request.token.to_string()) == pending.token_hash
}

/// Returns `true` if a phone has, or had, this token. An honest phone makes a new one for each pairing.
pub(super) fn is_token_in_use(tx: &mut dyn Tx, token_hash: &[u8]) -> Result<bool, ServiceError> {
    Ok(tx.device_by_token(token_hash)?.is_some()
        || tx.revoked_phone_by_token(token_hash)?.is_some())
}

/// Ends the code of a phone that waits.
pub(super) fn end_pending(
    tx: &mut dyn Tx,
    invitation: &mut Invitation,
    end: PairingEnd,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if let Some(pending) = &mut invitation.pending {
        pending.outcome = Some(PairingOutcome::Ended(end));
    }
    invitation.used_at = Some(now_millis);
    Ok(tx.set_invitation(invitation)?)
}

/// What the log says of a pairing: which code, by the part of it that is no secret.
pub(super) fn detail(invitation: &Invitation) -> String {
    format!("code {}", invitation.id)
}

/// Returns the hash of what both sides have seen, once the phone has opened what it committed to.
pub(super) fn transcript(person: &Person, invitation: &Invitation) -> Option<TranscriptHash> {
    let pending = invitation.pending.as_ref()?;
    let transcript = Transcript {
        code: &invitation.id,
        server: &pending.server,
        council: person.council.as_str(),
        inviter: &inviter_word(invitation),
        opening: pending.opening.as_ref()?,
        nonce: pending.nonce.as_ref()?,
        key: pending.key.as_ref(),
    };
    Some(transcript.hash())
}

fn inviter_word(invitation: &Invitation) -> phone_record::Inviter {
    match Inviter::of(invitation) {
        Inviter::Operator => phone_record::Inviter::Operator,
        Inviter::Staff(_) => phone_record::Inviter::Staff,
        Inviter::Phone(_) => phone_record::Inviter::Phone,
    }
}

/// Ends the pairing of a phone at its first sync, which shows that the response arrived: empties what is kept of it,
/// and takes the phone's earlier pairing off. Until then that one works, because the response can be lost for
/// good.
pub(crate) fn arrived(
    tx: &mut dyn Tx,
    person: &Person,
    device: &Device,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let paired = PairingOutcome::Paired(device.author.to_string());
    for mut invitation in tx.invitations_of(&device.person)? {
        let ended = invitation.pending.take_if(|it| it.outcome.as_ref() == Some(&paired));
        let Some(ended) = ended else { continue };
        tx.set_invitation(&invitation)?;
        if let Some(earlier) = ended.replaces.and_then(|it| it.parse::<Author>().ok()) {
            replace(tx, person, &earlier, device, now_millis)?;
        }
    }
    Ok(())
}

/// Returns a phone of this person, if it was not revoked.
fn in_use(
    tx: &mut dyn Tx,
    person: &Person,
    author: &Author,
) -> Result<Option<Device>, ServiceError> {
    Ok(tx.device(author)?.filter(|it| it.person == person.id && !it.is_revoked()))
}

/// Releases the earlier pairing of a phone that was paired again.
fn replace(
    tx: &mut dyn Tx,
    person: &Person,
    earlier: &Author,
    device: &Device,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let Some(replaced) = in_use(tx, person, earlier)? else { return Ok(()) };
    let done = revoke_device(tx, person, replaced, PhoneOrder::Release, now_millis);
    // A signer signs only so many orders. The person can take it off later, and must be able to sync now.
    let is_unsigned = matches!(done, Err(ServiceError::Database(DatabaseError::NotSigned(_))));
    if is_unsigned && in_use(tx, person, earlier)?.is_some() {
        return Ok(());
    }
    done?;
    let by = (&Actor::OwnPhone, &AccessRole::OwnPhone);
    let detail = format!("{earlier} by {}", device.author);
    let action = AuditAction::ReleasedPhone;
    audit::record_as(tx, by, Subject::Person(person), action, &detail, now_millis)
}
