//! The requests of a new phone.

use super::{Opening, PairRequest, PairingKey, PairingNonce, PhoneToken, Relink, VALUE_BYTES};

/// What a new phone made for one pairing, without the secret half of its key. It is the same in every
/// request, so that each can be repeated.
#[derive(Clone, Debug)]
pub struct NewPhone {
    /// The token that the phone has once it is paired.
    pub token: PhoneToken,
    /// The key and the nonce that it commits to.
    pub opening: Opening,
}

impl NewPhone {
    /// Wraps a key, and random bytes for the token and the nonce.
    pub fn new(token: [u8; VALUE_BYTES], key: PairingKey, nonce: [u8; VALUE_BYTES]) -> Self {
        let nonce = PairingNonce::new(nonce);
        Self { token: PhoneToken::new(token), opening: Opening { key, nonce } }
    }

    /// The request that commits to the key.
    pub fn start(&self, code: &str, server: &str) -> PairRequest {
        let commitment = self.opening.commitment();
        PairRequest::new(code.to_owned(), self.token.clone(), server.to_owned(), commitment)
    }

    /// The request that opens the commitment, and asks whether the other side said yes.
    pub fn open(&self, code: &str, server: &str) -> PairRequest {
        self.start(code, server).opened(self.opening.clone())
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
