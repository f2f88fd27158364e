//! Calendar files: the same event for the same appointment, and what became of it.

use promise_core::PocketPhone;
use promise_protocol::Change;
use serde_json::{Value, json};

use crate::{
    common::{Pocket, change, contact, key, small_edition},
    newer_data::make_newer,
};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn pocket() -> Pocket {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![appointment(
        1,
        json!({"title": "Plan review", "place": "Room 2",
        "starts_at": "2026-05-10T13:00:00Z", "minutes": 45, "with_contact": "ada"}),
    )]);
    pocket
}

fn appointment(after: i64, fields: Value) -> Change {
    change("appointment", "m1", after, fields)
}

fn cancel(after: i64) -> Change {
    let emptied = json!({"deleted": true, "title": null, "starts_at": null, "minutes": null,
        "place": null, "with_contact": null});
    appointment(after, emptied)
}

fn file(pocket: &Pocket) -> String {
    pocket.phone.export().calendar().unwrap()
}

fn value<'a>(file: &'a str, name: &str) -> &'a str {
    let mut lines = file.split("\r\n");
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap()
}

fn sequence(file: &str) -> u32 {
    value(file, "SEQUENCE").parse().unwrap()
}

#[test]
fn changed_and_cancelled_appointment_keeps_its_uid_and_raises_its_sequence() {
    let pocket = pocket();
    let made = file(&pocket);
    assert_eq!(value(&made, "DTSTART"), "20260510T130000Z");
    assert_eq!(file(&pocket), made, "nothing changed");
    // Within the same second.
    pocket.receive(vec![appointment(2, json!({"starts_at": "2026-05-12T09:00:00Z"}))]);
    let pocket = pocket.reopen();
    let moved = file(&pocket);
    assert_eq!(
        (value(&moved, "DTSTART"), value(&moved, "STATUS")),
        ("20260512T090000Z", "CONFIRMED")
    );
    pocket.receive(vec![cancel(3)]);
    let cancelled = file(&pocket);
    let is =
        (value(&cancelled, "DTSTART"), value(&cancelled, "STATUS"), value(&cancelled, "SUMMARY"));
    assert_eq!(is, ("20260512T090000Z", "CANCELLED", "Plan review"));
    assert_eq!(sequence(&file(&pocket)), sequence(&cancelled));
    pocket.receive(vec![appointment(
        4,
        json!({"deleted": false, "title": "Plan review",
        "starts_at": "2026-05-14T09:00:00Z"}),
    )]);
    let again = file(&pocket);
    assert_eq!(value(&again, "STATUS"), "CONFIRMED");
    let files = [&made, &moved, &cancelled, &again];
    assert!(files.map(|file| sequence(file)).is_sorted_by(|a, b| a < b));
    assert!(files.iter().all(|file| value(file, "UID") == value(&made, "UID")));
    assert!(files.iter().all(|file| file.matches("BEGIN:VEVENT").count() == 1));
}

#[test]
fn two_phones_write_the_same_event() {
    let (one, other) = (pocket(), pocket());
    assert_eq!(file(&one), file(&other));
}

#[test]
fn appointment_that_was_in_no_file_is_not_cancelled_in_one() {
    let pocket = pocket();
    pocket.receive(vec![cancel(2)]);
    assert!(!file(&pocket).contains("VEVENT"));
}

#[test]
fn cancelled_appointment_leaves_the_file_when_it_is_long_over() {
    let pocket = pocket();
    file(&pocket);
    pocket.receive(vec![cancel(2)]);
    pocket.clock.turn(30 * DAY);
    assert!(file(&pocket).contains("CANCELLED"));
    pocket.clock.turn(30 * DAY);
    assert!(!file(&pocket).contains("VEVENT"));
}

#[test]
fn calendar_names_no_contact() {
    let pocket = pocket();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    assert!(!file(&pocket).contains("Ada") && !file(&pocket).contains("ada"));
}

#[test]
fn calendar_of_data_from_a_newer_version_can_be_taken_along() {
    let Pocket { folder, phone, .. } = pocket();
    drop(phone);
    let path = folder.path().join("phone.db");
    make_newer(&path);
    let phone = PocketPhone::open(&path, key()).unwrap();
    let file = phone.export().calendar().unwrap();
    assert_eq!(value(&file, "DTSTART"), "20260510T130000Z", "though it cannot be remembered");
}
