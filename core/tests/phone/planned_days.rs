//! The planned days of visits and reviews among what is new for the person.

use chrono::{DateTime, NaiveDate, Utc};
use promise_core::{DayChange, News};
use serde_json::{Value, json};

use crate::common::{Pocket, Published, change, small_edition};

/// The small edition with visits.
fn edition() -> Published {
    let mut published = small_edition();
    let visits = json!([{"id": "visit", "display_name": {"en": "Visits"}, "promise": "8 weeks"}]);
    published.directory.timescales = serde_json::from_value(visits).unwrap();
    published
}

fn pocket() -> Pocket {
    Pocket::showing(&edition())
}

fn record(pocket: &Pocket, after: i64, days: Value) {
    pocket.receive(vec![change("timescale", "visit", after, days)]);
}

fn news(pocket: &Pocket) -> News {
    pocket.phone.news(&["en"]).unwrap()
}

/// The only news: its id, and how the planned day changed.
fn planned(pocket: &Pocket) -> (String, DayChange) {
    let found = news(pocket).timescales;
    let [news] = &found[..] else { panic!("{found:?}") };
    assert_eq!(news.timescale.id, "visit");
    (news.news_id.clone(), news.planned)
}

fn between(before: &str, now: &str) -> DayChange {
    let day = |text: &str| -> Option<NaiveDate> { text.parse().ok() };
    DayChange { before: day(before), now: day(now) }
}

#[test]
fn planned_day_is_new_when_it_is_set_moved_and_taken_back() {
    let pocket = pocket();
    record(&pocket, 1, json!({"next_on": "2026-05-12"}));
    let (first, set) = planned(&pocket);
    assert_eq!(set, between("", "2026-05-12"));
    pocket.phone.mark_news_seen(&first).unwrap();
    assert_eq!(news(&pocket), News::default());
    record(&pocket, 2, json!({"next_on": "2026-05-20"}));
    let pocket = pocket.reopen();
    let (second, moved) = planned(&pocket);
    assert_eq!(moved, between("2026-05-12", "2026-05-20"));
    record(&pocket, 3, json!({"next_on": null}));
    pocket.phone.mark_news_seen(&second).unwrap();
    let (third, taken_back) = planned(&pocket);
    assert_eq!(taken_back, between("2026-05-12", ""), "as it was seen");
    pocket.phone.mark_news_seen(&third).unwrap();
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn visit_that_took_place_is_not_new_and_the_next_one_has_no_day_before() {
    let pocket = pocket();
    record(&pocket, 1, json!({"last_on": "2026-04-01"}));
    assert_eq!(news(&pocket), News::default(), "the person was there");
    record(&pocket, 2, json!({"next_on": "2026-05-03"}));
    let (set, _) = planned(&pocket);
    pocket.phone.mark_news_seen(&set).unwrap();
    record(&pocket, 3, json!({"last_on": "2026-05-03", "next_on": null}));
    assert_eq!(news(&pocket), News::default());
    record(&pocket, 4, json!({"next_on": "2026-06-30"}));
    assert_eq!(planned(&pocket).1, between("", "2026-06-30"));
}

#[test]
fn planned_day_that_is_over_is_not_new() {
    let pocket = pocket();
    record(&pocket, 1, json!({"next_on": "2026-05-12"}));
    let before = news(&pocket);
    let over: DateTime<Utc> = "2026-05-12T23:00:00Z".parse().unwrap();
    assert_eq!(before.next_change, Some(over), "the end of the day in London");
    pocket.clock.set(over.timestamp_millis() - 1);
    assert_eq!(news(&pocket), before);
    pocket.clock.turn(1);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn planned_day_of_the_first_sync_is_not_new() {
    let pocket = Pocket::unpaired();
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    record(&pocket, 1, json!({"next_on": "2026-05-12"}));
    pocket.server.publish(&edition(), 1);
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.timescales().unwrap().len(), 1);
    assert_eq!(news(&pocket), News::default());
}
