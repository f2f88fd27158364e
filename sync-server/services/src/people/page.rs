//! A young person's page: everything that staff may see, in one look that is noted.

use chrono::NaiveDate;

use crate::{
    ServiceError, StaffScope, assignments,
    audit::{self, Subject, staff_name_by_id},
    calendar,
    cells::records::{self, Record},
    people::{
        appointments,
        asks::{self, Ask},
    },
};
use promise_database::{Device, Person, Tx};

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPage {
    /// The young person.
    pub person: Person,
    /// Contacts that staff gave them, the one to ring first in front.
    pub contacts: Vec<Record>,
    /// Appointments, the soonest first.
    pub appointments: Vec<Record>,
    /// What they asked: those that wait first, then the newest.
    pub asks: Vec<Ask>,
    /// Phones that are paired now, and whether each has everything.
    pub phones: Vec<(Device, bool)>,
    /// Phones that were taken off.
    pub taken_off: Vec<Device>,
    /// Hand-overs that are arranged.
    pub hand_overs: Vec<PlannedHandOver>,
}

/// Somebody who will no longer look after the young person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedHandOver {
    /// The member of staff.
    pub staff: String,
    /// Their name.
    pub name: String,
    /// The first day on which they no longer do.
    pub on: NaiveDate,
}

/// Reads the page, and notes that it was read.
pub fn open(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    now_millis: i64,
) -> Result<PersonPage, ServiceError> {
    let person = scope.person(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), "looked", "", now_millis)?;
    let mut asks = asks::list_unchecked(tx, &person.id)?;
    asks.sort_by(|a, b| (b.waits(), b.text("asked_at")).cmp(&(a.waits(), a.text("asked_at"))));
    let given = tx.delivered_revs(&person.id)?;
    let (taken_off, paired): (Vec<_>, Vec<_>) =
        tx.devices(&person.id)?.into_iter().partition(|device| device.revoked_at.is_some());
    let has_all =
        |device: &Device| given.get(&device.author).is_some_and(|rev| *rev >= person.nudge_rev);
    Ok(PersonPage {
        contacts: contacts(tx, &person.id, calendar::today(now_millis))?,
        appointments: appointments::list_unchecked(tx, &person.id)?,
        asks,
        phones: paired.into_iter().map(|device| (device.clone(), has_all(&device))).collect(),
        taken_off,
        hand_overs: leaving(tx, &person.id)?,
        person,
    })
}

/// Those to ring now first, then those to come, each by name.
fn contacts(tx: &mut dyn Tx, person: &str, today: NaiveDate) -> Result<Vec<Record>, ServiceError> {
    let mut contacts = records::list(tx, person, assignments::CONTACT)?;
    contacts.retain(|contact| !contact.is_deleted());
    let today = today.to_string();
    contacts.sort_by(|a, b| {
        let order = |contact: &Record| {
            let is_to_come = contact.text("valid_from") > today.as_str();
            (is_to_come, contact.text("display_name").to_owned())
        };
        order(a).cmp(&order(b))
    });
    Ok(contacts)
}

fn leaving(tx: &mut dyn Tx, person: &str) -> Result<Vec<PlannedHandOver>, ServiceError> {
    let mut leaving = Vec::new();
    for assignment in tx.assignments_of_person(person)? {
        if tx.staff(&assignment.staff)?.is_some_and(|staff| staff.is_deactivated()) {
            continue;
        }
        if let (None, Some(on)) = (&assignment.covers, assignment.ends) {
            let name = staff_name_by_id(tx, &assignment.staff)?;
            leaving.push(PlannedHandOver { staff: assignment.staff, name, on });
        }
    }
    Ok(leaving)
}
