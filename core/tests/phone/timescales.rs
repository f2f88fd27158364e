//! Visits and reviews on the phone: the last, the next, and by when.

use promise_core::export::Labels;
use promise_protocol::timescale::LimitState;
use serde_json::json;

use crate::common::{NOW, Pocket, Published, change, small_edition};

/// An edition with visits every two months by law and every eight weeks by promise, and with plan reviews.
fn edition() -> Published {
    let mut published = small_edition();
    published.directory.timescales = serde_json::from_value(json!([
        {"id": "visit", "display_name": {"en": "Your adviser visits you"}, "promise": "8 weeks",
         "law": {"every": "2 months", "first": "7 days", "source": "SI 2010/2571 reg 8(2)"}},
        {"id": "review", "display_name": {"en": "We look at your plan with you"},
         "law": {"every": "6 months", "source": "SI 2010/2571 reg 7"}},
    ]))
    .unwrap();
    published
}

/// The day in London so many days after the start.
fn day(after: i64) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(NOW + after * 86_400_000).unwrap();
    promise_protocol::london::day(moment).to_string()
}

#[test]
fn recorded_visit_shows_both_limits_and_the_next_day() {
    let pocket = Pocket::showing(&edition());
    assert!(pocket.phone.timescales().unwrap().is_empty(), "nothing is recorded");
    let days = json!({"last_on": day(-60), "next_on": day(3)});
    pocket.receive(vec![change("timescale", "visit", 1, days)]);
    let pocket = pocket.reopen();
    let listed = pocket.phone.timescales().unwrap();
    let [visit] = &listed[..] else { panic!("only what is recorded: {listed:?}") };
    assert_eq!(visit.timescale.id, "visit");
    assert_eq!(visit.days.last.map(|day| day.to_string()), Some(day(-60)));
    assert_eq!(visit.days.next.map(|day| day.to_string()), Some(day(3)));
    let promise = visit.days.promise.unwrap();
    assert_eq!((promise.by.to_string(), promise.state), (day(-4), LimitState::Overdue));
    let law = visit.days.law.unwrap();
    assert!(law.by > promise.by && law.state == LimitState::Soon, "{law:?}");
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    for words in ["Your adviser visits you", "The law says by", "SI 2010/2571 reg 8(2)"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn first_visit_after_a_move_is_shown_before_there_was_one() {
    let pocket = Pocket::showing(&edition());
    let moved = json!({"from_on": day(-2)});
    let days = vec![
        change("timescale", "visit", 1, moved.clone()),
        change("timescale", "review", 1, moved),
    ];
    pocket.receive(days);
    let listed = pocket.phone.timescales().unwrap();
    let [visit] = &listed[..] else { panic!("the review has no first limit: {listed:?}") };
    let law = visit.days.law.unwrap();
    assert_eq!((law.by.to_string(), law.state), (day(5), LimitState::Soon));
    assert_eq!((visit.days.last, visit.days.promise), (None, None));
}

#[test]
fn emptied_days_and_a_withdrawn_timescale_are_not_shown() {
    let pocket = Pocket::showing(&edition());
    let days = json!({"last_on": day(-60), "next_on": null});
    pocket.receive(vec![
        change("timescale", "visit", 1, days.clone()),
        change("timescale", "unknown", 1, days),
    ]);
    assert_eq!(pocket.phone.timescales().unwrap().len(), 1);
    pocket.receive(vec![change("timescale", "visit", 2, json!({"last_on": null}))]);
    assert!(pocket.phone.timescales().unwrap().is_empty());
}

#[test]
fn locked_phone_shows_no_visits() {
    let pocket = Pocket::showing(&edition());
    pocket.receive(vec![change("timescale", "visit", 1, json!({"last_on": day(-1)}))]);
    pocket.phone.app_lock().set_pin("4826").unwrap();
    assert_eq!(pocket.phone.timescales().unwrap().len(), 1);
    pocket.phone.app_lock().lock();
    assert!(pocket.phone.timescales().unwrap().is_empty());
}
