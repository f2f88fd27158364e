//! Packs, and the edition that is made of them.

use promise_protocol::{
    PackName, coding,
    pack::{Directory, MAX_PACK_BYTES, Opportunities, Promise},
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    SqliteTx,
    documents::{replace_documents, replace_opportunities},
    pictures,
};
use crate::store::{DocumentKind, EditionPacks, PackStore, StoreError};

impl PackStore for SqliteTx<'_> {
    fn edition_packs(&mut self) -> Result<Vec<(PackName, String)>, StoreError> {
        let sql = "SELECT name, hash FROM edition_pack ORDER BY name";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        let mut packs = Vec::new();
        for row in rows {
            let (name, hash) = row?;
            if let Ok(name) = name.parse::<PackName>() {
                packs.push((name, hash));
            }
        }
        Ok(packs)
    }

    fn has_pack(&mut self, hash: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM pack WHERE hash = ?)";
        Ok(self.read().prepare_cached(sql)?.query_row([hash], |row| row.get(0))?)
    }

    fn pack(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.read().prepare_cached("SELECT bytes FROM pack WHERE hash = ?")?;
        let coded: Option<Vec<u8>> = statement.query_row([hash], |row| row.get(0)).optional()?;
        let bytes = coded.map(|coded| coding::decode_zstd(&coded, MAX_PACK_BYTES));
        bytes.transpose().map_err(|_| StoreError::Unreadable("pack"))
    }

    fn put_pack(&mut self, name: PackName, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let coded = coding::encode_zstd_fast(bytes).map_err(|_| StoreError::Unreadable("pack"))?;
        let sql = "INSERT OR REPLACE INTO pack (hash, name, bytes) VALUES (?, ?, ?)";
        self.write()?.execute(sql, params![hash, name.as_str(), coded])?;
        Ok(())
    }

    fn show_edition(&mut self, packs: &EditionPacks) -> Result<(), StoreError> {
        let connection = self.write()?;
        connection.execute("DELETE FROM edition_pack", [])?;
        for (name, hash) in &packs.hashes {
            let sql = "INSERT INTO edition_pack (name, hash) VALUES (?, ?)";
            connection.execute(sql, [name.as_str(), hash])?;
        }
        let unused = "DELETE FROM pack WHERE hash NOT IN (SELECT hash FROM edition_pack)";
        connection.execute(unused, [])?;
        if let Some(promise) = &packs.promise {
            replace_promise(connection, promise)?;
        }
        if let Some(opportunities) = &packs.opportunities {
            replace_published(connection, opportunities)?;
        }
        if let Some(directory) = &packs.directory {
            replace_directory(connection, directory)?;
        }
        Ok(())
    }
}

fn replace_promise(connection: &Connection, promise: &Promise) -> Result<(), StoreError> {
    let head = json!({"council": promise.council, "title": promise.title, "intro": promise.intro});
    replace_documents(connection, DocumentKind::Promise, [("promise".to_owned(), head)])?;
    let sections = by_id(&promise.sections, |section| &section.id)?;
    replace_documents(connection, DocumentKind::Section, sections)?;
    let pledges = by_id(&promise.pledges.0, |pledge| &pledge.id)?;
    replace_documents(connection, DocumentKind::Pledge, pledges)?;
    pictures::remove_unused(connection)
}

fn replace_published(connection: &Connection, published: &Opportunities) -> Result<(), StoreError> {
    let records = by_id(&published.opportunities.0, |opportunity| &opportunity.id)?;
    replace_opportunities(connection, records)
}

fn replace_directory(connection: &Connection, directory: &Directory) -> Result<(), StoreError> {
    let lines = by_id(&directory.lines.0, |line| &line.id)?;
    replace_documents(connection, DocumentKind::Line, lines)?;
    let days = directory
        .closed_days
        .iter()
        .map(|day| Ok((day.date.to_string(), serde_json::to_value(day)?)));
    let days = days.collect::<Result<Vec<_>, StoreError>>()?;
    replace_documents(connection, DocumentKind::ClosedDay, days)?;
    let timescales = by_id(&directory.timescales, |timescale| &timescale.id)?;
    replace_documents(connection, DocumentKind::Timescale, timescales)
}

fn by_id<T: Serialize>(
    records: &[T],
    id: impl Fn(&T) -> &String,
) -> Result<Vec<(String, Value)>, StoreError> {
    records.iter().map(|record| Ok((id(record).clone(), serde_json::to_value(record)?))).collect()
}
