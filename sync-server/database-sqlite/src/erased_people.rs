//! Erased people.

use promise_database::{DatabaseError, ErasedPeople, ErasedPerson};
use promise_protocol::ids::PersonId;
use rusqlite::Row;

use super::{columns::get_id, errors::Optional, tx::SqliteTx};

/// Deletes everything about person ?1, in the order that the foreign keys allow.
const STATEMENTS: &[&str] = &[
    "DELETE FROM cell WHERE person = ?1",
    "DELETE FROM history WHERE person = ?1",
    "DELETE FROM staff_change WHERE person = ?1",
    "DELETE FROM invitation WHERE person = ?1",
    "DELETE FROM assignment WHERE person = ?1",
    "DELETE FROM given_contact WHERE person = ?1",
    "DELETE FROM address_book_entry WHERE only_for = ?1",
    "DELETE FROM person_label WHERE person = ?1",
    "INSERT INTO revoked_phone (author, token_hash, council, revoked_at, ordered, signature)
     SELECT author, token_hash, ?2, revoked_at, ordered, signature FROM device
     WHERE person = ?1 AND revoked_at IS NOT NULL
     ON CONFLICT DO NOTHING",
    "DELETE FROM device WHERE person = ?1",
    "DELETE FROM person WHERE id = ?1",
];

fn erased_person(row: &Row<'_>) -> rusqlite::Result<ErasedPerson> {
    Ok(ErasedPerson { id: get_id(row, 0)?, council: get_id(row, 1)?, erased_at: row.get(2)? })
}

impl ErasedPeople for SqliteTx<'_> {
    fn erase(&mut self, person: &ErasedPerson) -> Result<(), DatabaseError> {
        self.lock_order.check(&person.id);
        self.mark_nudge();
        let id = person.id.as_str();
        for statement in STATEMENTS {
            let mut statement = self.sql(statement)?;
            match statement.parameter_count() {
                1 => statement.execute([id])?,
                _ => statement.execute((id, person.council.as_str()))?,
            };
        }
        self.sql(
            "INSERT INTO erased_person (id, council, erased_at, traces) VALUES (?, ?, ?, 0)
             ON CONFLICT DO NOTHING",
        )?
        .execute((id, person.council.as_str(), person.erased_at))?;
        Ok(())
    }

    fn erased_person(&mut self, id: &PersonId) -> Result<Option<ErasedPerson>, DatabaseError> {
        Ok(self
            .sql("SELECT id, council, erased_at FROM erased_person WHERE id = ?")?
            .query_row([id.as_str()], erased_person)
            .optional()?)
    }

    fn erased_people(&mut self) -> Result<Vec<ErasedPerson>, DatabaseError> {
        let mut statement =
            self.sql("SELECT id, council, erased_at FROM erased_person ORDER BY id")?;
        Ok(statement.query_map((), erased_person)?.collect::<Result<_, _>>()?)
    }
}
