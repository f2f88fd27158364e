//! Councils and people.

use promise_database::{Council, DatabaseError, People, Person};
use promise_protocol::{
    Reading,
    fault_injection::{Fault, is_injected},
    ids::{CouncilId, PersonId},
};
use rusqlite::Row;

use super::{
    columns::{get_id, get_optional_id},
    errors::Optional,
    tx::SqliteTx,
};

/// The columns that [`person`] reads.
const COLUMNS: &str = "id, council, reference, rev, staff_reading, nudge_rev, relinked_id";

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: get_id(row, 0)?,
        council: get_id(row, 1)?,
        reference: row.get(2)?,
        rev: row.get(3)?,
        staff_reading: Reading::from_i64(row.get(4)?),
        nudge_rev: row.get(5)?,
        relinked_id: get_optional_id(row, 6)?,
    })
}

fn council(row: &Row<'_>) -> rusqlite::Result<Council> {
    Ok(Council { id: get_id(row, 0)?, name: row.get(1)? })
}

impl SqliteTx<'_> {
    fn find_person(&self, by: &str, id: &PersonId) -> Result<Option<Person>, DatabaseError> {
        Ok(self
            .sql(&format!("SELECT {COLUMNS} FROM person WHERE {by} = ?"))?
            .query_row([id.as_str()], person)
            .optional()?)
    }

    /// Raises a person's revision, once in a transaction, and returns it.
    pub(super) fn raise_revision(&mut self, person: &PersonId) -> Result<u64, DatabaseError> {
        self.lock_order.check(person);
        if let Some(rev) = self.revisions.get(person) {
            return Ok(*rev);
        }
        let step = if is_injected(Fault::RevisionSkipped) { 2 } else { 1 };
        let rev = self
            .sql("UPDATE person SET rev = rev + ? WHERE id = ? RETURNING rev")?
            .query_row((step, person.as_str()), |row| row.get(0))?;
        self.revisions.insert(person.clone(), rev);
        Ok(rev)
    }
}

impl People for SqliteTx<'_> {
    fn add_council(&mut self, council: &Council) -> Result<bool, DatabaseError> {
        let added = self
            .sql("INSERT INTO council (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING")?
            .execute((council.id.as_str(), &council.name))?;
        Ok(added == 1)
    }

    fn council(&mut self, id: &CouncilId) -> Result<Option<Council>, DatabaseError> {
        Ok(self
            .sql("SELECT id, name FROM council WHERE id = ?")?
            .query_row([id.as_str()], council)
            .optional()?)
    }

    fn councils(&mut self) -> Result<Vec<Council>, DatabaseError> {
        let mut statement = self.sql("SELECT id, name FROM council ORDER BY id")?;
        Ok(statement.query_map((), council)?.collect::<Result<_, _>>()?)
    }

    fn add_person(&mut self, person: &Person) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO person
             (id, council, reference, rev, staff_reading, nudge_rev, relinked_id)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            person.id.as_str(),
            person.council.as_str(),
            &person.reference,
            person.rev,
            person.staff_reading.to_i64(),
            person.nudge_rev,
            person.relinked_id.as_ref().map(PersonId::as_str),
        ))?;
        // No other transaction can see the new person.
        self.lock_order.reserve(&person.id);
        Ok(())
    }

    fn person(&mut self, id: &PersonId) -> Result<Option<Person>, DatabaseError> {
        self.find_person("id", id)
    }

    fn person_for_update(&mut self, id: &PersonId) -> Result<Option<Person>, DatabaseError> {
        // SQLite has one writer, which holds the whole database.
        self.lock_order.reserve(id);
        self.person(id)
    }

    fn person_relinked_from(&mut self, lost: &PersonId) -> Result<Option<Person>, DatabaseError> {
        self.find_person("relinked_id", lost)
    }

    fn set_relinked_id(&mut self, person: &PersonId, lost: &PersonId) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql("UPDATE person SET relinked_id = ? WHERE id = ?")?
            .execute((lost.as_str(), person.as_str()))?;
        Ok(())
    }

    fn set_reference(
        &mut self,
        person: &PersonId,
        reference: Option<&str>,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql("UPDATE person SET reference = ? WHERE id = ?")?
            .execute((reference, person.as_str()))?;
        Ok(())
    }

    fn people(&mut self, council: &CouncilId) -> Result<Vec<Person>, DatabaseError> {
        let mut statement =
            self.sql(&format!("SELECT {COLUMNS} FROM person WHERE council = ? ORDER BY id"))?;
        Ok(statement.query_map([council.as_str()], person)?.collect::<Result<_, _>>()?)
    }

    fn nudge_revs(&mut self) -> Result<Vec<(PersonId, u64)>, DatabaseError> {
        let mut statement = self.sql("SELECT id, nudge_rev FROM person")?;
        let rows = statement.query_map((), |row| Ok((get_id(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn revision_to_write(&mut self, person: &PersonId) -> Result<u64, DatabaseError> {
        self.mark_nudge();
        let rev = self.raise_revision(person)?;
        self.sql("UPDATE person SET nudge_rev = ?1 WHERE id = ?2 AND nudge_rev <> ?1")?
            .execute((rev, person.as_str()))?;
        Ok(rev)
    }

    fn set_staff_reading(
        &mut self,
        person: &PersonId,
        reading: Reading,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql("UPDATE person SET staff_reading = ? WHERE id = ?")?
            .execute((reading.to_i64(), person.as_str()))?;
        Ok(())
    }
}
