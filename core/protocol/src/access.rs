//! The access log that phones show: which staff opened what the council holds about the young
//! person, and what they changed.
//!
//! One record is one staff member on one day in London. It counts sittings, not pages, and lists
//! each kind of action once: opening a page, saving a form and coming back are three entries in the
//! server's audit log and one visit to the person.
//!
//! Phones keep [`ACCESS_DAYS`] days. Both sides drop older records by their id and the server's
//! clock alone. Sending deletions instead would leave a tombstone of every record for ever. A
//! record that a restored server sends again is dropped again.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Days, NaiveDate};

use crate::{
    Author,
    ids::{RecordId, StaffId},
    london,
    vocabulary::{open_vocabulary, vocabulary},
};

/// The collection's name.
pub const ACCESS: &str = "access";

/// How many days a phone keeps: 13 months, so that a person can look back on a whole year.
pub const ACCESS_DAYS: u64 = 400;

/// Stands in ids and in the `role` field for the server's operator, who has no staff id.
pub const OPERATOR: &str = "operator";

/// Stands in ids and in the `role` field for the person's own phones.
pub const OWN_PHONE: &str = "phone";

vocabulary! {
    /// The role of a staff member's sign-in.
    pub enum StaffRole {
        /// Looks after young people: their own caseload.
        Adviser = "adviser",
        /// Runs a team: every young person of the council, and every card.
        Manager = "manager",
        /// Edits what is published.
        Editor = "editor",
        /// Edits, and publishes what others edited.
        Publisher = "publisher",
        /// Manages colleagues' sign-ins. Sees no young people.
        Administrator = "administrator",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

/// The role in which a record of the access log was caused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AccessRole {
    /// A staff member who signed in.
    Staff(#[cfg_attr(feature = "uniffi", uniffi(name = "role"))] StaffRole),
    /// The server's operator at the command line, or the server itself.
    Operator,
    /// One of the person's own phones.
    OwnPhone,
    /// A role that this version does not know.
    Other(#[cfg_attr(feature = "uniffi", uniffi(name = "word"))] String),
}

impl AccessRole {
    /// The word that is stored and sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Staff(role) => role.as_str(),
            Self::Operator => OPERATOR,
            Self::OwnPhone => OWN_PHONE,
            Self::Other(word) => word,
        }
    }
}

impl From<String> for AccessRole {
    fn from(word: String) -> Self {
        match word.parse() {
            Ok(role) => Self::Staff(role),
            Err(_) if word == OPERATOR => Self::Operator,
            Err(_) if word == OWN_PHONE => Self::OwnPhone,
            Err(_) => Self::Other(word),
        }
    }
}

impl From<StaffRole> for AccessRole {
    fn from(role: StaffRole) -> Self {
        Self::Staff(role)
    }
}

impl fmt::Display for AccessRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

open_vocabulary! {
    /// What staff did, besides opening a page.
    pub enum StaffAction {
        /// Changed the details of a contact.
        ChangedContact = "changed_contact",
        /// Answered an ask or set its status.
        AnsweredAsk = "changed_ask",
        /// Added, changed or deleted an appointment.
        ChangedAppointment = "changed_appointment",
        /// Recorded when a visit or a review was or is planned.
        ChangedTimescale = "changed_timescale",
        /// Made a code that pairs a phone.
        InvitedPhone = "invited",
        /// Entered a code on a new phone, which waits.
        StartedPairing = "started_pairing",
        /// Said yes to a new phone that waits.
        ConfirmedPairing = "confirmed_pairing",
        /// Said no to a new phone that waits, or two phones used one code.
        RefusedPairing = "refused_pairing",
        /// Paired a phone.
        PairedPhone = "paired",
        /// Confirmed a phone that was limited.
        ConfirmedPhone = "confirmed_phone",
        /// Refused a phone that was limited.
        VetoedPhone = "vetoed_phone",
        /// Took a phone off that is lost or stolen: it wipes itself.
        WipedPhone = "wiped_phone",
        /// Took a phone off that is not used any more: it keeps what is on it.
        ReleasedPhone = "released_phone",
        /// Made a fresh start: earlier keys count no more, and everything sealed was deleted on the server.
        StartedAfresh = "started_afresh",
        /// Handed the young person over to a colleague.
        HandedOver = "handed_over",
        /// Cancelled that.
        CancelledHandOver = "kept",
        /// Added the young person to the server.
        AddedPerson = "added",
        /// Assigned an adviser.
        AssignedAdviser = "gave_adviser",
        /// Changed the label by which staff tell the young person apart. Phones never get the label.
        ChangedLabel = "changed_label",
        /// Changed the reference by which the council's own systems find the young person. Phones never get it.
        ChangedReference = "changed_reference",
        /// Downloaded a copy of everything that the server holds about them and can read.
        DownloadedCopy = "exported",
        /// One administrator alone reset the sign-in of a staff member who can see them.
        EmergencyAccess = "emergency_access",
    }
}

/// The id of a record: its day, its staff member and its author. The operator and the person's own
/// phones have no staff id: their role stands for them.
///
/// A restored server has a new author. It counts from zero, and its records must not win over those
/// that were counted before the restore.
pub fn record_id(
    day: NaiveDate,
    (staff, role): (Option<&StaffId>, &AccessRole),
    author: &Author,
) -> RecordId {
    let who = staff.map_or(role.as_str(), StaffId::as_str);
    RecordId::new(format!("{day}.{who}.{author}"))
}

/// The day in a record's id. Returns `None` if it does not begin with one.
pub fn record_day(id: &str) -> Option<NaiveDate> {
    id.split('.').next().and_then(|day| NaiveDate::from_str(day).ok())
}

/// The lower bound of the ids to keep: a record whose id sorts before it is too old. Returns `None`
/// if the timestamp is invalid; then no record is too old.
pub fn first_kept(server_now_millis: i64) -> Option<String> {
    let today = london::day(DateTime::from_timestamp_millis(server_now_millis)?);
    Some(today.checked_sub_days(Days::new(ACCESS_DAYS))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuthorKind, ids::is_record_id};

    const NOW: i64 = 1_764_000_000_000;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::from_str(text).unwrap()
    }

    #[test]
    fn record_ids_differ_by_day_staff_and_author_and_sort_by_day() {
        let author = Author::new(AuthorKind::Staff, [1; 5]);
        let staff = StaffId::new("0123456789abc");
        let adviser = AccessRole::from(StaffRole::Adviser);
        let by_staff =
            |staff: &StaffId, day, author: &Author| record_id(day, (Some(staff), &adviser), author);
        let id = by_staff(&staff, day("2025-11-24"), &author);
        assert!(is_record_id(id.as_str()), "{id}");
        assert_eq!(record_day(id.as_str()), Some(day("2025-11-24")));
        assert!(by_staff(&StaffId::new("zz"), day("2025-11-23"), &author) < id);
        let other_author = Author::new(AuthorKind::Staff, [2; 5]);
        let others = [
            record_id(day("2025-11-24"), (None, &AccessRole::Operator), &author),
            record_id(day("2025-11-24"), (None, &AccessRole::OwnPhone), &author),
            by_staff(&staff, day("2025-11-24"), &other_author),
        ];
        assert!(!others.contains(&id) && others[0] != others[1]);
        assert_eq!(record_day("a1"), None);
    }

    #[test]
    fn record_older_than_400_days_sorts_before_first_kept() {
        let kept = first_kept(NOW).unwrap();
        assert_eq!(kept, "2024-10-20", "400 days before 2025-11-24");
        let author = Author::new(AuthorKind::Staff, [1; 5]);
        let role = AccessRole::from(StaffRole::Adviser);
        let staff = StaffId::new("a");
        let id = |text: &str| record_id(day(text), (Some(&staff), &role), &author).into_string();
        assert!(id("2024-10-19") < kept && id("2024-10-20") >= kept);
        for wild in [i64::MIN, -1, 0, i64::MAX, 400_000_000_000_000] {
            let is_kept = first_kept(wild).is_none_or(|kept| id("2025-11-24") >= kept);
            assert!(is_kept, "{wild}");
        }
    }

    #[test]
    fn role_of_a_newer_version_is_kept() {
        let words = StaffRole::WORDS.iter().copied().chain([OPERATOR, OWN_PHONE, "wizard"]);
        for word in words {
            assert_eq!(AccessRole::from(word.to_owned()).as_str(), word);
        }
        assert_eq!(AccessRole::from("adviser".to_owned()), StaffRole::Adviser.into());
        assert_eq!(AccessRole::from(OPERATOR.to_owned()), AccessRole::Operator);
        assert_eq!(AccessRole::from(OWN_PHONE.to_owned()), AccessRole::OwnPhone);
        assert_eq!(AccessRole::from("wizard".to_owned()), AccessRole::Other("wizard".to_owned()));
    }
}
