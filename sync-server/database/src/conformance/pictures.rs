//! Pictures.

use promise_protocol::PackName;

use super::fixture::{read, write};
use crate::{Database, StoredPack, StoredPicture};

fn picture(hash: &str) -> StoredPicture {
    StoredPicture {
        hash: hash.into(),
        media_type: "image/webp".into(),
        width: 960,
        height: 640,
        bytes: vec![0, 255, 1],
    }
}

/// Every field is stored, and the size is that of the bytes.
pub async fn picture_is_read_as_written(database: &Database) {
    write(database, |tx| tx.add_picture(&picture("aa"), 1)).await;
    let found = read(database, |tx| Ok((tx.picture("aa")?, tx.picture_size("aa")?)));
    assert_eq!(found.await, (Some(picture("aa")), Some(3)));
    let missing = read(database, |tx| Ok((tx.picture("bb")?, tx.picture_size("bb")?)));
    assert_eq!(missing.await, (None, None));
}

/// A picture stays if it was added at that time or later, if a pack refers to it, or if it is in the
/// list to keep.
pub async fn unused_pictures_are_deleted(database: &Database) {
    let deleted = write(database, |tx| {
        for (hash, added_at) in
            [("old", 99), ("new", 100), ("again", 1), ("in-pack", 1), ("kept", 1), ("again", 100)]
        {
            tx.add_picture(&picture(hash), added_at)?;
        }
        // An earlier time does not take back a later one.
        tx.add_picture(&picture("new"), 5)?;
        let pack = StoredPack { hash: "p".into(), name: PackName::Promise, bytes: vec![] };
        tx.add_pack(&pack)?;
        tx.add_pack_picture("p", "in-pack")?;
        tx.add_pack_picture("p", "in-pack")?;
        tx.delete_unused_pictures(100, &["kept".to_owned()].into())
    });
    assert_eq!(deleted.await, 1);
    let left = read(database, |tx| {
        let hashes = ["old", "new", "again", "in-pack", "kept"];
        let found = hashes.map(|hash| tx.picture(hash).map(|found| found.is_some()));
        found.into_iter().collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(left.await, [false, true, true, true, true]);
}
