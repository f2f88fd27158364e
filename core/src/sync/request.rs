//! Preparing a request: what this phone wrote, and how far it has synced.

use promise_protocol::{
    Change, KeyStep, MAX_CELLS_SENT, MAX_KEY_STEPS, PROTOCOL, SyncRequest, schema::is_sealed,
};

use super::{key_history::is_step, keyring::Keyring, limited, rekey};
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
    let (outgoing, has_every_step) = outgoing(tx, &keyring)?;
    let (changes, origins): (Vec<Change>, Vec<Origin>) = outgoing.into_iter().unzip();
    let key_steps = if has_every_step { own_steps(tx)? } else { Vec::new() };
    let mut request = SyncRequest {
        protocol: PROTOCOL,
        generation: state.generation.unwrap_or_default(),
        request: state.request,
        since: state.cursor,
        edition: state.edition_floor,
        changes,
        key_steps,
        clear_signature: None,
    };
    if origins.iter().any(|origin| matches!(origin, Origin::Clear)) {
        keyring.sign_clears(&mut request);
    }
    Ok(PreparedRequest { request, origins })
}

type Outgoing = Vec<(Change, Origin)>;

/// Returns the steps to other keys that wait to be accepted. A limited phone keeps them back.
fn own_steps(tx: &mut dyn Tx) -> Result<Vec<KeyStep>, StoreError> {
    if limited::is_limited(tx)? {
        return Ok(Vec::new());
    }
    let mut steps = tx.key_state()?.proposed;
    steps.truncate(MAX_KEY_STEPS);
    Ok(steps)
}

/// Returns the changes to send: the accepted key steps that a restore lost first, then edits, then what else is
/// to be resent, and last the clears, which may only follow when everything was resent under the current key.
/// Also returns `true` if the server has every accepted step then. A server that lacks one could not decide on
/// another.
fn outgoing(tx: &mut dyn Tx, keyring: &Keyring) -> Result<(Outgoing, bool), StoreError> {
    let with_sealed = keyring.current().is_some();
    let limit = MAX_CELLS_SENT + MAX_CHANGE_CELLS;
    let mut room = Room { cells: MAX_CELLS_SENT, bytes: MAX_CHANGES_BYTES, taken: Vec::new() };
    // Key steps are listed first.
    let (steps, staff_changes): (Vec<Change>, _) =
        tx.pending_staff_changes(MAX_CELLS_SENT)?.into_iter().partition(is_step);
    let mut fits = room.take(seal_changes(tx, keyring, steps)?);
    let has_every_step = fits;
    if fits {
        let edits = Change::gather(tx.unsent_cells(limit, with_sealed)?);
        fits = room.take(seal_changes(tx, keyring, edits)?);
    }
    if fits {
        fits = room.take(seal_changes(tx, keyring, staff_changes)?);
    }
    if fits {
        let resend = Change::gather(tx.pending_resend(limit, with_sealed)?);
        fits = room.take(seal_changes(tx, keyring, resend)?);
    }
    if fits {
        let cells = Change::gather(tx.pending_undecryptable(limit)?);
        fits = room.take(with_origin(cells, &Origin::Undecryptable));
    }
    if fits && !limited::is_limited(tx)? {
        let clears = Change::gather(rekey::clears_to_send(tx, keyring, MAX_CELLS_SENT)?);
        room.take(with_origin(clears, &Origin::Clear));
    }
    Ok((room.taken, has_every_step))
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
