//! The generation.

use promise_database::{DatabaseError, Generation, Generations};

use super::{
    errors::Optional,
    tx::{SqliteTx, parse},
};

impl Generations for SqliteTx<'_> {
    fn generation(&mut self) -> Result<Option<Generation>, DatabaseError> {
        let row = self
            .sql("SELECT id, staff_author FROM generation")?
            .query_row((), |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        let Some((id, author)) = row else { return Ok(None) };
        Ok(Some(Generation { id, staff_author: parse(&author, "staff author")? }))
    }

    fn set_generation(&mut self, generation: &Generation) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT OR REPLACE INTO generation (only_row, id, staff_author) VALUES (1, ?, ?)",
        )?
        .execute((&generation.id, generation.staff_author.as_str()))?;
        Ok(())
    }
}
