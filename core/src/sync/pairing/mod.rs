//! Pairing, sans I/O: what a new phone and the phone that invited it send, and what both people compare.
//! `PROTOCOL.md`, section 3, has the rules with their reasons.

mod new_side;
mod old_side;
#[cfg(test)]
mod tests;

use thiserror::Error;

pub use new_side::{Accepted, NewSide, Offered};
pub use old_side::{Compared, OldSide};

use crate::sealing::{InvalidKey, NoRandomBytes};

/// Why a pairing does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PairingError {
    /// The two sides have not seen the same. Another phone, or someone in between, has answered.
    #[error("the two sides have not seen the same")]
    Differs,
    /// The system gave no random bytes.
    #[error("no random bytes")]
    NoRandomBytes,
}

impl From<NoRandomBytes> for PairingError {
    fn from(_: NoRandomBytes) -> Self {
        Self::NoRandomBytes
    }
}

impl From<InvalidKey> for PairingError {
    fn from(_: InvalidKey) -> Self {
        Self::Differs
    }
}

/// Fills bytes with random ones.
fn random() -> Result<[u8; 32], PairingError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| PairingError::NoRandomBytes)?;
    Ok(bytes)
}
