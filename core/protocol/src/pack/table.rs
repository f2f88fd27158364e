//! A list of records that is written by columns.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Records that are written as `{"id": [...], "title": [...]}`: one array per field, with `null`
/// where a record lacks it. A field that no record has is not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T>(pub Vec<T>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error;
        let mut columns: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (row, record) in self.0.iter().enumerate() {
            let Value::Object(fields) = serde_json::to_value(record).map_err(S::Error::custom)?
            else {
                return Err(S::Error::custom("a table's rows are records"));
            };
            for (field, value) in fields.into_iter().filter(|(_, value)| !value.is_null()) {
                let column = columns.entry(field).or_default();
                column.resize(row, Value::Null);
                column.push(value);
            }
        }
        for column in columns.values_mut() {
            column.resize(self.0.len(), Value::Null);
        }
        columns.serialize(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let columns = BTreeMap::<String, Vec<Value>>::deserialize(deserializer)?;
        let length = columns.values().next().map_or(0, Vec::len);
        if columns.values().any(|column| column.len() != length) {
            return Err(D::Error::custom("a table's columns must have the same length"));
        }
        let mut rows = vec![Map::new(); length];
        for (field, column) in columns {
            for (row, value) in rows.iter_mut().zip(column) {
                if !value.is_null() {
                    row.insert(field.clone(), value);
                }
            }
        }
        let records = rows.into_iter().map(|row| serde_json::from_value(Value::Object(row)));
        records.collect::<Result<_, _>>().map(Table).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        id: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(flatten)]
        unknown: Map<String, Value>,
    }

    #[test]
    fn rows_become_columns_and_keep_unknown_fields() {
        let text =
            json!({"id": [1, 2, 3], "note": [null, "b", null], "new": [null, null, {"x": 1}]});
        let table: Table<Row> = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(table.0.len(), 3);
        assert_eq!(table.0[1].note.as_deref(), Some("b"));
        assert_eq!(table.0[2].unknown["new"], json!({"x": 1}));
        assert!(table.0[0].unknown.is_empty());
        assert_eq!(serde_json::to_value(&table).unwrap(), text);
    }

    #[test]
    fn empty_table_is_an_empty_object() {
        let table: Table<Row> = serde_json::from_value(json!({})).unwrap();
        assert_eq!(table.0, []);
        assert_eq!(serde_json::to_value(&table).unwrap(), json!({}));
    }

    #[test]
    fn columns_of_different_length_are_refused() {
        assert!(serde_json::from_value::<Table<Row>>(json!({"id": [1], "note": []})).is_err());
    }
}
