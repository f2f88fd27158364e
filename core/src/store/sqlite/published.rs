//! Packs, and showing the edition they make.

use promise_protocol::{PackName, coding, pack::MAX_PACK_BYTES};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    documents::{replace, replace_opportunities},
    pictures,
};
use crate::store::{EditionPacks, StoreError};

pub(super) fn edition_packs(
    connection: &Connection,
) -> Result<Vec<(PackName, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, hash FROM edition_pack ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut packs = Vec::new();
    for row in rows {
        let (name, hash) = row?;
        if let Some(name) = PackName::from_name(&name) {
            packs.push((name, hash));
        }
    }
    Ok(packs)
}

pub(super) fn has_pack(connection: &Connection, hash: &str) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pack WHERE hash = ?)";
    Ok(connection.prepare_cached(sql)?.query_row([hash], |row| row.get(0))?)
}

pub(super) fn pack(connection: &Connection, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM pack WHERE hash = ?")?;
    let stored: Option<Vec<u8>> = statement.query_row([hash], |row| row.get(0)).optional()?;
    let bytes = stored.map(|stored| coding::from_zstd(&stored, MAX_PACK_BYTES));
    bytes.transpose().map_err(|_| StoreError::Unreadable("pack"))
}

pub(super) fn put_pack(
    connection: &Connection,
    name: PackName,
    hash: &str,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let coded = coding::zstd_quick(bytes).map_err(|_| StoreError::Unreadable("pack"))?;
    let sql = "INSERT OR REPLACE INTO pack (hash, name, bytes) VALUES (?, ?, ?)";
    connection.execute(sql, params![hash, name.as_str(), coded])?;
    Ok(())
}

pub(super) fn show_edition(
    connection: &Connection,
    packs: &EditionPacks,
) -> Result<(), StoreError> {
    connection.execute("DELETE FROM edition_pack", [])?;
    for (name, hash) in &packs.hashes {
        let sql = "INSERT INTO edition_pack (name, hash) VALUES (?, ?)";
        connection.execute(sql, [name.as_str(), hash])?;
    }
    let unused = "DELETE FROM pack WHERE hash NOT IN (SELECT hash FROM edition_pack)";
    connection.execute(unused, [])?;
    if let Some(promise) = &packs.promise {
        let head =
            json!({"council": promise.council, "title": promise.title, "intro": promise.intro});
        replace(connection, "promise", [("promise".to_owned(), head)])?;
        replace(connection, "section", named(&promise.sections, |section| &section.id)?)?;
        replace(connection, "pledge", named(&promise.pledges.0, |pledge| &pledge.id)?)?;
        pictures::forget_unnamed(connection)?;
    }
    if let Some(opportunities) = &packs.opportunities {
        let records = named(&opportunities.opportunities.0, |opportunity| &opportunity.id)?;
        replace_opportunities(connection, records)?;
    }
    if let Some(directory) = &packs.directory {
        replace(connection, "line", named(&directory.lines.0, |line| &line.id)?)?;
        let days = directory
            .closed_days
            .iter()
            .map(|day| Ok((day.date.to_string(), serde_json::to_value(day)?)));
        replace(connection, "closed_day", days.collect::<Result<Vec<_>, StoreError>>()?)?;
    }
    Ok(())
}

fn named<T: Serialize>(
    records: &[T],
    id: impl Fn(&T) -> &String,
) -> Result<Vec<(String, Value)>, StoreError> {
    records.iter().map(|record| Ok((id(record).clone(), serde_json::to_value(record)?))).collect()
}
