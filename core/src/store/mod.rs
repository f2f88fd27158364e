//! What the phone keeps, as the sync engine and the app see it.
//!
//! [`Store`] and [`Tx`] are the traits; [`SqliteStore`] is the one that phones use. One user
//! action, or one answer from a server, is one transaction.

mod kept;
mod sqlite;

use promise_protocol::{Cell, CellKey, Change, PackName, Reading, Stamp, pack::Picture};
use serde_json::Value;
use thiserror::Error;

pub use kept::{
    EditionPacks, Entropy, HeldPicture, Pairing, Quarantined, Sealing, SearchKind, SearchResult,
    SyncState, Waiting,
};
pub use sqlite::{SqliteStore, set_aside, wipe};

/// Something that keeps what a phone holds.
pub trait Store {
    /// Does `work` in one transaction: all of it is kept, or nothing.
    fn transact<R, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E>;
}

/// One open transaction.
pub trait Tx {
    /// Where this phone stands with its server.
    fn state(&mut self) -> Result<SyncState, StoreError>;
    /// Saves where this phone stands.
    fn set_state(&mut self, state: &SyncState) -> Result<(), StoreError>;
    /// Whom this phone is paired with.
    fn pairing(&mut self) -> Result<Option<Pairing>, StoreError>;
    /// Saves whom this phone is paired with.
    fn set_pairing(&mut self, pairing: &Pairing) -> Result<(), StoreError>;

    /// The cell as the server has it, as far as this phone knows.
    fn confirmed(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError>;
    /// Replaces the cell as the server has it.
    fn confirm(&mut self, cell: &Cell) -> Result<(), StoreError>;
    /// Forgets a confirmed cell: it is about to be written again under another stamp.
    fn unconfirm(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// This phone's edit of the cell that the server has not confirmed.
    fn unsent(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError>;
    /// Saves an edit.
    fn put_unsent(&mut self, cell: &Cell) -> Result<(), StoreError>;
    /// Forgets an edit: it was confirmed, or refused.
    fn remove_unsent(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Edits that are to be sent, oldest first, at most `limit` cells; those of sealed collections
    /// only if `private`.
    fn to_send(&mut self, limit: usize, private: bool) -> Result<Vec<Cell>, StoreError>;
    /// Every edit with a reading above this one, oldest first.
    fn unsent_above(&mut self, reading: Reading) -> Result<Vec<Cell>, StoreError>;

    /// Marks everything this phone holds to be handed back: the server was restored.
    fn hand_everything_back(&mut self) -> Result<(), StoreError>;
    /// Marks one confirmed cell to be handed back.
    fn hand_back(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Marks every confirmed cell of a sealed collection to be handed back: there is a new key.
    fn hand_private_back(&mut self) -> Result<(), StoreError>;
    /// Confirmed cells written by the person's phones that are to be handed back, oldest first;
    /// those of sealed collections only if `private`.
    fn to_hand_back(&mut self, limit: usize, private: bool) -> Result<Vec<Cell>, StoreError>;
    /// All confirmed cells of sealed collections.
    fn private_cells(&mut self) -> Result<Vec<Cell>, StoreError>;
    /// Staff-written changes that are to be handed back with their proof.
    fn staff_to_hand_back(&mut self, limit: usize) -> Result<Vec<Change>, StoreError>;
    /// What of this change was to be handed back has been.
    fn handed_back(&mut self, change: &Change) -> Result<(), StoreError>;
    /// Keeps a staff-written change with its proof, as long as one of its cells is confirmed.
    fn keep_staff_change(&mut self, change: &Change) -> Result<(), StoreError>;

    /// Drops the records of a collection whose names sort before this one, as if they had never
    /// come. Answers whether there were any.
    fn forget_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<bool, StoreError>;

    /// The bits of the person's words, the newest first.
    fn words(&mut self) -> Result<Vec<Entropy>, StoreError>;
    /// Keeps the bits of words.
    fn add_words(&mut self, entropy: &Entropy) -> Result<(), StoreError>;
    /// Whether these words were shown to be written down.
    fn written_down(&mut self, entropy: &Entropy) -> Result<bool, StoreError>;
    /// The person has shown that they wrote these words down.
    fn set_written_down(&mut self, entropy: &Entropy) -> Result<(), StoreError>;

    /// Under which key what is private is on the server.
    fn sealing(&mut self) -> Result<Sealing, StoreError>;
    /// Keeps under which key it is.
    fn set_sealing(&mut self, sealing: &Sealing) -> Result<(), StoreError>;

    /// Puts a sealed cell aside that cannot be opened.
    fn put_aside(&mut self, cell: &Cell) -> Result<(), StoreError>;
    /// The sealed cell of this name on the wire, if it is aside.
    fn aside(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError>;
    /// Every sealed cell that is aside.
    fn all_aside(&mut self) -> Result<Vec<Cell>, StoreError>;
    /// Takes a cell away from aside: it was opened, or emptied.
    fn remove_aside(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Cells that are aside and are to be handed back.
    fn aside_to_hand_back(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError>;

    /// Notes a cell, by its name on the wire, that is to be emptied with this stamp: its key was
    /// changed.
    fn retire(&mut self, key: &CellKey, stamp: &Stamp) -> Result<(), StoreError>;
    /// Forgets that a cell was to be emptied: its key is in use again.
    fn keep_after_all(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Cells that are to be emptied and were not yet: empty, and with the stamp for that.
    fn to_retire(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError>;
    /// Gives this stamp to what is to be emptied with a greater reading than the stamp's.
    fn restamp_retired(&mut self, stamp: &Stamp) -> Result<(), StoreError>;
    /// These cells were emptied.
    fn retired(&mut self, keys: &[CellKey]) -> Result<(), StoreError>;

    /// Keeps a refused edit where the person can see it.
    fn quarantine(&mut self, cell: &Cell, reason: &str, at_millis: i64) -> Result<(), StoreError>;
    /// Every refused edit, oldest first.
    fn quarantined(&mut self) -> Result<Vec<Quarantined>, StoreError>;
    /// The greatest reading in any cell this phone holds.
    fn greatest_reading(&mut self) -> Result<Reading, StoreError>;
    /// What a collection shows: for each cell the greater of confirmed and unsent, by record.
    fn current(&mut self, collection: &str) -> Result<Vec<Cell>, StoreError>;
    /// What one record shows.
    fn current_record(&mut self, collection: &str, id: &str) -> Result<Vec<Cell>, StoreError>;
    /// How many edits wait to be sent or handed back.
    fn waiting(&mut self) -> Result<Waiting, StoreError>;

    /// The hashes of the packs of the edition that is shown.
    fn edition_packs(&mut self) -> Result<Vec<(PackName, String)>, StoreError>;
    /// Whether a pack was fetched. Its bytes are not read for that.
    fn has_pack(&mut self, hash: &str) -> Result<bool, StoreError>;
    /// The bytes of a pack that was fetched.
    fn pack(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps a fetched pack until its edition is complete.
    fn put_pack(&mut self, name: PackName, hash: &str, bytes: &[u8]) -> Result<(), StoreError>;
    /// Shows an edition: its packs replace the ones shown, and packs not in it are let go.
    fn show_edition(&mut self, packs: &EditionPacks) -> Result<(), StoreError>;
    /// The pictures that the shown promise names, those of sections first.
    fn named_pictures(&mut self) -> Result<Vec<Picture>, StoreError>;
    /// Whether a picture is here.
    fn picture_held(&mut self, hash: &str) -> Result<HeldPicture, StoreError>;
    /// A picture's bytes, if it is here.
    fn picture(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps a picture, or that it is given up (`None`) until another promise is shown.
    fn put_picture(&mut self, hash: &str, bytes: Option<&[u8]>) -> Result<(), StoreError>;
    /// What was given up is wanted again.
    fn try_pictures_again(&mut self) -> Result<(), StoreError>;
    /// Whether a sync brings pictures.
    fn pictures_with_sync(&mut self) -> Result<bool, StoreError>;
    /// Says whether a sync brings pictures.
    fn set_pictures_with_sync(&mut self, with_sync: bool) -> Result<(), StoreError>;
    /// The records of one kind, as the shown packs have them and in their order.
    fn documents(&mut self, kind: &str) -> Result<Vec<Value>, StoreError>;
    /// The names of the records of one kind.
    fn document_ids(&mut self, kind: &str) -> Result<Vec<String>, StoreError>;
    /// Whether the shown packs have this record.
    fn has_document(&mut self, kind: SearchKind, id: &str) -> Result<bool, StoreError>;
    /// What matches the words a person typed, best first.
    fn find(&mut self, typed: &str, limit: usize) -> Result<Vec<SearchResult>, StoreError>;
    /// Makes a record findable by search, or not (`None`).
    fn index(&mut self, kind: SearchKind, id: &str, text: Option<&Value>)
    -> Result<(), StoreError>;
}

/// Why the store could not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The key is not the one the database was made with.
    #[error("the key does not fit the database")]
    WrongKey,
    /// The file is damaged, or is not a database.
    #[error("the database is damaged")]
    Damaged,
    /// A newer version of the program wrote the database.
    #[error("the database is from a newer version ({found}; this version reads up to {known})")]
    Newer {
        /// The database's version.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The database can only be read.
    #[error("the database can only be read")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file cannot be reached.
    #[error("the database file cannot be opened")]
    CannotOpen,
    /// The library is one that can lose what is written.
    #[error("SQLite {0} can damage a database; 3.51.3 or newer is needed")]
    OldLibrary(String),
    /// Another program has the database.
    #[error("the database is in use")]
    Busy,
    /// The phone is paused, and has let go of the database.
    #[error("the store is paused")]
    Paused,
    /// The store holds something it never wrote.
    #[error("the store holds something it cannot read: {0}")]
    Unreadable(&'static str),
    /// SQLite failed in another way. Holds the SQLite result code only: its text may quote data.
    #[error("SQLite failed with code {0}")]
    Sqlite(i32),
}

/// A stamp that the store holds as text.
pub(crate) fn stored_stamp(text: &str) -> Result<Stamp, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("stamp"))
}
