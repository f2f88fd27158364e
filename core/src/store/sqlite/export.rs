//! Export of a whole database, including one that a newer version wrote.

use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::SqliteStore;
use crate::store::StoreError;

/// Tables that are not exported: secrets, and copies of what the council publishes.
const NOT_EXPORTED: &str = "'pairing', 'recovery_phrase', 'key_state', 'scheduled_clear', 'pack',
    'edition_pack', 'document', 'picture', 'app_lock'";

impl SqliteStore {
    /// Returns every row of every table that holds data of the person's, by table. Tables that this
    /// version does not know are included.
    pub fn export(&self) -> Result<Value, StoreError> {
        let sql = format!(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'search%' AND name NOT IN ({NOT_EXPORTED}) ORDER BY name"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let names = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut tables = Map::new();
        for name in names {
            let name = name?;
            let rows = self.rows(&name)?;
            tables.insert(name, Value::Array(rows));
        }
        Ok(Value::Object(tables))
    }

    fn rows(&self, table: &str) -> Result<Vec<Value>, StoreError> {
        let quoted = table.replace('"', "\"\"");
        let mut statement = self.connection.prepare(&format!("SELECT * FROM \"{quoted}\""))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let mut record = Map::new();
            for (index, column) in columns.iter().enumerate() {
                record.insert(column.clone(), json(row.get_ref(index)?));
            }
            records.push(Value::Object(record));
        }
        Ok(records)
    }
}

fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}
