//! Editions: which packs to fetch, and showing an edition when all of them are here.

use std::collections::BTreeSet;

use promise_protocol::{
    Edition, PackName,
    fault_injection::{self, Fault},
    pack::{self, Directory, Opportunities, Pack, PackError, Promise},
};
use thiserror::Error;

use super::{kept_ids, merge::Merge, signed::CouncilSignatures, transport::PackWanted};
use crate::{
    collections::{news, number_changes},
    store::{EditionPacks, StoreError, Tx},
};

/// Why an edition is not shown. The one shown before stays.
#[derive(Debug, Error)]
pub enum EditionError {
    /// The bytes do not have the hash that the edition names: they were damaged or altered on the
    /// way. Retrying may help.
    #[error("the {0} pack is not the one the edition names")]
    HashDiffers(PackName),
    /// The pack is not valid. Retrying does not help.
    #[error(transparent)]
    Unreadable(#[from] PackError),
    /// The response cannot be decoded: it was compressed against another pack than this phone holds,
    /// or cut off on the way. Retrying may help.
    #[error("the response for the {0} pack cannot be decoded")]
    Undecodable(PackName),
    /// The server names the pack but does not have it. Retrying helps once it is published again.
    #[error("the server does not have the {0} pack")]
    Unavailable(PackName),
    /// The edition is older than the one that is shown.
    #[error("edition {offered} is older than edition {shown}")]
    Lower {
        /// The number that the server offered.
        offered: u64,
        /// The number of the edition that is shown.
        shown: u64,
    },
    /// The edition does not name a pack, and none of this name was shown before.
    #[error("the edition has no {0} pack")]
    Missing(PackName),
    /// The council did not sign the edition. Retrying helps once the server sends the council's own.
    #[error("the council did not sign edition {0}")]
    NotSigned(u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Returns the packs of an edition that this phone does not have, each with the pack that it would
/// replace.
pub fn packs_wanted(tx: &mut dyn Tx, edition: &Edition) -> Result<Vec<PackWanted>, EditionError> {
    let state = tx.sync_state()?;
    let is_lower = edition.number < state.edition_floor;
    if is_lower && !fault_injection::is_injected(Fault::LowerEditionDisplayed) {
        return Err(EditionError::Lower { offered: edition.number, shown: state.edition_floor });
    }
    check_signature(tx, edition)?;
    let shown = tx.edition_packs()?;
    let mut wanted = Vec::new();
    for (name, hash) in &edition.packs {
        if tx.has_pack(hash)? {
            continue;
        }
        let held = match shown.iter().find(|(shown, _)| shown == name) {
            Some((_, held)) => tx.pack(held)?.map(|bytes| (held.clone(), bytes)),
            None => None,
        };
        wanted.push(PackWanted { name: *name, hash: hash.clone(), held });
    }
    Ok(wanted)
}

/// Checks that the council signed the edition. The server leaves out the packs that this phone shows, and
/// the signature is of all.
fn check_signature(tx: &mut dyn Tx, edition: &Edition) -> Result<(), EditionError> {
    let mut whole = edition.clone();
    for (name, hash) in tx.edition_packs()? {
        whole.packs.entry(name).or_insert(hash);
    }
    if CouncilSignatures::load(tx)?.accepts_edition(&whole) {
        Ok(())
    } else {
        Err(EditionError::NotSigned(edition.number))
    }
}

/// Keeps a fetched pack if it has the right hash. It stays even if the sync fails later, and is then
/// not fetched again.
pub fn keep_pack(tx: &mut dyn Tx, wanted: &PackWanted, bytes: &[u8]) -> Result<(), EditionError> {
    if pack::hash(bytes) != wanted.hash {
        return Err(EditionError::HashDiffers(wanted.name));
    }
    Ok(tx.put_pack(wanted.name, &wanted.hash, bytes)?)
}

/// Shows an edition of which every pack is here. All packs change together.
///
/// Returns the collections in which something changed for the person: saved records may have waited
/// for the ids that came with the edition.
pub fn show(tx: &mut dyn Tx, edition: &Edition) -> Result<BTreeSet<String>, EditionError> {
    check_signature(tx, edition)?;
    let shown = tx.edition_packs()?;
    let mut packs =
        EditionPacks { hashes: Vec::new(), promise: None, opportunities: None, directory: None };
    for name in PackName::ALL {
        let held = shown.iter().find(|(shown, _)| *shown == name).map(|(_, hash)| hash);
        let hash = edition.packs.get(&name).or(held).ok_or(EditionError::Missing(name))?;
        packs.hashes.push((name, hash.clone()));
        if held == Some(hash) {
            continue;
        }
        let bytes = tx.pack(hash)?.ok_or(EditionError::Missing(name))?;
        match name {
            PackName::Promise => packs.promise = Some(Promise::from_bytes(&bytes)?),
            PackName::Opportunities => {
                packs.opportunities = Some(Opportunities::from_bytes(&bytes)?);
            }
            PackName::Directory => packs.directory = Some(Directory::from_bytes(&bytes)?),
        }
    }
    if let Some(promise) = &packs.promise {
        news::keep_before_promise(tx, promise)?;
    }
    if let Some(opportunities) = &packs.opportunities {
        news::keep_before_opportunities(tx, opportunities)?;
    }
    if let Some(directory) = &packs.directory {
        number_changes::keep_before_directory(tx, directory)?;
    }
    tx.show_edition(&packs)?;
    let mut state = tx.sync_state()?;
    state.edition = Some(edition.number);
    state.edition_floor = edition.number;
    tx.set_sync_state(&state)?;
    kept_ids::keep_withdrawn(tx)?;
    let mut merge = Merge::new(tx)?;
    merge.retry_undecryptable()?;
    Ok(merge.finish()?)
}
