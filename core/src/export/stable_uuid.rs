//! Ids that are the same in each export, so that an address book or a calendar replaces what it has.

use sha2::{Digest, Sha256};

/// Returns the UUID of a name. It is of version 8 (RFC 9562, appendix B.2: a name hashed with SHA-256) because
/// version 5 uses SHA-1.
pub(super) fn stable_uuid(name: &[&str]) -> String {
    let hash = Sha256::digest(name.join("/"));
    let mut uuid = hash.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
    uuid = uuid & !(0xf << 76) | (8 << 76); // version
    uuid = uuid & !(0b11 << 62) | (0b10 << 62); // variant
    let hex = format!("{uuid:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part).unwrap_or_default());
    parts.join("-")
}
