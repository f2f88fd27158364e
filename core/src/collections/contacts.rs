//! Contacts: the people who help, as the young person sees them.

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::values::{Leave, Opening, PhoneNumber};
use serde_json::{Value, json};

use crate::{
    own_contacts::{self, OWN_CONTACT},
    records::Record,
    store::{SearchKind, StoreError, Tx},
};

/// The collection of what the council says of them.
pub const CONTACT: &str = "contact";
/// The collection of what the young person puts beside them.
pub const CONTACT_MARK: &str = "contact_mark";

/// Somebody the council gives the young person.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Contact {
    /// The contact's name within the phone and the server.
    pub id: String,
    /// What they do, such as "Personal adviser".
    pub role: String,
    /// Their name.
    pub display_name: String,
    /// How to speak of them.
    pub pronouns: Option<String>,
    /// Whom they work for.
    pub organisation: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// Their numbers, the one to try first in front.
    pub phones: Vec<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether they read WhatsApp.
    pub whatsapp_ok: bool,
    /// Whether they read texts.
    pub text_ok: bool,
    /// What to know about their voicemail.
    pub voicemail_note: Option<String>,
    /// The languages they speak.
    pub languages: Vec<String>,
    /// When they work, in London time.
    pub working_pattern: Vec<Opening>,
    /// When they are away, and who covers.
    pub leave: Vec<Leave>,
    /// What they can help with.
    pub about: Option<String>,
    /// From when they are the one to ring.
    pub valid_from: Option<NaiveDate>,
    /// Until when.
    pub valid_to: Option<NaiveDate>,
    /// Who comes after them.
    pub replaced_by: Option<String>,
    /// When the council last checked the details.
    pub verified_on: Option<NaiveDate>,
    /// When the council last changed the details.
    pub changed_at: Option<DateTime<Utc>>,
    /// The young person's own name for them. Private to the phone.
    pub nickname: Option<String>,
    /// Whether the young person keeps them on top. Private to the phone.
    pub pinned: bool,
    /// Whether the young person hides them. Private to the phone.
    pub hidden: bool,
    /// The young person's own note. Private to the phone.
    pub note: Option<String>,
}

impl Contact {
    /// A contact from its record, and what the young person puts beside it.
    pub fn from_records(record: &Record, mark: &Record) -> Self {
        let mut phones: Vec<PhoneNumber> = record.list("phones");
        phones.sort_by_key(|phone| !phone.prefer);
        Self {
            id: record.id.clone(),
            role: record.text("role"),
            display_name: record.text("display_name"),
            pronouns: record.maybe_text("pronouns"),
            organisation: record.maybe_text("organisation"),
            team: record.maybe_text("team"),
            phones,
            email: record.maybe_text("email"),
            whatsapp_ok: record.flag("whatsapp_ok"),
            text_ok: record.flag("text_ok"),
            voicemail_note: record.maybe_text("voicemail_note"),
            languages: record.list("languages"),
            working_pattern: record.list("working_pattern"),
            leave: record.list("leave"),
            about: record.maybe_text("about"),
            valid_from: record.date("valid_from"),
            valid_to: record.date("valid_to"),
            replaced_by: record.maybe_text("replaced_by"),
            verified_on: record.date("verified_on"),
            changed_at: record.changed_by_staff_at(),
            nickname: mark.maybe_text("nickname"),
            pinned: mark.flag("pinned"),
            hidden: mark.flag("hidden"),
            note: mark.maybe_text("note"),
        }
    }

    /// Whether they are the one to ring on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// Every contact that was not deleted: pinned ones first, then the personal adviser, then by name.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<Contact>, StoreError> {
    let records = Record::gather(tx.current(CONTACT)?);
    let marks = Record::by_name(tx.current(CONTACT_MARK)?);
    let unmarked = Record::default();
    let alive = records.iter().filter(|record| !record.is_deleted());
    let mut contacts: Vec<Contact> = alive
        .map(|record| Contact::from_records(record, marks.get(&record.id).unwrap_or(&unmarked)))
        .collect();
    contacts.sort_by_cached_key(|contact| {
        let is_adviser = contact.role.eq_ignore_ascii_case("personal adviser");
        (!contact.pinned, !is_adviser, contact.display_name.to_lowercase(), contact.id.clone())
    });
    Ok(contacts)
}

/// Brings the search index up to date after a record changed. Hidden contacts are not found: on a
/// borrowed phone, typing a name must not show them.
pub(crate) fn reindex(tx: &mut dyn Tx, collection: &str, id: &str) -> Result<(), StoreError> {
    if collection == OWN_CONTACT {
        return own_contacts::reindex(tx, id);
    }
    if collection != CONTACT && collection != CONTACT_MARK {
        return Ok(());
    }
    let record = Record::gather(tx.current_record(CONTACT, id)?).into_iter().next();
    let mark = Record::gather(tx.current_record(CONTACT_MARK, id)?).into_iter().next();
    let text = record.and_then(|record| search_text(&record, &mark.unwrap_or_default()));
    tx.index(SearchKind::Contact, id, text.as_ref())
}

fn search_text(record: &Record, mark: &Record) -> Option<Value> {
    if record.is_deleted() || mark.flag("hidden") {
        return None;
    }
    let words = ["role", "organisation", "team", "about", "email"];
    let words = words.iter().map(|field| record.maybe_text(field));
    let text: Vec<String> = words.chain([mark.maybe_text("note")]).flatten().collect();
    let title = [mark.maybe_text("nickname"), record.maybe_text("display_name")];
    let title: Vec<String> = title.into_iter().flatten().collect();
    Some(json!({"title": title.join(" "), "text": text.join(" ")}))
}
