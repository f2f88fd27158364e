//! The access log on a young person's phones: which staff viewed their record and what they did.
//!
//! Every audit entry about a person updates one of their `access` records in the same transaction.
//!
//! Phones are not nudged for it. A nudge costs battery, and would show an observer of the network
//! that staff have just opened the record. The records do not enlarge the responses to other nudges
//! either: they wait for the next sync that brings nothing else.

use std::collections::{BTreeMap, BTreeSet};

use promise_database::{Actor, Person, Tx};
use promise_protocol::{
    Cell, Change,
    access::{ACCESS, AccessRole, StaffAction, first_kept, record_id},
    ids::PersonId,
    schema::{self, Owner},
};
use serde_json::{Value, json};

use crate::{
    ServiceError,
    audit::AuditAction,
    calendar,
    cells::{signed, stamps},
    generation, names,
};

/// Views within this time after the last one belong to the same visit. The audit log has an entry
/// for every page; a person wants to know on how many occasions a staff member viewed their record.
const VISIT_MILLIS: i64 = 30 * 60 * 1000;

/// Adds an audit entry to the person's access log. Writes nothing, not even a revision, if the
/// record of the day does not change.
pub(crate) fn record(
    tx: &mut dyn Tx,
    person: &Person,
    (actor, role): (&Actor, &AccessRole),
    (action, detail): (AuditAction, &str),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let day = calendar::today(now_millis);
    let author = generation::current(tx)?.staff_author;
    let id = record_id(day, (actor.staff(), role), &author).into_string();
    let stored = AccessRecord::load(tx, &person.id, &id)?;
    let mut actions = stored.actions.clone();
    let mut visits = stored.visits;
    if action == AuditAction::Viewed {
        visits += u64::from(stored.is_new_visit(now_millis));
    } else {
        actions.insert(phone_action(action, detail).to_string());
    }
    let mut fields = BTreeMap::from([
        ("by", null_if(json!(names::actor_name(tx, actor)?), &json!(""))),
        ("role", json!(role.as_str())),
        ("looked", null_if(json!(visits), &json!(0))),
        ("did", null_if(json!(actions), &json!([]))),
    ]);
    fields.retain(|field, value| !value.is_null() || stored.fields.contains_key(*field));
    if fields.iter().all(|(field, value)| stored.fields.get(*field) == Some(value)) {
        return Ok(());
    }
    for (field, value) in &fields {
        schema::check_wire(Owner::Council, ACCESS, &id, field, value).map_err(|refusal| {
            ServiceError::InvalidField { field: (*field).to_owned(), refusal }
        })?;
    }
    // All fields have one stamp, so that the change needs only one signature. No history is kept: the
    // audit log has every entry.
    let stamp = stamps::next(tx, &person.id, now_millis)?;
    let fields = fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    let change = Change { collection: ACCESS.to_owned(), id, stamp, fields, signature: None };
    signed::write(tx, person, change, None).map(drop)
}

/// Gives waiting records the revision of this transaction, so that the response to the phone can
/// include them. Returns `true` if there were any.
pub(crate) fn release_pending(tx: &mut dyn Tx, person: &PersonId) -> Result<bool, ServiceError> {
    Ok(tx.release_pending_cells(person)?)
}

/// Deletes records that phones do not keep any more. Returns the number of deleted cells.
pub(crate) fn delete_expired(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    let Some(first_kept) = first_kept(now_millis) else { return Ok(0) };
    Ok(tx.delete_records_before(ACCESS, &first_kept)?)
}

/// Translates an action into the vocabulary of phones. For a change it names the collection; the
/// fields are only in the audit log.
fn phone_action(action: AuditAction, detail: &str) -> StaffAction {
    StaffAction::from(match (action, detail.split(' ').next()) {
        (AuditAction::Changed, Some(collection)) => format!("changed_{collection}"),
        // The details are in the audit log. For the person their contacts changed.
        (AuditAction::GaveContact | AuditAction::EndedContact | AuditAction::DeletedContact, _) => {
            StaffAction::ChangedContact.to_string()
        }
        _ => action.to_string(),
    })
}

fn null_if(value: Value, empty: &Value) -> Value {
    if value == *empty { Value::Null } else { value }
}

/// The stored record of one staff member on one day.
#[derive(Default)]
struct AccessRecord {
    fields: BTreeMap<String, Value>,
    visits: u64,
    actions: BTreeSet<String>,
    written_at: i64,
}

impl AccessRecord {
    fn load(tx: &mut dyn Tx, person: &PersonId, id: &str) -> Result<Self, ServiceError> {
        let mut record = Self::default();
        for Cell { key, value, stamp } in
            tx.record(person, ACCESS, id)?.into_iter().map(|stored| stored.cell)
        {
            let written_at = i64::try_from(stamp.reading.millis()).unwrap_or(i64::MAX);
            record.written_at = record.written_at.max(written_at);
            record.fields.insert(key.field, value);
        }
        let field = |name| record.fields.get(name).cloned().unwrap_or_default();
        record.visits = field("looked").as_u64().unwrap_or_default();
        record.actions = serde_json::from_value(field("did")).unwrap_or_default();
        Ok(record)
    }

    fn is_new_visit(&self, now_millis: i64) -> bool {
        self.visits == 0 || now_millis.saturating_sub(self.written_at) >= VISIT_MILLIS
    }
}

#[cfg(test)]
mod tests;
