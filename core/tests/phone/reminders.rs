//! Reminders for the platform's notifications: what they are of, and when they change.

use promise_core::{OpportunityEdit, PlannedReminder, REMINDER_TEXT, Reminder, ReminderAbout};
use promise_protocol::vocabulary::{AppointmentAnswer, SaveStatus};
use serde_json::json;

use crate::common::{Pocket, change, small_edition};

fn reminders(pocket: &Pocket) -> Vec<PlannedReminder> {
    let (from, to) = ("2026-05-03T09:20:00Z", "2026-06-03T00:00:00Z");
    pocket.phone.reminders(from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

fn moments(pocket: &Pocket) -> Vec<String> {
    reminders(pocket).iter().map(|reminder| reminder.at.to_rfc3339()).collect()
}

fn save(pocket: &Pocket, edit: OpportunityEdit) {
    pocket.phone.opportunities().save(&"barista".into(), edit).unwrap();
}

/// A phone that shows an opportunity which closes on 20 May.
fn pocket() -> Pocket {
    let mut published = small_edition();
    published.opportunity("barista").closes_at = "2026-05-20T22:59:59Z".parse().ok();
    Pocket::showing(&published)
}

fn appointment(after: i64, starts_at: &str) -> promise_protocol::Change {
    change("appointment", "m1", after, json!({"title": "Review", "starts_at": starts_at}))
}

#[test]
fn moved_appointment_moves_its_reminders_and_a_cancelled_one_has_none() {
    let pocket = pocket();
    pocket.receive(vec![appointment(1, "2026-05-10T13:00:00Z")]);
    assert_eq!(moments(&pocket), ["2026-05-09T17:00:00+00:00", "2026-05-10T11:00:00+00:00"]);
    let before = reminders(&pocket);
    assert!(before.iter().all(|reminder| reminder.text == REMINDER_TEXT));
    pocket.receive(vec![appointment(2, "2026-05-12T09:00:00Z")]);
    let pocket = pocket.reopen();
    assert_eq!(moments(&pocket), ["2026-05-11T17:00:00+00:00", "2026-05-12T07:00:00+00:00"]);
    let ids = |reminders: &[PlannedReminder]| -> Vec<String> {
        reminders.iter().map(|reminder| reminder.id.clone()).collect()
    };
    assert_eq!(ids(&reminders(&pocket)), ids(&before));
    pocket.receive(vec![change(
        "appointment",
        "m1",
        3,
        json!({"deleted": true, "starts_at": null}),
    )]);
    assert_eq!(reminders(&pocket), []);
}

#[test]
fn appointment_to_which_the_person_does_not_come_has_no_reminder() {
    let pocket = pocket();
    pocket.receive(vec![appointment(1, "2026-05-10T13:00:00Z")]);
    let answer = |answer| pocket.phone.appointments().answer(&"m1".into(), answer, None).unwrap();
    answer(AppointmentAnswer::NotComing);
    assert_eq!(reminders(&pocket), []);
    answer(AppointmentAnswer::Coming);
    assert_eq!(reminders(&pocket).len(), 2);
}

#[test]
fn saved_opportunity_reminds_of_its_closing_day_and_of_the_chosen_day() {
    let pocket = pocket();
    assert_eq!(reminders(&pocket), [], "it is not saved");
    let remind_on = "2026-05-15".parse().ok().map(Reminder::On);
    save(&pocket, OpportunityEdit { remind_on, ..OpportunityEdit::default() });
    let (closing, chosen) = (
        ReminderAbout::Closing { id: "barista".into() },
        ReminderAbout::ChosenDay { id: "barista".into() },
    );
    let found: Vec<_> = reminders(&pocket)
        .into_iter()
        .map(|reminder| (reminder.at.to_rfc3339(), reminder.about.unwrap()))
        .collect();
    let expected = [
        ("2026-05-15T09:00:00+00:00".to_owned(), chosen),
        ("2026-05-17T09:00:00+00:00".to_owned(), closing.clone()),
        ("2026-05-20T09:00:00+00:00".to_owned(), closing),
    ];
    assert_eq!(found, expected);
    let status = |status| OpportunityEdit { status: Some(status), ..OpportunityEdit::default() };
    save(&pocket, status(SaveStatus::Applied));
    assert_eq!(reminders(&pocket).len(), 1, "applied: the closing day does not matter any more");
    save(&pocket, status(SaveStatus::GotIt));
    assert_eq!(reminders(&pocket), []);
}
