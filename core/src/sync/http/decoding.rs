//! The content codings of packs.

use std::io::Read;

use promise_protocol::{coding, pack::MAX_PACK_BYTES};

use crate::sync::TransportError;

/// Decodes a pack. `held` is the pack that the request offered as a dictionary.
pub(super) fn decode(
    encoding: &str,
    body: Vec<u8>,
    held: Option<&[u8]>,
) -> Result<Vec<u8>, TransportError> {
    let decoded = match (encoding, held) {
        ("", _) => Some(body),
        ("br", _) => brotli(&body),
        ("zstd", _) => coding::decode_zstd(&body, MAX_PACK_BYTES).ok(),
        ("dcz", Some(held)) => coding::decode_dcz(&body, held, MAX_PACK_BYTES).ok(),
        _ => None,
    };
    decoded.ok_or(TransportError::NotUnderstood)
}

fn brotli(coded: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_PACK_BYTES).unwrap_or(u64::MAX);
    let mut reader = brotli_decompressor::Decompressor::new(coded, 4096).take(limit + 1);
    reader.read_to_end(&mut bytes).ok()?;
    (bytes.len() <= MAX_PACK_BYTES).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decompression_bomb_is_refused() {
        let bomb = coding::encode_zstd(&vec![0; MAX_PACK_BYTES + 1]).unwrap();
        assert_eq!(decode("zstd", bomb, None), Err(TransportError::NotUnderstood));
    }

    #[test]
    fn unrequested_coding_is_refused() {
        for encoding in ["gzip", "dcz", "dcb", "identity, br"] {
            let decoded = decode(encoding, b"{}".to_vec(), None);
            assert_eq!(decoded, Err(TransportError::NotUnderstood), "{encoding}");
        }
        assert_eq!(decode("", b"{}".to_vec(), None), Ok(b"{}".to_vec()));
    }
}
