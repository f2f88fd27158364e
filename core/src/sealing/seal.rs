//! Sealing and opening the value of one cell.
//!
//! **The cipher** is AES-256-GCM-SIV (RFC 8452), under a key of the record's own. The whole
//! [`Context`] is its associated data.
//!
//! **The nonce** is not sent: it is cut from the SHA-256 of the associated data, which both sides
//! have. A random nonce would cost 16 characters in each cell of a small data plan, and gain nothing:
//! a stamp belongs to one edit, so no cell is written twice with one stamp. Only a phone cloned from a
//! backup may take a stamp again. GCM-SIV is made for this case: two values sealed under one nonce
//! reveal whether they are equal and nothing else, and neither can be forged. Sealing is therefore
//! repeatable, so a repeated request is the same request to the byte.
//!
//! **The text** is `s1.` and the unpadded base64url of ciphertext and tag; 1 is the version of
//! everything in this module. The tag has its full 128 bits.

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
    /// The id of the council whose server stores the cell.
    pub council: &'a str,
    /// The id of the person whose cell it is.
    pub person: &'a str,
    /// The collection of the record.
    pub collection: &'a str,
    /// The record's id on the server: in a sealed collection, its sealed id.
    pub record: &'a str,
    /// The field.
    pub field: &'a str,
    /// The stamp of the value. A cell that is re-stamped is sealed again.
    pub stamp: &'a Stamp,
}

impl Context<'_> {
    fn associated_data(&self) -> Vec<u8> {
        let Self { council, person, collection, record, field, stamp } = self;
        parts::encode(&[LABEL, council, person, collection, record, field, &stamp.to_string()])
    }
}

/// Why a value was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// The value is larger than any field may be.
    #[error("too large to be sealed")]
    TooLarge,
}

/// Why a text was not opened. The variants are those that a caller handles differently. A wrong key,
/// a forged cell and a moved one look alike on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The text is not a sealed value.
    #[error("not a sealed value")]
    NotSealed,
    /// A newer version of the app sealed it. Keep the cell until the app is updated.
    #[error("sealed by a newer version")]
    UnknownVersion,
    /// It was sealed under another key or for another cell, or altered. Keep the cell as
    /// undecryptable and go on.
    #[error("could not be opened")]
    CannotOpen,
}

/// Seals a value for one cell. The result is the same each time.
pub fn seal(key: &AccountKey, context: &Context<'_>, value: &Value) -> Result<String, SealError> {
    let plain = padded_json(value).ok_or(SealError::TooLarge)?;
    let record_key = key.record_key(context.collection, context.record);
    let data = context.associated_data();
    let sealed = encrypt(&record_key, &nonce_for(&data), &data, &plain);
    sealed
        .map(|sealed| format!("s{VERSION}.{}", BASE64URL_NOPAD.encode(&sealed)))
        .map_err(|_| SealError::TooLarge)
}

/// Opens a text that was sealed for this cell under this key.
pub fn open(key: &AccountKey, context: &Context<'_>, text: &str) -> Result<Value, OpenError> {
    let sealed = BASE64URL_NOPAD
        .decode(strip_version(text)?.as_bytes())
        .map_err(|_| OpenError::CannotOpen)?;
    let record_key = key.record_key(context.collection, context.record);
    let data = context.associated_data();
    let plain = decrypt(&record_key, &nonce_for(&data), &data, &sealed)
        .map_err(|_| OpenError::CannotOpen)?;
    let json = padding::unpad(&plain).ok_or(OpenError::CannotOpen)?;
    serde_json::from_slice(json).map_err(|_| OpenError::CannotOpen)
}

/// Returns the value as padded JSON, or `None` if it is too large.
///
/// The JSON is not canonical: no hash refers to it, and canonical JSON would round a large number
/// that a newer version may have written. Its length is measured first, because a buffer that grows
/// leaves copies of itself behind.
fn padded_json(value: &Value) -> Option<Zeroizing<Vec<u8>>> {
    let mut length = Length(0);
    serde_json::to_writer(&mut length, value).ok()?;
    let mut plain = Zeroizing::new(Vec::with_capacity(padding::padded_size(length.0)?));
    serde_json::to_writer(&mut *plain, value).ok()?;
    padding::pad(&mut plain).then_some(plain)
}

/// A writer that only counts bytes.
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

/// Returns what follows the version, if that is the version of this module.
fn strip_version(text: &str) -> Result<&str, OpenError> {
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

/// Encrypts and authenticates. Fails only above 64 GiB.
pub(super) fn encrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE_BYTES],
    data: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, Error> {
    Aes256GcmSiv::new(key.into()).encrypt(&Nonce::from(*nonce), Payload { msg: plain, aad: data })
}

/// Decrypts. Fails unless [`encrypt`] returned `sealed` for the same key, nonce and data.
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
