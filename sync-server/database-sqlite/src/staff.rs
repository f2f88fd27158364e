//! Staff and assignments.

use chrono::NaiveDate;
use promise_database::{Assignment, DatabaseError, Staff, StaffCard, StaffMember};
use rusqlite::Row;

use super::{
    errors::Optional,
    tx::{SqliteTx, from_json, parse, to_json},
};

/// A staff member as SQLite stores them: the card is JSON.
struct StaffRow {
    id: String,
    council: String,
    handle: String,
    card: String,
    deactivated_at: Option<i64>,
}

fn staff_row(row: &Row<'_>) -> rusqlite::Result<StaffRow> {
    Ok(StaffRow {
        id: row.get(0)?,
        council: row.get(1)?,
        handle: row.get(2)?,
        card: row.get(3)?,
        deactivated_at: row.get(4)?,
    })
}

impl StaffRow {
    fn into_member(self) -> Result<StaffMember, DatabaseError> {
        Ok(StaffMember {
            id: self.id,
            council: self.council,
            handle: self.handle,
            card: from_json(&self.card, "card")?,
            deactivated_at: self.deactivated_at,
        })
    }
}

/// An assignment as SQLite stores it: days are text.
pub(super) struct AssignmentRow {
    pub(super) person: String,
    pub(super) staff: String,
    pub(super) contact: String,
    pub(super) covers: Option<String>,
    pub(super) starts: Option<String>,
    pub(super) ends: Option<String>,
}

/// A statement that reads assignments as [`assignment_row`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT person, staff, contact, covers, starts, ends FROM assignment ", $rest)
    };
}

pub(super) fn assignment_row(row: &Row<'_>) -> rusqlite::Result<AssignmentRow> {
    Ok(AssignmentRow {
        person: row.get(0)?,
        staff: row.get(1)?,
        contact: row.get(2)?,
        covers: row.get(3)?,
        starts: row.get(4)?,
        ends: row.get(5)?,
    })
}

impl AssignmentRow {
    pub(super) fn into_assignment(self) -> Result<Assignment, DatabaseError> {
        let day = |text: Option<String>| text.map(|text| parse(&text, "day")).transpose();
        Ok(Assignment {
            person: self.person,
            staff: self.staff,
            contact: self.contact,
            covers: self.covers,
            starts: day(self.starts)?,
            ends: day(self.ends)?,
        })
    }
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
                &staff.id,
                &staff.council,
                &staff.handle,
                to_json(&staff.card, "card")?,
                staff.deactivated_at,
            ))?;
        Ok(added == 1)
    }

    fn staff(&mut self, id: &str) -> Result<Option<StaffMember>, DatabaseError> {
        self.sql("SELECT id, council, handle, card, deactivated_at FROM staff WHERE id = ?")?
            .query_row([id], staff_row)
            .optional()?
            .map(StaffRow::into_member)
            .transpose()
    }

    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, council, handle, card, deactivated_at FROM staff
             WHERE handle = ? ORDER BY council",
        )?;
        let rows = statement.query_map([handle], staff_row)?;
        rows.map(|row| row?.into_member()).collect()
    }

    fn staff_of(&mut self, council: &str) -> Result<Vec<StaffMember>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, council, handle, card, deactivated_at FROM staff
             WHERE council = ? ORDER BY handle",
        )?;
        let rows = statement.query_map([council], staff_row)?;
        rows.map(|row| row?.into_member()).collect()
    }

    fn set_card(&mut self, id: &str, card: &StaffCard) -> Result<(), DatabaseError> {
        self.sql("UPDATE staff SET card = ? WHERE id = ?")?
            .execute((to_json(card, "card")?, id))?;
        Ok(())
    }

    fn set_deactivated(
        &mut self,
        id: &str,
        deactivated_at: Option<i64>,
    ) -> Result<(), DatabaseError> {
        self.sql("UPDATE staff SET deactivated_at = ? WHERE id = ?")?
            .execute((deactivated_at, id))?;
        Ok(())
    }

    fn deactivated_staff(&mut self) -> Result<Vec<(String, i64)>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, deactivated_at FROM staff WHERE deactivated_at IS NOT NULL ORDER BY id",
        )?;
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add_assignment(&mut self, new: &Assignment) -> Result<bool, DatabaseError> {
        let added = self
            .sql(
                "INSERT INTO assignment (person, staff, contact, covers, starts, ends)
                 VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute((
                &new.person,
                &new.staff,
                &new.contact,
                &new.covers,
                day_text(new.starts),
                day_text(new.ends),
            ))?;
        Ok(added == 1)
    }

    fn delete_assignment(
        &mut self,
        person: &str,
        staff: &str,
    ) -> Result<Option<Assignment>, DatabaseError> {
        self.sql(
            "DELETE FROM assignment WHERE person = ? AND staff = ?
             RETURNING person, staff, contact, covers, starts, ends",
        )?
        .query_row((person, staff), assignment_row)
        .optional()?
        .map(AssignmentRow::into_assignment)
        .transpose()
    }

    fn assignment(
        &mut self,
        person: &str,
        staff: &str,
    ) -> Result<Option<Assignment>, DatabaseError> {
        self.sql(select!("WHERE person = ? AND staff = ?"))?
            .query_row((person, staff), assignment_row)
            .optional()?
            .map(AssignmentRow::into_assignment)
            .transpose()
    }

    fn set_assignment(&mut self, changed: &Assignment) -> Result<(), DatabaseError> {
        self.sql(
            "UPDATE assignment SET covers = ?, starts = ?, ends = ? WHERE person = ? AND staff = ?",
        )?
        .execute((
            &changed.covers,
            day_text(changed.starts),
            day_text(changed.ends),
            &changed.person,
            &changed.staff,
        ))?;
        Ok(())
    }

    fn assignments_of_person(&mut self, person: &str) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE person = ? ORDER BY staff"))?;
        let rows = statement.query_map([person], assignment_row)?;
        rows.map(|row| row?.into_assignment()).collect()
    }

    fn assignments_ended_by(&mut self, day: NaiveDate) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE ends <= ? ORDER BY person, staff"))?;
        let rows = statement.query_map([day.to_string()], assignment_row)?;
        rows.map(|row| row?.into_assignment()).collect()
    }

    fn assignments_of_staff(&mut self, staff: &str) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE staff = ? ORDER BY person"))?;
        let rows = statement.query_map([staff], assignment_row)?;
        rows.map(|row| row?.into_assignment()).collect()
    }
}
