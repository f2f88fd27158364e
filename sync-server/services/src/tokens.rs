//! Bearer tokens of phones, sessions and sign-in links.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::{Random, ServiceError, random};

/// Generates a token of 256 random bits.
pub(crate) fn new_token(random: &mut dyn Random) -> Result<String, ServiceError> {
    Ok(BASE64URL_NOPAD.encode(&random::bytes::<32>(random)?))
}

/// Hashes a token for storage. Its 256 random bits cannot be guessed from a plain hash.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
