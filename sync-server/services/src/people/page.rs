//! A young person's page in the console: everything that staff may see. Opening it is recorded.

use chrono::NaiveDate;
use promise_database::{Device, GivenContact, Person, Tx};
use promise_protocol::{
    ids::{PersonId, StaffId},
    schema, text,
};
use serde_json::Value;

use crate::{
    Record, ServiceError, StaffScope,
    assignments::CONTACT,
    audit::{self, AuditAction, Subject},
    calendar,
    cells::records,
    devices::pairing,
    people::{
        appointments,
        asks::{self, Ask},
        label::{self, PersonLabel},
        timescales::{self, RecordedTimescale},
    },
};

/// The content of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPage {
    /// The young person.
    pub person: Person,
    /// Their label, if the caller has them in their caseload.
    pub label: Option<PersonLabel>,
    /// `true` if the caller may change the label.
    pub can_label: bool,
    /// The contacts of their staff and from the address book, in the order of their phones: those to ring now
    /// first.
    pub contacts: Vec<Record>,
    /// Which of them are from the address book, each with `true` if its entry was not removed.
    pub given: Vec<(GivenContact, bool)>,
    /// Appointments, the next one first.
    pub appointments: Vec<Record>,
    /// When visits and reviews were last, and by when they have to be.
    pub timescales: Vec<RecordedTimescale>,
    /// Asks: unanswered ones first, then the newest.
    pub asks: Vec<Ask>,
    /// Paired phones, each with `true` if it has everything.
    pub phones: Vec<(Device, bool)>,
    /// Phones that were unpaired.
    pub revoked_phones: Vec<Device>,
    /// The ids of codes with which a phone waits for a yes.
    pub waiting: Vec<String>,
    /// Planned hand-overs.
    pub hand_overs: Vec<PlannedHandOver>,
}

/// A staff member who hands the young person over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedHandOver {
    /// The staff member.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// The first day on which the young person is no longer theirs.
    pub on: NaiveDate,
}

/// Loads the page and records that it was opened.
pub fn open(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<PersonPage, ServiceError> {
    let person = scope.person(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), AuditAction::Viewed, "", now_millis)?;
    let mut asks = asks::of_person(tx, &person.id)?;
    let order = |ask: &Ask| (ask.is_waiting(), ask.text("asked_at").to_owned());
    asks.sort_by_key(|ask| std::cmp::Reverse(order(ask)));
    let delivered = tx.delivered_revs(&person.id)?;
    let (revoked_phones, paired): (Vec<_>, Vec<_>) =
        tx.devices(&person.id)?.into_iter().partition(Device::is_revoked);
    let has_everything =
        |device: &Device| delivered.get(&device.author).is_some_and(|rev| *rev >= person.nudge_rev);
    let waiting = pairing::list_waiting(tx, scope, &person.id, now_millis)?;
    let can_label = scope.has_in_caseload(tx, &person.id)?;
    Ok(PersonPage {
        label: if can_label { label::stored(tx, &person.id)? } else { None },
        can_label,
        contacts: contacts(tx, &person.id, calendar::today(now_millis))?,
        given: given(tx, &person.id)?,
        appointments: appointments::of_person(tx, &person.id)?,
        timescales: timescales::of_person(tx, &person, calendar::today(now_millis))?,
        asks,
        phones: paired
            .into_iter()
            .map(|device| {
                let has_everything = has_everything(&device);
                (device, has_everything)
            })
            .collect(),
        revoked_phones,
        waiting: waiting.into_iter().map(|waiting| waiting.code).collect(),
        hand_overs: planned_hand_overs(tx, &person.id)?,
        person,
    })
}

/// Returns what a person was given, each with `true` if its entry was not removed.
fn given(tx: &mut dyn Tx, person: &PersonId) -> Result<Vec<(GivenContact, bool)>, ServiceError> {
    let mut list = Vec::new();
    for given in tx.given_contacts_of_person(person)? {
        let entry = tx.book_entry(&given.entry)?;
        list.push((given, entry.is_some_and(|entry| !entry.is_removed())));
    }
    Ok(list)
}

/// Returns contacts that are valid now, then those whose first day is to come, then those that ended, each in
/// the adviser's order and by name.
pub(crate) fn contacts(
    tx: &mut dyn Tx,
    person: &PersonId,
    today: NaiveDate,
) -> Result<Vec<Record>, ServiceError> {
    let mut contacts = records::list(tx, person, CONTACT)?;
    contacts.retain(|contact| !contact.is_deleted());
    let today = today.to_string();
    contacts.sort_by_cached_key(|contact| {
        let is_future = contact.text("valid_from") > today.as_str();
        let last_day = contact.text("valid_to");
        let is_over = !last_day.is_empty() && last_day < today.as_str();
        let place = contact.fields.get(schema::POSITION).and_then(Value::as_u64);
        let name = text::sort_key(contact.text("display_name"));
        (is_over, is_future, place.unwrap_or(u64::MAX), name, contact.id.clone())
    });
    Ok(contacts)
}

fn planned_hand_overs(
    tx: &mut dyn Tx,
    person: &PersonId,
) -> Result<Vec<PlannedHandOver>, ServiceError> {
    let mut hand_overs = Vec::new();
    for assignment in tx.assignments_of_person(person)? {
        let (None, Some(on)) = (&assignment.covers, assignment.ends) else { continue };
        let staff = tx.staff(&assignment.staff)?;
        if staff.as_ref().is_some_and(promise_database::StaffMember::is_deactivated) {
            continue;
        }
        let name = staff.and_then(|staff| staff.card.display_name().map(str::to_owned));
        let name = name.unwrap_or_default();
        hand_overs.push(PlannedHandOver { staff: assignment.staff, name, on });
    }
    Ok(hand_overs)
}
