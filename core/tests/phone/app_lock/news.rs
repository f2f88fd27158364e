//! What is new while the lock is on: what the council publishes, and numbers that may be read.

use promise_core::{OpportunityEdit, ReminderAbout, export::Labels};
use promise_protocol::vocabulary::PledgeMark;
use serde_json::json;

use super::{PIN, QUIET};
use crate::common::{Pocket, change, contact, small_edition};

/// A phone on which something of everything is new, and a PIN and a quiet PIN are set.
fn with_news() -> Pocket {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi"), contact("bea", "Bea")]);
    let phone = &pocket.phone;
    phone.opportunities().save(&"barista".into(), OpportunityEdit::default()).unwrap();
    phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None).unwrap();
    let ask = phone.asks().write("Who pays?", promise_core::AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    let number = json!({"phones": [{"number": "+447700900456", "kind": "mobile"}]});
    let discreet =
        json!({"phones": [{"number": "+447700900456", "kind": "mobile"}], "discreet": true});
    pocket.receive(vec![
        change("contact", "ada", 2, number),
        change("contact", "bea", 2, discreet),
        change("ask", ask.as_str(), 2, json!({"status": "done", "reply": "We do."})),
        change(
            "appointment",
            "m1",
            2,
            json!({"title": "Review", "starts_at": "2026-05-10T13:00:00Z"}),
        ),
        change("timescale", "visit", 2, json!({"next_on": "2026-05-20"})),
    ]);
    let mut published = small_edition();
    published.opportunity("barista").title = "Another course".into();
    for (pledge, text) in published.promise.pledges.0.iter_mut().zip(["One.", "Two."]) {
        pledge.text.insert("en".into(), text.into());
    }
    published.directory.lines.0[0].phones[0].number = "+442079460999".into();
    let visits = json!([{"id": "visit", "display_name": {"en": "Visits"}, "promise": "8 weeks"}]);
    published.directory.timescales = serde_json::from_value(visits).unwrap();
    pocket.server.publish(&published, 2);
    pocket.sync().unwrap();
    phone.app_lock().set_pin(PIN).unwrap();
    phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    pocket
}

/// Whether an exported page has a new meeting, changed pledges and reminders.
fn on_page(pocket: &Pocket) -> [bool; 3] {
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    ["A new meeting", "Changed in the promise", "When this phone reminds you"]
        .map(|what| page.contains(what))
}

/// How many news there are of numbers, answers, appointments, timescales, pledges and opportunities.
fn counts(pocket: &Pocket) -> [usize; 6] {
    let news = pocket.phone.news(&["en"]).unwrap();
    [
        news.numbers.len(),
        news.answers.len(),
        news.appointments.len(),
        news.timescales.len(),
        news.pledges.len(),
        news.opportunities.len(),
    ]
}

#[test]
fn news_behind_the_lock_are_left_out_and_stay_new() {
    let pocket = with_news();
    let lock = pocket.phone.app_lock();
    assert_eq!(counts(&pocket), [3, 1, 1, 1, 2, 1]);
    assert_eq!(on_page(&pocket), [true; 3]);
    let open = pocket.phone.news(&["en"]).unwrap();
    assert_eq!(open.pledges[0].mark, Some(PledgeMark::WantIt), "the marked one is first");
    lock.lock();
    assert_eq!(counts(&pocket), [2, 0, 0, 0, 2, 0], "not the discreet contact");
    for news_id in [
        &open.answers[0].news_id,
        &open.appointments[0].news_id,
        &open.timescales[0].news_id,
        &open.opportunities[0].news_id,
    ] {
        pocket.phone.mark_news_seen(news_id).unwrap();
    }
    let locked = pocket.phone.news(&["en"]).unwrap();
    assert!(locked.pledges.iter().all(|news| news.mark.is_none()));
    assert_eq!((locked.next_change, open.next_change.is_some()), (None, true));
    assert_eq!(locked.pledges[0].pledge.id, "setting-up-home", "in the order of the promise");
    lock.unlock(QUIET).unwrap();
    assert_eq!(counts(&pocket), [1, 0, 0, 0, 2, 0], "only what the council publishes");
    assert_eq!(on_page(&pocket), [false, true, false]);
    lock.lock();
    lock.unlock(PIN).unwrap();
    assert_eq!(counts(&pocket), [3, 1, 1, 1, 2, 1], "what is not shown was not seen");
}

#[test]
fn reminders_stay_while_locked_and_do_not_tell_what_they_are_about() {
    let pocket = with_news();
    let lock = pocket.phone.app_lock();
    let (from, to) =
        ("2026-05-01T00:00:00Z".parse().unwrap(), "2026-06-01T00:00:00Z".parse().unwrap());
    let reminders = || pocket.phone.reminders(from, to).unwrap();
    let open = reminders();
    let about: Vec<_> = open.iter().filter_map(|reminder| reminder.about.clone()).collect();
    let review = ReminderAbout::Appointment { id: "m1".into() };
    let visit = ReminderAbout::Timescale { id: "visit".into() };
    assert_eq!(about, [review.clone(), review, visit]);
    lock.lock();
    let quiet = || {
        lock.unlock(QUIET).unwrap();
        reminders()
    };
    for closed in [reminders(), quiet()] {
        assert!(closed.iter().all(|reminder| reminder.about.is_none()));
        let moments = |list: &[promise_core::PlannedReminder]| -> Vec<_> {
            list.iter().map(|reminder| (reminder.id.clone(), reminder.at)).collect()
        };
        assert_eq!(moments(&closed), moments(&open));
    }
}
