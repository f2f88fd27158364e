//! Making a request: what this phone wrote, and where it stands.

use promise_protocol::{Change, MAX_CELLS_SENT, PROTOCOL, SyncRequest, schema::is_sealed};

use super::{keyring::Keyring, rekey};
use crate::store::{StoreError, Tx};

/// The most a request's changes take, in bytes of JSON: half of what a server reads.
const MOST_BYTES: usize = promise_protocol::MAX_REQUEST_BYTES / 2;

/// The most cells of one change: no collection has more fields. Reading this many beyond the
/// limit makes sure that no change is cut in two.
const LARGEST_CHANGE: usize = 64;

/// A request, and what on this phone each of its changes is.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The request as it travels.
    pub request: SyncRequest,
    /// One for each of the request's changes, in their order.
    pub(super) origins: Vec<Origin>,
}

/// What on this phone a change of a request is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    /// These cells. Those of a sealed collection have other names and values on their way.
    Cells(Change),
    /// Cells that this phone cannot open, as they came.
    Aside,
    /// Cells under an earlier key, emptied.
    Retired,
}

/// Makes the next request, and saves its number before it is sent: an answer to an older request
/// is told by that number.
pub fn prepare(tx: &mut dyn Tx) -> Result<Prepared, StoreError> {
    let mut state = tx.state()?;
    state.request += 1;
    tx.set_state(&state)?;
    let keyring = Keyring::load(tx)?;
    rekey::follow(tx, &keyring)?;
    let (changes, origins) = outgoing(tx, &keyring)?.into_iter().unzip();
    let request = SyncRequest {
        protocol: PROTOCOL,
        generation: state.generation,
        request: state.request,
        since: state.cursor,
        edition: state.edition_floor,
        changes,
    };
    Ok(Prepared { request, origins })
}

type Outgoing = Vec<(Change, Origin)>;

/// What is sent: this phone's edits first, then what the server is to be given again, and last what
/// is emptied because all of it has been given again under another key.
fn outgoing(tx: &mut dyn Tx, keyring: &Keyring) -> Result<Outgoing, StoreError> {
    let private = keyring.current().is_some();
    let whole = MAX_CELLS_SENT + LARGEST_CHANGE;
    let mut room = Room { cells: MAX_CELLS_SENT, bytes: MOST_BYTES, taken: Vec::new() };
    let edits = Change::gather(tx.to_send(whole, private)?);
    let mut fits = room.take(ours(tx, keyring, edits)?);
    if fits {
        let staff = tx.staff_to_hand_back(MAX_CELLS_SENT)?;
        fits = room.take(ours(tx, keyring, staff)?);
    }
    if fits {
        let again = Change::gather(tx.to_hand_back(whole, private)?);
        fits = room.take(ours(tx, keyring, again)?);
    }
    if fits {
        let aside = Change::gather(tx.aside_to_hand_back(whole)?);
        fits = room.take(aside.into_iter().map(|change| (change, Origin::Aside)).collect());
    }
    if fits {
        let emptied = Change::gather(rekey::to_empty(tx, keyring, MAX_CELLS_SENT)?);
        room.take(emptied.into_iter().map(|change| (change, Origin::Retired)).collect());
    }
    Ok(room.taken)
}

/// This phone's changes as they leave it. One that cannot be sealed is too large for any server;
/// it goes where the person can see it, out of the way of what is behind it.
fn ours(tx: &mut dyn Tx, keyring: &Keyring, changes: Vec<Change>) -> Result<Outgoing, StoreError> {
    let mut outgoing = Vec::new();
    for change in changes {
        if !is_sealed(&change.collection) {
            outgoing.push((change.clone(), Origin::Cells(change)));
            continue;
        }
        match keyring.seal(&change) {
            Some(Ok(sealed)) => outgoing.push((sealed, Origin::Cells(change))),
            Some(Err(_)) => {
                for cell in change.cells() {
                    tx.remove_unsent(&cell.key)?;
                    tx.quarantine(&cell, "too_long", 0)?;
                }
            }
            None => {}
        }
    }
    Ok(outgoing)
}

/// What still fits into a request.
struct Room {
    cells: usize,
    bytes: usize,
    taken: Outgoing,
}

impl Room {
    /// Takes whole changes in their order; `false` once one does not fit. The first one always
    /// fits, or the queue would never move.
    fn take(&mut self, changes: Outgoing) -> bool {
        for (change, origin) in changes {
            let bytes = serde_json::to_string(&change).map_or(0, |json| json.len());
            let fits = change.fields.len() <= self.cells && bytes <= self.bytes;
            if !fits && !self.taken.is_empty() {
                return false;
            }
            self.cells = self.cells.saturating_sub(change.fields.len());
            self.bytes = self.bytes.saturating_sub(bytes);
            self.taken.push((change, origin));
        }
        true
    }
}
