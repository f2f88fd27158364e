//! Everything that the server holds about one young person, for a subject access request (UK GDPR,
//! article 15).
//!
//! Sealed values are listed without their content: only the young person's phones can read them,
//! and the app exports them.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use promise_database::{Actor, AuditEntry, AuditFilter, HistoryEntry, Person, Tx};
use promise_protocol::{AuthorKind, Cell, Stamp, ids::PersonId, schema};
use serde::Serialize;
use serde_json::Value;

use crate::{
    Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    names,
};

/// The version of the export's format. It rises when a name or a meaning changes.
const VERSION: u32 = 1;

/// Everything that is held about one young person. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Export {
    /// The version of this format.
    pub version: u32,
    /// When the export was made.
    pub made_at: String,
    /// The council's name.
    pub council: String,
    /// The young person's random id.
    pub person: String,
    /// The id by which their phones know them, if a phone was linked to this record after a restore.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_on_phones: Option<String>,
    /// The council's reference.
    pub reference: Option<String>,
    /// The label by which the staff of their caseload tell them apart.
    pub label: Option<String>,
    /// What their phones and staff wrote, as it is now.
    pub records: Vec<Record>,
    /// Values of the last 90 days that were overwritten or lost to a later edit.
    pub earlier_values: Vec<EarlierValue>,
    /// Their phones, including revoked ones.
    pub phones: Vec<PairedPhone>,
    /// Invitations to pair a phone. The server stores no more of a code than this.
    pub invitations: Vec<Invitation>,
    /// Staff who are assigned to them.
    pub looked_after_by: Vec<Adviser>,
    /// The audit log about them, oldest entry first.
    pub log: Vec<LogEntry>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Its collection, such as `ask`.
    pub collection: String,
    /// Its id.
    pub record: String,
    /// Its fields by name.
    pub fields: BTreeMap<String, FieldValue>,
}

/// The value of one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldValue {
    /// The value; `null` if it is sealed.
    pub value: Value,
    /// `true` if only the young person's phones can read it.
    pub sealed: bool,
    /// When it was written, by the writer's clock.
    pub written_at: String,
    /// `them` if one of their phones wrote it, `staff` if the council did.
    pub written_by: &'static str,
}

/// A value that was replaced.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EarlierValue {
    /// The collection of its record.
    pub collection: String,
    /// The id of its record.
    pub record: String,
    /// The name of its field.
    pub field: String,
    /// The replaced value.
    #[serde(flatten)]
    pub held: FieldValue,
    /// When it was replaced.
    pub replaced_at: String,
}

/// A phone that is or was paired.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairedPhone {
    /// Its random id.
    pub phone: String,
    /// When it was paired.
    pub connected_at: String,
    /// When it last synced.
    pub last_sync_at: Option<String>,
    /// When it was revoked.
    #[serde(rename = "taken_off_at")]
    pub revoked_at: Option<String>,
}

/// An invitation to pair a phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invitation {
    /// When it expires or expired.
    pub works_until: String,
    /// When it was used.
    pub used_at: Option<String>,
    /// The phone that made it. `None` if staff did.
    pub made_by_phone: Option<String>,
}

/// A staff member who is assigned to them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Adviser {
    /// The staff member's name.
    pub name: String,
    /// The name of the colleague for whom they cover.
    pub covers: Option<String>,
    /// The first day, if it is known.
    pub starts: Option<String>,
    /// The first day after the last, if there is one.
    pub ends: Option<String>,
}

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogEntry {
    /// When.
    pub at: String,
    /// The staff member's name. Empty for the operator.
    pub by: String,
    /// Their role.
    pub role: String,
    /// The action.
    pub act: String,
    /// What the action was about.
    pub detail: String,
}

/// Collects everything, and records the export.
pub fn export(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<Export, ServiceError> {
    scope.permit(Permission::ExportPeople)?;
    let person = scope.person(tx, person)?;
    let subject = Subject::Person(&person);
    audit::record(tx, scope, subject, AuditAction::Exported, "everything", now_millis)?;
    let council = tx.council(&person.council)?.map(|council| council.name).unwrap_or_default();
    Ok(Export {
        version: VERSION,
        made_at: format_time(now_millis),
        council,
        label: tx.person_label(&person.id)?,
        records: records(tx, &person)?,
        earlier_values: earlier_values(tx, &person)?,
        phones: phones(tx, &person)?,
        invitations: invitations(tx, &person)?,
        looked_after_by: advisers(tx, &person)?,
        log: log(tx, &person)?,
        person: person.id.into_string(),
        person_on_phones: person.relinked_id.map(PersonId::into_string),
        reference: person.reference,
    })
}

fn format_time(millis: i64) -> String {
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn field_value(collection: &str, value: Value, stamp: &Stamp) -> FieldValue {
    let sealed = schema::is_sealed(collection) && !value.is_null();
    FieldValue {
        value: if sealed { Value::Null } else { value },
        sealed,
        written_at: format_time(i64::try_from(stamp.reading.millis()).unwrap_or(i64::MAX)),
        written_by: match stamp.author.kind() {
            AuthorKind::Phone => "them",
            AuthorKind::Staff => "staff",
        },
    }
}

fn records(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Record>, ServiceError> {
    let mut records: BTreeMap<(String, String), BTreeMap<String, FieldValue>> = BTreeMap::new();
    tx.cells_after(&person.id, 0, &mut |stored| {
        let Cell { key, value, stamp } = stored.cell;
        let value = field_value(&key.collection, value, &stamp);
        records.entry((key.collection, key.id)).or_default().insert(key.field, value);
        true
    })?;
    let records = records.into_iter();
    Ok(records
        .map(|((collection, record), fields)| Record { collection, record, fields })
        .collect())
}

fn earlier_values(tx: &mut dyn Tx, person: &Person) -> Result<Vec<EarlierValue>, ServiceError> {
    let history = tx.history_of_person(&person.id)?.into_iter();
    let earlier = history.map(|HistoryEntry { cell, replaced_at }| {
        let Cell { key, value, stamp } = cell;
        EarlierValue {
            held: field_value(&key.collection, value, &stamp),
            collection: key.collection,
            record: key.id,
            field: key.field,
            replaced_at: format_time(replaced_at),
        }
    });
    Ok(earlier.collect())
}

fn phones(tx: &mut dyn Tx, person: &Person) -> Result<Vec<PairedPhone>, ServiceError> {
    let phones = tx.devices(&person.id)?.into_iter().map(|device| PairedPhone {
        phone: device.author.to_string(),
        connected_at: format_time(device.paired_at),
        last_sync_at: device.last_sync_at.map(format_time),
        revoked_at: device.revoked_at().map(format_time),
    });
    Ok(phones.collect())
}

fn invitations(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Invitation>, ServiceError> {
    let invitations = tx.invitations_of(&person.id)?.into_iter().map(|invitation| Invitation {
        works_until: format_time(invitation.expires_at),
        used_at: invitation.used_at.map(format_time),
        made_by_phone: invitation.invited_by.map(|phone| phone.to_string()),
    });
    Ok(invitations.collect())
}

fn advisers(tx: &mut dyn Tx, person: &Person) -> Result<Vec<Adviser>, ServiceError> {
    let mut advisers = Vec::new();
    for assignment in tx.assignments_of_person(&person.id)? {
        let covers = assignment.covers.as_ref();
        advisers.push(Adviser {
            name: names::display_name(tx, &assignment.staff)?,
            covers: covers.map(|covered| names::display_name(tx, covered)).transpose()?,
            starts: assignment.starts.map(|day| day.to_string()),
            ends: assignment.ends.map(|day| day.to_string()),
        });
    }
    Ok(advisers)
}

fn log(tx: &mut dyn Tx, person: &Person) -> Result<Vec<LogEntry>, ServiceError> {
    let about = AuditFilter { person: Some(person.id.clone()), ..AuditFilter::default() };
    let entries = tx.entries_after(&person.council, &about, 0, usize::MAX)?;
    let mut names: BTreeMap<Actor, String> = BTreeMap::new();
    let mut log = Vec::new();
    for AuditEntry { at, actor, role, action, detail, .. } in entries {
        if !names.contains_key(&actor) {
            names.insert(actor.clone(), names::actor_name(tx, &actor)?);
        }
        let by = names.get(&actor).cloned().unwrap_or_default();
        log.push(LogEntry {
            at: format_time(at),
            by,
            role: role.as_str().to_owned(),
            act: action,
            detail,
        });
    }
    Ok(log)
}

#[cfg(test)]
mod tests;
