//! Applying a request's changes: each cell is checked against the schema, then merged.

use promise_protocol::{
    AuthorKind, Cell, Change, SyncResponse, Verdict,
    fault_injection::{Fault, is_injected},
    is_clear, is_fresh_start,
    phone_record::PHONE,
    schema::{self, Owner, Refusal},
};

use super::{clears::ClearPermission, merge};
use crate::{
    ServiceError,
    cells::signed,
    devices::{capability, fresh_start, records},
};
use promise_database::{Device, Person, Tx};

/// A change and its writer, which is `None` for a staff change without a valid signature.
pub(crate) struct Pushed {
    change: Change,
    writer: Option<Owner>,
}

impl Pushed {
    /// Returns `true` if the council signed the change.
    fn is_signed(&self) -> bool {
        matches!(self.writer, Some(Owner::Adviser | Owner::Council))
    }
}

/// Determines the writer of each change.
pub(crate) fn from_request(
    tx: &mut dyn Tx,
    person: &Person,
    changes: Vec<Change>,
) -> Result<Vec<Pushed>, ServiceError> {
    let is_staffs = |change: &Change| change.stamp.author.kind() == AuthorKind::Staff;
    // A request without them needs no signer.
    let any = changes.iter().any(is_staffs);
    let keys = any.then(|| tx.council_keys(&person.council)).transpose()?;
    let writer = |change: &Change| {
        if !is_staffs(change) {
            return Some(Owner::YoungPerson);
        }
        let is_signed = keys.as_ref().is_some_and(|keys| signed::verify(keys, person, change))
            || is_injected(Fault::UnsignedStaffChangesAccepted);
        is_signed.then(|| Owner::of_server_change(&change.collection))
    };
    Ok(changes.into_iter().map(|change| Pushed { writer: writer(&change), change }).collect())
}

/// Returns `true` if a stamp is further ahead of the server's clock than a server accepts. Does not
/// check signed stamps, which a server issued.
pub(crate) fn any_from_the_future(changes: &[Pushed], now_millis: i64) -> bool {
    changes.iter().any(|pushed| {
        !pushed.is_signed() && pushed.change.stamp.reading.is_too_far_ahead(now_millis)
    })
}

/// Merges the cells that the schema accepts, and adds a verdict to the response for each of the
/// others. Returns the revision that was written, if any.
///
/// Records of phones come first: after a restore they can say that this phone was confirmed.
pub(crate) fn write(
    tx: &mut dyn Tx,
    person: &Person,
    mut device: Device,
    changes: Vec<Pushed>,
    permission: &mut ClearPermission,
    response: &mut SyncResponse,
) -> Result<Option<u64>, ServiceError> {
    let (records, others): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|pushed| pushed.change.collection == PHONE);
    let has_records = !records.is_empty();
    let mut written = None;
    for pushed in records {
        written = write_change(tx, person, &device, permission, pushed, response)?.or(written);
    }
    if has_records && let Some(stored) = tx.device(&device.author)? {
        device = stored;
    }
    for pushed in others {
        written = write_change(tx, person, &device, permission, pushed, response)?.or(written);
    }
    Ok(written)
}

fn write_change(
    tx: &mut dyn Tx,
    person: &Person,
    device: &Device,
    permission: &mut ClearPermission,
    pushed: Pushed,
    response: &mut SyncResponse,
) -> Result<Option<u64>, ServiceError> {
    let mut written = None;
    let is_signed = pushed.is_signed();
    let follows = is_signed || is_injected(Fault::StaffStampsFollowPhones);
    let Pushed { change, writer } = pushed;
    let mut any_permitted = false;
    for cell in change.cells() {
        let checked = match check(writer, device, &cell) {
            Ok(()) if is_clear(&cell) && !permission.is_given(tx, person)? => {
                Err(Refusal::NotCertified)
            }
            checked => checked,
        };
        if let Err(refusal) = checked {
            response.verdicts.push(verdict(cell, refusal));
            continue;
        }
        any_permitted = true;
        written = merge::merge(tx, person, cell, response.now)?.or(written);
    }
    if written.is_some() && is_fresh_start(&change) {
        // A restore had lost it. What it deleted is back too, and comes before what phones resend.
        fresh_start::delete_sealed(tx, person)?;
    }
    if any_permitted && follows {
        merge::advance_staff_reading(tx, &person.id, change.stamp.reading)?;
    }
    if any_permitted && is_signed && change.signature.is_some() {
        let Change { collection, id, .. } = &change;
        tx.set_staff_change(&person.id, &change)?;
        tx.delete_replaced_staff_changes(&person.id, collection, id)?;
        if collection == PHONE {
            records::reconcile(tx, person, id, response.now)?;
        }
    }
    Ok(written)
}

fn check(writer: Option<Owner>, device: &Device, cell: &Cell) -> Result<(), Refusal> {
    let writer = writer.ok_or(Refusal::NotOwner)?;
    if capability::forbids(device, cell) {
        return Err(Refusal::LimitedPhone);
    }
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
