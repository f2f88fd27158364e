//! Making a request: what this phone wrote, and where it stands.

use promise_protocol::{Cell, Change, MAX_CELLS_SENT, PROTOCOL, SyncRequest};

use crate::store::{StoreError, Tx};

/// The most a request's changes take, in bytes of JSON: half of what a server reads.
const MOST_BYTES: usize = promise_protocol::MAX_REQUEST_BYTES / 2;

/// The most cells of one change: no collection has more fields. Reading this many beyond the
/// limit makes sure that no change is cut in two.
const LARGEST_CHANGE: usize = 64;

/// Makes the next request, and saves its number before it is sent: an answer to an older request
/// is told by that number.
pub fn prepare(tx: &mut dyn Tx) -> Result<SyncRequest, StoreError> {
    let mut state = tx.state()?;
    state.request += 1;
    tx.set_state(&state)?;
    Ok(SyncRequest {
        protocol: PROTOCOL,
        generation: state.generation,
        request: state.request,
        since: state.cursor,
        edition: state.edition_floor,
        changes: outgoing(tx)?,
    })
}

/// What is sent: this phone's edits first, then what a restored server is to be given again.
fn outgoing(tx: &mut dyn Tx) -> Result<Vec<Change>, StoreError> {
    let mut room = Room { cells: MAX_CELLS_SENT, bytes: MOST_BYTES, changes: Vec::new() };
    let whole = MAX_CELLS_SENT + LARGEST_CHANGE;
    if room.take(Change::gather(tx.to_send(whole)?))
        && room.take(tx.staff_to_hand_back(MAX_CELLS_SENT)?)
    {
        let cells: Vec<Cell> = tx.to_hand_back(whole)?;
        room.take(Change::gather(cells));
    }
    Ok(room.changes)
}

/// What still fits into a request.
struct Room {
    cells: usize,
    bytes: usize,
    changes: Vec<Change>,
}

impl Room {
    /// Takes whole changes in their order; `false` once one does not fit. The first one always
    /// fits, or the queue would never move.
    fn take(&mut self, changes: Vec<Change>) -> bool {
        for change in changes {
            let bytes = serde_json::to_string(&change).map_or(0, |json| json.len());
            let fits = change.fields.len() <= self.cells && bytes <= self.bytes;
            if !fits && !self.changes.is_empty() {
                return false;
            }
            self.cells = self.cells.saturating_sub(change.fields.len());
            self.bytes = self.bytes.saturating_sub(bytes);
            self.changes.push(change);
        }
        true
    }
}
