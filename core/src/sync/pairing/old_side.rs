//! The side of the phone that made the code.

use promise_protocol::{
    PROTOCOL,
    fault_injection::{Fault, is_injected},
    pairing::{
        CompareLink, PairingAnswer, PairingDecision, PairingDigits, PairingKey, PairingNonce,
        SealedPhrase, Transcript, TranscriptHash, WaitingPhone, WaitingPhones,
    },
    phone_record::Inviter,
};

use super::{PairingError, random};
use crate::{
    sealing::{HandoverKey, HandoverSecret, RecoveryPhrase},
    store::Pairing,
};

/// A phone that has seen what a new one committed to.
pub struct OldSide {
    /// The new phone, as it was seen first: what it commits to later does not count.
    first: WaitingPhone,
    key: HandoverKey,
    nonce: PairingNonce,
}

impl OldSide {
    /// Makes this phone's part for a phone that waits.
    pub fn new(first: WaitingPhone) -> Result<Self, PairingError> {
        let (key, nonce) = (HandoverKey::generate()?, PairingNonce::new(random()?));
        Ok(Self { first, key, nonce })
    }

    /// The answer without a decision, which is repeated until the new phone has opened its commitment.
    pub fn answer(&self) -> PairingAnswer {
        answer(self.key.public(), &self.nonce, None)
    }

    /// The answer that says no.
    pub fn refusal(&self) -> PairingAnswer {
        answer(self.key.public(), &self.nonce, Some(PairingDecision::Refused))
    }

    /// Returns `true` if the new phone has opened its commitment.
    pub fn is_opened(&self, now: &WaitingPhones) -> bool {
        self.named(now).is_some_and(|phone| phone.opening.is_some())
    }

    /// Checks what the new phone opened against its commitment, and computes the digits. The new phone's address
    /// of the server must be that of this phone: someone who passes everything on to the right server has
    /// another one.
    pub fn compare(self, now: &WaitingPhones, pairing: &Pairing) -> Result<Compared, PairingError> {
        let opening = self.named(now).and_then(|phone| phone.opening.as_ref());
        let opening = opening.ok_or(PairingError::Differs)?;
        let address = |text: &str| text.trim_end_matches('/').to_owned();
        let is_same_server = address(&self.first.server) == address(&pairing.server);
        if !is_same_server || !opening.opens(&self.first.commitment) {
            return Err(PairingError::Differs);
        }
        let transcript = Transcript {
            code: &self.first.code,
            server: &self.first.server,
            council: &pairing.council,
            inviter: &Inviter::Phone,
            opening,
            nonce: &self.nonce,
            key: Some(self.key.public()),
        };
        let hash = transcript.hash();
        let public = self.key.public().clone();
        let other = if is_injected(Fault::PhraseSealedToOtherKey) {
            now.phones.last().and_then(|phone| phone.opening.as_ref()).unwrap_or(opening)
        } else {
            opening
        };
        let secret = self.key.agree(&other.key, hash)?;
        let (code, nonce) = (self.first.code, self.nonce);
        Ok(Compared { code, public, nonce, hash, secret })
    }

    fn named<'a>(&self, now: &'a WaitingPhones) -> Option<&'a WaitingPhone> {
        now.phones.iter().find(|phone| phone.code == self.first.code)
    }
}

/// A phone that has the same digits as the new one, unless someone is in between.
pub struct Compared {
    code: String,
    public: PairingKey,
    nonce: PairingNonce,
    hash: TranscriptHash,
    secret: HandoverSecret,
}

impl Compared {
    /// The id of the code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The digits that the new phone must show.
    pub fn digits(&self) -> PairingDigits {
        self.hash.digits()
    }

    /// Returns `true` if the new phone shows this: the digits as they were typed, or the text of its QR code.
    pub fn is_shown(&self, typed: &str) -> bool {
        match typed.parse::<CompareLink>() {
            Ok(link) => link.code == self.code && link.hash == self.hash,
            Err(_) => typed.parse::<PairingDigits>() == Ok(self.digits()),
        }
    }

    /// Seals the recovery phrase to the new phone, for the person of this pairing.
    pub fn seal(&self, phrase: &RecoveryPhrase, pairing: &Pairing) -> Option<SealedPhrase> {
        self.secret.seal(phrase, &pairing.council, &pairing.person).ok()
    }

    /// The answer that says yes.
    pub fn confirmation(&self, phrase: Option<SealedPhrase>) -> PairingAnswer {
        let decision = Some(PairingDecision::Confirmed);
        PairingAnswer { phrase, ..answer(&self.public, &self.nonce, decision) }
    }

    /// The answer that says no.
    pub fn refusal(&self) -> PairingAnswer {
        answer(&self.public, &self.nonce, Some(PairingDecision::Refused))
    }
}

fn answer(
    key: &PairingKey,
    nonce: &PairingNonce,
    decision: Option<PairingDecision>,
) -> PairingAnswer {
    let (key, nonce) = (key.clone(), nonce.clone());
    PairingAnswer { protocol: PROTOCOL, key, nonce, decision, phrase: None }
}
