//! An adviser's young people at a glance, and which phones have a card.

use chrono::NaiveDate;

use super::{Act, Role, ServiceError, StaffScope, asks, card, day, records};
use crate::store::{Device, Person, StaffMember, Tx};

/// After how many days without a sync a phone counts as silent.
pub const SILENT_DAYS: i64 = 14;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// One young person on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Their random name.
    pub person: String,
    /// The council's reference.
    pub reference: Option<String>,
    /// Phones that are paired now.
    pub phones: usize,
    /// When one of them last synced.
    pub last_sync_at: Option<i64>,
    /// Whether they have phones and none was heard of for [`SILENT_DAYS`].
    pub silent: bool,
    /// Asks that wait for an answer.
    pub waiting: usize,
    /// The day from which they are the reader's, if that is to come.
    pub starts: Option<NaiveDate>,
    /// The day from which they are a colleague's, if that is arranged.
    pub ends: Option<NaiveDate>,
    /// Whether the reader only covers for a colleague.
    pub is_cover: bool,
}

/// The young people whom the reader may see: their own, or the whole council's.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<Row>, ServiceError> {
    scope.permit(Act::SeePeople)?;
    let today = day::today(now_millis);
    let mut rows = Vec::new();
    if scope.role() == Some(Role::Adviser) {
        for assigned in tx.assignments_of(scope.staff_id())? {
            let Some(person) = tx.person(&assigned.person)? else { continue };
            if !assigned.reaches(today) {
                continue;
            }
            let mut row = row(tx, person, now_millis)?;
            row.starts = assigned.starts.filter(|starts| *starts > today);
            row.ends = assigned.ends;
            row.is_cover = assigned.covers.is_some();
            rows.push(row);
        }
    } else if let Some(council) = scope.own_council() {
        for person in tx.people(council)? {
            rows.push(row(tx, person, now_millis)?);
        }
    }
    rows.sort_by(|a, b| name(a).cmp(name(b)));
    Ok(rows)
}

fn name(row: &Row) -> &str {
    row.reference.as_deref().unwrap_or(&row.person)
}

fn row(tx: &mut dyn Tx, person: Person, now_millis: i64) -> Result<Row, ServiceError> {
    let mut devices = tx.devices(&person.id)?;
    devices.retain(|device| device.revoked_at.is_none());
    let heard = |device: &Device| device.last_sync_at.unwrap_or(device.paired_at);
    let last = devices.iter().map(heard).max();
    Ok(Row {
        waiting: asks::of(tx, &person.id)?.iter().filter(|ask| ask.waits()).count(),
        person: person.id,
        reference: person.reference,
        phones: devices.len(),
        last_sync_at: devices.iter().filter_map(|device| device.last_sync_at).max(),
        silent: last.is_some_and(|last| now_millis - last > SILENT_DAYS * DAY_MILLIS),
        starts: None,
        ends: None,
        is_cover: false,
    })
}

/// One phone that a card is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardPhone {
    /// Whose it is.
    pub person: String,
    /// The council's reference for them.
    pub reference: Option<String>,
    /// Whether it has the card as it is now.
    pub has_it: bool,
    /// When it last synced.
    pub last_sync_at: Option<i64>,
}

/// Where a card is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Every phone of everybody it is for.
    pub phones: Vec<CardPhone>,
    /// Those it is for who have no phone.
    pub without_phone: Vec<(String, Option<String>)>,
}

impl Spread {
    /// How many phones have it.
    pub fn have_it(&self) -> usize {
        self.phones.iter().filter(|phone| phone.has_it).count()
    }
}

/// Which phones have a member of staff's card as it is now.
pub fn spread(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
) -> Result<(StaffMember, Spread), ServiceError> {
    let staff = scope.card_holder(tx, staff)?;
    let mut spread = Spread::default();
    for assigned in tx.assignments_of(&staff.id)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        let contact = records::of(tx, &person.id, card::COLLECTION)?;
        let contact = contact.into_iter().find(|contact| contact.id == assigned.contact);
        let rev = contact.map_or(0, |contact| contact.rev);
        let given = tx.given(&person.id)?;
        let devices = tx.devices(&person.id)?;
        let paired: Vec<_> = devices.iter().filter(|it| it.revoked_at.is_none()).collect();
        if paired.is_empty() {
            spread.without_phone.push((person.id.clone(), person.reference.clone()));
        }
        spread.phones.extend(paired.into_iter().map(|device| CardPhone {
            person: person.id.clone(),
            reference: person.reference.clone(),
            has_it: given.get(&device.author).is_some_and(|given| *given >= rev),
            last_sync_at: device.last_sync_at,
        }));
    }
    spread.phones.sort_by(|a, b| (a.has_it, &a.reference).cmp(&(b.has_it, &b.reference)));
    Ok((staff, spread))
}
