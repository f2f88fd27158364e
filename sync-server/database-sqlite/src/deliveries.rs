//! Which revision each phone was sent.

use std::collections::BTreeMap;

use promise_database::{DatabaseError, Deliveries};
use promise_protocol::{Author, ids::PersonId};

use super::{columns::get_parsed, tx::SqliteTx};

impl Deliveries for SqliteTx<'_> {
    fn set_delivered_rev(&mut self, phone: &Author, rev: u64) -> Result<(), DatabaseError> {
        self.sql("UPDATE device SET delivered_rev = ?1 WHERE author = ?2 AND delivered_rev <> ?1")?
            .execute((rev, phone.as_str()))?;
        Ok(())
    }

    fn delivered_revs(
        &mut self,
        person: &PersonId,
    ) -> Result<BTreeMap<Author, u64>, DatabaseError> {
        let mut statement =
            self.sql("SELECT author, delivered_rev FROM device WHERE person = ?")?;
        let rows =
            statement.query_map([person.as_str()], |row| Ok((get_parsed(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
