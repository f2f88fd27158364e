//! Calendar files, parsed by a second implementation of the RFC's rules.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::{option, prelude::*};

use super::{CalendarEvent, calendar};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn event(starts_at: &str) -> CalendarEvent {
    CalendarEvent {
        uid: "f9508b86-1a17-8594-b5d3-a87b5e9392a7".into(),
        sequence: 7,
        changed_at: at("2026-11-03T10:00:00.250Z"),
        title: "Pathway plan review".into(),
        starts_at: at(starts_at),
        minutes: Some(45),
        place: Some("Room 2, Civic Centre; back door".into()),
        details: Some("Bring:\n- your ID".into()),
        is_cancelled: false,
    }
}

/// The lines of a file, unfolded, each as its name and its value.
fn lines(file: &str) -> Vec<(String, String)> {
    assert!(file.ends_with("\r\n"));
    let unfolded = file.replace("\r\n ", "");
    let lines = unfolded.split_terminator("\r\n").map(|line| line.split_once(':').unwrap());
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn value(file: &str, name: &str) -> Option<String> {
    lines(file).into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

/// The text of a value (RFC 5545, section 3.3.11).
fn text(file: &str, name: &str) -> Option<String> {
    let value = value(file, name)?;
    let mut text = String::new();
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next().unwrap() {
                'n' | 'N' => text.push('\n'),
                c @ ('\\' | ';' | ',') => text.push(c),
                c => panic!("\\{c} is no escape"),
            },
            ',' | ';' => panic!("not escaped: {value}"),
            c => text.push(c),
        }
    }
    Some(text)
}

/// The part of a text that a value can hold.
fn kept(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[test]
fn file_has_what_a_calendar_needs() {
    let file = calendar(&[event("2026-12-01T14:00:00Z")]);
    let expected = "BEGIN:VCALENDAR\r\n\
        VERSION:2.0\r\n\
        PRODID:-//Pocket Promise//EN\r\n\
        CALSCALE:GREGORIAN\r\n\
        BEGIN:VEVENT\r\n\
        CLASS:PRIVATE\r\n\
        DESCRIPTION:Bring:\\n- your ID\r\n\
        DTEND:20261201T144500Z\r\n\
        DTSTAMP:20261103T100000Z\r\n\
        DTSTART:20261201T140000Z\r\n\
        LAST-MODIFIED:20261103T100000Z\r\n\
        LOCATION:Room 2\\, Civic Centre\\; back door\r\n\
        SEQUENCE:7\r\n\
        STATUS:CONFIRMED\r\n\
        SUMMARY:Pathway plan review\r\n\
        UID:f9508b86-1a17-8594-b5d3-a87b5e9392a7\r\n\
        END:VEVENT\r\n\
        END:VCALENDAR\r\n";
    assert_eq!(file, expected);
    assert_eq!(lines(&calendar(&[])).len(), 5, "an empty calendar is a file too");
}

#[test]
fn cancelled_appointment_is_the_same_event_with_its_time() {
    let cancelled = CalendarEvent { is_cancelled: true, ..event("2026-12-01T14:00:00Z") };
    let file = calendar(&[cancelled]);
    assert_eq!(value(&file, "STATUS").unwrap(), "CANCELLED");
    assert_eq!(value(&file, "DTSTART").unwrap(), "20261201T140000Z");
    assert_eq!(value(&file, "UID").unwrap(), event("2026-12-01T14:00:00Z").uid);
}

#[test]
fn hour_that_exists_twice_gives_two_moments_and_the_one_that_does_not_gives_none() {
    let span = |starts_at| {
        let file = calendar(&[event(starts_at)]);
        [value(&file, "DTSTART").unwrap(), value(&file, "DTEND").unwrap()]
    };
    // Both are at 01:30 in London.
    assert_eq!(span("2026-10-25T00:30:00Z"), ["20261025T003000Z", "20261025T011500Z"]);
    assert_eq!(span("2026-10-25T01:30:00Z"), ["20261025T013000Z", "20261025T021500Z"]);
    // From 00:30 to 02:15 in London: the clocks go forward at 01:00, and 45 minutes pass.
    assert_eq!(span("2027-03-28T00:30:00Z"), ["20270328T003000Z", "20270328T011500Z"]);
}

#[test]
fn event_without_title_or_length_is_seen() {
    let bare =
        CalendarEvent { title: " \n".into(), minutes: None, ..event("2026-12-01T14:00:00Z") };
    let file = calendar(&[bare]);
    assert_eq!(value(&file, "SUMMARY").unwrap(), "Appointment");
    assert_eq!(value(&file, "DTEND"), None);
    let last = CalendarEvent {
        starts_at: DateTime::<Utc>::MAX_UTC - TimeDelta::minutes(1),
        ..event("2026-12-01T14:00:00Z")
    };
    assert_eq!(value(&calendar(&[last]), "DTEND"), None, "the end of the calendar does not panic");
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ ,;:\\\\\r\n\"nN]{0,40}", "[é漢😀 ]{0,200}", "[a-z ]{0,300}"]
}

proptest! {
    #[test]
    fn every_text_can_be_parsed_again(
        title in words(), place in option::of(words()), details in option::of(words()),
        minutes in option::of(0u32..=1440),
    ) {
        let event = CalendarEvent {
            title: title.clone(), place: place.clone(), details: details.clone(), minutes,
            ..event("2026-12-01T14:00:00Z")
        };
        let file = calendar(&[event.clone(), event]);
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let title = Some(kept(&title)).filter(|title| !title.trim().is_empty());
        prop_assert_eq!(text(&file, "SUMMARY"), title.or(Some("Appointment".to_owned())));
        prop_assert_eq!(text(&file, "LOCATION"), place.as_deref().map(kept));
        prop_assert_eq!(text(&file, "DESCRIPTION"), details.as_deref().map(kept));
        prop_assert_eq!(lines(&file).iter().filter(|(name, _)| name == "UID").count(), 2);
    }
}
