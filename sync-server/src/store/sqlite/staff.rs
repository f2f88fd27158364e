//! Staff and assignments.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};
use serde_json::Value;

use super::tx::{SqliteTx, from_json, to_json};
use crate::store::{Assignment, Staff, StaffMember, StoreError};

type StaffRow = (String, String, String, String);

fn staff_row(row: &Row<'_>) -> rusqlite::Result<StaffRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn member((id, council, handle, card): StaffRow) -> Result<StaffMember, StoreError> {
    Ok(StaffMember { id, council, handle, card: from_json(&card, "card")? })
}

fn assignment(row: &Row<'_>) -> rusqlite::Result<Assignment> {
    Ok(Assignment { person: row.get(0)?, staff: row.get(1)?, contact: row.get(2)? })
}

impl Staff for SqliteTx<'_> {
    fn add_staff(&mut self, staff: &StaffMember) -> Result<bool, StoreError> {
        let added = self
            .sql(
                "INSERT INTO staff (id, council, handle, card) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )?
            .execute((&staff.id, &staff.council, &staff.handle, to_json(&staff.card, "card")?))?;
        Ok(added == 1)
    }

    fn staff(&mut self, id: &str) -> Result<Option<StaffMember>, StoreError> {
        self.sql("SELECT id, council, handle, card FROM staff WHERE id = ?")?
            .query_row([id], staff_row)
            .optional()?
            .map(member)
            .transpose()
    }

    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, StoreError> {
        let mut statement =
            self.sql("SELECT id, council, handle, card FROM staff WHERE handle = ?")?;
        let rows = statement.query_map([handle], staff_row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(member).collect()
    }

    fn set_card(&mut self, id: &str, card: &BTreeMap<String, Value>) -> Result<(), StoreError> {
        self.sql("UPDATE staff SET card = ? WHERE id = ?")?
            .execute((to_json(card, "card")?, id))?;
        Ok(())
    }

    fn assign(&mut self, assignment: &Assignment) -> Result<bool, StoreError> {
        let added = self
            .sql(
                "INSERT INTO assignment (person, staff, contact) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )?
            .execute((&assignment.person, &assignment.staff, &assignment.contact))?;
        Ok(added == 1)
    }

    fn unassign(&mut self, person: &str, staff: &str) -> Result<Option<Assignment>, StoreError> {
        Ok(self
            .sql(
                "DELETE FROM assignment WHERE person = ? AND staff = ?
                 RETURNING person, staff, contact",
            )?
            .query_row((person, staff), assignment)
            .optional()?)
    }

    fn assignments_of(&mut self, staff: &str) -> Result<Vec<Assignment>, StoreError> {
        let mut statement = self
            .sql("SELECT person, staff, contact FROM assignment WHERE staff = ? ORDER BY person")?;
        Ok(statement.query_map([staff], assignment)?.collect::<Result<_, _>>()?)
    }
}
