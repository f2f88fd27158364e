//! Young people at a glance, an adviser's own or the whole council's, and which phones have a card.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    Permission, ServiceError, StaffRole, StaffScope,
    audit::{self, Subject},
    calendar,
    calendar::DAY_MILLIS,
    people::asks::{self, Ask},
};
use promise_database::{Actor, Assignment, Device, Person, StaffMember, Tx};

/// After how many days without a sync a phone counts as silent.
pub const SILENT_DAYS: i64 = 14;

/// What is known of a young person's phones and asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Phones that are paired now.
    pub phones: usize,
    /// When one of them last synced.
    pub last_sync_at: Option<i64>,
    /// Whether they have phones and none was heard of for [`SILENT_DAYS`].
    pub silent: bool,
    /// Asks that wait for an answer.
    pub waiting: usize,
    /// When the oldest of those was asked, in milliseconds since 1970.
    pub oldest_at: Option<i64>,
}

/// One young person on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseloadRow {
    /// Their random name.
    pub person: String,
    /// The council's reference.
    pub reference: Option<String>,
    /// Their phones and asks.
    pub facts: Activity,
    /// The day from which they are the reader's, if that is to come.
    pub starts: Option<NaiveDate>,
    /// The day from which they are a colleague's, if that is arranged.
    pub ends: Option<NaiveDate>,
    /// Whether the reader only covers for a colleague.
    pub is_cover: bool,
    /// Who looks after them today, by name. Only for those who see everybody.
    pub advisers: Vec<String>,
}

/// The young people whom the reader may see: their own, or the whole council's; of those, if the
/// reader sees teams and asks for it, one adviser's.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    adviser: Option<&str>,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    scope.permit(Permission::SeePeople)?;
    let mut rows = match (scope.actor(), scope.own_council()) {
        (Actor::Staff(adviser), _) if scope.role() == Some(StaffRole::Adviser) => {
            own(tx, &adviser, now_millis)?
        }
        (_, Some(council)) => all(tx, council, now_millis)?,
        (_, None) => Vec::new(),
    };
    if let Some(adviser) = adviser.filter(|_| scope.may(Permission::SeeTeams)) {
        let adviser = scope.staff(tx, adviser)?;
        rows = of_adviser(tx, &adviser, rows, now_millis)?;
    }
    rows.sort_by(|a, b| name(a).cmp(name(b)));
    Ok(rows)
}

/// Every young person of the caller's council with who looks after them.
pub fn export(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    scope.permit(Permission::ExportPeople)?;
    let council = scope.own_council().unwrap_or_default();
    audit::record(tx, scope, Subject::Council(council), "exported", "caseload", now_millis)?;
    list(tx, scope, None, now_millis)
}

/// An adviser's own.
fn own(tx: &mut dyn Tx, adviser: &str, now_millis: i64) -> Result<Vec<CaseloadRow>, ServiceError> {
    let mut rows = Vec::new();
    for assigned in tx.assignments_of_staff(adviser)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        if !assigned.grants_access_on(calendar::today(now_millis)) {
            continue;
        }
        let (devices, asks) = (tx.devices(&person.id)?, asks::list_unchecked(tx, &person.id)?);
        let facts = facts(&devices, &asks, now_millis);
        rows.push(assigned_row(row(person, facts), &assigned, now_millis));
    }
    Ok(rows)
}

/// Everybody of a council, with who looks after them.
fn all(tx: &mut dyn Tx, council: &str, now_millis: i64) -> Result<Vec<CaseloadRow>, ServiceError> {
    let today = calendar::today(now_millis);
    let mut facts = activity_in_council(tx, council, now_millis)?;
    let staff = tx.staff_of(council)?;
    let here = staff.iter().filter(|staff| !staff.is_deactivated());
    let names: BTreeMap<&str, String> =
        here.map(|staff| (staff.id.as_str(), staff_name(staff))).collect();
    let mut advisers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for assigned in tx.assignments_in(council)? {
        let name = names.get(assigned.staff.as_str()).filter(|_| assigned.is_active_on(today));
        if let Some(name) = name {
            advisers.entry(assigned.person).or_default().push(name.clone());
        }
    }
    let rows = tx.people(council)?.into_iter().map(|person| {
        let facts = facts.remove(&person.id).unwrap_or_default();
        let advisers = advisers.remove(&person.id).unwrap_or_default();
        CaseloadRow { advisers, ..row(person, facts) }
    });
    Ok(rows.collect())
}

/// Those rows that are of an adviser's young people.
fn of_adviser(
    tx: &mut dyn Tx,
    adviser: &StaffMember,
    rows: Vec<CaseloadRow>,
    now_millis: i64,
) -> Result<Vec<CaseloadRow>, ServiceError> {
    let assigned = tx.assignments_of_staff(&adviser.id)?.into_iter();
    let assigned = assigned.filter(|it| it.grants_access_on(calendar::today(now_millis)));
    let assigned: BTreeMap<String, Assignment> =
        assigned.map(|it| (it.person.clone(), it)).collect();
    let theirs = rows.into_iter().filter_map(|row| {
        let assigned = assigned.get(&row.person)?;
        Some(assigned_row(row, assigned, now_millis))
    });
    Ok(theirs.collect())
}

/// The name on a card, or what colleagues call them.
pub(crate) fn staff_name(staff: &StaffMember) -> String {
    let name = staff.card.get("display_name").and_then(|name| name.as_str());
    name.unwrap_or(&staff.handle).to_owned()
}

fn name(row: &CaseloadRow) -> &str {
    row.reference.as_deref().unwrap_or(&row.person)
}

fn row(person: Person, facts: Activity) -> CaseloadRow {
    CaseloadRow {
        person: person.id,
        reference: person.reference,
        facts,
        starts: None,
        ends: None,
        is_cover: false,
        advisers: Vec::new(),
    }
}

fn assigned_row(row: CaseloadRow, assigned: &Assignment, now_millis: i64) -> CaseloadRow {
    let today = calendar::today(now_millis);
    let starts = assigned.starts.filter(|starts| *starts > today);
    CaseloadRow { starts, ends: assigned.ends, is_cover: assigned.covers.is_some(), ..row }
}

/// The facts of every young person of a council who has a phone or asked something.
pub(crate) fn activity_in_council(
    tx: &mut dyn Tx,
    council: &str,
    now_millis: i64,
) -> Result<BTreeMap<String, Activity>, ServiceError> {
    let mut known: BTreeMap<String, (Vec<Device>, Vec<Ask>)> = BTreeMap::new();
    for device in tx.devices_in(council)? {
        known.entry(device.person.clone()).or_default().0.push(device);
    }
    for (person, asks) in asks::list_in_council(tx, council)? {
        known.entry(person).or_default().1 = asks;
    }
    let facts = known.into_iter().map(|(person, (devices, asks))| {
        let facts = facts(&devices, &asks, now_millis);
        (person, facts)
    });
    Ok(facts.collect())
}

fn facts(devices: &[Device], asks: &[Ask], now_millis: i64) -> Activity {
    let paired: Vec<_> = devices.iter().filter(|device| device.revoked_at.is_none()).collect();
    let last = paired.iter().map(|device| device.last_sync_at.unwrap_or(device.paired_at)).max();
    let waiting: Vec<_> = asks.iter().filter(|ask| ask.waits()).collect();
    Activity {
        phones: paired.len(),
        last_sync_at: paired.iter().filter_map(|device| device.last_sync_at).max(),
        silent: last.is_some_and(|last| now_millis - last > SILENT_DAYS * DAY_MILLIS),
        waiting: waiting.len(),
        oldest_at: waiting.iter().filter_map(|ask| ask.asked_at()).min(),
    }
}
