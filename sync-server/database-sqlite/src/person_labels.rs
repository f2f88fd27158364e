//! Labels of young people.

use promise_database::{DatabaseError, PersonLabels};
use promise_protocol::ids::PersonId;

use super::{errors::Optional, tx::SqliteTx};

impl PersonLabels for SqliteTx<'_> {
    fn person_label(&mut self, person: &PersonId) -> Result<Option<String>, DatabaseError> {
        Ok(self
            .sql("SELECT label FROM person_label WHERE person = ?")?
            .query_row([person.as_str()], |row| row.get(0))
            .optional()?)
    }

    fn set_person_label(
        &mut self,
        person: &PersonId,
        label: Option<&str>,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        match label {
            Some(label) => self
                .sql(
                    "INSERT INTO person_label (person, label) VALUES (?, ?)
                     ON CONFLICT (person) DO UPDATE SET label = excluded.label",
                )?
                .execute((person.as_str(), label))?,
            None => {
                self.sql("DELETE FROM person_label WHERE person = ?")?.execute([person.as_str()])?
            }
        };
        Ok(())
    }
}
