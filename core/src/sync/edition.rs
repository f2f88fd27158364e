//! Editions: which packs to fetch, and showing them when all are here.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{
    Edition, PackName,
    fault_injection::{self, Fault},
    pack::{self, Directory, Opportunities, Pack, PackError, Promise},
    schema::{Kind, OF},
};
use serde_json::Value;
use thiserror::Error;

use super::{
    edit::{self, EditError},
    merge::Merge,
    names,
    transport::PackWanted,
};
use crate::{
    opportunities::SAVED,
    promise::PLEDGE_MARK,
    records::Record,
    store::{EditionPacks, StoreError, Tx},
};

/// Why an edition is not shown. The one shown before stays.
#[derive(Debug, Error)]
pub enum EditionError {
    /// The bytes are not the ones the edition names. Retrying may help: they were damaged on the
    /// way, or somebody changed them.
    #[error("the {0} pack is not the one the edition names")]
    HashDiffers(PackName),
    /// The pack cannot be read. Retrying does not help.
    #[error(transparent)]
    Unreadable(#[from] PackError),
    /// The server's answer is not one that can be decoded. Retrying may help: it was coded against
    /// something else than this phone holds, or cut on the way.
    #[error("the answer for the {0} pack cannot be decoded")]
    Undecodable(PackName),
    /// The server names the pack and does not give it out. Retrying helps once it is published again.
    #[error("the server does not give out the {0} pack")]
    NotGivenOut(PackName),
    /// The edition's number is lower than the one shown.
    #[error("edition {offered} is older than edition {shown}")]
    Lower {
        /// What the server offered.
        offered: u64,
        /// What this phone shows.
        shown: u64,
    },
    /// A pack of the edition is not named, and none was shown before.
    #[error("the edition has no {0} pack")]
    Missing(PackName),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The packs of an edition that this phone does not have, each with the pack it would replace.
pub fn packs_wanted(tx: &mut dyn Tx, edition: &Edition) -> Result<Vec<PackWanted>, EditionError> {
    let state = tx.state()?;
    let is_lower = edition.number < state.edition_floor;
    if is_lower && !fault_injection::is_injected(Fault::LowerEditionShown) {
        return Err(EditionError::Lower { offered: edition.number, shown: state.edition_floor });
    }
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

/// Keeps a fetched pack, if it is the one that was asked for. What was fetched stays, so a sync
/// that breaks off does not fetch it again.
pub fn keep_pack(tx: &mut dyn Tx, wanted: &PackWanted, bytes: &[u8]) -> Result<(), EditionError> {
    if pack::hash(bytes) != wanted.hash {
        return Err(EditionError::HashDiffers(wanted.name));
    }
    Ok(tx.put_pack(wanted.name, &wanted.hash, bytes)?)
}

/// Shows an edition of which every pack is here. All of them change together. Answers the
/// collections in which something changed for the person: what they saved may have waited for the
/// names that came with it.
pub fn show(tx: &mut dyn Tx, edition: &Edition) -> Result<BTreeSet<String>, EditionError> {
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
    tx.show_edition(&packs)?;
    let mut state = tx.state()?;
    state.edition = edition.number;
    state.edition_floor = edition.number;
    tx.set_state(&state)?;
    keep_what_is_gone(tx)?;
    let mut merge = Merge::new(tx)?;
    merge.try_aside()?;
    Ok(merge.finish()?)
}

/// What the person keeps, and the council does not publish any more, is written down with its name,
/// so that their other phones have it too.
fn keep_what_is_gone(tx: &mut dyn Tx) -> Result<(), EditionError> {
    let mut kept = BTreeMap::new();
    for document in tx.documents("kept")? {
        if let Some(id) = document.get("id").and_then(Value::as_str) {
            kept.insert(id.to_owned(), document);
        }
    }
    for collection in [SAVED, PLEDGE_MARK] {
        for record in Record::gather(tx.current(collection)?) {
            let is_kept = record.is_deleted() || record.fields.contains_key(OF);
            if is_kept || names::is_well_known(tx, collection, &record.id)? {
                continue;
            }
            let fits = |document: &Value| Kind::Document.check(document).is_ok();
            let document = kept.remove(&record.id).filter(fits);
            let document = document.map(|document| ("kept".to_owned(), document));
            // There is no clock here, and none is needed: the stamp follows all that was seen.
            edit::write(tx, 0, collection, &record.id, document.into_iter().collect())
                .map_err(not_kept)?;
        }
    }
    Ok(())
}

fn not_kept(error: EditError) -> EditionError {
    match error {
        EditError::Store(error) => error.into(),
        EditError::NotPaired | EditError::Refused { .. } => StoreError::Unreadable("kept").into(),
    }
}
