//! Preparing a request: what this phone wrote, and how far it has synced.

use promise_protocol::{Change, MAX_CELLS_SENT, PROTOCOL, SyncRequest, schema::is_sealed};

use super::{keyring::Keyring, limited, rekey};
use crate::store::{StoreError, Tx};

/// The most bytes of JSON that a request's changes take: half of what a server reads.
const MAX_CHANGES_BYTES: usize = promise_protocol::MAX_REQUEST_BYTES / 2;

/// The most cells of one change; no collection has more fields. Reading this many beyond the limit
/// makes sure that no change is cut in two.
const MAX_CHANGE_CELLS: usize = 64;

/// A request, and what each of its changes is on this phone.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedRequest {
    /// The request as it is sent.
    pub request: SyncRequest,
    /// The origins of the request's changes, in their order.
    pub(super) origins: Vec<Origin>,
}

/// What a change of a request is on this phone.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    /// These cells. Those of a sealed collection have another id and other values on the wire.
    Cells(Change),
    /// Undecryptable cells, as they came.
    Undecryptable,
    /// Clears of cells under an earlier key.
    Clear,
}

/// Prepares the next request, and saves its number before it is sent: a late response to an older
/// request is recognised by its number.
pub fn prepare(tx: &mut dyn Tx) -> Result<PreparedRequest, StoreError> {
    let mut state = tx.sync_state()?;
    state.request += 1;
    tx.set_sync_state(&state)?;
    let keyring = Keyring::load(tx)?;
    rekey::follow_key(tx, &keyring)?;
    let (changes, origins) = outgoing(tx, &keyring)?.into_iter().unzip();
    let request = SyncRequest {
        protocol: PROTOCOL,
        generation: state.generation.unwrap_or_default(),
        request: state.request,
        since: state.cursor,
        edition: state.edition_floor,
        changes,
    };
    Ok(PreparedRequest { request, origins })
}

type Outgoing = Vec<(Change, Origin)>;

/// Returns the changes to send: edits first, then what is to be resent, and last the clears, which
/// may only follow when everything was resent under the current key.
fn outgoing(tx: &mut dyn Tx, keyring: &Keyring) -> Result<Outgoing, StoreError> {
    let with_sealed = keyring.current().is_some();
    let limit = MAX_CELLS_SENT + MAX_CHANGE_CELLS;
    let mut room = Room { cells: MAX_CELLS_SENT, bytes: MAX_CHANGES_BYTES, taken: Vec::new() };
    let is_limited = limited::is_limited(tx)?;
    let may_send = |change: &Change| !is_limited || !limited::is_kept_back(change);
    let mut edits = Change::gather(tx.unsent_cells(limit, with_sealed)?);
    edits.retain(may_send);
    let mut fits = room.take(seal_changes(tx, keyring, edits)?);
    if fits {
        let staff_changes = tx.pending_staff_changes(MAX_CELLS_SENT)?;
        fits = room.take(seal_changes(tx, keyring, staff_changes)?);
    }
    if fits {
        let mut resend = Change::gather(tx.pending_resend(limit, with_sealed)?);
        resend.retain(may_send);
        fits = room.take(seal_changes(tx, keyring, resend)?);
    }
    if fits {
        let cells = Change::gather(tx.pending_undecryptable(limit)?);
        fits = room.take(with_origin(cells, &Origin::Undecryptable));
    }
    if fits && !is_limited {
        let clears = Change::gather(rekey::clears_to_send(tx, keyring, MAX_CELLS_SENT)?);
        room.take(with_origin(clears, &Origin::Clear));
    }
    Ok(room.taken)
}

fn with_origin(changes: Vec<Change>, origin: &Origin) -> Outgoing {
    changes.into_iter().map(|change| (change, origin.clone())).collect()
}

/// Seals the changes of sealed collections. A change that is too large to be sealed is too large for
/// every server. It moves to quarantine, where the person can see it and it blocks nothing.
fn seal_changes(
    tx: &mut dyn Tx,
    keyring: &Keyring,
    changes: Vec<Change>,
) -> Result<Outgoing, StoreError> {
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
    /// Takes whole changes in their order. Returns `false` once one does not fit. The first change
    /// always fits, or the queue would never move.
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
