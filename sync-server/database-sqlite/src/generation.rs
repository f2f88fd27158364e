//! The generation.

use promise_database::{DatabaseError, Generation, Generations};

use super::{columns::get_parsed, errors::Optional, tx::SqliteTx};

impl Generations for SqliteTx<'_> {
    fn generation(&mut self) -> Result<Option<Generation>, DatabaseError> {
        Ok(self
            .sql("SELECT id, staff_author FROM generation")?
            .query_row((), |row| {
                Ok(Generation { id: row.get(0)?, staff_author: get_parsed(row, 1)? })
            })
            .optional()?)
    }

    fn set_generation(&mut self, generation: &Generation) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT OR REPLACE INTO generation (only_row, id, staff_author) VALUES (1, ?, ?)",
        )?
        .execute((&generation.id, generation.staff_author.as_str()))?;
        Ok(())
    }
}
