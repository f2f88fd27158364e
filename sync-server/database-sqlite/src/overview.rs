//! Queries about a whole council.

use chrono::NaiveDate;
use promise_database::{
    Assignment, DatabaseError, Device, FieldValue, Overview, SignInStatus, UnassignedPerson,
};
use promise_protocol::ids::{CouncilId, PersonId};
use rusqlite::Row;

use super::{
    columns::{get_id, get_json, get_optional_id, get_optional_parsed, get_parsed, to_json},
    devices, staff,
    tx::SqliteTx,
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
    person: PersonId,
    reference: Option<String>,
    was_assigned: bool,
    assignment: Option<Assignment>,
}

fn unassigned_row(row: &Row<'_>) -> rusqlite::Result<UnassignedRow> {
    let person: PersonId = get_id(row, 0)?;
    let assignment = match get_optional_id(row, 3)? {
        Some(staff) => Some(Assignment {
            person: person.clone(),
            staff,
            contact: row.get(4)?,
            covers: get_optional_id(row, 5)?,
            starts: get_optional_parsed(row, 6)?,
            ends: get_optional_parsed(row, 7)?,
        }),
        None => None,
    };
    Ok(UnassignedRow { person, reference: row.get(1)?, was_assigned: row.get(2)?, assignment })
}

pub(super) fn sign_in_status(row: &Row<'_>) -> rusqlite::Result<SignInStatus> {
    Ok(SignInStatus {
        staff: get_id(row, 0)?,
        name: row.get(1)?,
        role: get_parsed(row, 2)?,
        has_password: row.get(3)?,
        has_authenticator: row.get(4)?,
        last_at: row.get(5)?,
    })
}

impl Overview for SqliteTx<'_> {
    fn unassigned(
        &mut self,
        council: &CouncilId,
        day: NaiveDate,
    ) -> Result<Vec<UnassignedPerson>, DatabaseError> {
        // A person had an adviser if there is a contact that is not of an adviser yet to come, and that was
        // not given from the address book.
        let mut statement = self.sql(unassigned!(
            "SELECT person.id, person.reference,
                 EXISTS (SELECT 1 FROM cell WHERE cell.person = person.id
                     AND cell.collection = 'contact' AND cell.record NOT IN (
                         SELECT coming.contact FROM assignment AS coming
                         WHERE coming.person = person.id AND coming.starts > ?2)
                     AND cell.record NOT IN (
                         SELECT given.contact FROM given_contact AS given
                         WHERE given.person = person.id)),
                 own.staff, own.contact, own.covers, own.starts, own.ends
             FROM person LEFT JOIN assignment AS own ON own.person = person.id",
            "ORDER BY person.id, own.staff"
        ))?;
        let rows = statement.query_map((council.as_str(), day.to_string()), unassigned_row)?;
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
                last.assignments.push(assignment);
            }
        }
        Ok(people)
    }

    fn count_unassigned(
        &mut self,
        council: &CouncilId,
        day: NaiveDate,
    ) -> Result<usize, DatabaseError> {
        Ok(self
            .sql(unassigned!("SELECT count(*) FROM person", ""))?
            .query_row((council.as_str(), day.to_string()), |row| row.get(0))?)
    }

    fn assignments_in(&mut self, council: &CouncilId) -> Result<Vec<Assignment>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT person, staff, contact, covers, starts, ends
             FROM assignment JOIN person ON person.id = assignment.person
             WHERE person.council = ? ORDER BY person, staff",
        )?;
        let rows = statement.query_map([council.as_str()], staff::assignment)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn devices_in(&mut self, council: &CouncilId) -> Result<Vec<Device>, DatabaseError> {
        let mut statement = self.sql(&format!(
            "SELECT {} FROM device JOIN person ON person.id = device.person
             WHERE person.council = ? ORDER BY person, paired_at, author",
            devices::COLUMNS
        ))?;
        let rows = statement.query_map([council.as_str()], devices::device)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn visit_values(
        &mut self,
        council: &CouncilId,
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
        let parameters = (council.as_str(), collection, to_json(&fields, "fields")?);
        let rows = statement.query_map(parameters, |row| {
            Ok(FieldValue {
                person: get_id(row, 0)?,
                record: row.get(1)?,
                field: row.get(2)?,
                value: get_json(row, 3)?,
            })
        })?;
        for row in rows {
            visit(row?);
        }
        Ok(())
    }

    fn sign_in_statuses(
        &mut self,
        council: &CouncilId,
    ) -> Result<Vec<SignInStatus>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT sign_in.staff, name, role, password IS NOT NULL, totp IS NOT NULL, last_at
             FROM sign_in JOIN staff ON staff.id = sign_in.staff
             WHERE staff.council = ? ORDER BY name",
        )?;
        Ok(statement.query_map([council.as_str()], sign_in_status)?.collect::<Result<_, _>>()?)
    }
}
