//! The young person's own contacts: a friend, a former foster carer, their doctor.

use promise_protocol::values::PhoneNumber;
use serde_json::{Value, json};

use crate::{
    records::Record,
    store::{SearchKind, StoreError, Tx},
};

/// The collection of own contacts. It is sealed: nobody but the person's phones can read it.
pub const OWN_CONTACT: &str = "own_contact";

/// Somebody the young person wrote down themselves.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OwnContact {
    /// The contact's name within the phone: random, and says nothing.
    pub id: String,
    /// Their name.
    pub display_name: String,
    /// What they are to the young person, such as "Friend".
    pub role: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// Their numbers, the one to try first in front.
    pub phones: Vec<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the young person keeps them on top.
    pub pinned: bool,
    /// Whether the young person hides them.
    pub hidden: bool,
    /// A note.
    pub note: Option<String>,
}

impl OwnContact {
    /// A contact from its record.
    pub fn from_record(record: &Record) -> Self {
        let mut phones: Vec<PhoneNumber> = record.list("phones");
        phones.sort_by_key(|phone| !phone.prefer);
        Self {
            id: record.id.clone(),
            display_name: record.text("display_name"),
            role: record.maybe_text("role"),
            organisation: record.maybe_text("organisation"),
            phones,
            email: record.maybe_text("email"),
            pinned: record.flag("pinned"),
            hidden: record.flag("hidden"),
            note: record.maybe_text("note"),
        }
    }
}

/// Every own contact that was not deleted, hidden or not: pinned ones first, then by name.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<OwnContact>, StoreError> {
    let records = Record::gather(tx.current(OWN_CONTACT)?);
    let alive = records.iter().filter(|record| !record.is_deleted());
    let mut contacts: Vec<OwnContact> = alive.map(OwnContact::from_record).collect();
    contacts.sort_by_cached_key(|contact| {
        (!contact.pinned, contact.display_name.to_lowercase(), contact.id.clone())
    });
    Ok(contacts)
}

/// Brings the search index up to date after an own contact changed. Hidden ones are not found.
pub(crate) fn reindex(tx: &mut dyn Tx, id: &str) -> Result<(), StoreError> {
    let record = Record::gather(tx.current_record(OWN_CONTACT, id)?).into_iter().next();
    let text = record.and_then(|record| search_text(&record));
    tx.index(SearchKind::OwnContact, id, text.as_ref())
}

fn search_text(record: &Record) -> Option<Value> {
    if record.is_deleted() || record.flag("hidden") {
        return None;
    }
    let words = ["role", "organisation", "email", "note"];
    let text: Vec<String> = words.iter().filter_map(|field| record.maybe_text(field)).collect();
    Some(json!({"title": record.text("display_name"), "text": text.join(" ")}))
}
