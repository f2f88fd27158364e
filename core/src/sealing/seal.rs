//! One cell's value, sealed and opened.
//!
//! **The cipher** is AES-256-GCM-SIV (RFC 8452), under a key of the record's own. The whole
//! [`Context`] is its associated data.
//!
//! **The nonce** is not sent: it is cut from the SHA-256 of that associated data, which both sides
//! have. A random one would cost 16 characters in each cell of a small data plan. It would buy
//! nothing, as a stamp names one edit: no cell is written twice with one stamp. But a phone cloned
//! from a backup may take a stamp that was taken before. GCM-SIV is made for that: two values
//! sealed under one nonce show whether they are equal and nothing else, and neither can be forged.
//! It also makes sealing repeatable, so a repeated request is the same request to the byte.
//!
//! **The text** is `s1.` and the unpadded base64url of ciphertext and tag; 1 is the version of
//! all that is in this module. The tag stays whole at 128 bits.

use aes_gcm_siv::{
    Aes256GcmSiv, Error, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::BASE64URL_NOPAD;
use promise_protocol::Stamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{AccountKey, padding, parts};

const LABEL: &str = "pocket-promise sealed cell 1";
const VERSION: &str = "1";
const NONCE_BYTES: usize = 12;

/// The one cell in which a sealed value can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    /// The council whose server carries it.
    pub council: &'a str,
    /// The person whose cell it is.
    pub person: &'a str,
    /// The collection the record is in.
    pub collection: &'a str,
    /// The record's name as the server knows it: in a sealed collection, its sealed name.
    pub record: &'a str,
    /// The field.
    pub field: &'a str,
    /// When and by whom the value was written. A cell that is re-stamped is sealed again.
    pub stamp: &'a Stamp,
}

impl Context<'_> {
    fn associated_data(&self) -> Vec<u8> {
        let Self { council, person, collection, record, field, stamp } = self;
        parts::encode(&[LABEL, council, person, collection, record, field, &stamp.to_string()])
    }
}

/// Why a value cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// It is larger than any field may be.
    #[error("too large to be sealed")]
    TooLarge,
}

/// Why a text cannot be opened. What to do differs, and nothing more is told apart: a wrong key, a
/// forged cell and a swapped one look alike on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// It is not a sealed value at all.
    #[error("not a sealed value")]
    NotSealed,
    /// A newer version of the app sealed it: keep it, and ask for an update.
    #[error("sealed by a newer version")]
    UnknownVersion,
    /// Sealed under another key, for another cell, or altered: keep it aside and go on.
    #[error("could not be opened")]
    CannotOpen,
}

/// Seals a value for one cell. The same value in the same cell comes out the same.
pub fn seal(key: &AccountKey, context: &Context<'_>, value: &Value) -> Result<String, SealError> {
    let plain = padded_json(value).ok_or(SealError::TooLarge)?;
    let record_key = key.record_key(context.collection, context.record);
    let data = context.associated_data();
    let sealed = encrypt(&record_key, &nonce_for(&data), &data, &plain);
    sealed
        .map(|sealed| format!("s{VERSION}.{}", BASE64URL_NOPAD.encode(&sealed)))
        .map_err(|_| SealError::TooLarge)
}

/// Opens what was sealed for this cell under this key, and nothing else.
pub fn open(key: &AccountKey, context: &Context<'_>, text: &str) -> Result<Value, OpenError> {
    let sealed =
        BASE64URL_NOPAD.decode(sealed_part(text)?.as_bytes()).map_err(|_| OpenError::CannotOpen)?;
    let record_key = key.record_key(context.collection, context.record);
    let data = context.associated_data();
    let plain = decrypt(&record_key, &nonce_for(&data), &data, &sealed)
        .map_err(|_| OpenError::CannotOpen)?;
    let json = padding::unpad(&plain).ok_or(OpenError::CannotOpen)?;
    serde_json::from_slice(json).map_err(|_| OpenError::CannotOpen)
}

/// The value as JSON, padded; `None` if it is too large.
///
/// This is not canonical JSON: no hash names this text, and canonical JSON would round a large
/// number that a newer version may have written. It is measured before it is written, as a buffer
/// that grows leaves copies of itself behind.
fn padded_json(value: &Value) -> Option<Zeroizing<Vec<u8>>> {
    let mut length = Length(0);
    serde_json::to_writer(&mut length, value).ok()?;
    let mut plain = Zeroizing::new(Vec::with_capacity(padding::padded_size(length.0)?));
    serde_json::to_writer(&mut *plain, value).ok()?;
    padding::pad(&mut plain).then_some(plain)
}

/// Counts what is written, and keeps none of it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What follows the version, if it is this one.
fn sealed_part(text: &str) -> Result<&str, OpenError> {
    let (version, sealed) =
        text.strip_prefix('s').and_then(|rest| rest.split_once('.')).ok_or(OpenError::NotSealed)?;
    let is_number = (1..=3).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    match version {
        VERSION => Ok(sealed),
        _ if is_number => Err(OpenError::UnknownVersion),
        _ => Err(OpenError::NotSealed),
    }
}

fn nonce_for(data: &[u8]) -> [u8; NONCE_BYTES] {
    let hash: [u8; 32] = Sha256::digest(data).into();
    let mut nonce = [0; NONCE_BYTES];
    for (byte, hashed) in nonce.iter_mut().zip(hash) {
        *byte = hashed;
    }
    nonce
}

/// Fails only above 64 GiB.
pub(super) fn encrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE_BYTES],
    data: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, Error> {
    Aes256GcmSiv::new(key.into()).encrypt(&Nonce::from(*nonce), Payload { msg: plain, aad: data })
}

/// Fails for all that [`encrypt`] did not make with the same key, nonce and data.
pub(super) fn decrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE_BYTES],
    data: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    Aes256GcmSiv::new(key.into())
        .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: data })
        .map(Zeroizing::new)
}
