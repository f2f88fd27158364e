//! What councils publish: packs, their coded forms, and editions.

use promise_protocol::{Edition, PackName};

use super::DatabaseError;

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPack {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Which pack it is.
    pub name: PackName,
    /// Canonical JSON.
    pub bytes: Vec<u8>,
}

/// Packs and editions.
pub trait Published {
    /// Keeps a pack. One that is there stays as it is: its name is its content.
    fn add_pack(&mut self, pack: &StoredPack) -> Result<(), DatabaseError>;

    /// The pack of this hash.
    fn pack(&mut self, hash: &str) -> Result<Option<StoredPack>, DatabaseError>;

    /// A pack's bytes in a coding; `from` is the dictionary's hash, or empty.
    fn coded_pack(
        &mut self,
        hash: &str,
        from: &str,
        coding: &str,
    ) -> Result<Option<Vec<u8>>, DatabaseError>;

    /// Keeps a pack's bytes in a coding.
    fn add_coded_pack(
        &mut self,
        hash: &str,
        from: &str,
        coding: &str,
        bytes: &[u8],
    ) -> Result<(), DatabaseError>;

    /// Keeps an edition of a council.
    fn add_edition(
        &mut self,
        council: &str,
        edition: &Edition,
        published_at: i64,
    ) -> Result<(), DatabaseError>;

    /// A council's edition of this number.
    fn edition(&mut self, council: &str, number: u64) -> Result<Option<Edition>, DatabaseError>;

    /// A council's newest edition.
    fn newest_edition(&mut self, council: &str) -> Result<Option<Edition>, DatabaseError>;

    /// When a council's edition of this number was published, in milliseconds since 1970.
    fn published_at(&mut self, council: &str, number: u64) -> Result<Option<i64>, DatabaseError>;

    /// Every council's newest edition number.
    fn edition_numbers(&mut self) -> Result<Vec<(String, u64)>, DatabaseError>;
}
