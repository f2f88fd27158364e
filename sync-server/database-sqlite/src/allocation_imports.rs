//! The last import of allocations.

use promise_database::{AllocationImport, AllocationImports, DatabaseError};
use promise_protocol::ids::CouncilId;

use super::{columns::get_id, errors::Optional, tx::SqliteTx};

impl AllocationImports for SqliteTx<'_> {
    fn last_allocation_import(
        &mut self,
        council: &CouncilId,
    ) -> Result<Option<AllocationImport>, DatabaseError> {
        let mut statement =
            self.sql("SELECT council, at, row_count FROM allocation_import WHERE council = ?")?;
        let import = statement.query_row([council.as_str()], |row| {
            Ok(AllocationImport { council: get_id(row, 0)?, at: row.get(1)?, rows: row.get(2)? })
        });
        Ok(import.optional()?)
    }

    fn set_allocation_import(&mut self, import: &AllocationImport) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO allocation_import (council, at, row_count) VALUES (?, ?, ?)
             ON CONFLICT (council) DO UPDATE SET
                 at = excluded.at, row_count = excluded.row_count",
        )?
        .execute((import.council.as_str(), import.at, import.rows))?;
        Ok(())
    }
}
