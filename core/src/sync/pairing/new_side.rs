//! The new phone's side of a pairing. Nothing of it is stored until both sides said yes.

use promise_protocol::{
    PairRequest, PairResponse, PairingCode,
    pairing::{
        CompareLink, EarlierPairing, NewPhone, PairOffer, PairProgress, PairingDigits, Transcript,
        TranscriptHash,
    },
};

use super::{PairingError, random};
use crate::{
    sealing::{HandoverKey, HandoverSecret, PhoneKey, RecoveryPhrase},
    store::Pairing,
};

/// A new phone that has sent nothing, or has no answer yet.
pub struct NewSide {
    code: PairingCode,
    server: String,
    phone: NewPhone,
    key: HandoverKey,
    phone_key: PhoneKey,
}

impl NewSide {
    /// Makes the keys, the nonce and the token of a new phone for a code of this server.
    pub fn new(server: &str, code: PairingCode) -> Result<Self, PairingError> {
        let (key, phone_key) = (HandoverKey::generate()?, PhoneKey::generate()?);
        let public = phone_key.public();
        let phone = NewPhone::new(random()?, key.public().clone(), public, random()?);
        Ok(Self { code, server: server.to_owned(), phone, key, phone_key })
    }

    /// The request until the other side has added its part: it commits to the keys.
    pub fn request(&self) -> PairRequest {
        self.phone.start(&self.code.to_string(), &self.server)
    }

    /// Adds the other side's part. From here on the phone shows the digits, and opens its commitment.
    pub fn offered(self, offer: PairOffer) -> Result<Offered, PairingError> {
        let Self { code, server, phone, key, phone_key } = self;
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
        Ok(Offered { code, server, phone, phone_key, earlier: None, offer, hash, secret })
    }
}

/// A new phone that shows its digits.
pub struct Offered {
    code: PairingCode,
    server: String,
    phone: NewPhone,
    phone_key: PhoneKey,
    /// The proof that this phone is the one of an earlier pairing.
    earlier: Option<EarlierPairing>,
    offer: PairOffer,
    hash: TranscriptHash,
    /// With the phone that made the code; `None` if no phone did.
    secret: Option<HandoverSecret>,
}

impl Offered {
    /// Adds the proof that this is the phone of an earlier pairing, which its first sync then replaces. Only the
    /// server of that pairing learns of it, and a phone that was released has none to replace.
    #[must_use]
    pub fn after(self, held: Option<&Pairing>) -> Self {
        let is_its_own = |held: &&Pairing| {
            held.token().is_some()
                && held.server == self.server
                && held.council == self.offer.council
        };
        let earlier = held
            .filter(is_its_own)
            .map(|held| EarlierPairing::prove(&held.author, self.hash, &held.key.signing_key()));
        Self { earlier, ..self }
    }

    /// The request that opens the commitment, and is repeated until the other side said yes.
    pub fn request(&self) -> PairRequest {
        self.phone.open_again(&self.code.to_string(), &self.server, self.earlier.clone())
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

    /// The key that this phone has once it is paired.
    pub fn phone_key(&self) -> PhoneKey {
        self.phone_key.clone()
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
