//! Answering a sync: `PROTOCOL.md`, section 4, step by step, in one transaction.

mod merge;
mod page;
mod push;

use promise_protocol::{
    MAX_CELLS_SENT, PROTOCOL, SyncRequest, SyncResponse,
    fault_injection::{Fault, is_injected},
    proof::ProofKey,
};

use crate::{
    PhoneScope, ServiceError, audit::access_log, devices::authentication, generation,
    publishing::editions,
};
use promise_database::{Device, Tx};

/// How large an answer's page may grow. A page holds whole revisions, and at least one, so it can
/// be larger by one revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Cells in a page.
    pub cells: usize,
    /// Bytes of their JSON, roughly.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cells: 2000, bytes: 256 * 1024 }
    }
}

/// Answers a phone's request. The caller keeps the transaction if this answers `Ok`, and only then
/// sends the answer.
///
/// [`ServiceError::UnsupportedProtocol`], [`ServiceError::TooLarge`], [`ServiceError::NotPaired`] and
/// [`ServiceError::Revoked`] are final for this request; [`ServiceError::Database`] is for the store to say.
pub fn answer(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    request: SyncRequest,
    now_millis: i64,
    key: &ProofKey,
) -> Result<SyncResponse, ServiceError> {
    answer_within(tx, scope, request, now_millis, key, Limits::default())
}

/// Like [`answer`], with other limits.
pub fn answer_within(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    request: SyncRequest,
    now_millis: i64,
    key: &ProofKey,
    limits: Limits,
) -> Result<SyncResponse, ServiceError> {
    check_shape(&request)?;
    tx.person_for_update(scope.person())?;
    let device = authentication::require_paired(tx, scope)?;
    let mut response = SyncResponse { now: now_millis, ..SyncResponse::default() };
    let generation = generation::current(tx)?.id;
    if request.generation != generation {
        response.generation = Some(generation);
        return Ok(response);
    }
    let since = request.since;
    response.edition = editions::update_for(tx, scope.council(), request.edition)?;
    let written = take(tx, scope, device, request, key, &mut response)?;
    page::fill(tx, scope, since, written, key, limits, &mut response)?;
    // A new phone gets everything at once.
    let brings_nothing = response.changes.is_empty() && response.edition.is_none();
    if (brings_nothing || since == 0) && access_log::release_pending(tx, scope.person())? {
        page::fill(tx, scope, since, written, key, limits, &mut response)?;
    }
    tx.set_delivered_rev(scope.device(), response.next.unwrap_or(since))?;
    Ok(response)
}

fn check_shape(request: &SyncRequest) -> Result<(), ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let cells: usize = request.changes.iter().map(|change| change.fields.len()).sum();
    if cells > MAX_CELLS_SENT { Err(ServiceError::TooLarge) } else { Ok(()) }
}

/// The push half: steps 2 to 4. Answers the revision it wrote, if any.
fn take(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    mut device: Device,
    request: SyncRequest,
    key: &ProofKey,
    response: &mut SyncResponse,
) -> Result<Option<u64>, ServiceError> {
    let is_old = request.request <= device.last_request;
    if is_old && !is_injected(Fault::OldRequestsApplied) {
        response.seen_request = Some(device.last_request);
        return Ok(None);
    }
    device.last_request = request.request.max(device.last_request);
    device.last_sync_at = Some(response.now);
    device.last_rev = request.since;
    tx.set_device(&device)?;
    let changes = push::from_request(request.changes, scope, key);
    if push::any_from_the_future(&changes, response.now)
        && !is_injected(Fault::FutureStampsAccepted)
    {
        response.skew = true;
        return Ok(None);
    }
    response.taken = !changes.is_empty();
    push::write(tx, scope, changes, response)
}

#[cfg(test)]
mod tests;
