//! Who looked at what the council holds about the young person, and who did what: the part of the
//! council's log that is theirs to read.
//!
//! It says that somebody looked, not what they read inside. The council tells it about itself; no
//! phone can write it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::access::{self, ACCESS};
pub use promise_protocol::access::{AccessRole, StaffAction, StaffRole};

use crate::{
    records::Record,
    store::{StoreError, Tx},
};

/// One member of staff on one day, in London.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AccessEntry {
    /// The entry's name.
    pub id: String,
    /// The day.
    pub day: NaiveDate,
    /// The name on their card; none for whoever runs the server, or somebody without a card.
    pub by: Option<String>,
    /// In which role.
    pub role: AccessRole,
    /// In how many sittings they looked. What is opened within half an hour is one.
    pub looked: u32,
    /// What they did besides, in the order of its names.
    pub did: Vec<StaffAction>,
    /// When the last of it was, by the server's clock: to within half an hour if it was a look.
    pub last_at: Option<DateTime<Utc>>,
}

/// Everything that this phone was told, newest first.
pub fn log(tx: &mut dyn Tx) -> Result<Vec<AccessEntry>, StoreError> {
    // What one person did on one day can be in two records: a server that was put back writes on
    // in a new one.
    let mut days: BTreeMap<String, AccessEntry> = BTreeMap::new();
    for record in Record::gather(tx.current(ACCESS)?) {
        let Some(entry) = entry(&record) else { continue };
        match days.get_mut(&entry.id) {
            Some(known) => add(known, entry),
            None => drop(days.insert(entry.id.clone(), entry)),
        }
    }
    let mut days: Vec<AccessEntry> = days.into_values().collect();
    days.sort_by(|a, b| (b.day, b.last_at).cmp(&(a.day, a.last_at)).then_with(|| a.id.cmp(&b.id)));
    Ok(days)
}

/// Drops what is over by the server's clock. Answers whether there was anything.
pub(crate) fn forget(tx: &mut dyn Tx, server_now_millis: i64) -> Result<bool, StoreError> {
    let Some(first_kept) = access::first_kept(server_now_millis) else { return Ok(false) };
    tx.forget_records_before(ACCESS, &first_kept)
}

fn entry(record: &Record) -> Option<AccessEntry> {
    if record.is_deleted() {
        return None;
    }
    let (of_person_and_day, _) = record.id.rsplit_once('.')?;
    Some(AccessEntry {
        id: of_person_and_day.to_owned(),
        day: access::record_day(&record.id)?,
        by: record.maybe_text("by").filter(|by| !by.is_empty()),
        role: AccessRole::from(record.text("role")),
        looked: record.typed("looked").unwrap_or_default(),
        did: record.list("did"),
        last_at: record.changed_by_staff_at(),
    })
}

fn add(known: &mut AccessEntry, more: AccessEntry) {
    let looked = known.looked.saturating_add(more.looked);
    known.did.extend(more.did);
    known.did.sort();
    known.did.dedup();
    if more.last_at > known.last_at {
        let did = std::mem::take(&mut known.did);
        *known = AccessEntry { did, ..more };
    }
    known.looked = looked;
}
