//! What young people ask their advisers, and the replies.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use promise_database::Tx;
use promise_protocol::{
    ids::{CouncilId, PersonId},
    schema::DELETED,
    vocabulary::AskStatus,
};
use serde_json::Value;

use crate::{
    Entity, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    cells::records,
    staff_writes::{ValidFields, write_to},
};

const COLLECTION: &str = "ask";

/// The fields that tell whether an ask is answered.
const STATE_FIELDS: [&str; 4] = [DELETED, "status", "reply", "asked_at"];

/// One ask.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Its id.
    pub id: String,
    /// Its fields by name.
    pub fields: BTreeMap<String, Value>,
}

impl Ask {
    /// Returns a field's text, or `""` if it has none.
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns the status that staff set. Returns `None` if they have not set one.
    pub fn status(&self) -> Option<AskStatus> {
        let status = self.text("status");
        (!status.is_empty()).then(|| status.to_owned().into())
    }

    /// Returns `true` if the young person waits for an answer.
    pub fn is_waiting(&self) -> bool {
        let is_closed = matches!(self.status(), Some(AskStatus::Done | AskStatus::Cannot));
        self.text("reply").is_empty() && !is_closed
    }

    /// Returns when it was asked, in milliseconds since 1970. Returns `None` if the phone sent no
    /// valid time.
    pub fn asked_at(&self) -> Option<i64> {
        let at = DateTime::parse_from_rfc3339(self.text("asked_at")).ok()?;
        Some(at.timestamp_millis())
    }

    fn is_deleted(&self) -> bool {
        self.fields.get(DELETED) == Some(&Value::Bool(true))
    }
}

/// A staff member's reply to an ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The new status.
    pub status: AskStatus,
    /// The text. `None` keeps the text of an earlier reply, and an empty one removes it.
    pub text: Option<String>,
    /// The name of the staff member who replies. `None` keeps the name of an earlier reply.
    pub by: Option<String>,
}

impl Reply {
    fn into_fields(self, now_millis: i64) -> BTreeMap<String, Value> {
        let at = DateTime::from_timestamp_millis(now_millis).unwrap_or_default();
        let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let text = self.text.map(|text| if text.is_empty() { Value::Null } else { text.into() });
        let fields = [
            ("status", Some(self.status.as_str().into())),
            ("reply", text),
            ("replied_by", self.by.map(Value::from)),
            ("replied_at", Some(at.into())),
        ];
        let fields = fields.into_iter().filter_map(|(field, value)| Some((field, value?)));
        fields.map(|(field, value)| (field.to_owned(), value)).collect()
    }
}

/// Returns a young person's asks that are not deleted, by id. For a page that shows them use
/// [`open`], which is recorded.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Vec<Ask>, ServiceError> {
    let person = scope.person(tx, person)?;
    of_person(tx, &person.id)
}

/// Like [`list`], and records that a staff member read them.
pub fn open(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<Vec<Ask>, ServiceError> {
    let person = scope.person(tx, person)?;
    let subject = Subject::Person(&person);
    audit::record(tx, scope, subject, AuditAction::Viewed, COLLECTION, now_millis)?;
    of_person(tx, &person.id)
}

/// Like [`list`], for a person whom the caller may see.
pub(crate) fn of_person(tx: &mut dyn Tx, person: &PersonId) -> Result<Vec<Ask>, ServiceError> {
    let records = records::list(tx, person, COLLECTION)?;
    let asks = records.into_iter().map(|record| Ask { id: record.id, fields: record.fields });
    Ok(asks.filter(|ask| !ask.is_deleted()).collect())
}

/// Returns by person the state of every ask of a council that is not deleted, without its text.
pub(crate) fn of_council(
    tx: &mut dyn Tx,
    council: &CouncilId,
) -> Result<BTreeMap<PersonId, Vec<Ask>>, ServiceError> {
    let mut found: BTreeMap<PersonId, Vec<Ask>> = BTreeMap::new();
    tx.visit_values(council, COLLECTION, &STATE_FIELDS, &mut |held| {
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

/// Replies to an ask.
///
/// Returns [`ServiceError::InvalidField`] if the status is not one of [`AskStatus::ALL`], or the text
/// is too long.
pub fn reply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    ask: &str,
    reply: Reply,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    if !of_person(tx, &person.id)?.iter().any(|known| known.id == ask) {
        return Err(ServiceError::NotFound(Entity::Ask));
    }
    let fields = ValidFields::validate(COLLECTION, ask, reply.into_fields(now_millis))?;
    write_to(tx, scope, &person, (COLLECTION, ask), fields, now_millis)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NOW, World};
    use serde_json::json;

    #[test]
    fn reply_to_an_ask_reaches_the_phone() {
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
            let status = AskStatus::from(status.to_owned());
            let answer = Reply { status, text: Some("Yes".into()), by: None };
            world.staff(|tx, scope, _| reply(tx, scope, &ada, ask, answer, NOW + 1))
        };
        assert!(matches!(answer("a1", "perhaps"), Err(ServiceError::InvalidField { .. })));
        assert!(matches!(answer("a2", "done"), Err(ServiceError::NotFound(Entity::Ask))));
        answer("a1", "done").unwrap();
        let pulled = phone.sync(&mut world, vec![]).changes;
        assert!(pulled.iter().any(|change| change.fields.get("reply") == Some(&json!("Yes"))));
    }
}
