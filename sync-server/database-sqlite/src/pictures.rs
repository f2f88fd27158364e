//! Pictures.

use std::collections::BTreeSet;

use promise_database::{DatabaseError, Pictures, StoredPicture};

use super::{errors::Optional, tx::SqliteTx};

impl Pictures for SqliteTx<'_> {
    fn add_picture(
        &mut self,
        picture: &StoredPicture,
        now_millis: i64,
    ) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO picture (hash, media_type, width, height, bytes, added_at)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (hash) DO UPDATE SET added_at = max(added_at, excluded.added_at)",
        )?
        .execute((
            &picture.hash,
            &picture.media_type,
            picture.width,
            picture.height,
            &picture.bytes,
            now_millis,
        ))?;
        Ok(())
    }

    fn picture(&mut self, hash: &str) -> Result<Option<StoredPicture>, DatabaseError> {
        let mut statement =
            self.sql("SELECT hash, media_type, width, height, bytes FROM picture WHERE hash = ?")?;
        let picture = statement.query_row([hash], |row| {
            Ok(StoredPicture {
                hash: row.get(0)?,
                media_type: row.get(1)?,
                width: row.get(2)?,
                height: row.get(3)?,
                bytes: row.get(4)?,
            })
        });
        Ok(picture.optional()?)
    }

    fn picture_size(&mut self, hash: &str) -> Result<Option<u64>, DatabaseError> {
        Ok(self
            .sql("SELECT length(bytes) FROM picture WHERE hash = ?")?
            .query_row([hash], |row| row.get(0))
            .optional()?)
    }

    fn add_pack_picture(&mut self, pack: &str, picture: &str) -> Result<(), DatabaseError> {
        self.sql("INSERT INTO pack_picture (pack, picture) VALUES (?, ?) ON CONFLICT DO NOTHING")?
            .execute((pack, picture))?;
        Ok(())
    }

    fn delete_unused_pictures(
        &mut self,
        before_millis: i64,
        kept: &BTreeSet<String>,
    ) -> Result<usize, DatabaseError> {
        let mut statement = self.sql(
            "SELECT hash FROM picture
             WHERE added_at < ? AND hash NOT IN (SELECT picture FROM pack_picture)",
        )?;
        let unused = statement.query_map([before_millis], |row| row.get::<_, String>(0))?;
        let mut deleted = 0;
        for hash in unused.collect::<Result<Vec<_>, _>>()? {
            if !kept.contains(&hash) {
                deleted += self.sql("DELETE FROM picture WHERE hash = ?")?.execute([&hash])?;
            }
        }
        Ok(deleted)
    }
}
