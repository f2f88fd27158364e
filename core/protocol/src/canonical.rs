//! Canonical JSON (RFC 8785): one text for one value, so that a hash names a document.

use serde::Serialize;

/// The canonical bytes of a value.
///
/// A value that JSON cannot say (a map whose keys are not texts) has no canonical form; none of
/// this crate's types is one, and it would come out empty, which no hash or proof matches.
pub fn to_vec<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}
