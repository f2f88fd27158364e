//! Writing: saved on this phone at once, sent at the next sync where it is to be sent at all.

use std::collections::BTreeMap;

use chrono::{NaiveDate, SecondsFormat};
use promise_protocol::stamp::record_id;
use serde_json::{Value, json};

use super::{Error, Phone, Topic};
use crate::{
    asks::{APPOINTMENT, ASK},
    contacts::{CONTACT, CONTACT_MARK},
    opportunities::SAVED,
    promise::PLEDGE_MARK,
    records::Record,
    store::{Indexed, Tx},
    sync::edit,
};

type Fields = BTreeMap<String, Value>;

/// What an ask is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi(name = "AskAbout"))]
pub enum About {
    /// Nothing in particular.
    #[default]
    Anything,
    /// A pledge, by its name.
    Pledge(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// A contact, by its name.
    Contact(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
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

impl Phone {
    /// Saves an opportunity, or writes about one that is saved. Stays on this phone.
    pub fn save_opportunity(&self, id: &str, edit: OpportunityEdit) -> Result<(), Error> {
        let mut fields = Fields::from([("deleted".into(), json!(false))]);
        put(&mut fields, "status", edit.status.map(Value::from));
        put(&mut fields, "note", edit.note.map(text));
        put(&mut fields, "remind_on", edit.remind_on.map(reminder));
        self.edit(SAVED, |tx, now| {
            if !is_alive(tx, SAVED, id)? {
                known(tx, Indexed::Opportunity, id)?;
                fields.entry("status".into()).or_insert(json!("saved"));
            }
            Ok(edit::write(tx, now, SAVED, id, fields).map(drop)?)
        })
    }

    /// Takes an opportunity off the saved ones.
    pub fn unsave_opportunity(&self, id: &str) -> Result<(), Error> {
        self.delete(SAVED, id)
    }

    /// Marks a pledge: `having_it`, `want_it`, `had_it` or `not_for_me`. Stays on this phone.
    pub fn mark_pledge(&self, id: &str, mark: &str, note: Option<String>) -> Result<(), Error> {
        let mut fields =
            Fields::from([("deleted".into(), json!(false)), ("mark".into(), json!(mark))]);
        put(&mut fields, "note", note.map(text));
        self.edit(PLEDGE_MARK, |tx, now| {
            if !is_alive(tx, PLEDGE_MARK, id)? {
                known(tx, Indexed::Pledge, id)?;
            }
            Ok(edit::write(tx, now, PLEDGE_MARK, id, fields).map(drop)?)
        })
    }

    /// Takes the mark off a pledge.
    pub fn unmark_pledge(&self, id: &str) -> Result<(), Error> {
        self.delete(PLEDGE_MARK, id)
    }

    /// Writes the young person's own fields of a contact. Stays on this phone.
    pub fn edit_contact(&self, id: &str, edit: ContactEdit) -> Result<(), Error> {
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
    pub fn write_ask(&self, words: &str, about: About) -> Result<String, Error> {
        if words.trim().is_empty() {
            return Err(Error::Invalid { field: "text".into() });
        }
        let asked_at = self.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut fields =
            Fields::from([("text".into(), json!(words)), ("asked_at".into(), json!(asked_at))]);
        match about {
            About::Anything => {}
            About::Pledge(id) => put(&mut fields, "about_pledge", Some(json!(id))),
            About::Contact(id) => put(&mut fields, "about_contact", Some(json!(id))),
        }
        let id = record_id(random()?);
        self.edit(ASK, |tx, now| Ok(edit::write(tx, now, ASK, &id, fields).map(drop)?))?;
        Ok(id)
    }

    /// Takes an ask back.
    pub fn delete_ask(&self, id: &str) -> Result<(), Error> {
        self.delete(ASK, id)
    }

    /// Says whether the young person comes to an appointment: `coming`, `not_coming` or
    /// `another_time`. The adviser sees it after the next sync.
    pub fn answer_appointment(
        &self,
        id: &str,
        answer: &str,
        note: Option<String>,
    ) -> Result<(), Error> {
        let mut fields = Fields::from([("answer".into(), json!(answer))]);
        put(&mut fields, "answer_note", note.map(text));
        self.write_on(APPOINTMENT, id, fields)
    }

    /// Writes fields of a record that must be here.
    fn write_on(&self, collection: &str, id: &str, fields: Fields) -> Result<(), Error> {
        self.edit(collection, |tx, now| {
            must_be_alive(tx, collection, id)?;
            Ok(edit::write(tx, now, collection, id, fields).map(drop)?)
        })
    }

    fn delete(&self, collection: &str, id: &str) -> Result<(), Error> {
        self.edit(collection, |tx, now| {
            must_be_alive(tx, collection, id)?;
            Ok(edit::delete(tx, now, collection, id).map(drop)?)
        })
    }

    /// One user action: one transaction, then word to the listener.
    fn edit(
        &self,
        collection: &str,
        work: impl FnOnce(&mut dyn Tx, i64) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let now = self.clock.now_millis();
        self.transact(|tx| work(tx, now))?;
        self.tell([Topic::Status].into_iter().chain(Topic::of_collection(collection)));
        Ok(())
    }
}

/// A mark or a save is about something published, which must be here.
fn known(tx: &mut dyn Tx, what: Indexed, id: &str) -> Result<(), Error> {
    if tx.has_document(what, id)? { Ok(()) } else { Err(Error::NotFound) }
}

fn must_be_alive(tx: &mut dyn Tx, collection: &str, id: &str) -> Result<(), Error> {
    if is_alive(tx, collection, id)? { Ok(()) } else { Err(Error::NotFound) }
}

fn is_alive(tx: &mut dyn Tx, collection: &str, id: &str) -> Result<bool, Error> {
    let records = Record::gather(tx.current_record(collection, id)?);
    Ok(records.first().is_some_and(|record| !record.is_deleted()))
}

fn put(fields: &mut Fields, name: &str, value: Option<Value>) {
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
fn text(words: String) -> Value {
    if words.is_empty() { Value::Null } else { Value::String(words) }
}

fn random() -> Result<[u8; 8], Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| Error::Internal)?;
    Ok(bytes)
}
