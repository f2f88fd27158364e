//! What a young person sees of the log, on their own phones: who looked, and who did what.
//!
//! Every entry about a person becomes part of one of their records, in the entry's own transaction.
//!
//! Phones are not woken for it: waking them costs battery, and would tell whoever watches the
//! network that somebody at the council has just looked. Nor does it make what they are woken for
//! larger: it waits for the next sync that has nothing else to bring.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{
    Cell, CellKey, StaffId,
    access::{ACCESS, StaffAction, first_kept, record_id},
    schema::{self, Owner},
};
use serde_json::{Value, json};

use crate::{ServiceError, audit::staff_name_by_id, calendar, cells::stamps, generation};
use promise_database::{Actor, Person, Tx};

/// The act that is looking. All others are done besides.
const LOOKED: &str = "looked";

/// How long one sitting is. Every page that is opened is a look in the log; a person asks how often
/// somebody came to look.
const SITTING_MILLIS: i64 = 30 * 60 * 1000;

/// Tells a person's phones of an entry about them. One that says nothing new on its day writes
/// nothing: neither bytes nor a revision.
pub(crate) fn record(
    tx: &mut dyn Tx,
    person: &Person,
    (actor, role): (&Actor, &str),
    (act, detail): (&str, &str),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let day = calendar::today(now_millis);
    let staff_id = actor.staff().map(StaffId::new);
    let id =
        record_id(day, staff_id.as_ref(), &generation::current(tx)?.staff_author).into_string();
    let held = Held::read(tx, &person.id, &id)?;
    let mut did = held.did.clone();
    if act != LOOKED {
        did.insert(action(act, detail).to_string());
    }
    let looked = held.looked + u64::from(act == LOOKED && held.is_over(now_millis));
    let mut fields = BTreeMap::from([
        ("by", some(json!(staff_name_by_id(tx, actor.staff().unwrap_or_default())?), &json!(""))),
        ("role", json!(role)),
        ("looked", some(json!(looked), &json!(0))),
        ("did", some(json!(did), &json!([]))),
    ]);
    fields.retain(|field, value| !value.is_null() || held.fields.contains_key(*field));
    if fields.iter().all(|(field, value)| held.fields.get(*field) == Some(value)) {
        return Ok(());
    }
    // All fields, under one stamp: what travels together needs one proof.
    let stamp = stamps::next(tx, &person.id, now_millis)?;
    for (field, value) in fields {
        schema::check_wire(Owner::Council, ACCESS, &id, field, &value)
            .map_err(|refusal| ServiceError::InvalidField { field: field.to_owned(), refusal })?;
        let key = CellKey::new(ACCESS, &id, field);
        // No history is kept of it: the log is.
        tx.set_cell(&person.id, &Cell { key, value, stamp: stamp.clone() }, None)?;
    }
    Ok(())
}

/// Lets a phone's answer bring what waits. Answers whether anything did.
pub(crate) fn number_pending(tx: &mut dyn Tx, person: &str) -> Result<bool, ServiceError> {
    Ok(tx.release_pending_cells(person)?)
}

/// Drops what is older than phones keep it. Answers how many cells went.
pub(crate) fn delete_expired(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    let Some(first_kept) = first_kept(now_millis) else { return Ok(0) };
    Ok(tx.delete_records_before(ACCESS, &first_kept)?)
}

/// The action in the vocabulary of phones. For a change it names the collection; the fields are
/// only in the audit log.
fn action(act: &str, detail: &str) -> StaffAction {
    StaffAction::from(match (act, detail.split(' ').next()) {
        ("changed", Some(collection)) => format!("changed_{collection}"),
        _ => act.to_owned(),
    })
}

/// What says nothing is not written: no name on a card, no look, nothing done.
fn some(value: Value, nothing: &Value) -> Value {
    if value == *nothing { Value::Null } else { value }
}

/// The record as it is.
#[derive(Default)]
struct Held {
    fields: BTreeMap<String, Value>,
    looked: u64,
    did: BTreeSet<String>,
    written_at: i64,
}

impl Held {
    fn read(tx: &mut dyn Tx, person: &str, id: &str) -> Result<Self, ServiceError> {
        let mut held = Self::default();
        for Cell { key, value, stamp } in
            tx.record(person, ACCESS, id)?.into_iter().map(|stored| stored.cell)
        {
            let written_at = i64::try_from(stamp.reading.millis()).unwrap_or(i64::MAX);
            held.written_at = held.written_at.max(written_at);
            held.fields.insert(key.field, value);
        }
        let field = |name| held.fields.get(name).cloned().unwrap_or_default();
        held.looked = field("looked").as_u64().unwrap_or_default();
        held.did = serde_json::from_value(field("did")).unwrap_or_default();
        Ok(held)
    }

    /// Whether a look now begins another sitting, or is the first.
    fn is_over(&self, now_millis: i64) -> bool {
        self.looked == 0 || now_millis.saturating_sub(self.written_at) >= SITTING_MILLIS
    }
}

#[cfg(test)]
mod tests;
