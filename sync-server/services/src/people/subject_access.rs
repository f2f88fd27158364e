//! Everything that the server holds about one young person, for whoever asks what is held about
//! them (UK GDPR, article 15).
//!
//! What is sealed is said to be there, and left out: only the young person's phones can read it,
//! and they can take it along themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use promise_protocol::{AuthorKind, Cell, Stamp, schema};
use serde::Serialize;
use serde_json::Value;

use crate::{
    Permission, ServiceError, StaffScope,
    audit::{self, Subject, staff_name_by_id},
};
use promise_database::{AuditEntry, AuditFilter, HistoryEntry, Person, Tx};

/// The version of what follows. It rises when something is named or meant otherwise.
const VERSION: u32 = 1;

/// Everything that is held about one young person. Moments are RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Export {
    /// The version of this format.
    pub version: u32,
    /// When it was put together.
    pub made_at: String,
    /// The council's name.
    pub council: String,
    /// The young person's random name.
    pub person: String,
    /// The council's reference for them.
    pub reference: Option<String>,
    /// What their phones and staff wrote, as it is now.
    pub records: Vec<Record>,
    /// What was overwritten or lost in the last 90 days, and is not forgotten yet.
    pub earlier_values: Vec<Earlier>,
    /// Their phones, also those that were taken off.
    pub phones: Vec<Phone>,
    /// Codes that were made to connect a phone, of which the server keeps no more than this.
    pub invitations: Vec<Invitation>,
    /// Who looks after them.
    pub looked_after_by: Vec<LookedAfterBy>,
    /// Who looked at their page and who changed what, the oldest first.
    pub log: Vec<LogEntry>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// What kind it is, such as `ask`.
    pub collection: String,
    /// Its name.
    pub record: String,
    /// Its fields by name.
    pub fields: BTreeMap<String, Held>,
}

/// What one field holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Held {
    /// The value; `null` where it is sealed.
    pub value: Value,
    /// Whether it is sealed: only the young person's phones can read it.
    pub sealed: bool,
    /// When it was written, by the clock of whoever wrote it.
    pub written_at: String,
    /// `them` if one of their phones wrote it, `staff` if the council did.
    pub written_by: &'static str,
}

/// A value that is no longer there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Earlier {
    /// The kind of its record.
    pub collection: String,
    /// Its record.
    pub record: String,
    /// Its field.
    pub field: String,
    /// What it held.
    #[serde(flatten)]
    pub held: Held,
    /// When it was replaced.
    pub replaced_at: String,
}

/// A phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phone {
    /// Its random name.
    pub phone: String,
    /// When it was connected.
    pub connected_at: String,
    /// When it was last heard of.
    pub last_sync_at: Option<String>,
    /// When it was taken off.
    pub taken_off_at: Option<String>,
}

/// A code that connects a phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invitation {
    /// Until when it works, or worked.
    pub works_until: String,
    /// When it was used.
    pub used_at: Option<String>,
    /// The phone that made it; none if staff did.
    pub made_by_phone: Option<String>,
}

/// Somebody who looks after them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LookedAfterBy {
    /// Their name.
    pub name: String,
    /// For whom they stand in, by name, if they do.
    pub covers: Option<String>,
    /// The first day, if it is known.
    pub starts: Option<String>,
    /// The first day on which they no longer do, if there is one.
    pub ends: Option<String>,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogEntry {
    /// When.
    pub at: String,
    /// Who, by name; empty for whoever runs the server.
    pub by: String,
    /// In which role.
    pub role: String,
    /// What they did.
    pub act: String,
    /// What it was about.
    pub detail: String,
}

/// Puts everything together, and notes that it was.
pub fn export(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    now_millis: i64,
) -> Result<Export, ServiceError> {
    scope.permit(Permission::ExportPeople)?;
    let person = scope.person(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), "exported", "everything", now_millis)?;
    let council = tx.council(&person.council)?.map(|council| council.name).unwrap_or_default();
    Ok(Export {
        version: VERSION,
        made_at: moment(now_millis),
        council,
        records: records(tx, &person)?,
        earlier_values: earlier(tx, &person)?,
        phones: phones(tx, &person)?,
        invitations: invitations(tx, &person)?,
        looked_after_by: looked_after_by(tx, &person)?,
        log: log(tx, &person)?,
        person: person.id,
        reference: person.reference,
    })
}

/// A moment as the export says it.
fn moment(millis: i64) -> String {
    let moment = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn held(collection: &str, value: Value, stamp: &Stamp) -> Held {
    let sealed = schema::is_sealed(collection) && !value.is_null();
    Held {
        value: if sealed { Value::Null } else { value },
        sealed,
        written_at: moment(i64::try_from(stamp.reading.millis()).unwrap_or(i64::MAX)),
        written_by: match stamp.author.kind() {
            AuthorKind::Phone => "them",
            AuthorKind::Staff => "staff",
        },
    }
}

fn records(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Record>, ServiceError> {
    let mut records: BTreeMap<(String, String), BTreeMap<String, Held>> = BTreeMap::new();
    tx.cells_after(&person.id, 0, &mut |stored| {
        let Cell { key, value, stamp } = stored.cell;
        let held = held(&key.collection, value, &stamp);
        records.entry((key.collection, key.id)).or_default().insert(key.field, held);
        true
    })?;
    let records = records.into_iter();
    Ok(records
        .map(|((collection, record), fields)| Record { collection, record, fields })
        .collect())
}

fn earlier(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Earlier>, ServiceError> {
    let history = tx.history_of_person(&person.id)?.into_iter();
    let earlier =
        history.map(|HistoryEntry { cell: Cell { key, value, stamp }, replaced_at }| Earlier {
            held: held(&key.collection, value, &stamp),
            collection: key.collection,
            record: key.id,
            field: key.field,
            replaced_at: moment(replaced_at),
        });
    Ok(earlier.collect())
}

fn phones(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Phone>, ServiceError> {
    let phones = tx.devices(&person.id)?.into_iter().map(|device| Phone {
        phone: device.author.to_string(),
        connected_at: moment(device.paired_at),
        last_sync_at: device.last_sync_at.map(moment),
        taken_off_at: device.revoked_at.map(moment),
    });
    Ok(phones.collect())
}

fn invitations(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Invitation>, ServiceError> {
    let made = tx.invitations_of(&person.id)?.into_iter().map(|invitation| Invitation {
        works_until: moment(invitation.expires_at),
        used_at: invitation.used_at.map(moment),
        made_by_phone: invitation.invited_by.map(|phone| phone.to_string()),
    });
    Ok(made.collect())
}

fn looked_after_by(tx: &mut dyn Tx, person: &Person) -> Result<Vec<LookedAfterBy>, ServiceError> {
    let mut all = Vec::new();
    for assigned in tx.assignments_of_person(&person.id)? {
        let covers =
            assigned.covers.as_deref().map(|away| staff_name_by_id(tx, away)).transpose()?;
        all.push(LookedAfterBy {
            name: staff_name_by_id(tx, &assigned.staff)?,
            covers,
            starts: assigned.starts.map(|day| day.to_string()),
            ends: assigned.ends.map(|day| day.to_string()),
        });
    }
    Ok(all)
}

fn log(tx: &mut dyn Tx, person: &Person) -> Result<Vec<LogEntry>, ServiceError> {
    let about = AuditFilter { person: Some(person.id.clone()), ..AuditFilter::default() };
    let entries = tx.entries_after(&person.council, &about, 0, usize::MAX)?;
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut log = Vec::new();
    for AuditEntry { at, actor, role, action: act, detail, .. } in entries {
        let staff = actor.staff().unwrap_or_default().to_owned();
        if !names.contains_key(&staff) {
            names.insert(staff.clone(), staff_name_by_id(tx, &staff)?);
        }
        let by = names.get(&staff).cloned().unwrap_or_default();
        log.push(LogEntry { at: moment(at), by, role, act, detail });
    }
    Ok(log)
}

#[cfg(test)]
mod tests;
