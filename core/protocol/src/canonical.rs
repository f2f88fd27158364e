//! Canonical JSON (RFC 8785): equal values give equal bytes, so that a hash identifies a document.

use serde::Serialize;

/// Serialises a value to canonical JSON.
///
/// Returns no bytes for a value that JSON cannot hold, such as a map whose keys are not strings. No
/// type of this crate is one, and no hash or signature matches empty bytes.
pub fn to_vec<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}
