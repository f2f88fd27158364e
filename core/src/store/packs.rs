//! Packs, and the edition that is made of them.

use promise_protocol::{
    PackName,
    pack::{Directory, Opportunities, Promise},
};

use super::StoreError;

/// The packs of one edition.
#[derive(Clone, Debug)]
pub struct EditionPacks {
    /// The hash of each pack.
    pub hashes: Vec<(PackName, String)>,
    /// The promise, if it differs from the one that is shown.
    pub promise: Option<Promise>,
    /// The opportunities, if they differ from the ones that are shown.
    pub opportunities: Option<Opportunities>,
    /// The directory, if it differs from the one that is shown.
    pub directory: Option<Directory>,
}

/// Stores packs, by hash.
pub trait PackStore {
    /// Lists the hashes of the packs of the edition that is shown.
    fn edition_packs(&mut self) -> Result<Vec<(PackName, String)>, StoreError>;
    /// Returns `true` if a pack is here. Does not read its bytes.
    fn has_pack(&mut self, hash: &str) -> Result<bool, StoreError>;
    /// Returns the bytes of a pack.
    fn pack(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps a pack until its edition is complete.
    fn put_pack(&mut self, name: PackName, hash: &str, bytes: &[u8]) -> Result<(), StoreError>;
    /// Shows an edition: its packs' records replace the documents of the one before, and packs that
    /// are not part of it are removed.
    ///
    /// An opportunity that the person saved stays as [`DocumentKind::Kept`] after it is unpublished.
    ///
    /// [`DocumentKind::Kept`]: super::DocumentKind::Kept
    fn show_edition(&mut self, packs: &EditionPacks) -> Result<(), StoreError>;
}
