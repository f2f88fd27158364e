//! Packs and editions.

use promise_database::{DatabaseError, Published, StoredPack};
use promise_protocol::Edition;
use rusqlite::Row;

use super::{
    errors::Optional,
    tx::{SqliteTx, from_json, sql_number, to_json},
};

fn edition_row(row: &Row<'_>) -> rusqlite::Result<(u64, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn edition((number, packs): (u64, String)) -> Result<Edition, DatabaseError> {
    Ok(Edition { number, packs: from_json(&packs, "edition")? })
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
        let row = self
            .sql("SELECT hash, name, bytes FROM pack WHERE hash = ?")?
            .query_row([hash], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))
            .optional()?;
        let Some((hash, name, bytes)) = row else { return Ok(None) };
        let name = name.parse().map_err(|_| DatabaseError::Unreadable("pack name"))?;
        Ok(Some(StoredPack { hash, name, bytes }))
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
        council: &str,
        edition: &Edition,
        published_at: i64,
    ) -> Result<(), DatabaseError> {
        self.mark_nudge();
        self.sql("INSERT INTO edition (council, number, published_at, packs) VALUES (?, ?, ?, ?)")?
            .execute((
                council,
                edition.number,
                published_at,
                to_json(&edition.packs, "edition")?,
            ))?;
        Ok(())
    }

    fn edition(&mut self, council: &str, number: u64) -> Result<Option<Edition>, DatabaseError> {
        self.sql("SELECT number, packs FROM edition WHERE council = ? AND number = ?")?
            .query_row((council, sql_number(number)), edition_row)
            .optional()?
            .map(edition)
            .transpose()
    }

    fn newest_edition(&mut self, council: &str) -> Result<Option<Edition>, DatabaseError> {
        self.sql(
            "SELECT number, packs FROM edition WHERE council = ? ORDER BY number DESC LIMIT 1",
        )?
        .query_row([council], edition_row)
        .optional()?
        .map(edition)
        .transpose()
    }

    fn published_at(&mut self, council: &str, number: u64) -> Result<Option<i64>, DatabaseError> {
        Ok(self
            .sql("SELECT published_at FROM edition WHERE council = ? AND number = ?")?
            .query_row((council, sql_number(number)), |row| row.get(0))
            .optional()?)
    }

    fn edition_numbers(&mut self) -> Result<Vec<(String, u64)>, DatabaseError> {
        let mut statement =
            self.sql("SELECT council, max(number) FROM edition GROUP BY council")?;
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
