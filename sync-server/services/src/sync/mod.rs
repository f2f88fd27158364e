//! Answering a sync request in one transaction, by the steps of `PROTOCOL.md`, section 4.

mod account_key;
mod clears;
mod merge;
mod page;
mod push;

use promise_protocol::{
    MAX_CELLS_SENT, MAX_KEY_STEPS, PROTOCOL, SyncRequest, SyncResponse,
    fault_injection::{Fault, is_injected},
};

use crate::{
    PhoneScope, ServiceError,
    audit::access_log,
    devices::{authentication, pairing},
    generation,
    publishing::editions,
};
use promise_database::{Device, Person, Tx};

use clears::ClearPermission;

/// The maximum size of a page of a response. A page contains whole revisions, at least one, which may
/// alone be larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The number of cells.
    pub cells: usize,
    /// The approximate size of their JSON, in bytes.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cells: 2000, bytes: 256 * 1024 }
    }
}

/// Handles a phone's sync request. The caller commits the transaction before it sends the response,
/// and rolls it back on an error.
///
/// Returns [`ServiceError::UnsupportedProtocol`], [`ServiceError::TooLarge`],
/// [`ServiceError::NotPaired`] and [`ServiceError::Revoked`], after which retrying the same request
/// does not help, and [`ServiceError::Database`].
pub fn answer(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    request: SyncRequest,
    now_millis: i64,
) -> Result<SyncResponse, ServiceError> {
    answer_within(tx, scope, request, now_millis, Limits::default())
}

/// Like [`answer`], with other limits.
pub fn answer_within(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    request: SyncRequest,
    now_millis: i64,
    limits: Limits,
) -> Result<SyncResponse, ServiceError> {
    check_shape(&request)?;
    let person = tx.person_for_update(scope.person())?;
    let device = authentication::require_paired(tx, scope)?;
    let mut response = SyncResponse { now: now_millis, ..SyncResponse::default() };
    let generation = generation::current(tx)?.id;
    if request.generation != generation {
        response.generation = Some(generation);
        return Ok(response);
    }
    let person = person.ok_or(ServiceError::NotPaired)?;
    let since = request.since;
    response.edition = editions::update_for(tx, scope.council(), request.edition)?;
    let written = apply_push(tx, &person, device, request, &mut response)?;
    page::fill(tx, scope, since, written, limits, &mut response)?;
    // A phone without a cursor gets the waiting access records with everything else.
    let brings_nothing = response.changes.is_empty() && response.edition.is_none();
    if (brings_nothing || since == 0) && access_log::release_pending(tx, scope.person())? {
        page::fill(tx, scope, since, written, limits, &mut response)?;
    }
    tx.set_delivered_rev(scope.device(), response.next.unwrap_or(since))?;
    Ok(response)
}

fn check_shape(request: &SyncRequest) -> Result<(), ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let cells: usize = request.changes.iter().map(|change| change.fields.len()).sum();
    let is_too_large = cells > MAX_CELLS_SENT || request.key_steps.len() > MAX_KEY_STEPS;
    if is_too_large { Err(ServiceError::TooLarge) } else { Ok(()) }
}

/// Applies the changes of the request: steps 2 to 4. Returns the revision that it wrote, if any.
fn apply_push(
    tx: &mut dyn Tx,
    person: &Person,
    mut device: Device,
    request: SyncRequest,
    response: &mut SyncResponse,
) -> Result<Option<u64>, ServiceError> {
    let is_old = request.request <= device.last_request;
    if is_old && !is_injected(Fault::OldRequestsApplied) {
        response.seen_request = Some(device.last_request);
        return Ok(None);
    }
    if device.last_sync_at.is_none() {
        pairing::arrived(tx, person, &device, response.now)?;
    }
    device.last_request = request.request.max(device.last_request);
    device.last_sync_at = Some(response.now);
    device.last_rev = request.since;
    tx.set_device(&device)?;
    let author = device.author.clone();
    let mut permission = ClearPermission::of(person, &request);
    let changes = push::from_request(tx, person, request.changes)?;
    if push::any_from_the_future(&changes, response.now)
        && !is_injected(Fault::FutureStampsAccepted)
    {
        response.skew = true;
        return Ok(None);
    }
    response.taken = !changes.is_empty();
    let written = push::write(tx, person, device, changes, &mut permission, response)?;
    if request.key_steps.is_empty() {
        return Ok(written);
    }
    // After the changes: they can hold the steps that a restore lost, and the record that confirmed the phone.
    let phone = tx.device(&author)?.ok_or(ServiceError::NotPaired)?;
    let accepted = account_key::accept(tx, person, &phone, &request.key_steps, response)?;
    Ok(accepted.or(written))
}

#[cfg(test)]
mod tests;
