//! The new phone's side of a pairing. Nothing of it is stored until both sides said yes.

use promise_protocol::{
    PairRequest, PairResponse, PairingCode,
    pairing::{
        CompareLink, NewPhone, PairOffer, PairProgress, PairingDigits, Transcript, TranscriptHash,
    },
};

use super::{PairingError, random};
use crate::sealing::{HandoverKey, HandoverSecret, RecoveryPhrase};

/// A new phone that has sent nothing, or has no answer yet.
pub struct NewSide {
    code: PairingCode,
    server: String,
    phone: NewPhone,
    key: HandoverKey,
}

impl NewSide {
    /// Makes the key, the nonce and the token of a new phone for a code of this server.
    pub fn new(server: &str, code: PairingCode) -> Result<Self, PairingError> {
        let key = HandoverKey::generate()?;
        let phone = NewPhone::new(random()?, key.public().clone(), random()?);
        Ok(Self { code, server: server.to_owned(), phone, key })
    }

    /// The request until the other side has added its part: it commits to the key.
    pub fn request(&self) -> PairRequest {
        self.phone.start(&self.code.to_string(), &self.server)
    }

    /// Adds the other side's part. From here on the phone shows the digits, and opens its commitment.
    pub fn offered(self, offer: PairOffer) -> Result<Offered, PairingError> {
        let Self { code, server, phone, key } = self;
        let transcript = Transcript {
            code: code.invitation_id(),
            server: &server,
            council: &offer.council,
            inviter: &offer.inviter,
            opening: &phone.opening,
            nonce: &offer.nonce,
            key: offer.key.as_ref(),
        };
        let hash = transcript.hash();
        let secret = offer.key.as_ref().map(|other| key.agree(other, hash)).transpose()?;
        Ok(Offered { code, server, phone, offer, hash, secret })
    }
}

/// A new phone that shows its digits.
pub struct Offered {
    code: PairingCode,
    server: String,
    phone: NewPhone,
    offer: PairOffer,
    hash: TranscriptHash,
    /// With the phone that made the code; `None` if no phone did.
    secret: Option<HandoverSecret>,
}

impl Offered {
    /// The request that opens the commitment, and is repeated until the other side said yes.
    pub fn request(&self) -> PairRequest {
        self.phone.open(&self.code.to_string(), &self.server)
    }

    /// The request that says no.
    pub fn refusal(&self) -> PairRequest {
        self.phone.refuse(&self.code.to_string(), &self.server)
    }

    /// The address of the server.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The token that works once the phone is paired.
    pub fn token(&self) -> String {
        self.phone.token.to_string()
    }

    /// What the person is shown.
    pub fn offer(&self) -> &PairOffer {
        &self.offer
    }

    /// The digits that both sides show.
    pub fn digits(&self) -> PairingDigits {
        self.hash.digits()
    }

    /// What the phone that made the code scans in place of the digits; `None` if no phone made it.
    pub fn link(&self) -> Option<CompareLink> {
        let code = self.code.invitation_id().to_owned();
        self.secret.as_ref().map(|_| CompareLink { code, hash: self.hash })
    }

    /// Returns what the phone needs to sync, once the other side said yes. That it is of the council that the
    /// person was shown is checked.
    pub fn paired(&self, progress: PairProgress) -> Result<Option<Accepted>, PairingError> {
        let Some(response) = progress.paired else { return Ok(None) };
        if response.council != self.offer.council {
            return Err(PairingError::Differs);
        }
        let secret = self.secret.as_ref().zip(progress.phrase.as_ref());
        let phrase = secret
            .and_then(|(secret, sealed)| secret.open(sealed, &response.council, &response.person));
        Ok(Some((response, phrase)))
    }
}

/// What a new phone stores: the response, and the recovery phrase if the other phone gave it.
pub type Accepted = (PairResponse, Option<RecoveryPhrase>);
