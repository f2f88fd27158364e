//! Re-stamping the edits of a phone whose clock was far ahead.

use promise_protocol::{
    Author, Cell, Reading, Stamp,
    fault_injection::{self, Fault},
};

use crate::store::{StoreError, SyncState, Tx};

/// Gives new stamps to the edits that are too far ahead of the server's clock, and only to them,
/// keeping their order.
///
/// The first new reading is the latest that a server accepts. It must not be lower than any stamp
/// that the server can have accepted so far: an earlier copy of this request may have been taken and
/// its response lost.
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
    tx.restamp_clears(&Stamp::new(limit, author.clone()))?;
    state.greatest_reading = tx.greatest_reading()?;
    Ok(())
}

/// Returns the unsent edits and the cells to be resent that are above `limit`, oldest first. A
/// confirmed cell can be above it only if the server's clock went back. It becomes an edit again.
fn too_far_ahead(tx: &mut dyn Tx, limit: Reading) -> Result<Vec<Cell>, StoreError> {
    let mut cells = tx.unsent_cells(usize::MAX, true)?;
    cells.retain(|cell| cell.stamp.reading > limit);
    for cell in tx.pending_resend(usize::MAX, true)? {
        if cell.stamp.reading <= limit {
            continue;
        }
        tx.remove_confirmed(&cell.key)?;
        if !cells.iter().any(|edited| edited.key == cell.key) {
            cells.push(cell);
        }
    }
    cells.sort_by(|a, b| a.stamp.cmp(&b.stamp));
    Ok(cells)
}
