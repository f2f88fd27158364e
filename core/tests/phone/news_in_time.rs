//! News that time makes, with no message: what the person saved closes, and appointments are over.

use chrono::{DateTime, Utc};
use promise_core::{News, OpportunityEdit};
use promise_protocol::{pack::OpportunityStatus, vocabulary::SaveStatus};
use serde_json::json;

use crate::common::{Pocket, Published, change, small_edition};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn news(pocket: &Pocket) -> News {
    pocket.phone.news(&["en"]).unwrap()
}

fn save(pocket: &Pocket, id: &str, status: SaveStatus) {
    let edit = OpportunityEdit { status: Some(status), ..OpportunityEdit::default() };
    pocket.phone.opportunities().save(&id.into(), edit).unwrap();
}

/// Marks the only news, of an opportunity, as seen.
fn see(pocket: &Pocket) {
    let found = news(pocket).opportunities;
    assert_eq!(found.len(), 1);
    pocket.phone.mark_news_seen(&found[0].news_id).unwrap();
}

/// The small edition with a course that closes on 5 May, two days after the phone was paired.
fn closing() -> Published {
    let mut published = small_edition();
    published.opportunity("barista").closes_at = Some(at("2026-05-05T22:59:59Z"));
    published
}

fn closed_by_the_council() -> Published {
    let mut published = closing();
    published.opportunity("barista").status = OpportunityStatus::Closed;
    published
}

fn publish(pocket: &Pocket, published: &Published, number: u64) {
    pocket.server.set_now(pocket.phone.council_time().unwrap().timestamp_millis());
    pocket.server.publish(published, number);
    assert_eq!(pocket.sync().unwrap().edition, Some(number));
}

#[test]
fn saved_opportunity_that_closes_by_time_is_new_offline_and_once() {
    let mut published = closing();
    published.opportunity("cinema").closes_at = Some(at("2026-05-02T22:59:59Z"));
    let pocket = Pocket::showing(&published);
    for id in ["barista", "cinema"] {
        save(&pocket, id, SaveStatus::Saved);
    }
    assert!(news(&pocket).is_empty(), "what closed before the phone was paired is not new");
    pocket.clock.turn(4 * DAY);
    let found = news(&pocket).opportunities;
    assert_eq!(found.len(), 1);
    assert!(found[0].listed.opportunity.id == "barista" && found[0].change.has_closed);
    see(&pocket);
    let pocket = pocket.reopen();
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn next_change_is_the_moment_at_which_the_news_are_others() {
    let pocket = Pocket::showing(&closing());
    assert_eq!(news(&pocket).next_change, None, "nothing is saved");
    save(&pocket, "barista", SaveStatus::Saved);
    let review = json!({"title": "Review", "starts_at": "2026-05-10T13:00:00Z"});
    pocket.receive(vec![change("appointment", "m1", 1, review)]);
    for (moment, counts) in [("2026-05-05T23:00:00Z", [1, 1]), ("2026-05-10T23:00:00Z", [1, 0])] {
        let before = news(&pocket);
        assert_eq!(before.next_change, Some(at(moment)));
        pocket.clock.set(at(moment).timestamp_millis() - 1);
        assert_eq!(news(&pocket), before, "{moment}");
        pocket.clock.turn(1);
        let now = news(&pocket);
        assert_eq!([now.opportunities.len(), now.appointments.len()], counts, "{moment}");
    }
    assert_eq!(news(&pocket).next_change, None);
}

#[test]
fn opportunity_saved_after_it_closed_is_not_new() {
    let pocket = Pocket::showing(&closing());
    pocket.clock.turn(4 * DAY);
    save(&pocket, "barista", SaveStatus::Saved);
    assert_eq!(news(&pocket), News::default());
    let pocket = Pocket::showing(&closed_by_the_council());
    save(&pocket, "barista", SaveStatus::Saved);
    assert!(news(&pocket).is_empty());
    pocket.clock.turn(4 * DAY);
    assert_eq!(news(&pocket), News::default(), "nor when its day passes");
}

#[test]
fn opportunity_of_which_the_person_says_more_after_it_closed_is_not_new() {
    let pocket = Pocket::showing(&closing());
    save(&pocket, "barista", SaveStatus::Saved);
    pocket.clock.turn(4 * DAY);
    assert_eq!(news(&pocket).opportunities.len(), 1);
    let note = OpportunityEdit { note: Some("Ring them".into()), ..OpportunityEdit::default() };
    pocket.phone.opportunities().save(&"barista".into(), note).unwrap();
    assert_eq!(news(&pocket).opportunities.len(), 1, "a note alone says nothing about it");
    save(&pocket, "barista", SaveStatus::Interview);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn council_that_closes_what_time_has_closed_makes_nothing_new() {
    for is_seen in [false, true] {
        let pocket = Pocket::showing(&closing());
        save(&pocket, "barista", SaveStatus::Saved);
        pocket.clock.turn(4 * DAY);
        if is_seen {
            see(&pocket);
        }
        publish(&pocket, &closed_by_the_council(), 2);
        assert_eq!(news(&pocket).opportunities.is_empty(), is_seen);
    }
}

#[test]
fn opportunity_that_reopens_and_closes_by_time_is_new_again() {
    let pocket = Pocket::showing(&closing());
    save(&pocket, "barista", SaveStatus::Saved);
    publish(&pocket, &closed_by_the_council(), 2);
    assert!(news(&pocket).opportunities[0].change.has_closed);
    see(&pocket);
    publish(&pocket, &closing(), 3);
    assert!(news(&pocket).opportunities[0].change.has_reopened);
    see(&pocket);
    assert!(news(&pocket).is_empty());
    pocket.clock.turn(4 * DAY);
    assert!(news(&pocket).opportunities[0].change.has_closed);
}
