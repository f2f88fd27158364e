//! The life of the database.

use super::errors::Optional;

use super::tx::{SqliteTx, parse};
use promise_database::{Life, Lives, StoreError};

impl Lives for SqliteTx<'_> {
    fn life(&mut self) -> Result<Option<Life>, StoreError> {
        let row = self
            .sql("SELECT generation, staff_author FROM life")?
            .query_row((), |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        let Some((generation, author)) = row else { return Ok(None) };
        Ok(Some(Life { generation, staff_author: parse(&author, "staff author")? }))
    }

    fn set_life(&mut self, life: &Life) -> Result<(), StoreError> {
        self.sql(
            "INSERT OR REPLACE INTO life (only_row, generation, staff_author) VALUES (1, ?, ?)",
        )?
        .execute((&life.generation, life.staff_author.as_str()))?;
        Ok(())
    }
}
