//! Reminders for the platform's notifications: what they are of, and when they change.

use promise_core::{OpportunityEdit, PlannedReminder, REMINDER_TEXT, Reminder, ReminderAbout};
use promise_protocol::{
    timescale::LimitState,
    vocabulary::{AppointmentAnswer, SaveStatus},
};
use serde_json::{Value, json};

use crate::common::{Pocket, change, small_edition};

const DAY: i64 = 24 * 60 * 60 * 1000;

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

/// A phone of a council that publishes visits: every two months by law, every eight weeks by its promise.
fn with_visits() -> Pocket {
    let mut published = small_edition();
    published.directory.timescales = serde_json::from_value(json!([
        {"id": "visit", "display_name": {"en": "Your adviser visits you"}, "promise": "8 weeks",
         "law": {"every": "2 months", "source": "SI 2010/2571 reg 8(2)"}},
    ]))
    .unwrap();
    Pocket::showing(&published)
}

fn record_visit(pocket: &Pocket, after: i64, days: Value) {
    pocket.receive(vec![change("timescale", "visit", after, days)]);
}

#[test]
fn planned_visit_is_reminded_of_on_the_evening_before_and_moves_with_its_day() {
    let pocket = with_visits();
    record_visit(&pocket, 1, json!({"last_on": "2026-04-01", "next_on": "2026-05-12"}));
    let planned = reminders(&pocket);
    assert_eq!(moments(&pocket), ["2026-05-11T17:00:00+00:00"]);
    assert_eq!(planned[0].text, REMINDER_TEXT);
    assert_eq!(planned[0].about, Some(ReminderAbout::Timescale { id: "visit".into() }));
    record_visit(&pocket, 2, json!({"next_on": "2026-05-20"}));
    let pocket = pocket.reopen();
    assert_eq!(moments(&pocket), ["2026-05-19T17:00:00+00:00"]);
    assert_eq!(reminders(&pocket)[0].id, planned[0].id);
    record_visit(&pocket, 3, json!({"next_on": null}));
    assert_eq!(reminders(&pocket), []);
}

#[test]
fn limit_of_a_visit_reminds_of_nothing_near_or_passed() {
    let pocket = with_visits();
    record_visit(&pocket, 1, json!({"last_on": "2026-03-10"}));
    for (days, state) in [(0, LimitState::Soon), (14, LimitState::Overdue)] {
        pocket.clock.turn(days * DAY);
        assert_eq!(reminders(&pocket), [], "{state:?}");
        let shown = pocket.phone.timescales().unwrap().remove(0).days;
        let limits = [shown.promise, shown.law].map(|limit| limit.unwrap().state);
        assert_eq!(limits, [state; 2], "a person who opens the app reads it");
    }
}
