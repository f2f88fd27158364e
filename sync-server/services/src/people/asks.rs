//! What a young person asked, and answering it.

use std::collections::BTreeMap;

use promise_protocol::schema::DELETED;
use serde_json::Value;

use crate::{
    ServiceError, StaffScope,
    audit::{self, Subject},
    cells::records,
    staff_writes,
};
use promise_database::Tx;

const COLLECTION: &str = "ask";

/// The fields that say how an ask stands.
const STANDING: [&str; 4] = [DELETED, "status", "reply", "asked_at"];

/// One ask as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Its record.
    pub id: String,
    /// Its fields.
    pub fields: BTreeMap<String, Value>,
}

impl Ask {
    /// A field's text; empty where there is none.
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether the young person still waits for an answer.
    pub fn waits(&self) -> bool {
        self.text("reply").is_empty() && !matches!(self.text("status"), "done" | "cannot")
    }

    /// When it was asked, in milliseconds since 1970; none if the phone said no moment.
    pub fn asked_at(&self) -> Option<i64> {
        let at = chrono::DateTime::parse_from_rfc3339(self.text("asked_at")).ok()?;
        Some(at.timestamp_millis())
    }

    fn is_deleted(&self) -> bool {
        self.fields.get(DELETED) == Some(&Value::Bool(true))
    }
}

/// What somebody asked and did not delete, in the order of the records' names.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope, person: &str) -> Result<Vec<Ask>, ServiceError> {
    let person = scope.person(tx, person)?;
    list_unchecked(tx, &person.id)
}

/// Like [`list`], for somebody who reads it, which is noted.
pub fn open(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    now_millis: i64,
) -> Result<Vec<Ask>, ServiceError> {
    let person = scope.person(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), "looked", COLLECTION, now_millis)?;
    list_unchecked(tx, &person.id)
}

/// The same of somebody who is known to be within reach.
pub(crate) fn list_unchecked(tx: &mut dyn Tx, person: &str) -> Result<Vec<Ask>, ServiceError> {
    let records = records::list(tx, person, COLLECTION)?;
    let asks = records.into_iter().map(|record| Ask { id: record.id, fields: record.fields });
    Ok(asks.filter(|ask| !ask.is_deleted()).collect())
}

/// What every young person of a council asked and did not delete: how each ask stands, without
/// its words.
pub(crate) fn list_in_council(
    tx: &mut dyn Tx,
    council: &str,
) -> Result<BTreeMap<String, Vec<Ask>>, ServiceError> {
    let mut found: BTreeMap<String, Vec<Ask>> = BTreeMap::new();
    tx.visit_values(council, COLLECTION, &STANDING, &mut |held| {
        let asks = found.entry(held.person).or_default();
        if asks.last().is_none_or(|last| last.id != held.record) {
            asks.push(Ask { id: held.record, fields: BTreeMap::new() });
        }
        if let Some(ask) = asks.last_mut() {
            ask.fields.insert(held.field, held.value);
        }
    })?;
    for asks in found.values_mut() {
        asks.retain(|ask| !ask.is_deleted());
    }
    Ok(found)
}

/// Answers an ask: its status, and words if there are any.
pub fn reply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    ask: &str,
    answer: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let known = list(tx, scope, person)?.iter().any(|known| known.id == ask);
    if !known {
        return Err(ServiceError::NotFound("ask"));
    }
    staff_writes::write(tx, scope, person, COLLECTION, ask, answer, now_millis).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NOW, World, fields};
    use serde_json::json;

    #[test]
    fn an_ask_is_seen_answered_and_read_on_the_phone() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let mut phone = world.phone(&ada);
        let edits = vec![
            phone.change(NOW, "ask", "a1", json!({"text": "Can we meet?"})),
            phone.change(NOW, "ask", "a2", json!({"deleted": true, "text": null})),
        ];
        phone.sync(&mut world, edits);
        let asks = world.staff(|tx, scope, _| list(tx, scope, &ada)).unwrap();
        assert_eq!(asks.iter().map(|ask| ask.text("text")).collect::<Vec<_>>(), ["Can we meet?"]);

        let mut answer = |ask: &str, status: &str| {
            let said = fields(json!({"status": status, "reply": "Yes"}));
            world.staff(|tx, scope, _| reply(tx, scope, &ada, ask, said, NOW + 1))
        };
        assert!(matches!(answer("a1", "perhaps"), Err(ServiceError::InvalidField { .. })));
        assert!(matches!(answer("a2", "done"), Err(ServiceError::NotFound("ask"))));
        answer("a1", "done").unwrap();
        let pulled = phone.sync(&mut world, vec![]).changes;
        assert!(pulled.iter().any(|change| change.fields.get("reply") == Some(&json!("Yes"))));
    }
}
