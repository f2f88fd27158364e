//! Writing: saved on this phone at once, sent at the next sync where it is to be sent at all.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use promise_protocol::ids::random_id;
use serde_json::{Value, json};

use super::{PocketPhone, PromiseError, Topic};
use crate::{
    asks::{APPOINTMENT, ASK},
    contacts::{CONTACT, CONTACT_MARK},
    opportunities::SAVED,
    promise::PLEDGE_MARK,
    records::Record,
    store::{SearchKind, Tx},
    sync::edit,
};

pub(super) type Fields = BTreeMap<String, Value>;

/// What an ask is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AskAbout {
    /// Nothing in particular.
    #[default]
    Anything,
    /// A pledge, by its name.
    Pledge(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// A contact, by its name.
    Contact(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// An opportunity, by its name.
    Opportunity(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
}

/// Whether to remind the young person of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Reminder {
    /// On this day.
    On(#[cfg_attr(feature = "uniffi", uniffi(name = "day"))] NaiveDate),
    /// Not at all.
    Never,
}

/// What to write about a saved opportunity. `None` leaves a field as it is; an empty note empties
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunityEdit {
    /// `saved`, `applied`, `interview`, `got_it` or `not_for_me`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub status: Option<String>,
    /// The young person's own note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
    /// The day on which to remind them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub remind_on: Option<Reminder>,
}

/// What to write about a contact. `None` leaves a field as it is; an empty text empties it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ContactEdit {
    /// The young person's own name for them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub nickname: Option<String>,
    /// Whether to keep them on top.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pinned: Option<bool>,
    /// Whether to hide them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub hidden: Option<bool>,
    /// The young person's own note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

impl PocketPhone {
    /// Saves an opportunity, or writes about one that is saved. Only the person's phones can read it.
    pub fn save_opportunity(&self, id: &str, edit: OpportunityEdit) -> Result<(), PromiseError> {
        let mut fields = Fields::new();
        put(&mut fields, "status", edit.status.map(Value::from));
        put(&mut fields, "note", edit.note.map(text));
        put(&mut fields, "remind_on", edit.remind_on.map(reminder));
        self.edit(SAVED, |tx, now| {
            if !is_alive(tx, SAVED, id)? {
                known(tx, SearchKind::Opportunity, id)?;
                fields.entry("status".into()).or_insert(json!("saved"));
                restore(tx, SAVED, id, &mut fields)?;
            }
            Ok(edit::write(tx, now, SAVED, id, fields).map(drop)?)
        })
    }

    /// Takes an opportunity off the saved ones.
    pub fn unsave_opportunity(&self, id: &str) -> Result<(), PromiseError> {
        self.delete(SAVED, id)
    }

    /// Marks a pledge: `having_it`, `want_it`, `had_it` or `not_for_me`. Only the person's
    /// phones can read it.
    pub fn mark_pledge(
        &self,
        id: &str,
        mark: &str,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        let mut fields = Fields::from([("mark".into(), json!(mark))]);
        put(&mut fields, "note", note.map(text));
        self.edit(PLEDGE_MARK, |tx, now| {
            if !is_alive(tx, PLEDGE_MARK, id)? {
                known(tx, SearchKind::Pledge, id)?;
                restore(tx, PLEDGE_MARK, id, &mut fields)?;
            }
            Ok(edit::write(tx, now, PLEDGE_MARK, id, fields).map(drop)?)
        })
    }

    /// Takes the mark off a pledge.
    pub fn unmark_pledge(&self, id: &str) -> Result<(), PromiseError> {
        self.delete(PLEDGE_MARK, id)
    }

    /// Writes the young person's own fields of a contact. Only the person's phones can read
    /// them.
    pub fn edit_contact(&self, id: &str, edit: ContactEdit) -> Result<(), PromiseError> {
        let mut fields = Fields::new();
        put(&mut fields, "nickname", edit.nickname.map(text));
        put(&mut fields, "pinned", edit.pinned.map(Value::from));
        put(&mut fields, "hidden", edit.hidden.map(Value::from));
        put(&mut fields, "note", edit.note.map(text));
        self.edit(CONTACT_MARK, |tx, now| {
            must_be_alive(tx, CONTACT, id)?;
            Ok(edit::write(tx, now, CONTACT_MARK, id, fields).map(drop)?)
        })
    }

    /// Asks the adviser something. They see it after the next sync. Returns the ask's name.
    pub fn write_ask(&self, words: &str, about: AskAbout) -> Result<String, PromiseError> {
        let fields = ask(words, about, self.clock.now())?;
        let id = random_id(random()?);
        self.edit(ASK, |tx, now| Ok(edit::write(tx, now, ASK, &id, fields).map(drop)?))?;
        Ok(id)
    }

    /// Takes an ask back.
    pub fn delete_ask(&self, id: &str) -> Result<(), PromiseError> {
        self.delete(ASK, id)
    }

    /// Says whether the young person comes to an appointment: `coming`, `not_coming` or
    /// `another_time`. The adviser sees it after the next sync.
    pub fn answer_appointment(
        &self,
        id: &str,
        answer: &str,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        let mut fields = Fields::from([("answer".into(), json!(answer))]);
        put(&mut fields, "answer_note", note.map(text));
        self.write_on(APPOINTMENT, id, fields)
    }

    /// Writes fields of a record that must be here.
    pub(super) fn write_on(
        &self,
        collection: &str,
        id: &str,
        fields: Fields,
    ) -> Result<(), PromiseError> {
        self.edit(collection, |tx, now| {
            must_be_alive(tx, collection, id)?;
            Ok(edit::write(tx, now, collection, id, fields).map(drop)?)
        })
    }

    pub(super) fn delete(&self, collection: &str, id: &str) -> Result<(), PromiseError> {
        self.edit(collection, |tx, now| {
            must_be_alive(tx, collection, id)?;
            Ok(edit::delete(tx, now, collection, id).map(drop)?)
        })
    }

    /// One user action: one transaction, then word to the listener.
    pub(super) fn edit(
        &self,
        collection: &str,
        work: impl FnOnce(&mut dyn Tx, i64) -> Result<(), PromiseError>,
    ) -> Result<(), PromiseError> {
        let now = self.clock.now_millis();
        self.transact(|tx| work(tx, now))?;
        self.tell([Topic::Status].into_iter().chain(Topic::of_collection(collection)));
        Ok(())
    }
}

/// The fields of a new ask. One without words is refused: nobody could answer it.
pub(super) fn ask(
    words: &str,
    about: AskAbout,
    now: DateTime<Utc>,
) -> Result<Fields, PromiseError> {
    if words.trim().is_empty() {
        return Err(PromiseError::Invalid { field: "text".into() });
    }
    let asked_at = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut fields =
        Fields::from([("text".into(), json!(words)), ("asked_at".into(), json!(asked_at))]);
    match about {
        AskAbout::Anything => {}
        AskAbout::Pledge(id) => put(&mut fields, "about_pledge", Some(json!(id))),
        AskAbout::Contact(id) => put(&mut fields, "about_contact", Some(json!(id))),
        AskAbout::Opportunity(id) => put(&mut fields, "about_opportunity", Some(json!(id))),
    }
    Ok(fields)
}

/// A mark or a save is about something published, which must be here.
pub(super) fn known(tx: &mut dyn Tx, what: SearchKind, id: &str) -> Result<(), PromiseError> {
    if tx.has_document(what.into(), id)? { Ok(()) } else { Err(PromiseError::NotFound) }
}

/// Brings a deleted record back. One that never was needs no word about it: each field costs on a
/// small data plan.
fn restore(
    tx: &mut dyn Tx,
    collection: &str,
    id: &str,
    fields: &mut Fields,
) -> Result<(), PromiseError> {
    if !tx.current_record(collection, id)?.is_empty() {
        fields.insert("deleted".into(), json!(false));
    }
    Ok(())
}

pub(super) fn must_be_alive(
    tx: &mut dyn Tx,
    collection: &str,
    id: &str,
) -> Result<(), PromiseError> {
    if is_alive(tx, collection, id)? { Ok(()) } else { Err(PromiseError::NotFound) }
}

pub(super) fn is_alive(tx: &mut dyn Tx, collection: &str, id: &str) -> Result<bool, PromiseError> {
    let records = Record::gather(tx.current_record(collection, id)?);
    Ok(records.first().is_some_and(|record| !record.is_deleted()))
}

pub(super) fn put(fields: &mut Fields, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value);
    }
}

/// A reminder as a cell holds it: the day, or the empty value.
fn reminder(reminder: Reminder) -> Value {
    match reminder {
        Reminder::On(day) => json!(day),
        Reminder::Never => Value::Null,
    }
}

/// A text as a cell holds it: an empty one is the empty value.
pub(super) fn text(words: String) -> Value {
    if words.is_empty() { Value::Null } else { Value::String(words) }
}

pub(super) fn random() -> Result<[u8; 8], PromiseError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| PromiseError::Internal)?;
    Ok(bytes)
}
