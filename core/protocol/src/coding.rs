//! Content codings: `dcz`, which is zstd with a dictionary that both sides hold (RFC 9842,
//! Compression Dictionary Transport), and plain `zstd`.
//!
//! For packs the dictionary is the pack that the phone already has. For sync messages it is a small
//! static one that both sides compile in.

use std::sync::OnceLock;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use thiserror::Error;
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
};

/// The coding's name in `Accept-Encoding` and `Content-Encoding`.
pub const DCZ: &str = "dcz";

/// zstd level of packs: each is compressed once and fetched by every phone.
const PACK_LEVEL: i32 = 19;
/// zstd level of messages: each is compressed for one request.
const MESSAGE_LEVEL: i32 = 9;
/// zstd level of what a phone compresses for its own store.
const FAST_LEVEL: i32 = 3;

/// RFC 9842, section 5: a skippable zstd frame that holds the dictionary's SHA-256.
const DCZ_MAGIC: [u8; 8] = [0x5e, 0x2a, 0x4d, 0x18, 0x20, 0x00, 0x00, 0x00];
const DCZ_HEADER: usize = DCZ_MAGIC.len() + 32;

/// The bytes that the header adds to a coded message.
const CODING_HEADER: usize = "content-encoding: dcz\r\n".len();

/// The static dictionary of sync messages. It is identified by its hash, so changing one byte makes
/// another dictionary, which released phones do not have. Add a new one; never edit this one.
pub const MESSAGE_DICTIONARY: &[u8] = include_bytes!("message.dictionary");

/// The bytes cannot be decoded. Retrying helps only if they were truncated in transit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CodingError {
    /// The `dcz` header is missing.
    #[error("not in the dcz coding")]
    NotDcz,
    /// The data needs another dictionary.
    #[error("coded with another dictionary")]
    OtherDictionary,
    /// The zstd data is corrupt, or exceeds the limit when decompressed.
    #[error("corrupt, or larger than allowed")]
    Broken,
}

/// Encodes `data` as `dcz` with `dictionary`, at the level for packs.
pub fn encode_dcz(data: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, CodingError> {
    let mut zstd = Compressor::with_dictionary(PACK_LEVEL, dictionary).map_err(broken)?;
    let frame = zstd.compress(data).map_err(broken)?;
    Ok(with_header(&frame, &Sha256::digest(dictionary)))
}

/// Decodes `dcz` with `dictionary`, to at most `limit` bytes.
pub fn decode_dcz(coded: &[u8], dictionary: &[u8], limit: usize) -> Result<Vec<u8>, CodingError> {
    let frame = without_header(coded, &Sha256::digest(dictionary))?;
    let mut zstd = Decompressor::with_dictionary(dictionary).map_err(broken)?;
    zstd.decompress(frame, limit).map_err(broken)
}

/// Encodes `data` as plain `zstd`, at the level for packs.
pub fn encode_zstd(data: &[u8]) -> Result<Vec<u8>, CodingError> {
    zstd::bulk::compress(data, PACK_LEVEL).map_err(broken)
}

/// Encodes `data` as plain `zstd`, fast: for a phone's own store.
pub fn encode_zstd_fast(data: &[u8]) -> Result<Vec<u8>, CodingError> {
    zstd::bulk::compress(data, FAST_LEVEL).map_err(broken)
}

/// Decodes plain `zstd`, to at most `limit` bytes.
pub fn decode_zstd(coded: &[u8], limit: usize) -> Result<Vec<u8>, CodingError> {
    zstd::bulk::decompress(coded, limit).map_err(broken)
}

/// Encodes a message as `dcz` with the static dictionary. Returns `None` if that would not make it
/// smaller, header included: send it as plain JSON then.
pub fn encode_message(json: &[u8]) -> Option<Vec<u8>> {
    static DICTIONARY: OnceLock<EncoderDictionary<'static>> = OnceLock::new();
    let dictionary =
        DICTIONARY.get_or_init(|| EncoderDictionary::copy(MESSAGE_DICTIONARY, MESSAGE_LEVEL));
    let mut zstd = Compressor::with_prepared_dictionary(dictionary).ok()?;
    let coded = with_header(&zstd.compress(json).ok()?, &message_dictionary_hash());
    (coded.len() + CODING_HEADER < json.len()).then_some(coded)
}

/// Decodes a message from [`encode_message`], to at most `limit` bytes.
pub fn decode_message(coded: &[u8], limit: usize) -> Result<Vec<u8>, CodingError> {
    static DICTIONARY: OnceLock<DecoderDictionary<'static>> = OnceLock::new();
    let dictionary = DICTIONARY.get_or_init(|| DecoderDictionary::copy(MESSAGE_DICTIONARY));
    let frame = without_header(coded, &message_dictionary_hash())?;
    let mut zstd = Decompressor::with_prepared_dictionary(dictionary).map_err(broken)?;
    zstd.decompress(frame, limit).map_err(broken)
}

/// The value of `Available-Dictionary` for a dictionary: its SHA-256 as a structured-field byte
/// sequence (RFC 9842, section 2.2; RFC 8941).
pub fn available_dictionary(dictionary: &[u8]) -> String {
    available_dictionary_of(&Sha256::digest(dictionary))
}

/// Like [`available_dictionary`], from a pack's hexadecimal hash. Returns `None` if the text is not
/// hexadecimal.
pub fn available_dictionary_of_pack(hash: &str) -> Option<String> {
    data_encoding::HEXLOWER.decode(hash.as_bytes()).ok().map(|hash| available_dictionary_of(&hash))
}

/// The hexadecimal hash in a value of `Available-Dictionary`. Returns `None` if the value is invalid.
pub fn pack_of_available_dictionary(value: &str) -> Option<String> {
    let name = value.trim().strip_prefix(':')?.strip_suffix(':')?;
    let hash = BASE64.decode(name.as_bytes()).ok().filter(|hash| hash.len() == 32)?;
    Some(data_encoding::HEXLOWER.encode(&hash))
}

fn available_dictionary_of(hash: &[u8]) -> String {
    format!(":{}:", BASE64.encode(hash))
}

fn message_dictionary_hash() -> [u8; 32] {
    static HASH: OnceLock<[u8; 32]> = OnceLock::new();
    *HASH.get_or_init(|| Sha256::digest(MESSAGE_DICTIONARY).into())
}

fn with_header(frame: &[u8], dictionary_hash: &[u8]) -> Vec<u8> {
    [&DCZ_MAGIC, dictionary_hash, frame].concat()
}

fn without_header<'a>(coded: &'a [u8], dictionary_hash: &[u8]) -> Result<&'a [u8], CodingError> {
    let (header, frame) = coded.split_at_checked(DCZ_HEADER).ok_or(CodingError::NotDcz)?;
    let hash = header.strip_prefix(&DCZ_MAGIC).ok_or(CodingError::NotDcz)?;
    match frame {
        _ if hash != dictionary_hash => Err(CodingError::OtherDictionary),
        // zstd decodes no data to no data; here it means that the body was truncated.
        [] => Err(CodingError::Broken),
        _ => Ok(frame),
    }
}

/// zstd's error texts contain nothing that a caller can act on.
fn broken(_: std::io::Error) -> CodingError {
    CodingError::Broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents() -> (Vec<u8>, Vec<u8>) {
        let rows = (0..2000).map(|n| format!("{{\"id\":{n},\"text\":\"row {n}\"}}"));
        let old = rows.collect::<Vec<_>>().join(",");
        let new = old.replacen("row 1000", "row one thousand", 1);
        (old.into_bytes(), new.into_bytes())
    }

    #[test]
    fn one_changed_row_takes_a_few_bytes_and_decodes_unchanged() {
        let (old, new) = documents();
        let coded = encode_dcz(&new, &old).unwrap();
        assert!(coded.len() < 100, "{} bytes", coded.len());
        assert_eq!(decode_dcz(&coded, &old, new.len()).unwrap(), new);
    }

    #[test]
    fn wrong_dictionary_and_corrupt_bytes_are_refused() {
        let (old, new) = documents();
        let coded = encode_dcz(&new, &old).unwrap();
        assert_eq!(decode_dcz(&coded, &new, new.len()), Err(CodingError::OtherDictionary));
        assert_eq!(decode_dcz(&coded, &old, new.len() - 1), Err(CodingError::Broken));
        assert_eq!(decode_dcz(&new, &old, 1 << 20), Err(CodingError::NotDcz));
        for cut in [0, 1, 39, 40, coded.len() - 1] {
            assert!(decode_dcz(&coded[..cut], &old, 1 << 20).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn message_is_encoded_only_if_that_is_smaller() {
        let small = br#"{"now":1764000000000}"#;
        assert_eq!(encode_message(small), None);
        let change = r#"{"collection":"ask","id":"0123456789abc","fields":{"text":"hello"}},"#;
        let large = format!("[{}]", change.repeat(20));
        let coded = encode_message(large.as_bytes()).unwrap();
        assert!(coded.len() < large.len() / 2);
        assert_eq!(decode_message(&coded, large.len()).unwrap(), large.as_bytes());
    }

    #[test]
    fn dictionary_header_gives_back_the_hash() {
        let hash = crate::pack::hash(b"a pack");
        let header = available_dictionary(b"a pack");
        assert_eq!(available_dictionary_of_pack(&hash).unwrap(), header);
        assert_eq!(pack_of_available_dictionary(&header), Some(hash));
        for wrong in ["", ":", "::", ":AAAA:", "AAAA", ":not base64:"] {
            assert_eq!(pack_of_available_dictionary(wrong), None, "{wrong}");
        }
    }
}
