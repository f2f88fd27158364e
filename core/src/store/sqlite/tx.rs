//! One open transaction of the SQLite store.

use promise_protocol::{Cell, CellKey, Change, PackName, Reading, Stamp, pack::Picture};
use rusqlite::Connection;
use serde_json::Value;

use super::{
    cells, documents, open::MIGRATIONS, pictures, published, sealed, search, staff, state,
};
use crate::store::{
    EditionPacks, Entropy, HeldPicture, Pairing, Quarantined, Sealing, SearchKind, SearchResult,
    StoreError, SyncState, Tx, Waiting,
};

pub(super) struct SqliteTx<'a> {
    pub(super) connection: &'a Connection,
    pub(super) newer: Option<i64>,
}

impl SqliteTx<'_> {
    /// For what writes: a database from a newer version is only read, and says so.
    fn write(&self) -> Result<&Connection, StoreError> {
        match self.newer {
            Some(found) => Err(StoreError::Newer { found, known: MIGRATIONS.version() }),
            None => Ok(self.connection),
        }
    }
}

impl Tx for SqliteTx<'_> {
    fn state(&mut self) -> Result<SyncState, StoreError> {
        state::state(self.connection)
    }

    fn set_state(&mut self, new: &SyncState) -> Result<(), StoreError> {
        state::set_state(self.write()?, new)
    }

    fn pairing(&mut self) -> Result<Option<Pairing>, StoreError> {
        state::pairing(self.connection)
    }

    fn set_pairing(&mut self, pairing: &Pairing) -> Result<(), StoreError> {
        state::set_pairing(self.write()?, pairing)
    }

    fn confirmed(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError> {
        cells::confirmed(self.connection, key)
    }

    fn confirm(&mut self, cell: &Cell) -> Result<(), StoreError> {
        cells::confirm(self.write()?, cell)
    }

    fn unconfirm(&mut self, key: &CellKey) -> Result<(), StoreError> {
        cells::unconfirm(self.write()?, key)
    }

    fn unsent(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError> {
        cells::unsent(self.connection, key)
    }

    fn put_unsent(&mut self, cell: &Cell) -> Result<(), StoreError> {
        cells::put_unsent(self.write()?, cell)
    }

    fn remove_unsent(&mut self, key: &CellKey) -> Result<(), StoreError> {
        cells::remove_unsent(self.write()?, key)
    }

    fn to_send(&mut self, limit: usize, private: bool) -> Result<Vec<Cell>, StoreError> {
        cells::to_send(self.connection, limit, private)
    }

    fn unsent_above(&mut self, reading: Reading) -> Result<Vec<Cell>, StoreError> {
        cells::unsent_above(self.connection, reading)
    }

    fn hand_everything_back(&mut self) -> Result<(), StoreError> {
        cells::hand_everything_back(self.write()?)
    }

    fn hand_back(&mut self, key: &CellKey) -> Result<(), StoreError> {
        cells::hand_back(self.write()?, key)
    }

    fn hand_private_back(&mut self) -> Result<(), StoreError> {
        cells::hand_private_back(self.write()?)
    }

    fn to_hand_back(&mut self, limit: usize, private: bool) -> Result<Vec<Cell>, StoreError> {
        cells::to_hand_back(self.connection, limit, private)
    }

    fn private_cells(&mut self) -> Result<Vec<Cell>, StoreError> {
        cells::private_cells(self.connection)
    }

    fn staff_to_hand_back(&mut self, limit: usize) -> Result<Vec<Change>, StoreError> {
        staff::to_hand_back(self.connection, limit)
    }

    fn handed_back(&mut self, change: &Change) -> Result<(), StoreError> {
        cells::handed_back(self.write()?, change)
    }

    fn keep_staff_change(&mut self, change: &Change) -> Result<(), StoreError> {
        staff::keep(self.write()?, change)
    }

    fn forget_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<bool, StoreError> {
        cells::forget_records_before(self.write()?, collection, first_kept)
    }

    fn words(&mut self) -> Result<Vec<Entropy>, StoreError> {
        sealed::words(self.connection)
    }

    fn add_words(&mut self, entropy: &Entropy) -> Result<(), StoreError> {
        sealed::add_words(self.write()?, entropy)
    }

    fn written_down(&mut self, entropy: &Entropy) -> Result<bool, StoreError> {
        sealed::written_down(self.connection, entropy)
    }

    fn set_written_down(&mut self, entropy: &Entropy) -> Result<(), StoreError> {
        sealed::set_written_down(self.write()?, entropy)
    }

    fn put_aside(&mut self, cell: &Cell) -> Result<(), StoreError> {
        sealed::put_aside(self.write()?, cell)
    }

    fn aside(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError> {
        sealed::aside(self.connection, key)
    }

    fn all_aside(&mut self) -> Result<Vec<Cell>, StoreError> {
        sealed::all_aside(self.connection)
    }

    fn remove_aside(&mut self, key: &CellKey) -> Result<(), StoreError> {
        sealed::remove_aside(self.write()?, key)
    }

    fn aside_to_hand_back(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError> {
        sealed::aside_to_hand_back(self.connection, limit)
    }

    fn sealing(&mut self) -> Result<Sealing, StoreError> {
        sealed::sealing(self.connection)
    }

    fn set_sealing(&mut self, sealing: &Sealing) -> Result<(), StoreError> {
        sealed::set_sealing(self.write()?, sealing)
    }

    fn retire(&mut self, key: &CellKey, stamp: &Stamp) -> Result<(), StoreError> {
        sealed::retire(self.write()?, key, stamp)
    }

    fn keep_after_all(&mut self, key: &CellKey) -> Result<(), StoreError> {
        sealed::keep_after_all(self.write()?, key)
    }

    fn to_retire(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError> {
        sealed::to_retire(self.connection, limit)
    }

    fn restamp_retired(&mut self, stamp: &Stamp) -> Result<(), StoreError> {
        sealed::restamp_retired(self.write()?, stamp)
    }

    fn retired(&mut self, keys: &[CellKey]) -> Result<(), StoreError> {
        sealed::retired(self.write()?, keys)
    }

    fn quarantine(&mut self, cell: &Cell, reason: &str, at_millis: i64) -> Result<(), StoreError> {
        cells::quarantine(self.write()?, cell, reason, at_millis)
    }

    fn quarantined(&mut self) -> Result<Vec<Quarantined>, StoreError> {
        cells::quarantined(self.connection)
    }

    fn greatest_reading(&mut self) -> Result<Reading, StoreError> {
        cells::greatest_reading(self.connection)
    }

    fn current(&mut self, collection: &str) -> Result<Vec<Cell>, StoreError> {
        cells::current(self.connection, collection)
    }

    fn current_record(&mut self, collection: &str, id: &str) -> Result<Vec<Cell>, StoreError> {
        cells::current_record(self.connection, collection, id)
    }

    fn waiting(&mut self) -> Result<Waiting, StoreError> {
        cells::waiting(self.connection)
    }

    fn edition_packs(&mut self) -> Result<Vec<(PackName, String)>, StoreError> {
        published::edition_packs(self.connection)
    }

    fn has_pack(&mut self, hash: &str) -> Result<bool, StoreError> {
        published::has_pack(self.connection, hash)
    }

    fn pack(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        published::pack(self.connection, hash)
    }

    fn put_pack(&mut self, name: PackName, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
        published::put_pack(self.write()?, name, hash, bytes)
    }

    fn show_edition(&mut self, packs: &EditionPacks) -> Result<(), StoreError> {
        published::show_edition(self.write()?, packs)
    }

    fn named_pictures(&mut self) -> Result<Vec<Picture>, StoreError> {
        pictures::named(self.connection)
    }

    fn picture_held(&mut self, hash: &str) -> Result<HeldPicture, StoreError> {
        pictures::held(self.connection, hash)
    }

    fn picture(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        pictures::picture(self.connection, hash)
    }

    fn put_picture(&mut self, hash: &str, bytes: Option<&[u8]>) -> Result<(), StoreError> {
        pictures::put(self.write()?, hash, bytes)
    }

    fn try_pictures_again(&mut self) -> Result<(), StoreError> {
        pictures::try_again(self.write()?)
    }

    fn pictures_with_sync(&mut self) -> Result<bool, StoreError> {
        pictures::with_sync(self.connection)
    }

    fn set_pictures_with_sync(&mut self, with_sync: bool) -> Result<(), StoreError> {
        pictures::set_with_sync(self.write()?, with_sync)
    }

    fn documents(&mut self, kind: &str) -> Result<Vec<Value>, StoreError> {
        documents::documents(self.connection, kind)
    }

    fn document_ids(&mut self, kind: &str) -> Result<Vec<String>, StoreError> {
        documents::document_ids(self.connection, kind)
    }

    fn has_document(&mut self, kind: SearchKind, id: &str) -> Result<bool, StoreError> {
        documents::has_document(self.connection, kind, id)
    }

    fn index(
        &mut self,
        kind: SearchKind,
        id: &str,
        text: Option<&Value>,
    ) -> Result<(), StoreError> {
        documents::index(self.write()?, kind, id, text)
    }

    fn find(&mut self, typed: &str, limit: usize) -> Result<Vec<SearchResult>, StoreError> {
        search::find(self.connection, typed, limit)
    }
}
