//! Re-stamping: a phone whose clock was far ahead brings its own edits back to the server's time.

use promise_protocol::{
    Author, Cell, Reading, Stamp,
    fault_injection::{self, Fault},
};

use crate::store::{StoreError, SyncState, Tx};

/// Gives new stamps to the edits that are too far ahead of the server's clock, and only to them,
/// in their order. The first new reading is the latest a server accepts: no lower than any stamp a
/// server can have accepted so far, since an earlier copy of this request may have been taken with
/// its answer lost.
pub(super) fn restamp(
    tx: &mut dyn Tx,
    state: &mut SyncState,
    author: &Author,
    server_now: i64,
) -> Result<(), StoreError> {
    let limit = Reading::latest_acceptable(server_now);
    let mut reading = if fault_injection::is_injected(Fault::RestampedTooLow) {
        Reading::at_millis(server_now)
    } else {
        limit
    };
    let mut last: Option<Stamp> = None;
    for cell in too_far_ahead(tx, limit)? {
        // The cells of one edit share a stamp before and after.
        if last.as_ref().is_some_and(|last| *last != cell.stamp) {
            reading = reading.next();
        }
        last = Some(cell.stamp.clone());
        let stamp = Stamp::new(reading, author.clone());
        tx.put_unsent(&Cell { stamp, ..cell })?;
    }
    tx.restamp_retired(&Stamp::new(limit, author.clone()))?;
    state.greatest = tx.greatest_reading()?;
    Ok(())
}

/// Unsent edits and cells to be handed back, oldest first. A confirmed cell can be too far ahead
/// only if the server's clock went back; it is then written again like an edit.
fn too_far_ahead(tx: &mut dyn Tx, limit: Reading) -> Result<Vec<Cell>, StoreError> {
    let mut cells = tx.unsent_above(limit)?;
    for cell in tx.to_hand_back(usize::MAX, true)? {
        if cell.stamp.reading <= limit {
            continue;
        }
        tx.unconfirm(&cell.key)?;
        if !cells.iter().any(|edited| edited.key == cell.key) {
            cells.push(cell);
        }
    }
    cells.sort_by(|a, b| a.stamp.cmp(&b.stamp));
    Ok(cells)
}
