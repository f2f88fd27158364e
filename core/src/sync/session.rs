//! One sync: requests and responses until both sides have everything.

use std::collections::BTreeSet;

use promise_protocol::{Edition, PackName};
use thiserror::Error;

use super::{
    PackWanted, Transport, TransportError,
    apply::{Outcome, apply_response},
    council_keys,
    edition::{self, EditionError},
    key_history,
    request::prepare,
};
use crate::{
    cancel::CancelHandle,
    clock::Clock,
    store::{Store, StoreError, Tx},
};

/// More requests than any phone needs. A server that always sets `more` must not keep a phone busy for
/// ever.
const MAX_REQUESTS: usize = 200;

/// Why a sync failed. What was applied before is kept.
#[derive(Debug, Error)]
pub enum SyncError {
    /// The phone is not paired.
    #[error("the phone is not paired")]
    NotPaired,
    /// The council released the phone.
    #[error("the phone was released")]
    Released,
    /// A message or its response did not arrive.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The edition was not shown. Everything else was synced.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The result of one sync.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Synced {
    /// How many requests were sent, those for packs included.
    pub requests: usize,
    /// The collections in which something changed for the person.
    pub changed: BTreeSet<String>,
    /// The number of the edition that is shown now, if it is a new one.
    pub edition: Option<u64>,
    /// How many edits the server refused.
    pub refused: usize,
    /// How many changes claimed to be the council's and were not. None of them is shown.
    pub unverified: u64,
    /// How many pictures were fetched after that. Their requests are not counted in `requests`.
    pub pictures: usize,
}

impl Synced {
    /// Leaves out what tells of something private.
    pub(crate) fn without_private(self) -> Self {
        Self { requests: 0, changed: BTreeSet::new(), refused: 0, ..self }
    }
}

/// Access to the store for one step. Between steps, while a message is on its way, the store is free
/// for other calls.
pub trait StoreAccess {
    /// The store.
    type Store: Store;
    /// Runs one step with the store.
    fn with<R, E: From<StoreError>>(
        &self,
        step: impl FnOnce(&mut Self::Store) -> Result<R, E>,
    ) -> Result<R, E>;
}

/// Syncs until the server has no more for this phone and this phone has no more for the server.
/// Cancelling stops it between two steps or in the middle of a message; what was applied stays.
pub fn sync(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    clock: &dyn Clock,
    cancel: &CancelHandle,
) -> Result<Synced, SyncError> {
    let mut synced = Synced::default();
    let mut ran = run(access, transport, clock, cancel, &mut synced)?;
    let is_unsigned = matches!(ran.failed_edition, Some(EditionError::NotSigned(_)));
    if is_unsigned || synced.unverified > 0 {
        synced.requests += 1;
        if learn_keys(access, transport, cancel)? {
            // It comes again, and is counted then if it still does not verify.
            let unverified = std::mem::take(&mut synced.unverified);
            let steps = ran.refused_steps;
            access.with(|store| store.transact(|tx| uncount(tx, unverified, steps)))?;
            ran = run(access, transport, clock, cancel, &mut synced)?;
        }
    }
    match ran.failed_edition {
        Some(error) => Err(error.into()),
        None => Ok(synced),
    }
}

/// What did not verify, besides the changes that are counted in [`Synced`].
#[derive(Default)]
struct Ran {
    /// Why an edition is not shown, if one is not.
    failed_edition: Option<EditionError>,
    /// How many changes were counted as attempts to change the person's key.
    refused_steps: u64,
}

/// Fetches the council's keys, because something did not verify with those that this phone knows. Returns
/// `true` if it learned one.
pub(crate) fn learn_keys(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    cancel: &CancelHandle,
) -> Result<bool, SyncError> {
    let pairing = access.with(|store| store.transact(|tx| tx.pairing()))?;
    let pairing = pairing.ok_or(SyncError::NotPaired)?;
    match transport.council_keys(pairing.token().ok_or(SyncError::Released)?, cancel) {
        Ok(list) => Ok(access.with(|store| store.transact(|tx| council_keys::learn(tx, &list)))?),
        // What was synced is kept, and the next sync tries again.
        Err(TransportError::Refused(_) | TransportError::NotUnderstood) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Sends requests until nothing is left to send or to get, and adds what was done to `synced`.
fn run(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    clock: &dyn Clock,
    cancel: &CancelHandle,
    synced: &mut Synced,
) -> Result<Ran, SyncError> {
    access.with(|store| store.transact(|tx| ask_again_for_unverified(tx)))?;
    let mut ran = Ran::default();
    for _ in 0..MAX_REQUESTS {
        let outcome = exchange(access, transport, clock, cancel)?;
        synced.requests += 1;
        synced.refused += outcome.refused;
        synced.unverified += outcome.unverified;
        ran.refused_steps += outcome.refused_steps;
        synced.changed.extend(outcome.changed);
        if let (Some(edition), None) = (outcome.edition, &ran.failed_edition) {
            match fetch_edition(access, transport, &edition, cancel) {
                Ok((requests, changed)) => {
                    synced.requests += requests;
                    synced.changed.extend(changed);
                    synced.edition = Some(edition.number);
                }
                // A pack that cannot be shown must not delay a contact's new phone number.
                Err(SyncError::Edition(error)) => ran.failed_edition = Some(error),
                Err(error) => return Err(error),
            }
        }
        if !outcome.again {
            break;
        }
    }
    Ok(ran)
}

/// Takes changes off the count of those that were not what they claim, and steps off that of attempts to change the
/// person's key.
fn uncount(tx: &mut dyn Tx, unverified: u64, steps: u64) -> Result<(), StoreError> {
    let mut state = tx.sync_state()?;
    state.unverified = state.unverified.saturating_sub(unverified);
    tx.set_sync_state(&state)?;
    key_history::uncount_refused(tx, steps)
}

/// Takes the cursor back to before the first change that was not what it claims. The server may send it
/// unaltered now, or this phone may have learned another key of the council.
pub(super) fn ask_again_for_unverified(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let mut state = tx.sync_state()?;
    if let Some(since) = state.unverified_since.take() {
        state.cursor = state.cursor.min(since);
        tx.set_sync_state(&state)?;
    }
    Ok(())
}

fn exchange(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    clock: &dyn Clock,
    cancel: &CancelHandle,
) -> Result<Outcome, SyncError> {
    if cancel.is_cancelled() {
        return Err(TransportError::Cancelled.into());
    }
    let (token, request) = access.with(|store| {
        store.transact(|tx| {
            let pairing = tx.pairing()?.ok_or(SyncError::NotPaired)?;
            let token = pairing.token().ok_or(SyncError::Released)?.to_owned();
            Ok::<_, SyncError>((token, prepare(tx)?))
        })
    })?;
    let response = transport.sync(&token, &request.request, cancel)?;
    let now = clock.now_millis();
    Ok(access.with(|store| store.transact(|tx| apply_response(tx, &request, response, now)))?)
}

/// Fetches the packs of an edition that are not here, then shows the edition. Returns the number of
/// requests, and the collections in which something changed for the person.
fn fetch_edition(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    edition: &Edition,
    cancel: &CancelHandle,
) -> Result<(usize, BTreeSet<String>), SyncError> {
    let wanted = access.with(|store| store.transact(|tx| edition::packs_wanted(tx, edition)))?;
    let mut requests = wanted.len();
    let responses = transport.packs(&wanted, cancel);
    let mut first_error = None;
    for (pack, response) in wanted.iter().zip(responses) {
        let kept = keep(access, pack, response);
        let kept = match kept {
            // The difference does not fit the pack that this phone holds: fetch the whole pack, once.
            Err(SyncError::Edition(
                EditionError::HashDiffers(_) | EditionError::Undecodable(_),
            )) if pack.held.is_some() => {
                requests += 1;
                fetch_whole(access, transport, pack, cancel)
            }
            kept => kept,
        };
        if let Err(error) = kept {
            first_error.get_or_insert(error);
        }
    }
    if let Some(error) = first_error {
        return Err(error);
    }
    let changed = access.with(|store| store.transact(|tx| edition::show(tx, edition)))?;
    Ok((requests, changed))
}

fn keep(
    access: &impl StoreAccess,
    pack: &PackWanted,
    response: Result<Vec<u8>, TransportError>,
) -> Result<(), SyncError> {
    let bytes = response.map_err(|error| pack_error(pack.name, error))?;
    Ok(access.with(|store| store.transact(|tx| edition::keep_pack(tx, pack, &bytes)))?)
}

fn fetch_whole(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    pack: &PackWanted,
    cancel: &CancelHandle,
) -> Result<(), SyncError> {
    let whole = PackWanted { held: None, ..pack.clone() };
    for response in transport.packs(std::slice::from_ref(&whole), cancel) {
        keep(access, &whole, response)?;
    }
    Ok(())
}

/// Distinguishes an error of this pack from one of the connection or of the whole server.
fn pack_error(name: PackName, error: TransportError) -> SyncError {
    use promise_protocol::ProblemCode::{Busy, Internal, TooMany};
    match error {
        TransportError::NotUnderstood => EditionError::Undecodable(name).into(),
        TransportError::Refused(Busy | Internal | TooMany) => error.into(),
        TransportError::Refused(_) => EditionError::Unavailable(name).into(),
        _ => error.into(),
    }
}
