//! A whole council at a glance.

use chrono::NaiveDate;
use rusqlite::Row;
use serde_json::Value;

use super::{
    devices, staff,
    tx::{SqliteTx, from_json, to_json},
};
use promise_database::{
    Assignment, DatabaseError, Device, Held, Overview, SignInStatus, UnassignedPerson,
};

/// Asks something of those whom nobody looks after: ?1 is the council and ?2 the day. Days compare
/// as text.
macro_rules! unattended {
    ($select:literal, $order:literal) => {
        concat!(
            "WITH away (staff) AS (
                 SELECT staff.id FROM staff, json_each(staff.card, '$.leave') AS leave
                 WHERE staff.council = ?1 AND leave.value ->> 'from' <= ?2
                 AND ?2 <= leave.value ->> 'to'),
             live (person) AS (
                 SELECT assignment.person FROM assignment JOIN staff ON staff.id = assignment.staff
                 WHERE staff.council = ?1 AND staff.deactivated_at IS NULL
                 AND (assignment.starts IS NULL OR assignment.starts <= ?2)
                 AND (assignment.ends IS NULL OR ?2 < assignment.ends)
                 AND staff.id NOT IN (SELECT staff FROM away)) ",
            $select,
            " WHERE person.council = ?1 AND person.id NOT IN (SELECT person FROM live) ",
            $order
        )
    };
}

/// One of them with one of their assignments, or with none.
type UnattendedRow = (String, Option<String>, bool, Option<staff::AssignmentRow>);

fn unattended_row(row: &Row<'_>) -> rusqlite::Result<UnattendedRow> {
    let person: String = row.get(0)?;
    let staff: Option<String> = row.get(3)?;
    let assignment = match staff {
        None => None,
        Some(staff) => {
            Some((person.clone(), staff, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?))
        }
    };
    Ok((person, row.get(1)?, row.get(2)?, assignment))
}

fn seat(row: &Row<'_>) -> rusqlite::Result<SignInStatus> {
    Ok(SignInStatus {
        staff: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        has_password: row.get(3)?,
        has_authenticator: row.get(4)?,
        last_at: row.get(5)?,
    })
}

impl Overview for SqliteTx<'_> {
    fn unassigned(
        &mut self,
        council: &str,
        day: NaiveDate,
    ) -> Result<Vec<UnassignedPerson>, DatabaseError> {
        // A contact of somebody who is yet to come is no sign that there was somebody.
        let mut statement = self.sql(unattended!(
            "SELECT person.id, person.reference,
                 EXISTS (SELECT 1 FROM cell WHERE cell.person = person.id
                     AND cell.collection = 'contact' AND cell.record NOT IN (
                         SELECT coming.contact FROM assignment AS coming
                         WHERE coming.person = person.id AND coming.starts > ?2)),
                 own.staff, own.contact, own.covers, own.starts, own.ends
             FROM person LEFT JOIN assignment AS own ON own.person = person.id",
            "ORDER BY person.id, own.staff"
        ))?;
        let rows = statement.query_map((council, day.to_string()), unattended_row)?;
        let mut found: Vec<UnassignedPerson> = Vec::new();
        for row in rows {
            let (person, reference, was_assigned, assignment) = row?;
            if found.last().is_none_or(|last| last.person != person) {
                found.push(UnassignedPerson {
                    person,
                    reference,
                    was_assigned,
                    assignments: Vec::new(),
                });
            }
            if let (Some(last), Some(row)) = (found.last_mut(), assignment) {
                last.assignments.push(staff::assignment(row)?);
            }
        }
        Ok(found)
    }

    fn count_unassigned(&mut self, council: &str, day: NaiveDate) -> Result<usize, DatabaseError> {
        Ok(self
            .sql(unattended!("SELECT count(*) FROM person", ""))?
            .query_row((council, day.to_string()), |row| row.get(0))?)
    }

    fn assignments_in(&mut self, council: &str) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT person, staff, contact, covers, starts, ends
             FROM assignment JOIN person ON person.id = assignment.person
             WHERE person.council = ? ORDER BY person, staff",
        )?;
        let rows = statement.query_map([council], staff::row)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(staff::assignment).collect()
    }

    fn devices_in(&mut self, council: &str) -> Result<Vec<Device>, DatabaseError> {
        let mut statement = self.sql(&format!(
            "SELECT {} FROM device JOIN person ON person.id = device.person
             WHERE person.council = ? ORDER BY person, paired_at, author",
            devices::COLUMNS
        ))?;
        let rows = statement.query_map([council], devices::stored)?;
        rows.map(|row| devices::device(row?)).collect()
    }

    fn visit_values(
        &mut self,
        council: &str,
        collection: &str,
        fields: &[&str],
        visit: &mut dyn FnMut(Held),
    ) -> Result<(), DatabaseError> {
        let mut statement = self.sql(
            "SELECT cell.person, record, field, value
             FROM person JOIN cell ON cell.person = person.id AND collection = ?2
             WHERE person.council = ?1 AND field IN (SELECT value FROM json_each(?3))
             ORDER BY cell.person, record",
        )?;
        let rows =
            statement.query_map((council, collection, to_json(&fields, "fields")?), |row| {
                let (person, record) = (row.get(0)?, row.get(1)?);
                Ok((Held { person, record, field: row.get(2)?, value: Value::Null }, row.get(3)?))
            })?;
        for row in rows {
            let (held, value): (Held, String) = row?;
            visit(Held { value: from_json(&value, "value")?, ..held });
        }
        Ok(())
    }

    fn sign_in_statuses(&mut self, council: &str) -> Result<Vec<SignInStatus>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT sign_in.staff, name, role, password IS NOT NULL, totp IS NOT NULL, last_at
             FROM sign_in JOIN staff ON staff.id = sign_in.staff
             WHERE staff.council = ? ORDER BY name",
        )?;
        Ok(statement.query_map([council], seat)?.collect::<Result<_, _>>()?)
    }
}
