//! Drafts.

use promise_database::{Actor, DatabaseError, Draft, Drafts, Submission};
use promise_protocol::{
    PackName,
    ids::{CouncilId, StaffId},
};
use rusqlite::Row;

use super::{
    columns::{actor_to_key, get_actor_key, get_id, get_optional_id},
    errors::Optional,
    tx::SqliteTx,
};

fn draft(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let by = get_optional_id(row, 3)?;
    let at: Option<i64> = row.get(4)?;
    Ok(Draft {
        council: get_id(row, 0)?,
        based_on: row.get(1)?,
        changed_at: row.get(2)?,
        submitted: at.map(|at| Submission { by: Actor::from(by), at }),
        note: row.get(5)?,
    })
}

impl Drafts for SqliteTx<'_> {
    fn councils_with_draft(&mut self) -> Result<Vec<CouncilId>, DatabaseError> {
        let mut statement = self.sql("SELECT council FROM draft ORDER BY council")?;
        let rows = statement.query_map((), |row| get_id(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn draft(&mut self, council: &CouncilId) -> Result<Option<Draft>, DatabaseError> {
        Ok(self
            .sql(
                "SELECT council, based_on, changed_at, submitted_by, submitted_at, note
                 FROM draft WHERE council = ?",
            )?
            .query_row([council.as_str()], draft)
            .optional()?)
    }

    fn set_draft(&mut self, draft: &Draft) -> Result<(), DatabaseError> {
        let submitted = draft.submitted.as_ref();
        self.sql(
            "INSERT INTO draft (council, based_on, changed_at, submitted_by, submitted_at, note)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (council) DO UPDATE SET
                 based_on = excluded.based_on, changed_at = excluded.changed_at,
                 submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at,
                 note = excluded.note",
        )?
        .execute((
            draft.council.as_str(),
            draft.based_on,
            draft.changed_at,
            submitted.and_then(|submission| submission.by.staff()).map(StaffId::as_str),
            submitted.map(|submission| submission.at),
            &draft.note,
        ))?;
        Ok(())
    }

    fn delete_draft(&mut self, council: &CouncilId) -> Result<(), DatabaseError> {
        // In the order that the foreign keys allow.
        for statement in [
            "DELETE FROM draft_author WHERE council = ?",
            "DELETE FROM draft_pack WHERE council = ?",
            "DELETE FROM draft WHERE council = ?",
        ] {
            self.sql(statement)?.execute([council.as_str()])?;
        }
        Ok(())
    }

    fn draft_pack(
        &mut self,
        council: &CouncilId,
        name: PackName,
    ) -> Result<Option<Vec<u8>>, DatabaseError> {
        Ok(self
            .sql("SELECT bytes FROM draft_pack WHERE council = ? AND name = ?")?
            .query_row((council.as_str(), name.as_str()), |row| row.get(0))
            .optional()?)
    }

    fn set_draft_pack(
        &mut self,
        council: &CouncilId,
        name: PackName,
        bytes: &[u8],
    ) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO draft_pack (council, name, bytes) VALUES (?, ?, ?)
             ON CONFLICT (council, name) DO UPDATE SET bytes = excluded.bytes",
        )?
        .execute((council.as_str(), name.as_str(), bytes))?;
        Ok(())
    }

    fn draft_authors(&mut self, council: &CouncilId) -> Result<Vec<Actor>, DatabaseError> {
        let mut statement =
            self.sql("SELECT staff FROM draft_author WHERE council = ? ORDER BY staff")?;
        let rows = statement.query_map([council.as_str()], |row| get_actor_key(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add_draft_author(
        &mut self,
        council: &CouncilId,
        author: &Actor,
    ) -> Result<(), DatabaseError> {
        self.sql("INSERT INTO draft_author (council, staff) VALUES (?, ?) ON CONFLICT DO NOTHING")?
            .execute((council.as_str(), actor_to_key(author)))?;
        Ok(())
    }
}
