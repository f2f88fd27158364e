//! Which revision each phone was sent.

use std::collections::BTreeMap;

use promise_database::{DatabaseError, Deliveries};
use promise_protocol::Author;

use super::tx::{SqliteTx, parse};

impl Deliveries for SqliteTx<'_> {
    fn set_delivered_rev(&mut self, phone: &Author, rev: u64) -> Result<(), DatabaseError> {
        self.sql("UPDATE device SET delivered_rev = ?1 WHERE author = ?2 AND delivered_rev <> ?1")?
            .execute((rev, phone.as_str()))?;
        Ok(())
    }

    fn delivered_revs(&mut self, person: &str) -> Result<BTreeMap<Author, u64>, DatabaseError> {
        let mut statement =
            self.sql("SELECT author, delivered_rev FROM device WHERE person = ?")?;
        let rows =
            statement.query_map([person], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (author, rev) = row?;
            Ok((parse(&author, "phone's author")?, rev))
        })
        .collect()
    }
}
