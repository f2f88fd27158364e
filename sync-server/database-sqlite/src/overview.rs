//! Queries about a whole council.

use chrono::NaiveDate;
use promise_database::{
    Assignment, DatabaseError, Device, FieldValue, Overview, SignInStatus, UnassignedPerson,
};
use rusqlite::Row;
use serde_json::Value;

use super::{
    devices::{self, DeviceRow},
    staff::{self, AssignmentRow},
    tx::{SqliteTx, from_json, to_json},
};

/// A query about the people without an adviser: ?1 is the council and ?2 the day. Days are text in
/// ISO 8601 form, which sorts in order.
macro_rules! unassigned {
    ($select:literal, $order:literal) => {
        concat!(
            "WITH on_leave (staff) AS (
                 SELECT staff.id FROM staff, json_each(staff.card, '$.fields.leave') AS leave
                 WHERE staff.council = ?1 AND leave.value ->> 'from' <= ?2
                 AND ?2 <= leave.value ->> 'to'),
             assigned (person) AS (
                 SELECT assignment.person FROM assignment JOIN staff ON staff.id = assignment.staff
                 WHERE staff.council = ?1 AND staff.deactivated_at IS NULL
                 AND (assignment.starts IS NULL OR assignment.starts <= ?2)
                 AND (assignment.ends IS NULL OR ?2 < assignment.ends)
                 AND staff.id NOT IN (SELECT staff FROM on_leave)) ",
            $select,
            " WHERE person.council = ?1 AND person.id NOT IN (SELECT person FROM assigned) ",
            $order
        )
    };
}

/// A person without an adviser, joined with one of their assignments or with none.
struct UnassignedRow {
    person: String,
    reference: Option<String>,
    was_assigned: bool,
    assignment: Option<AssignmentRow>,
}

fn unassigned_row(row: &Row<'_>) -> rusqlite::Result<UnassignedRow> {
    let person: String = row.get(0)?;
    let assignment = match row.get(3)? {
        Some(staff) => Some(AssignmentRow {
            person: person.clone(),
            staff,
            contact: row.get(4)?,
            covers: row.get(5)?,
            starts: row.get(6)?,
            ends: row.get(7)?,
        }),
        None => None,
    };
    Ok(UnassignedRow { person, reference: row.get(1)?, was_assigned: row.get(2)?, assignment })
}

fn sign_in_status(row: &Row<'_>) -> rusqlite::Result<SignInStatus> {
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
        // A person had an adviser if there is a contact that is not of an adviser yet to come.
        let mut statement = self.sql(unassigned!(
            "SELECT person.id, person.reference,
                 EXISTS (SELECT 1 FROM cell WHERE cell.person = person.id
                     AND cell.collection = 'contact' AND cell.record NOT IN (
                         SELECT coming.contact FROM assignment AS coming
                         WHERE coming.person = person.id AND coming.starts > ?2)),
                 own.staff, own.contact, own.covers, own.starts, own.ends
             FROM person LEFT JOIN assignment AS own ON own.person = person.id",
            "ORDER BY person.id, own.staff"
        ))?;
        let rows = statement.query_map((council, day.to_string()), unassigned_row)?;
        let mut people: Vec<UnassignedPerson> = Vec::new();
        for row in rows {
            let row = row?;
            if people.last().is_none_or(|last| last.person != row.person) {
                people.push(UnassignedPerson {
                    person: row.person,
                    reference: row.reference,
                    was_assigned: row.was_assigned,
                    assignments: Vec::new(),
                });
            }
            if let (Some(last), Some(assignment)) = (people.last_mut(), row.assignment) {
                last.assignments.push(assignment.into_assignment()?);
            }
        }
        Ok(people)
    }

    fn count_unassigned(&mut self, council: &str, day: NaiveDate) -> Result<usize, DatabaseError> {
        Ok(self
            .sql(unassigned!("SELECT count(*) FROM person", ""))?
            .query_row((council, day.to_string()), |row| row.get(0))?)
    }

    fn assignments_in(&mut self, council: &str) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT person, staff, contact, covers, starts, ends
             FROM assignment JOIN person ON person.id = assignment.person
             WHERE person.council = ? ORDER BY person, staff",
        )?;
        let rows = statement.query_map([council], staff::assignment_row)?;
        rows.map(|row| row?.into_assignment()).collect()
    }

    fn devices_in(&mut self, council: &str) -> Result<Vec<Device>, DatabaseError> {
        let mut statement = self.sql(&format!(
            "SELECT {} FROM device JOIN person ON person.id = device.person
             WHERE person.council = ? ORDER BY person, paired_at, author",
            devices::COLUMNS
        ))?;
        let rows = statement.query_map([council], devices::device_row)?;
        rows.map(|row| row.map_err(DatabaseError::from).and_then(DeviceRow::into_device)).collect()
    }

    fn visit_values(
        &mut self,
        council: &str,
        collection: &str,
        fields: &[&str],
        visit: &mut dyn FnMut(FieldValue),
    ) -> Result<(), DatabaseError> {
        let mut statement = self.sql(
            "SELECT cell.person, record, field, value
             FROM person JOIN cell ON cell.person = person.id AND collection = ?2
             WHERE person.council = ?1 AND field IN (SELECT value FROM json_each(?3))
             ORDER BY cell.person, record",
        )?;
        let rows =
            statement.query_map((council, collection, to_json(&fields, "fields")?), |row| {
                let (person, record, field) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok((FieldValue { person, record, field, value: Value::Null }, row.get(3)?))
            })?;
        for row in rows {
            let (field, value): (FieldValue, String) = row?;
            visit(FieldValue { value: from_json(&value, "value")?, ..field });
        }
        Ok(())
    }

    fn sign_in_statuses(&mut self, council: &str) -> Result<Vec<SignInStatus>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT sign_in.staff, name, role, password IS NOT NULL, totp IS NOT NULL, last_at
             FROM sign_in JOIN staff ON staff.id = sign_in.staff
             WHERE staff.council = ? ORDER BY name",
        )?;
        Ok(statement.query_map([council], sign_in_status)?.collect::<Result<_, _>>()?)
    }
}
