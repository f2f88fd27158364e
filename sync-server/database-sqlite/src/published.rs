//! Packs and editions.

use promise_database::{DatabaseError, Published, StoredPack};
use promise_protocol::{Edition, ids::CouncilId, signature::Signature};
use rusqlite::Row;

use super::{
    columns::{get_id, get_json, get_parsed, to_integer, to_json},
    errors::Optional,
    tx::SqliteTx,
};

fn edition(row: &Row<'_>) -> rusqlite::Result<Edition> {
    let signature = Some(Signature::new(row.get::<_, String>(2)?));
    Ok(Edition { number: row.get(0)?, packs: get_json(row, 1)?, signature })
}

/// The column `dictionary` is part of a key, so it holds an empty text where there is none.
fn dictionary_key(dictionary: Option<&str>) -> &str {
    dictionary.unwrap_or_default()
}

impl Published for SqliteTx<'_> {
    fn add_pack(&mut self, pack: &StoredPack) -> Result<(), DatabaseError> {
        self.sql("INSERT INTO pack (hash, name, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")?
            .execute((&pack.hash, pack.name.as_str(), &pack.bytes))?;
        Ok(())
    }

    fn pack(&mut self, hash: &str) -> Result<Option<StoredPack>, DatabaseError> {
        Ok(self
            .sql("SELECT hash, name, bytes FROM pack WHERE hash = ?")?
            .query_row([hash], |row| {
                Ok(StoredPack { hash: row.get(0)?, name: get_parsed(row, 1)?, bytes: row.get(2)? })
            })
            .optional()?)
    }

    fn coded_pack(
        &mut self,
        hash: &str,
        dictionary: Option<&str>,
        coding: &str,
    ) -> Result<Option<Vec<u8>>, DatabaseError> {
        Ok(self
            .sql("SELECT bytes FROM coded_pack WHERE hash = ? AND dictionary = ? AND coding = ?")?
            .query_row((hash, dictionary_key(dictionary), coding), |row| row.get(0))
            .optional()?)
    }

    fn add_coded_pack(
        &mut self,
        hash: &str,
        dictionary: Option<&str>,
        coding: &str,
        bytes: &[u8],
    ) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO coded_pack (hash, dictionary, coding, bytes) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )?
        .execute((hash, dictionary_key(dictionary), coding, bytes))?;
        Ok(())
    }

    fn add_edition(
        &mut self,
        council: &CouncilId,
        edition: &Edition,
        published_at: i64,
    ) -> Result<(), DatabaseError> {
        self.mark_nudge();
        let signature = edition.signature.as_ref().ok_or(DatabaseError::Unreadable("signature"))?;
        self.sql(
            "INSERT INTO edition (council, number, published_at, packs, signature)
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute((
            council.as_str(),
            edition.number,
            published_at,
            to_json(&edition.packs, "edition")?,
            signature.as_str(),
        ))?;
        Ok(())
    }

    fn sign_edition_again(
        &mut self,
        council: &CouncilId,
        number: u64,
        signature: &Signature,
    ) -> Result<(), DatabaseError> {
        self.mark_nudge();
        self.sql("UPDATE edition SET signature = ? WHERE council = ? AND number = ?")?
            .execute((signature.as_str(), council.as_str(), to_integer(number)))?;
        Ok(())
    }

    fn edition(
        &mut self,
        council: &CouncilId,
        number: u64,
    ) -> Result<Option<Edition>, DatabaseError> {
        Ok(self
            .sql("SELECT number, packs, signature FROM edition WHERE council = ? AND number = ?")?
            .query_row((council.as_str(), to_integer(number)), edition)
            .optional()?)
    }

    fn newest_edition(&mut self, council: &CouncilId) -> Result<Option<Edition>, DatabaseError> {
        Ok(self
            .sql(
                "SELECT number, packs, signature FROM edition
                 WHERE council = ? ORDER BY number DESC LIMIT 1",
            )?
            .query_row([council.as_str()], edition)
            .optional()?)
    }

    fn published_at(
        &mut self,
        council: &CouncilId,
        number: u64,
    ) -> Result<Option<i64>, DatabaseError> {
        Ok(self
            .sql("SELECT published_at FROM edition WHERE council = ? AND number = ?")?
            .query_row((council.as_str(), to_integer(number)), |row| row.get(0))
            .optional()?)
    }

    fn edition_numbers(&mut self) -> Result<Vec<(CouncilId, u64)>, DatabaseError> {
        let mut statement =
            self.sql("SELECT council, max(number) FROM edition GROUP BY council")?;
        let rows = statement.query_map((), |row| Ok((get_id(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
