//! Staff and assignments.

use std::collections::BTreeMap;

use super::errors::Optional;
use chrono::NaiveDate;
use rusqlite::Row;
use serde_json::Value;

use super::tx::{SqliteTx, from_json, parse, to_json};
use promise_database::{Assignment, DatabaseError, Staff, StaffMember};

type StaffRow = (String, String, String, String, Option<i64>);

fn staff_row(row: &Row<'_>) -> rusqlite::Result<StaffRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn member(
    (id, council, handle, card, deactivated_at): StaffRow,
) -> Result<StaffMember, DatabaseError> {
    Ok(StaffMember { id, council, handle, card: from_json(&card, "card")?, deactivated_at })
}

/// What is read of an assignment, in this order.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT person, staff, contact, covers, starts, ends FROM assignment ", $rest)
    };
}

pub(super) type AssignmentRow =
    (String, String, String, Option<String>, Option<String>, Option<String>);

pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<AssignmentRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

pub(super) fn assignment(row: AssignmentRow) -> Result<Assignment, DatabaseError> {
    let (person, staff, contact, covers, starts, ends) = row;
    let day = |text: Option<String>| text.map(|text| parse::<NaiveDate>(&text, "day")).transpose();
    Ok(Assignment { person, staff, contact, covers, starts: day(starts)?, ends: day(ends)? })
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl Staff for SqliteTx<'_> {
    fn add_staff(&mut self, staff: &StaffMember) -> Result<bool, DatabaseError> {
        let added = self
            .sql(
                "INSERT INTO staff (id, council, handle, card, deactivated_at) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
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
            .map(member)
            .transpose()
    }

    fn staff_by_handle(&mut self, handle: &str) -> Result<Vec<StaffMember>, DatabaseError> {
        let mut statement = self
            .sql("SELECT id, council, handle, card, deactivated_at FROM staff WHERE handle = ?")?;
        let rows = statement.query_map([handle], staff_row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(member).collect()
    }

    fn set_card(&mut self, id: &str, card: &BTreeMap<String, Value>) -> Result<(), DatabaseError> {
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

    fn staff_of(&mut self, council: &str) -> Result<Vec<StaffMember>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT id, council, handle, card, deactivated_at FROM staff WHERE council = ? ORDER BY handle",
        )?;
        let rows = statement.query_map([council], staff_row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(member).collect()
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
                day(new.starts),
                day(new.ends),
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
        .query_row((person, staff), row)
        .optional()?
        .map(assignment)
        .transpose()
    }

    fn assignment(
        &mut self,
        person: &str,
        staff: &str,
    ) -> Result<Option<Assignment>, DatabaseError> {
        self.sql(select!("WHERE person = ? AND staff = ?"))?
            .query_row((person, staff), row)
            .optional()?
            .map(assignment)
            .transpose()
    }

    fn set_assignment(&mut self, changed: &Assignment) -> Result<(), DatabaseError> {
        self.sql(
            "UPDATE assignment SET covers = ?, starts = ?, ends = ? WHERE person = ? AND staff = ?",
        )?
        .execute((
            &changed.covers,
            day(changed.starts),
            day(changed.ends),
            &changed.person,
            &changed.staff,
        ))?;
        Ok(())
    }

    fn assignments_of_person(&mut self, person: &str) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE person = ? ORDER BY staff"))?;
        let rows = statement.query_map([person], row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(assignment).collect()
    }

    fn assignments_ended_by(&mut self, day: NaiveDate) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE ends <= ? ORDER BY person, staff"))?;
        let rows = statement.query_map([day.to_string()], row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(assignment).collect()
    }

    fn assignments_of_staff(&mut self, staff: &str) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE staff = ? ORDER BY person"))?;
        let rows = statement.query_map([staff], row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(assignment).collect()
    }
}
