//! Packs and editions.

use promise_protocol::{Edition, PackName, signature::Signature};

use super::fixture::{id, populate, read, write};
use crate::{Database, DatabaseError, StoredPack};

fn pack(hash: &str, bytes: &[u8]) -> StoredPack {
    StoredPack { hash: hash.into(), name: PackName::Opportunities, bytes: bytes.to_vec() }
}

fn edition(number: u64) -> Edition {
    let packs = [(PackName::Promise, "aa"), (PackName::Directory, "bb")];
    let packs = packs.map(|(name, hash)| (name, format!("{hash}{number}"))).into();
    Edition { number, packs, signature: Some(Signature::new("signed")) }
}

/// A pack that is added again keeps its bytes.
pub async fn pack_is_stored_once(database: &Database) {
    write(database, |tx| {
        tx.add_pack(&pack("aa", b"{}"))?;
        tx.add_pack(&pack("aa", b"other"))
    })
    .await;
    let found = read(database, |tx| Ok((tx.pack("aa")?, tx.pack("bb")?)));
    assert_eq!(found.await, (Some(pack("aa", b"{}")), None));
}

/// The compressed forms of a pack are kept apart.
pub async fn coded_pack_is_kept_per_dictionary_and_coding(database: &Database) {
    let forms = [(None, "br", b"1"), (None, "zstd", b"2"), (Some("old"), "dcz", b"3")];
    write(database, move |tx| {
        tx.add_pack(&pack("aa", b"{}"))?;
        for (dictionary, coding, bytes) in forms {
            tx.add_coded_pack("aa", dictionary, coding, bytes)?;
            tx.add_coded_pack("aa", dictionary, coding, b"once more")?;
        }
        Ok(())
    })
    .await;
    for (dictionary, coding, bytes) in forms {
        let found = read(database, move |tx| tx.coded_pack("aa", dictionary, coding)).await;
        assert_eq!(found, Some(bytes.to_vec()), "{dictionary:?} {coding}");
    }
    for (dictionary, coding) in [(None, "dcz"), (Some("other"), "dcz"), (Some("old"), "br")] {
        let found = read(database, move |tx| tx.coded_pack("aa", dictionary, coding)).await;
        assert_eq!(found, None, "{dictionary:?} {coding}");
    }
}

/// An edition cannot replace another.
pub async fn edition_number_is_used_once(database: &Database) {
    populate(database).await;
    write(database, |tx| tx.add_edition(&id("barnet"), &edition(1), 5)).await;
    let other = Edition { packs: [].into(), ..edition(1) };
    let refused: Result<(), DatabaseError> =
        database.write(move |tx| tx.add_edition(&id("barnet"), &other, 6)).await;
    assert!(refused.is_err());
    write(database, |tx| tx.add_edition(&id("camden"), &edition(1), 7)).await;
    let found = read(database, |tx| {
        Ok((
            tx.edition(&id("barnet"), 1)?,
            tx.published_at(&id("barnet"), 1)?,
            tx.published_at(&id("camden"), 1)?,
        ))
    });
    assert_eq!(found.await, (Some(edition(1)), Some(5), Some(7)));
}

/// The newest edition is the one with the greatest number, of each council.
pub async fn newest_edition_has_the_greatest_number(database: &Database) {
    populate(database).await;
    assert_eq!(read(database, |tx| tx.newest_edition(&id("barnet"))).await, None);
    write(database, |tx| {
        for number in [1, 10, 9] {
            tx.add_edition(&id("barnet"), &edition(number), 1)?;
        }
        tx.add_edition(&id("camden"), &edition(3), 1)
    })
    .await;
    assert_eq!(read(database, |tx| tx.newest_edition(&id("barnet"))).await, Some(edition(10)));
    let mut numbers = read(database, |tx| tx.edition_numbers()).await;
    numbers.sort();
    assert_eq!(numbers, [(id("barnet"), 10), (id("camden"), 3)]);
    for number in [0, 2, u64::MAX] {
        let missing = read(database, move |tx| {
            Ok((tx.edition(&id("barnet"), number)?, tx.published_at(&id("barnet"), number)?))
        });
        assert_eq!(missing.await, (None, None), "number {number}");
    }
}

/// An edition that is signed again keeps its packs, and when it was published.
pub async fn edition_is_signed_again(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        for council in ["barnet", "camden"] {
            tx.add_edition(&id(council), &edition(1), 5)?;
        }
        tx.add_edition(&id("barnet"), &edition(2), 6)?;
        tx.sign_edition_again(&id("barnet"), 3, &Signature::new("again"))?;
        tx.sign_edition_again(&id("barnet"), 2, &Signature::new("again"))
    })
    .await;
    let again = Edition { signature: Some(Signature::new("again")), ..edition(2) };
    let found = read(database, |tx| {
        let others = (tx.edition(&id("barnet"), 1)?, tx.edition(&id("camden"), 1)?);
        Ok((tx.newest_edition(&id("barnet"))?, tx.published_at(&id("barnet"), 2)?, others))
    });
    let others = (Some(edition(1)), Some(edition(1)));
    assert_eq!(found.await, (Some(again), Some(6), others));
}
