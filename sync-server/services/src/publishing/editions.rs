//! Publishing editions, and finding the packs that a phone has to fetch.

use std::collections::BTreeMap;

use promise_protocol::{
    Edition, PackName,
    fault_injection::{Fault, is_injected},
    ids::CouncilId,
    pack::{self, Pack, Promise},
    statement::Statement,
};

use crate::{ServiceError, StaffScope, publishing::pictures};
use promise_database::{Council, StoredPack, Tx};
use promise_edition::EditionContent;

/// An edition that was just published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedEdition {
    /// The edition.
    pub edition: Edition,
    /// The edition that it replaced. `None` for the first one.
    pub replaced: Option<Edition>,
}

/// Publishes the content of a council. Returns `None` if the newest edition has the same packs.
///
/// Returns [`ServiceError::NotFound`] if the council is unknown or out of reach, and
/// [`ServiceError::Picture`].
pub fn publish(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    content: &EditionContent,
    now_millis: i64,
) -> Result<Option<PublishedEdition>, ServiceError> {
    let council = scope.council(tx, council)?;
    publish_content(tx, &council, content, now_millis)
}

/// Like [`publish`], with packs by their bytes. The edition keeps the packs that are left out.
pub fn publish_packs(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    packs: BTreeMap<PackName, Vec<u8>>,
    now_millis: i64,
) -> Result<Option<PublishedEdition>, ServiceError> {
    let council = scope.council(tx, council)?;
    add_edition(tx, &council, packs.into_iter(), now_millis)
}

/// Like [`publish`], for a caller who may publish for the council.
pub(crate) fn publish_content(
    tx: &mut dyn Tx,
    council: &CouncilId,
    content: &EditionContent,
    now_millis: i64,
) -> Result<Option<PublishedEdition>, ServiceError> {
    let EditionContent { promise, opportunities, directory } = content;
    let packs = [
        (PackName::Promise, promise.to_bytes()),
        (PackName::Opportunities, opportunities.to_bytes()),
        (PackName::Directory, directory.to_bytes()),
    ];
    add_edition(tx, council, packs.into_iter(), now_millis)
}

fn add_edition(
    tx: &mut dyn Tx,
    council: &CouncilId,
    packs: impl Iterator<Item = (PackName, Vec<u8>)>,
    now_millis: i64,
) -> Result<Option<PublishedEdition>, ServiceError> {
    let replaced = tx.newest_edition(council)?;
    let (number, old) =
        replaced.as_ref().map_or((0, BTreeMap::new()), |it| (it.number, it.packs.clone()));
    let mut hashes = old.clone();
    for (name, bytes) in packs {
        let hash = pack::hash(&bytes);
        let pictures = pictures_of(tx, name, &bytes)?;
        tx.add_pack(&StoredPack { hash: hash.clone(), name, bytes })?;
        for picture in pictures {
            tx.add_pack_picture(&hash, &picture)?;
        }
        hashes.insert(name, hash);
    }
    if hashes == old {
        return Ok(None);
    }
    let mut edition = Edition { number: number + 1, packs: hashes, signature: None };
    edition.signature = Some(tx.sign(council, &Statement::Edition(&edition))?);
    tx.add_edition(council, &edition, now_millis)?;
    Ok(Some(PublishedEdition { edition, replaced }))
}

/// Returns the hashes of the pictures in a pack. They must be stored, or phones could not fetch them.
fn pictures_of(tx: &mut dyn Tx, name: PackName, bytes: &[u8]) -> Result<Vec<String>, ServiceError> {
    let is_promise = name == PackName::Promise;
    let Some(promise) = is_promise.then(|| Promise::from_bytes(bytes).ok()).flatten() else {
        return Ok(Vec::new());
    };
    pictures::validate(tx, &promise)?;
    Ok(promise.all_pictures().map(|picture| picture.hash.clone()).collect())
}

/// Checks that each council has its signing key, and that this key, or one before it, signed its newest edition. A
/// server with another key would write what no phone accepts.
///
/// Returns [`ServiceError::OtherSigningKey`], and [`ServiceError::Database`] if a key is missing.
pub fn check_signatures(tx: &mut dyn Tx) -> Result<(), ServiceError> {
    for Council { id, .. } in tx.councils()? {
        let keys = tx.council_keys(&id)?;
        let Some(edition) = tx.newest_edition(&id)? else { continue };
        let (statement, signature) = (Statement::Edition(&edition), edition.signature.as_ref());
        // One that distrusts has to be opened to sign everything again.
        if !keys.verify_with_distrusted(&id, &statement, signature) {
            return Err(ServiceError::OtherSigningKey(id));
        }
    }
    Ok(())
}

/// Returns the newest edition if it is newer than edition `shown`, which a phone shows. It contains
/// only the packs that differ, or all of them if edition `shown` is unknown.
pub fn update_for(
    tx: &mut dyn Tx,
    council: &CouncilId,
    shown: u64,
) -> Result<Option<Edition>, ServiceError> {
    let Some(mut newest) = tx.newest_edition(council)? else { return Ok(None) };
    if is_injected(Fault::OlderEditionSent)
        && let Some(older) = tx.edition(council, newest.number.saturating_sub(1))?
    {
        return Ok(Some(older));
    }
    if newest.number <= shown {
        return Ok(None);
    }
    if let Some(shown) = tx.edition(council, shown)? {
        newest.packs.retain(|name, hash| shown.packs.get(name) != Some(hash));
    }
    Ok(Some(newest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Entity,
        fixture::{NOW, World},
    };

    fn publish(world: &mut World, packs: &[(PackName, &str)]) -> Option<Edition> {
        let packs = packs.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
        let published = world
            .staff(|tx, scope, _| publish_packs(tx, scope, &"barnet".into(), packs, NOW))
            .unwrap();
        published.map(|published| published.edition)
    }

    fn fetch(world: &mut World, shown: u64) -> Option<(u64, Vec<PackName>)> {
        let edition = world.staff(|tx, _, _| update_for(tx, &"barnet".into(), shown)).unwrap()?;
        Some((edition.number, edition.packs.into_keys().collect()))
    }

    #[test]
    fn edition_number_rises_only_with_a_change() {
        use PackName::{Directory, Opportunities, Promise};
        let mut world = World::new();
        assert_eq!(fetch(&mut world, 0), None, "nothing is published");
        let first = [(Promise, "{}"), (Opportunities, "{}"), (Directory, "{}")];
        assert_eq!(publish(&mut world, &first).unwrap().number, 1);
        assert_eq!(publish(&mut world, &first), None);
        assert_eq!(publish(&mut world, &[(Directory, "{\"a\":1}")]).unwrap().number, 2);
        assert_eq!(fetch(&mut world, 2), None);
        assert_eq!(fetch(&mut world, 9), None, "a phone that shows more keeps it");
        assert_eq!(fetch(&mut world, 1), Some((2, vec![Directory])));
        let all = vec![Promise, Opportunities, Directory];
        assert_eq!(fetch(&mut world, 0), Some((2, all)));
    }

    #[test]
    fn unknown_council_cannot_publish() {
        let mut world = World::new();
        let published = world
            .staff(|tx, scope, _| publish_packs(tx, scope, &"camden".into(), BTreeMap::new(), NOW));
        assert!(matches!(published, Err(ServiceError::NotFound(Entity::Council))));
    }
}
