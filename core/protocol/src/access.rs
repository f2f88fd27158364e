//! Who looked at what a council holds about a young person, and what they did: what their phones
//! are told of it.
//!
//! One record is one member of staff on one day in London. It says how many sittings they looked
//! in, and what they did besides, once each: opening a page, saving a form and coming back is three
//! looks to a log and one to a person.
//!
//! Phones keep [`ACCESS_DAYS`]. What is older is dropped on both sides by the record's name and the
//! server's clock alone, so nothing needs to be sent for it: deleting would leave a tombstone of
//! each for ever. What comes back in spite of that, after a restore, is dropped again.

use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate};

use crate::Author;

/// The collection.
pub const ACCESS: &str = "access";

/// How many days a phone keeps: 13 months, so that a person can look back on a whole year.
pub const ACCESS_DAYS: u64 = 400;

/// Who did it, where it was whoever runs the server: the command line, or the server by itself.
pub const OPERATOR: &str = "operator";

/// What a record is called. Each life of a server's database writes records of its own, told by
/// the author of its stamps: one that was put back counts from nothing, and must not beat what was
/// counted before.
pub fn record_id(day: NaiveDate, staff: &str, author: &Author) -> String {
    let staff = if staff.is_empty() { OPERATOR } else { staff };
    format!("{day}.{staff}.{author}")
}

/// The day of a record of this name.
pub fn day_of(record: &str) -> Option<NaiveDate> {
    record.split('.').next().and_then(|day| NaiveDate::from_str(day).ok())
}

/// Records whose names sort before this are over. At a moment that is none, nothing is.
pub fn first_kept(server_now_millis: i64) -> String {
    let now = DateTime::from_timestamp_millis(server_now_millis).map(|now| now.date_naive());
    let first = now.and_then(|today| today.checked_sub_days(Days::new(ACCESS_DAYS)));
    first.map(|day| day.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuthorKind, values::is_record_id};

    const NOW: i64 = 1_764_000_000_000;

    #[test]
    fn records_are_told_apart_by_day_person_and_life_and_sort_by_day() {
        let author = Author::new(AuthorKind::Staff, [1; 5]);
        let day = |text: &str| NaiveDate::from_str(text).unwrap();
        let name = record_id(day("2025-11-24"), "0123456789abc", &author);
        assert!(is_record_id(&name), "{name}");
        assert_eq!(day_of(&name), Some(day("2025-11-24")));
        assert!(record_id(day("2025-11-23"), "zz", &author) < name);
        let others = [
            record_id(day("2025-11-24"), "", &author),
            record_id(day("2025-11-24"), "0123456789abc", &Author::new(AuthorKind::Staff, [2; 5])),
        ];
        assert!(!others.contains(&name));
        assert_eq!(day_of("a1"), None);
    }

    #[test]
    fn what_is_over_is_told_by_name_alone() {
        let kept = first_kept(NOW);
        assert_eq!(kept, "2024-10-20", "400 days before 2025-11-24");
        let author = Author::new(AuthorKind::Staff, [1; 5]);
        let name = |text: &str| record_id(NaiveDate::from_str(text).unwrap(), "a", &author);
        assert!(name("2024-10-19") < kept && name("2024-10-20") >= kept);
        for wild in [i64::MIN, -1, 0, i64::MAX, 400_000_000_000_000] {
            assert!(name("2025-11-24") >= first_kept(wild), "{wild}");
        }
    }
}
