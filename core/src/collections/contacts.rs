//! Contacts: the people who help, as the council gives them, and what the young person puts beside
//! them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{
    ContactId,
    cover::{self, Absences, CoverDays},
    pack::ClosedDays,
    schema, text,
    values::{Leave, Opening, PhoneNumber},
};

use super::{
    Collection, Fields, Record, RecordIds, SearchText, Topic, own_contacts::preferred_first,
};
use crate::{
    app_lock::View,
    store::{SearchKind, StoreError, Tx},
};

/// The collection of contacts that the council gives.
pub(crate) const CONTACT: &str = schema::CONTACT.name;
/// The collection of what the young person puts beside them. Only their own phones can read it.
pub(crate) const CONTACT_MARK: &str = schema::CONTACT_MARK.name;

/// A contact that the council gives the young person.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Contact {
    /// The contact's id.
    pub id: ContactId,
    /// What they do, such as "Personal adviser".
    pub role: String,
    /// Their name.
    pub display_name: String,
    /// Their pronouns.
    pub pronouns: Option<String>,
    /// Whom they work for.
    pub organisation: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// Their numbers, the preferred one first.
    pub phones: Vec<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether they read WhatsApp.
    pub whatsapp_ok: bool,
    /// Whether they read texts.
    pub text_ok: bool,
    /// What to know about their voicemail.
    pub voicemail_note: Option<String>,
    /// The languages they speak, as BCP 47 tags.
    pub languages: Vec<String>,
    /// When they work, in London time.
    pub working_pattern: Vec<Opening>,
    /// How closed days change these hours. `None` if the council does not say: then they are off, unless
    /// the hours are all hours of the week.
    pub on_closed_days: Option<ClosedDays>,
    /// When they are away, and who covers.
    pub leave: Vec<Leave>,
    /// For the days of each leave, in its order, the contact who is at work instead. If the one who
    /// covers is on leave too, this is the next in the chain; without a `cover`, ring the duty line.
    pub cover_days: Vec<CoverDays>,
    /// What they can help with.
    pub about: Option<String>,
    /// The first day on which they are the one to ring.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which they are.
    pub valid_to: Option<NaiveDate>,
    /// The contact who comes after them.
    pub replaced_by: Option<ContactId>,
    /// Why they stopped helping or will, and who helps now, in the council's words.
    pub end_note: Option<String>,
    /// The day in London on which the council last checked the numbers and the e-mail address. `None` if
    /// it never did, or if they have changed since.
    pub verified_on: Option<NaiveDate>,
    /// When the council last changed the details.
    pub changed_at: Option<DateTime<Utc>>,
    /// The young person's own name for them. Only their phones can read it.
    pub nickname: Option<String>,
    /// Whether the young person keeps them on top. Only their phones can read it.
    pub pinned: bool,
    /// Whether the young person hides them. Only their phones can read it.
    pub hidden: bool,
    /// Whether they are not readable while the app lock is on: because the young person says so, which
    /// only their phones can read, or because their adviser does.
    pub discreet: bool,
    /// Whether the adviser says so. Then what the young person says makes no difference.
    pub discreet_by_adviser: bool,
    /// The young person's note. Only their phones can read it.
    pub note: Option<String>,
}

impl Contact {
    /// Puts a contact's record and the young person's mark on it together.
    pub(crate) fn from_records(record: &Record, mark: &Record) -> Self {
        Self {
            id: ContactId::new(record.id.clone()),
            role: record.text_or_empty("role"),
            display_name: record.text_or_empty("display_name"),
            pronouns: record.text("pronouns"),
            organisation: record.text("organisation"),
            team: record.text("team"),
            phones: preferred_first(record.list_of("phones")),
            email: record.text("email"),
            whatsapp_ok: record.flag("whatsapp_ok"),
            text_ok: record.flag("text_ok"),
            voicemail_note: record.text("voicemail_note"),
            languages: record.list_of("languages"),
            working_pattern: record.list_of("working_pattern"),
            on_closed_days: record.get(schema::ON_CLOSED_DAYS),
            leave: record.list_of("leave"),
            cover_days: Vec::new(),
            about: record.text("about"),
            valid_from: record.get("valid_from"),
            valid_to: record.get("valid_to"),
            replaced_by: record.get("replaced_by"),
            end_note: record.text(schema::END_NOTE),
            verified_on: record.get(schema::VERIFIED_ON),
            changed_at: record.changed_by_staff_at(),
            nickname: mark.text("nickname"),
            pinned: mark.flag("pinned"),
            hidden: mark.flag("hidden"),
            discreet: mark.flag(schema::DISCREET) || record.flag(schema::DISCREET),
            discreet_by_adviser: record.flag(schema::DISCREET),
            note: mark.text("note"),
        }
    }

    /// Returns `true` if they are the one to ring on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// What to put beside a contact. `None` leaves a field as it is; an empty text clears it.
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
    /// Whether they are not readable while the app lock is on.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub discreet: Option<bool>,
    /// The young person's note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

impl ContactEdit {
    pub(crate) fn into_fields(self) -> Fields {
        Fields::default()
            .text("nickname", self.nickname)
            .value("pinned", self.pinned)
            .value("hidden", self.hidden)
            .value(schema::DISCREET, self.discreet)
            .text("note", self.note)
    }
}

/// A contact, and the records it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContactRecords {
    pub contact: Contact,
    pub record: Record,
    /// What the young person put beside it.
    pub mark: Record,
}

/// Lists the contacts that may be read, hidden or not: pinned ones first, then the personal adviser, then
/// in the order that the adviser chose, then by name.
pub(crate) fn list(tx: &mut dyn Tx, view: View) -> Result<Vec<Contact>, StoreError> {
    Ok(list_records(tx, view)?.into_iter().map(|records| records.contact).collect())
}

/// Like [`list`], with the records.
pub(crate) fn list_records(tx: &mut dyn Tx, view: View) -> Result<Vec<ContactRecords>, StoreError> {
    let mut marks: BTreeMap<String, Record> = Record::list_all(tx, CONTACT_MARK)?
        .into_iter()
        .map(|mark| (mark.id.clone(), mark))
        .collect();
    let records = Record::list(tx, CONTACT)?.into_iter().map(|record| {
        let mark = marks.remove(&record.id).unwrap_or_default();
        ContactRecords { contact: Contact::from_records(&record, &mark), record, mark }
    });
    let mut contacts: Vec<ContactRecords> = records.collect();
    fill_cover_days(&mut contacts, view);
    show_only(&mut contacts, view);
    contacts.sort_by_cached_key(|ContactRecords { contact, record, .. }| {
        let is_adviser = text::is_same(&contact.role, "personal adviser");
        let place = record.get(schema::POSITION).unwrap_or(u64::MAX);
        let name = text::sort_key(&contact.display_name);
        (!contact.pinned, !is_adviser, place, name, contact.id.clone())
    });
    Ok(contacts)
}

/// Leaves out contacts that may not be read, every mention of them, and what the young person wrote about
/// the others.
fn show_only(contacts: &mut Vec<ContactRecords>, view: View) {
    if view.has_private() {
        return;
    }
    // A hidden contact stays hidden, although nothing else that the person wrote may be read.
    contacts.retain(|ContactRecords { contact, .. }| {
        view.has_contact(contact.discreet) && !contact.hidden
    });
    let shown: BTreeSet<ContactId> =
        contacts.iter().map(|ContactRecords { contact, .. }| contact.id.clone()).collect();
    for ContactRecords { contact, record, mark } in contacts {
        *mark = Record::default();
        let Contact { cover_days, .. } =
            std::mem::replace(contact, Contact::from_records(record, mark));
        contact.cover_days = cover_days;
        contact.replaced_by.take_if(|after| !shown.contains(after));
        for leave in &mut contact.leave {
            leave.cover.take_if(|cover| !shown.contains(&ContactId::new(cover.clone())));
        }
    }
}

/// Follows the cover of each leave. Contacts that the young person hides, or that may not be read, are not
/// named.
fn fill_cover_days(contacts: &mut [ContactRecords], view: View) {
    let absences = contacts.iter().map(|ContactRecords { contact, .. }| Absences {
        id: contact.id.as_str().to_owned(),
        leave: contact.leave.clone(),
        from: contact.valid_from,
        to: contact.valid_to,
        can_be_named: !contact.hidden && view.has_contact(contact.discreet),
    });
    let absences: Vec<Absences> = absences.collect();
    for ContactRecords { contact, .. } in contacts {
        let days = |leave| cover::days(&absences, contact.id.as_str(), leave);
        contact.cover_days = contact.leave.iter().flat_map(days).collect();
    }
}

/// Contacts that the council gives.
pub(crate) struct ContactCollection;

impl Collection for ContactCollection {
    fn name(&self) -> &'static str {
        CONTACT
    }

    fn topic(&self) -> Topic {
        Topic::Contacts
    }

    fn search_kind(&self) -> Option<SearchKind> {
        Some(SearchKind::Contact)
    }

    fn search_text(&self, tx: &mut dyn Tx, id: &str) -> Result<Option<SearchText>, StoreError> {
        search_text(tx, id)
    }
}

/// What the young person puts beside them.
pub(crate) struct ContactMarkCollection;

impl Collection for ContactMarkCollection {
    fn name(&self) -> &'static str {
        CONTACT_MARK
    }

    fn topic(&self) -> Topic {
        Topic::Contacts
    }

    fn record_ids(&self) -> RecordIds {
        RecordIds::SameAs(CONTACT)
    }

    fn search_kind(&self) -> Option<SearchKind> {
        Some(SearchKind::Contact)
    }

    fn search_text(&self, tx: &mut dyn Tx, id: &str) -> Result<Option<SearchText>, StoreError> {
        search_text(tx, id)
    }
}

/// A contact is found by what the council wrote and by what the young person put beside it. A hidden
/// one is not found: on a borrowed phone, typing a name must not show it.
fn search_text(tx: &mut dyn Tx, id: &str) -> Result<Option<SearchText>, StoreError> {
    let Some(record) = Record::find(tx, CONTACT, id)? else { return Ok(None) };
    let mark = Record::gather(tx.current_record(CONTACT_MARK, id)?).into_iter().next();
    let mark = mark.unwrap_or_default();
    if mark.flag("hidden") {
        return Ok(None);
    }
    let own_name_first = [(schema::CONTACT_MARK.fields, &mark), (schema::CONTACT.fields, &record)];
    Ok(Some(SearchText::new(&own_name_first)))
}
