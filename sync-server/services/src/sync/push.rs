//! The push half: checking each cell against the table, and keeping what may be kept.

use promise_protocol::{
    AuthorKind, Cell, Change, SyncResponse, Verdict,
    fault_injection::{Fault, is_injected},
    proof::ProofKey,
    schema::{self, Owner, Refusal},
};

use super::merge;
use crate::{PhoneScope, ServiceError};
use promise_database::Tx;

/// A change and who wrote it: `None` if it says staff did, and cannot prove it.
pub(crate) struct Pushed {
    change: Change,
    writer: Option<Owner>,
}

impl Pushed {
    /// Whether a server wrote it, in whoever's name.
    fn is_proved(&self) -> bool {
        matches!(self.writer, Some(Owner::Adviser | Owner::Council))
    }
}

/// Finds out who wrote each change.
pub(crate) fn from_request(
    changes: Vec<Change>,
    scope: &PhoneScope,
    key: &ProofKey,
) -> Vec<Pushed> {
    let writer = |change: &Change| match change.stamp.author.kind() {
        AuthorKind::Phone => Some(Owner::YoungPerson),
        AuthorKind::Staff => (is_injected(Fault::UnprovenStaffChangesAccepted)
            || key.verify(scope.council().as_str(), scope.person().as_str(), change))
        .then(|| Owner::of_server_change(&change.collection)),
    };
    changes.into_iter().map(|change| Pushed { writer: writer(&change), change }).collect()
}

/// Whether a stamp is further ahead of the server's clock than a server accepts. Staff's own
/// proved stamps are excepted: a server took them.
pub(crate) fn any_from_the_future(changes: &[Pushed], now_millis: i64) -> bool {
    changes.iter().any(|pushed| {
        !pushed.is_proved() && pushed.change.stamp.reading.is_too_far_ahead(now_millis)
    })
}

/// Keeps the cells that may be kept, and gives a verdict on each of the others. Answers the
/// revision that was written, if any.
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
            written = merge::keep(tx, scope.person(), cell, response.now)?.or(written);
        }
        if any_permitted && follows {
            merge::follow(tx, scope.person(), change.stamp.reading)?;
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
