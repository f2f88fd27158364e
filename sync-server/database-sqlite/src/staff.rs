//! Staff and assignments.

use chrono::NaiveDate;
use promise_database::{Assignment, ContactCard, DatabaseError, Staff, StaffMember};
use promise_protocol::ids::{CouncilId, PersonId, StaffId};
use rusqlite::Row;

use super::{
    columns::{get_id, get_json, get_optional_id, get_optional_parsed, to_json},
    errors::Optional,
    tx::SqliteTx,
};

fn member(row: &Row<'_>) -> rusqlite::Result<StaffMember> {
    Ok(StaffMember {
        id: get_id(row, 0)?,
        council: get_id(row, 1)?,
        handle: row.get(2)?,
        card: get_json(row, 3)?,
        deactivated_at: row.get(4)?,
    })
}

/// A statement that reads assignments as [`assignment`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT person, staff, contact, covers, starts, ends FROM assignment ", $rest)
    };
}

pub(super) fn assignment(row: &Row<'_>) -> rusqlite::Result<Assignment> {
    Ok(Assignment {
        person: get_id(row, 0)?,
        staff: get_id(row, 1)?,
        contact: row.get(2)?,
        covers: get_optional_id(row, 3)?,
        starts: get_optional_parsed(row, 4)?,
        ends: get_optional_parsed(row, 5)?,
    })
}

fn day_text(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl Staff for SqliteTx<'_> {
    fn add_staff(&mut self, staff: &StaffMember) -> Result<bool, DatabaseError> {
        let added = self
            .sql(
                "INSERT INTO staff (id, council, handle, card, deactivated_at)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute((
                staff.id.as_str(),
                staff.council.as_str(),
                &staff.handle,
                to_json(&staff.card, "card")?,
                staff.deactivated_at,
            ))?;
        Ok(added == 1)
    }

    fn staff(&mut self, id: &StaffId) -> Result<Option<StaffMember>, DatabaseError> {
        Ok(self
            .sql("SELECT id, council, handle, card, deactivated_at FROM staff WHERE id = ?")?
            .query_row([id.as_str()], member)
            .optional()?)
    }

    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, council, handle, card, deactivated_at FROM staff
             WHERE handle = ? ORDER BY council",
        )?;
        let rows = statement.query_map([handle], member)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn staff_of(&mut self, council: &CouncilId) -> Result<Vec<StaffMember>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, council, handle, card, deactivated_at FROM staff
             WHERE council = ? ORDER BY handle",
        )?;
        let rows = statement.query_map([council.as_str()], member)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn set_handle(&mut self, id: &StaffId, handle: &str) -> Result<bool, DatabaseError> {
        let changed = self
            .sql(
                "UPDATE staff SET handle = ?1 WHERE id = ?2 AND NOT EXISTS (
                     SELECT 1 FROM staff AS other
                     WHERE other.handle = ?1 AND other.council = staff.council AND other.id <> ?2
                 )",
            )?
            .execute((handle, id.as_str()))?;
        Ok(changed == 1)
    }

    fn set_card(&mut self, id: &StaffId, card: &ContactCard) -> Result<(), DatabaseError> {
        self.sql("UPDATE staff SET card = ? WHERE id = ?")?
            .execute((to_json(card, "card")?, id.as_str()))?;
        Ok(())
    }

    fn set_deactivated(
        &mut self,
        id: &StaffId,
        deactivated_at: Option<i64>,
    ) -> Result<(), DatabaseError> {
        self.sql("UPDATE staff SET deactivated_at = ? WHERE id = ?")?
            .execute((deactivated_at, id.as_str()))?;
        Ok(())
    }

    fn deactivated_staff(&mut self) -> Result<Vec<(StaffId, i64)>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, deactivated_at FROM staff WHERE deactivated_at IS NOT NULL ORDER BY id",
        )?;
        let rows = statement.query_map((), |row| Ok((get_id(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add_assignment(&mut self, new: &Assignment) -> Result<bool, DatabaseError> {
        let added = self
            .sql(
                "INSERT INTO assignment (person, staff, contact, covers, starts, ends)
                 VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute((
                new.person.as_str(),
                new.staff.as_str(),
                &new.contact,
                new.covers.as_ref().map(StaffId::as_str),
                day_text(new.starts),
                day_text(new.ends),
            ))?;
        Ok(added == 1)
    }

    fn delete_assignment(
        &mut self,
        person: &PersonId,
        staff: &StaffId,
    ) -> Result<Option<Assignment>, DatabaseError> {
        Ok(self
            .sql(
                "DELETE FROM assignment WHERE person = ? AND staff = ?
                 RETURNING person, staff, contact, covers, starts, ends",
            )?
            .query_row((person.as_str(), staff.as_str()), assignment)
            .optional()?)
    }

    fn assignment(
        &mut self,
        person: &PersonId,
        staff: &StaffId,
    ) -> Result<Option<Assignment>, DatabaseError> {
        Ok(self
            .sql(select!("WHERE person = ? AND staff = ?"))?
            .query_row((person.as_str(), staff.as_str()), assignment)
            .optional()?)
    }

    fn set_assignment(&mut self, changed: &Assignment) -> Result<(), DatabaseError> {
        self.sql(
            "UPDATE assignment SET covers = ?, starts = ?, ends = ? WHERE person = ? AND staff = ?",
        )?
        .execute((
            changed.covers.as_ref().map(StaffId::as_str),
            day_text(changed.starts),
            day_text(changed.ends),
            changed.person.as_str(),
            changed.staff.as_str(),
        ))?;
        Ok(())
    }

    fn assignments_of_person(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE person = ? ORDER BY staff"))?;
        let rows = statement.query_map([person.as_str()], assignment)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn assignments_ended_by(&mut self, day: NaiveDate) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE ends <= ? ORDER BY person, staff"))?;
        let rows = statement.query_map([day.to_string()], assignment)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn assignments_of_staff(&mut self, staff: &StaffId) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE staff = ? ORDER BY person"))?;
        let rows = statement.query_map([staff.as_str()], assignment)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
