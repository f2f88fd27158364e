//! Applying a request's changes: each cell is checked against the schema, then merged.

use promise_protocol::{
    AuthorKind, Cell, Change, SyncResponse, Verdict,
    fault_injection::{Fault, is_injected},
    schema::{self, Owner, Refusal},
};

use super::{merge, proofs::PersonProofs};
use crate::{PhoneScope, ServiceError};
use promise_database::Tx;

/// A change and its writer, which is `None` for a staff change without a valid proof.
pub(crate) struct Pushed {
    change: Change,
    writer: Option<Owner>,
}

impl Pushed {
    /// Returns `true` if a server wrote the change.
    fn is_proved(&self) -> bool {
        matches!(self.writer, Some(Owner::Adviser | Owner::Council))
    }
}

/// Determines the writer of each change.
pub(crate) fn from_request(changes: Vec<Change>, proofs: &PersonProofs<'_>) -> Vec<Pushed> {
    let writer = |change: &Change| match change.stamp.author.kind() {
        AuthorKind::Phone => Some(Owner::YoungPerson),
        AuthorKind::Staff => (is_injected(Fault::UnprovenStaffChangesAccepted)
            || proofs.verify(change))
        .then(|| Owner::of_server_change(&change.collection)),
    };
    changes.into_iter().map(|change| Pushed { writer: writer(&change), change }).collect()
}

/// Returns `true` if a stamp is further ahead of the server's clock than a server accepts. Does not
/// check proved stamps, which a server issued.
pub(crate) fn any_from_the_future(changes: &[Pushed], now_millis: i64) -> bool {
    changes.iter().any(|pushed| {
        !pushed.is_proved() && pushed.change.stamp.reading.is_too_far_ahead(now_millis)
    })
}

/// Merges the cells that the schema accepts, and adds a verdict to the response for each of the
/// others. Returns the revision that was written, if any.
pub(crate) fn write(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    changes: Vec<Pushed>,
    response: &mut SyncResponse,
) -> Result<Option<u64>, ServiceError> {
    let mut written = None;
    for pushed in changes {
        let follows = pushed.is_proved() || is_injected(Fault::StaffStampsFollowPhones);
        let Pushed { change, writer } = pushed;
        let mut any_permitted = false;
        for cell in change.cells() {
            if let Err(refusal) = check(writer, &cell) {
                response.verdicts.push(verdict(cell, refusal));
                continue;
            }
            any_permitted = true;
            written = merge::merge(tx, scope.person(), cell, response.now)?.or(written);
        }
        if any_permitted && follows {
            merge::advance_staff_reading(tx, scope.person(), change.stamp.reading)?;
        }
    }
    Ok(written)
}

fn check(writer: Option<Owner>, cell: &Cell) -> Result<(), Refusal> {
    let writer = writer.ok_or(Refusal::NotOwner)?;
    let key = &cell.key;
    match schema::check_wire(writer, &key.collection, &key.id, &key.field, &cell.value) {
        Err(Refusal::NotOwner) if is_injected(Fault::OwnershipIgnored) => Ok(()),
        checked => checked,
    }
}

fn verdict(cell: Cell, refusal: Refusal) -> Verdict {
    Verdict {
        collection: cell.key.collection,
        id: cell.key.id,
        field: cell.key.field,
        stamp: cell.stamp,
        reason: refusal.to_string(),
    }
}
