//! Everything a database holds, for taking away: also from a database this version cannot write.

use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::SqliteStore;
use crate::store::StoreError;

/// What a person does not need to take away: secrets, and copies of what the council publishes.
const LEFT_OUT: &str =
    "'pairing', 'words', 'sealing', 'retired', 'pack', 'edition_pack', 'document', 'picture'";

impl SqliteStore {
    /// Every row of every table that holds something of the person's, as JSON.
    pub fn export(&self) -> Result<Value, StoreError> {
        let sql = format!(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'search%' AND name NOT IN ({LEFT_OUT}) ORDER BY name"
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
