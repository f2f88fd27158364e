//! Lists of young people: an adviser's own, or the whole council's.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use promise_database::{Actor, Assignment, Device, Person, StaffMember, Tx};
use promise_protocol::{
    ids::{CouncilId, PersonId, StaffId},
    text,
};

use crate::{
    Permission, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar::{self, DAY_MILLIS},
    people::{
        asks::{self, Ask},
        due::{self, DueTimescale},
        label::{self, PersonLabel},
        timescales,
    },
};

/// A phone that has not synced for this many days counts as silent.
pub const SILENT_DAYS: i64 = 14;

/// The state of a young person's phones and asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Paired phones.
    pub phones: usize,
    /// When one of them last synced, in milliseconds since 1970.
    pub last_sync_at: Option<i64>,
    /// `true` if they have phones and none synced for [`SILENT_DAYS`].
    pub silent: bool,
    /// Unanswered asks.
    pub waiting: usize,
    /// When the oldest of those was asked, in milliseconds since 1970.
    pub oldest_at: Option<i64>,
}

/// One young person in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseloadRow {
    /// The young person.
    pub person: PersonId,
    /// The council's reference.
    pub reference: Option<String>,
    /// The label, if the caller has them in their own caseload.
    pub label: Option<PersonLabel>,
    /// Their phones and asks.
    pub activity: Activity,
    /// Visits and reviews that are due soon or overdue, the first one first.
    pub due: Vec<DueTimescale>,
    /// The first day on which they are the adviser's, if it is in the future.
    pub starts: Option<NaiveDate>,
    /// The first day on which they are no longer the adviser's, if it is planned.
    pub ends: Option<NaiveDate>,
    /// `true` if the adviser covers for a colleague.
    pub is_cover: bool,
    /// The names of their advisers today. Empty for callers who are advisers.
    pub advisers: Vec<String>,
    /// `true` if they have no adviser today: see [`unassigned`](crate::assignments::unassigned). Only
    /// for callers who see everyone.
    pub has_no_adviser: bool,
}

/// Returns the young people that the caller may see, by reference: an adviser's own, or the whole
/// council's. With `adviser`, a caller who may see teams gets those of one adviser.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    adviser: Option<&StaffId>,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    let mut rows = rows(tx, scope, adviser, now_millis)?;
    let mut labels = label::of_caseload(tx, scope)?;
    for row in &mut rows {
        row.label = labels.remove(&row.person);
    }
    add_due(tx, scope, &mut rows, calendar::today(now_millis))?;
    Ok(rows)
}

/// Adds what is due. The list of an adviser is short, and is read person by person.
fn add_due(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    rows: &mut [CaseloadRow],
    today: NaiveDate,
) -> Result<(), ServiceError> {
    let Some(council) = scope.own_council() else { return Ok(()) };
    if scope.role() == Some(StaffRole::Adviser) {
        let published = timescales::published(tx, council)?;
        for row in rows {
            row.due = due::of_person(tx, &row.person, &published, today)?;
        }
    } else {
        let mut due = due::of_council(tx, council, today)?;
        for row in rows {
            row.due = due.remove(&row.person).unwrap_or_default();
        }
    }
    Ok(())
}

/// Like [`list`], without labels and what is due.
fn rows(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    adviser: Option<&StaffId>,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    scope.permit(Permission::SeePeople)?;
    let mut rows = match (scope.actor(), scope.own_council()) {
        (Actor::Staff(adviser), _) if scope.role() == Some(StaffRole::Adviser) => {
            of_adviser(tx, &adviser, now_millis)?
        }
        (_, Some(council)) => of_council(tx, council, now_millis)?,
        (_, None) => Vec::new(),
    };
    if let Some(adviser) = adviser.filter(|_| scope.may(Permission::SeeTeams)) {
        let adviser = scope.staff(tx, adviser)?;
        rows = only_of_adviser(tx, &adviser, rows, now_millis)?;
    }
    rows.sort_by_cached_key(|row| {
        let name = row.reference.as_deref().unwrap_or(row.person.as_str());
        (text::sort_key(name), row.person.clone())
    });
    Ok(rows)
}

/// Returns every young person of the caller's council without labels, and records that the list was
/// exported.
pub fn export(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    scope.permit(Permission::ExportPeople)?;
    let subject = Subject::Council(scope.require_council()?);
    audit::record(tx, scope, subject, AuditAction::Exported, "caseload", now_millis)?;
    rows(tx, scope, None, now_millis)
}

fn of_adviser(
    tx: &mut dyn Tx,
    adviser: &StaffId,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    let today = calendar::today(now_millis);
    let mut rows = Vec::new();
    for assignment in tx.assignments_of_staff(adviser)? {
        let Some(person) = tx.person(&assignment.person)? else { continue };
        if assignment.grants_access_on(today) {
            let (devices, asks) = (tx.devices(&person.id)?, asks::of_person(tx, &person.id)?);
            let row = CaseloadRow::new(person, Activity::of(&devices, &asks, now_millis));
            rows.push(row.with_assignment(&assignment, today));
        }
    }
    Ok(rows)
}

/// Returns all young people of a council with their advisers.
fn of_council(
    tx: &mut dyn Tx,
    council: &CouncilId,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    let today = calendar::today(now_millis);
    let mut activity = activity_in_council(tx, council, now_millis)?;
    let staff = tx.staff_of(council)?;
    let present = staff.iter().filter(|member| !member.is_deactivated());
    let names: BTreeMap<&StaffId, &str> =
        present.map(|member| (&member.id, member.name())).collect();
    let mut advisers: BTreeMap<PersonId, Vec<String>> = BTreeMap::new();
    for assignment in tx.assignments_in(council)? {
        let name = names.get(&assignment.staff).filter(|_| assignment.is_active_on(today));
        if let Some(name) = name {
            advisers.entry(assignment.person).or_default().push((*name).to_owned());
        }
    }
    let unassigned = tx.unassigned(council, today)?.into_iter().map(|it| it.person);
    let unassigned: BTreeSet<PersonId> = unassigned.collect();
    let rows = tx.people(council)?.into_iter().map(|person| {
        let activity = activity.remove(&person.id).unwrap_or_default();
        let advisers = advisers.remove(&person.id).unwrap_or_default();
        let has_no_adviser = unassigned.contains(&person.id);
        CaseloadRow { advisers, has_no_adviser, ..CaseloadRow::new(person, activity) }
    });
    Ok(rows.collect())
}

/// Returns the rows of the young people that one adviser may see.
fn only_of_adviser(
    tx: &mut dyn Tx,
    adviser: &StaffMember,
    rows: Vec<CaseloadRow>,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    let today = calendar::today(now_millis);
    let assignments = tx.assignments_of_staff(&adviser.id)?.into_iter();
    let assignments: BTreeMap<PersonId, Assignment> = assignments
        .filter(|assignment| assignment.grants_access_on(today))
        .map(|assignment| (assignment.person.clone(), assignment))
        .collect();
    let rows = rows.into_iter().filter_map(|row| {
        let assignment = assignments.get(&row.person)?;
        Some(row.with_assignment(assignment, today))
    });
    Ok(rows.collect())
}

impl CaseloadRow {
    fn new(person: Person, activity: Activity) -> Self {
        Self {
            person: person.id,
            reference: person.reference,
            label: None,
            activity,
            due: Vec::new(),
            starts: None,
            ends: None,
            is_cover: false,
            advisers: Vec::new(),
            has_no_adviser: false,
        }
    }

    fn with_assignment(self, assignment: &Assignment, today: NaiveDate) -> Self {
        let starts = assignment.starts.filter(|starts| *starts > today);
        Self { starts, ends: assignment.ends, is_cover: assignment.covers.is_some(), ..self }
    }
}

impl Activity {
    fn of(devices: &[Device], asks: &[Ask], now_millis: i64) -> Self {
        let paired: Vec<_> = devices.iter().filter(|device| !device.is_revoked()).collect();
        let last_sign_of_life =
            paired.iter().map(|device| device.last_sync_at.unwrap_or(device.paired_at)).max();
        let waiting: Vec<_> = asks.iter().filter(|ask| ask.is_waiting()).collect();
        Self {
            phones: paired.len(),
            last_sync_at: paired.iter().filter_map(|device| device.last_sync_at).max(),
            silent: last_sign_of_life
                .is_some_and(|last| now_millis - last > SILENT_DAYS * DAY_MILLIS),
            waiting: waiting.len(),
            oldest_at: waiting.iter().filter_map(|ask| ask.asked_at()).min(),
        }
    }
}

/// Returns the activity of every young person of a council who has a phone or an ask.
pub(crate) fn activity_in_council(
    tx: &mut dyn Tx,
    council: &CouncilId,
    now_millis: i64,
) -> Result<BTreeMap<PersonId, Activity>, ServiceError> {
    let mut known: BTreeMap<PersonId, (Vec<Device>, Vec<Ask>)> = BTreeMap::new();
    for device in tx.devices_in(council)? {
        known.entry(device.person.clone()).or_default().0.push(device);
    }
    for (person, asks) in asks::of_council(tx, council)? {
        known.entry(person).or_default().1 = asks;
    }
    let activity = known.into_iter().map(|(person, (devices, asks))| {
        let activity = Activity::of(&devices, &asks, now_millis);
        (person, activity)
    });
    Ok(activity.collect())
}
