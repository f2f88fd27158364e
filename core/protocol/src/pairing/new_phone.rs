//! The requests of a new phone.

use super::{
    EarlierPairing, Opening, PairRequest, PairingKey, PairingNonce, PhoneToken, Relink, VALUE_BYTES,
};
use crate::signature::PublicKey;

/// What a new phone made for one pairing, without the secret halves of its keys. It is the same in every
/// request, so that each can be repeated.
#[derive(Clone, Debug)]
pub struct NewPhone {
    /// The token that the phone has once it is paired.
    pub token: PhoneToken,
    /// The keys and the nonce that it commits to.
    pub opening: Opening,
}

impl NewPhone {
    /// Wraps the public halves of the keys, and random bytes for the token and the nonce.
    pub fn new(
        token: [u8; VALUE_BYTES],
        key: PairingKey,
        signing_key: PublicKey,
        nonce: [u8; VALUE_BYTES],
    ) -> Self {
        let nonce = PairingNonce::new(nonce);
        let opening = Opening { key, signing_key, nonce };
        Self { token: PhoneToken::new(token), opening }
    }

    /// The request that commits to the keys.
    pub fn start(&self, code: &str, server: &str) -> PairRequest {
        let commitment = self.opening.commitment();
        PairRequest::new(code.to_owned(), self.token.clone(), server.to_owned(), commitment)
    }

    /// The request that opens the commitment, and asks whether the other side said yes.
    pub fn open(&self, code: &str, server: &str) -> PairRequest {
        self.start(code, server).opened(self.opening.clone())
    }

    /// The same for a phone that was paired before, and proves it.
    pub fn open_again(
        &self,
        code: &str,
        server: &str,
        earlier: Option<EarlierPairing>,
    ) -> PairRequest {
        PairRequest { earlier, ..self.open(code, server) }
    }

    /// The request that says no.
    pub fn refuse(&self, code: &str, server: &str) -> PairRequest {
        PairRequest { refused: true, ..self.start(code, server) }
    }

    /// The request of a phone that is linked again.
    pub fn relink(&self, code: &str, server: &str, relink: Relink) -> PairRequest {
        PairRequest::relinking(code.to_owned(), self.token.clone(), server.to_owned(), relink)
    }
}
