//! Documents: the records of the shown packs, one by one.

use rusqlite::Connection;
use serde_json::Value;

use super::{
    SqliteTx,
    document_rows::{keep_document, put_documents, remove_document},
};
use crate::store::{DocumentKind, DocumentStore, StoreError};

/// The ids of the opportunities that the person saved and did not delete.
const SAVED_IDS: &str = "SELECT record FROM current_cell WHERE collection = 'saved' EXCEPT
    SELECT record FROM current_cell WHERE collection = 'saved' AND field = 'deleted' AND value = 'true'";

impl DocumentStore for SqliteTx<'_> {
    fn documents(&mut self, kind: DocumentKind) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT body FROM document WHERE kind = ? ORDER BY position";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([kind.as_str()], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    fn document_ids(&mut self, kind: DocumentKind) -> Result<Vec<String>, StoreError> {
        let mut statement = self.read().prepare_cached("SELECT id FROM document WHERE kind = ?")?;
        let ids = statement.query_map([kind.as_str()], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn has_document(&mut self, kind: DocumentKind, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM document WHERE kind = ? AND id = ?)";
        let mut statement = self.read().prepare_cached(sql)?;
        Ok(statement.query_row([kind.as_str(), id], |row| row.get(0))?)
    }
}

/// Replaces the documents of one kind. Only those that differ are written and indexed, so an edition
/// with one changed opportunity of five hundred costs one.
pub(super) fn replace_documents(
    connection: &Connection,
    kind: DocumentKind,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<(), StoreError> {
    for id in put_documents(connection, kind, records)? {
        remove_document(connection, kind, &id)?;
    }
    Ok(())
}

/// Replaces the opportunities. Those that the person saved and that are not among `records` stay as
/// [`DocumentKind::Kept`], where search does not find them.
pub(super) fn replace_opportunities(
    connection: &Connection,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<(), StoreError> {
    for id in put_documents(connection, DocumentKind::Opportunity, records)? {
        let sql = format!("SELECT EXISTS (SELECT 1 WHERE ? IN ({SAVED_IDS}))");
        if connection.prepare_cached(&sql)?.query_row([&id], |row| row.get(0))? {
            keep_document(connection, &id)?;
        } else {
            remove_document(connection, DocumentKind::Opportunity, &id)?;
        }
    }
    let sql = format!(
        "DELETE FROM document WHERE kind = 'kept' AND (id NOT IN ({SAVED_IDS})
         OR id IN (SELECT id FROM document WHERE kind = 'opportunity'))"
    );
    connection.execute(&sql, [])?;
    Ok(())
}
