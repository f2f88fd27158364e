//! Leave, chains of cover, and hand-overs.

use promise_protocol::pack::ClosedDays;

use super::*;

/// Jo is the adviser; Bo and Cy are colleagues.
fn team() -> Input {
    let mut input = council();
    input.helpers = vec![
        helper("jo", "Personal adviser"),
        helper("bo", "Personal adviser"),
        helper("cy", "Duty worker"),
    ];
    // Colleagues are here for the days on which they may be needed.
    input.helpers[1].valid_from = Some(day("2026-12-01"));
    input.helpers[1].valid_to = Some(day("2026-12-11"));
    input
}

fn places(answer: &RingNow) -> Vec<(String, RingPlace)> {
    answer.ring.iter().map(|entry| (id_of(&entry.who), entry.place)).collect()
}

#[test]
fn cover_comes_first_while_the_adviser_is_away() {
    let mut input = team();
    leave(&mut input, "jo", ["2026-12-01", "2026-12-11"], Some("bo"));
    leave(&mut input, "bo", ["2026-12-07", "2026-12-09"], Some("cy"));
    let first = answer(&input, at("2026-12-03T10:00:00Z"));
    let (bo, cy) = ("bo".to_owned(), "cy".to_owned());
    assert_eq!(places(&first)[..2], [(bo, RingPlace::Cover), (cy.clone(), RingPlace::Helper)]);
    let covers = WhyNow::Covers {
        contact: "jo".into(),
        last_day: day("2026-12-06"),
        until: Some(at("2026-12-03T17:00:00Z")),
    };
    assert_eq!(why(&first, "bo"), &covers);
    let jo = later(&first, "jo");
    let away = WhyNotNow::OnLeave { last_day: day("2026-12-11"), cover: Some("bo".into()) };
    assert_eq!((&jo.why, jo.next), (&away, Some(at("2026-12-14T09:00:00Z"))));
    let chain = answer(&input, at("2026-12-08T10:00:00Z"));
    assert_eq!(places(&chain)[0], (cy, RingPlace::Cover));
    assert!(
        matches!(why(&chain, "cy"), WhyNow::Covers { contact, .. } if contact.as_str() == "jo")
    );
}

#[test]
fn cover_changes_at_midnight_although_nobody_answers_then() {
    let mut input = team();
    leave(&mut input, "jo", ["2026-12-01", "2026-12-11"], Some("bo"));
    leave(&mut input, "bo", ["2026-12-07", "2026-12-09"], Some("cy"));
    // The weekend before Bo's leave.
    let sunday = answer(&input, at("2026-12-06T12:00:00Z"));
    assert_eq!(sunday.next_change, Some(at("2026-12-07T00:00:00Z")));
    let monday = answer(&input, at("2026-12-07T00:00:00Z"));
    assert_eq!(later(&sunday, "bo").place, RingPlace::Cover);
    assert_eq!(later(&monday, "cy").place, RingPlace::Cover);
}

#[test]
fn ring_of_covers_leaves_the_duty_line() {
    let mut input = team();
    leave(&mut input, "jo", ["2026-12-01", "2026-12-11"], Some("bo"));
    leave(&mut input, "bo", ["2026-12-01", "2026-12-11"], Some("jo"));
    let answer = answer(&input, at("2026-12-03T10:00:00Z"));
    assert_eq!(rung(&answer), ["cy", "duty", "999", "childline"]);
    let away = WhyNotNow::OnLeave { last_day: day("2026-12-11"), cover: None };
    assert_eq!(later(&answer, "jo").why, away);
}

#[test]
fn leaves_that_touch_are_one_absence() {
    let mut input = team();
    leave(&mut input, "jo", ["2026-12-01", "2026-12-04"], Some("bo"));
    leave(&mut input, "jo", ["2026-12-05", "2026-12-10"], Some("bo"));
    let answer = answer(&input, at("2026-12-03T10:00:00Z"));
    let away = WhyNotNow::OnLeave { last_day: day("2026-12-10"), cover: Some("bo".into()) };
    assert_eq!(later(&answer, "jo").why, away);
    let WhyNow::Covers { last_day, .. } = why(&answer, "bo") else { panic!("{answer:?}") };
    assert_eq!(*last_day, day("2026-12-10"));
}

#[test]
fn hand_over_shows_both_and_then_the_new_adviser() {
    let mut input = team();
    input.helpers[0].valid_to = Some(day("2026-12-03"));
    input.helpers[0].replaced_by = Some("cy".into());
    input.helpers[2].valid_from = Some(day("2026-12-03"));
    input.helpers.remove(1);
    let before = answer(&input, at("2026-12-02T10:00:00Z"));
    let cy = later(&before, "cy");
    assert_eq!(cy.why, WhyNotNow::NotYet { first_day: day("2026-12-03") });
    assert_eq!((cy.place, cy.next), (RingPlace::Helper, Some(at("2026-12-03T09:00:00Z"))));
    let both = answer(&input, at("2026-12-03T10:00:00Z"));
    assert_eq!(rung(&both)[..2], ["jo", "cy"]);
    let after = answer(&input, at("2026-12-04T10:00:00Z"));
    assert_eq!(places(&after)[0], ("cy".to_owned(), RingPlace::Adviser));
    assert!(after.later.iter().all(|entry| id_of(&entry.who) != "jo"), "they left");
}

#[test]
fn ring_of_successors_ends_and_days_in_the_wrong_order_are_never() {
    let mut input = team();
    for (helper, after) in [(0, "bo"), (1, "jo")] {
        input.helpers[helper].valid_to = Some(day("2026-11-01"));
        input.helpers[helper].replaced_by = Some(after.into());
    }
    let answer = answer(&input, at("2026-12-02T10:00:00Z"));
    assert_eq!(rung(&answer)[..2], ["cy", "duty"]);
    assert_eq!(answer.later.len(), 1, "the emergency team; Bo has days in the wrong order");
}

#[test]
fn contact_without_numbers_is_not_listed_and_one_without_hours_may_answer() {
    let mut input = team();
    input.helpers[0].phones.clear();
    input.helpers[2].hours.clear();
    let answer = answer(&input, at("2026-12-24T10:00:00Z"));
    assert_eq!(rung(&answer), ["duty", "999", "childline"]);
    let cy = later(&answer, "cy");
    assert_eq!((&cy.why, cy.next), (&WhyNotNow::HoursUnknown, None));
    assert!(answer.later.iter().all(|entry| id_of(&entry.who) != "jo"));
}

#[test]
fn contact_is_off_on_closed_days_unless_they_work_all_hours() {
    let mut input = team();
    input.helpers[2].hours = vec![opening_hours::parse("always").unwrap()];
    let answer = answer(&input, at("2026-12-25T10:00:00Z"));
    assert_eq!((why(&answer, "cy"), rung(&answer).len()), (&WhyNow::Always, 4));
    let closed = WhyNotNow::ClosedDay { name: "Christmas Day".to_owned() };
    assert_eq!(later(&answer, "jo").why, closed);
}

#[test]
fn rule_of_a_contact_for_closed_days_comes_before_their_hours() {
    let mut input = team();
    let rules = [ClosedDays::AsUsual, ClosedDays::OpenAllDay, ClosedDays::Closed];
    for (helper, rule) in input.helpers.iter_mut().zip(rules) {
        (helper.on_closed_days, helper.valid_from, helper.valid_to) = (Some(rule), None, None);
    }
    input.helpers[2].hours = vec![opening_hours::parse("always").unwrap()];
    let closed = WhyNotNow::ClosedDay { name: "Christmas Day".to_owned() };
    let midnight = at("2026-12-26T00:00:00Z");
    let open = WhyNow::Working { until: midnight };
    let night = answer(&input, at("2026-12-25T03:00:00Z"));
    assert_eq!((why(&night, "bo"), &later(&night, "cy").why), (&open, &closed));
    let jo = later(&night, "jo");
    assert_eq!((&jo.why, jo.next), (&WhyNotNow::OutOfHours, Some(at("2026-12-25T09:00:00Z"))));
    let day = answer(&input, at("2026-12-25T10:00:00Z"));
    assert_eq!(why(&day, "jo"), &WhyNow::Working { until: at("2026-12-25T17:00:00Z") });
    assert_eq!((why(&day, "bo"), later(&day, "cy").next), (&open, Some(midnight)));
}

#[test]
fn night_line_that_works_on_christmas_is_rung_from_the_eve_to_the_morning_after() {
    let mut input = team();
    input.helpers[2].hours = vec![opening_hours::parse("mon-sun 22:00-08:00 next day").unwrap()];
    let eve = at("2026-12-24T23:00:00Z");
    let off = answer(&input, eve);
    assert_eq!(why(&off, "cy"), &WhyNow::Working { until: at("2026-12-25T00:00:00Z") });
    input.helpers[2].on_closed_days = Some(ClosedDays::AsUsual);
    for (moment, until) in [
        (eve, "2026-12-25T08:00:00Z"),
        (at("2026-12-25T03:00:00Z"), "2026-12-25T08:00:00Z"),
        (at("2026-12-25T23:00:00Z"), "2026-12-26T08:00:00Z"),
    ] {
        let answer = answer(&input, moment);
        assert_eq!(why(&answer, "cy"), &WhyNow::Working { until: at(until) }, "{moment}");
    }
}

#[test]
fn contact_who_is_open_all_day_when_offices_are_closed_still_has_leave() {
    let mut input = team();
    input.helpers[0].on_closed_days = Some(ClosedDays::OpenAllDay);
    input.helpers[0].hours.clear();
    assert_eq!(
        later(&answer(&input, at("2026-12-02T10:00:00Z")), "jo").next,
        Some(at("2026-12-25T00:00:00Z"))
    );
    leave(&mut input, "jo", ["2026-12-24", "2026-12-26"], None);
    let answer = answer(&input, at("2026-12-25T10:00:00Z"));
    let away = WhyNotNow::OnLeave { last_day: day("2026-12-26"), cover: None };
    assert_eq!((&later(&answer, "jo").why, later(&answer, "jo").next), (&away, None));
}

#[test]
fn long_leave_does_not_hide_when_they_are_back() {
    let mut input = team();
    leave(&mut input, "jo", ["2026-12-01", "2099-12-31"], None);
    let answer = answer(&input, at("2026-12-02T10:00:00Z"));
    assert_eq!(later(&answer, "jo").next, Some(at("2100-01-01T09:00:00Z")));
}
