//! The access log: which staff opened what the council holds about the young person, and what they
//! changed. The server writes it, and no phone can.
//!
//! It shows that a page was opened, not what was read on it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::access::{self, ACCESS, AccessRole, StaffAction};

use super::{Collection, Record, Topic};
use crate::store::{StoreError, Tx};

/// One staff member on one day, in London.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AccessEntry {
    /// The entry's id.
    pub id: String,
    /// The day.
    pub day: NaiveDate,
    /// The name on the staff member's card; `None` for the server's operator, and for a staff member
    /// without a card.
    pub by: Option<String>,
    /// In which role.
    pub role: AccessRole,
    /// How many times they opened the person's page. Openings within half an hour count as one.
    pub looked: u32,
    /// What they did besides, each action once and in the order of the enum.
    pub did: Vec<StaffAction>,
    /// When the last of it was, by the server's clock. Exact for an action, and to within half an
    /// hour for an opened page.
    pub last_at: Option<DateTime<Utc>>,
}

impl AccessEntry {
    fn from_record(record: &Record) -> Option<Self> {
        // What one staff member did on one day can be in two records: a restored server continues in
        // a new one.
        let (staff_and_day, _author) = record.id.rsplit_once('.')?;
        Some(Self {
            id: staff_and_day.to_owned(),
            day: access::record_day(&record.id)?,
            by: record.text("by").filter(|by| !by.is_empty()),
            role: AccessRole::from(record.text_or_empty("role")),
            looked: record.get("looked").unwrap_or_default(),
            did: record.list_of("did"),
            last_at: record.changed_by_staff_at(),
        })
    }

    /// Adds another record of the same staff member and day. The newer one decides on name and role.
    fn merge(&mut self, other: Self) {
        let looked = self.looked.saturating_add(other.looked);
        let mut did = std::mem::take(&mut self.did);
        did.extend_from_slice(&other.did);
        did.sort();
        did.dedup();
        if other.last_at > self.last_at {
            *self = other;
        }
        self.looked = looked;
        self.did = did;
    }
}

/// Lists the entries, newest first.
pub(crate) fn list(tx: &mut dyn Tx) -> Result<Vec<AccessEntry>, StoreError> {
    let mut entries: BTreeMap<String, AccessEntry> = BTreeMap::new();
    for entry in Record::list(tx, ACCESS)?.iter().filter_map(AccessEntry::from_record) {
        match entries.get_mut(&entry.id) {
            Some(known) => known.merge(entry),
            None => drop(entries.insert(entry.id.clone(), entry)),
        }
    }
    let mut entries: Vec<AccessEntry> = entries.into_values().collect();
    entries
        .sort_by(|a, b| (b.day, b.last_at).cmp(&(a.day, a.last_at)).then_with(|| a.id.cmp(&b.id)));
    Ok(entries)
}

/// Drops entries that are too old by the server's clock. Returns `true` if there were any.
pub(crate) fn drop_expired(tx: &mut dyn Tx, server_now_millis: i64) -> Result<bool, StoreError> {
    match access::first_kept(server_now_millis) {
        Some(first_kept) => tx.forget_records_before(ACCESS, &first_kept),
        None => Ok(false),
    }
}

/// The access log.
pub(crate) struct AccessCollection;

impl Collection for AccessCollection {
    fn name(&self) -> &'static str {
        ACCESS
    }

    fn topic(&self) -> Topic {
        Topic::Access
    }
}
