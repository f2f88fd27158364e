//! Reading columns, and values to store in them.

use std::{error::Error, fmt, str::FromStr};

use promise_database::{Actor, DatabaseError};
use promise_protocol::ids::StaffId;
use rusqlite::{Row, types::Type};
use serde::{Serialize, de::DeserializeOwned};

/// Stored text is not what it should be. Becomes [`DatabaseError::Unreadable`].
#[derive(Debug)]
struct UnreadableText;

impl fmt::Display for UnreadableText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not what it should be")
    }
}

impl Error for UnreadableText {}

fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(UnreadableText))
}

/// Reads an id.
pub(super) fn get_id<T: From<String>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    Ok(row.get::<_, String>(column)?.into())
}

/// Reads an id from a column that may be NULL.
pub(super) fn get_optional_id<T: From<String>>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(column)?.map(T::from))
}

/// Reads and parses text.
pub(super) fn get_parsed<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get_ref(column)?.as_str()?.parse().map_err(|_| unreadable(column))
}

/// Reads and parses text from a column that may be NULL.
pub(super) fn get_optional_parsed<T: FromStr>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    let Some(text) = row.get_ref(column)?.as_str_or_null()? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| unreadable(column))
}

/// Reads and parses JSON.
pub(super) fn get_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|_| unreadable(column))
}

/// Reads an actor from a column that is part of a key: see [`actor_to_key`].
pub(super) fn get_actor_key(row: &Row<'_>, column: usize) -> rusqlite::Result<Actor> {
    let key: String = row.get(column)?;
    Ok(if key.is_empty() { Actor::Operator } else { Actor::Staff(key.into()) })
}

/// Returns what stands for an actor in a column that is part of a key and cannot be NULL.
pub(super) fn actor_to_key(actor: &Actor) -> &str {
    actor.staff().map(StaffId::as_str).unwrap_or_default()
}

/// Returns JSON to store. `what` names it in the error.
pub(super) fn to_json<T: Serialize>(
    value: &T,
    what: &'static str,
) -> Result<String, DatabaseError> {
    serde_json::to_string(value).map_err(|_| DatabaseError::Unreadable(what))
}

/// Returns the number as SQLite stores it. Its integers end at 2^63, and nothing here counts that
/// far.
pub(super) fn to_integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
