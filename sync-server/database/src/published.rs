//! What councils publish: packs, their compressed forms, and editions.

use promise_protocol::{Edition, PackName, ids::CouncilId, signature::Signature};

use crate::DatabaseError;

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPack {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Which pack it is.
    pub name: PackName,
    /// Its content as canonical JSON.
    pub bytes: Vec<u8>,
}

/// Packs and editions.
pub trait Published {
    /// Adds a pack. Adding one again changes nothing: its hash identifies its content.
    fn add_pack(&mut self, pack: &StoredPack) -> Result<(), DatabaseError>;

    /// Returns the pack with this hash.
    fn pack(&mut self, hash: &str) -> Result<Option<StoredPack>, DatabaseError>;

    /// Returns a pack's bytes in a coding, compressed against the pack with the hash `dictionary`.
    fn coded_pack(
        &mut self,
        hash: &str,
        dictionary: Option<&str>,
        coding: &str,
    ) -> Result<Option<Vec<u8>>, DatabaseError>;

    /// Adds a pack's bytes in a coding. Adding them again changes nothing.
    fn add_coded_pack(
        &mut self,
        hash: &str,
        dictionary: Option<&str>,
        coding: &str,
        bytes: &[u8],
    ) -> Result<(), DatabaseError>;

    /// Adds an edition of a council.
    ///
    /// Fails if the council has an edition of this number.
    fn add_edition(
        &mut self,
        council: &CouncilId,
        edition: &Edition,
        published_at: i64,
    ) -> Result<(), DatabaseError>;

    /// Stores another signature of an edition, whose number and packs stay. Does nothing if the council has no
    /// edition of this number.
    fn sign_edition_again(
        &mut self,
        council: &CouncilId,
        number: u64,
        signature: &Signature,
    ) -> Result<(), DatabaseError>;

    /// Returns a council's edition of this number.
    fn edition(
        &mut self,
        council: &CouncilId,
        number: u64,
    ) -> Result<Option<Edition>, DatabaseError>;

    /// Returns a council's newest edition.
    fn newest_edition(&mut self, council: &CouncilId) -> Result<Option<Edition>, DatabaseError>;

    /// Returns when a council's edition of this number was published.
    fn published_at(
        &mut self,
        council: &CouncilId,
        number: u64,
    ) -> Result<Option<i64>, DatabaseError>;

    /// Returns the number of each council's newest edition.
    fn edition_numbers(&mut self) -> Result<Vec<(CouncilId, u64)>, DatabaseError>;
}
