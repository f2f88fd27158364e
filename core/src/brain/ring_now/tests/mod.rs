//! Whom to ring at chosen moments. `tests/src/ring_now` has random councils and every minute.

mod hours;
mod people;

use promise_protocol::{cover, opening_hours, pack::Line, phone_number};
use serde_json::json;

use super::*;

/// A council with a duty line and an emergency team, and one national line.
fn council() -> Input {
    let night = [
        "mon-thu 17:00-08:45 next day",
        "fri 16:45-24:00",
        "sat,sun 00:00-24:00",
        "mon 00:00-08:45",
    ];
    Input {
        council: "Riverbridge Council".to_owned(),
        helpers: Vec::new(),
        lines: vec![
            line("childline", "NSPCC", ["0800 1111", "landline"], &["always"], "as_usual"),
            line("team", "Riverbridge Council", ["01632 960102", "oohs"], &night, "open_all_day"),
            line("shout", "Shout", ["85258", "text"], &["always"], "as_usual"),
            line("duty", "", ["020 7946 0101", "duty"], &["mon-fri 08:45-17:00"], "closed"),
            line("999", "", ["999", "landline"], &["mon 09:00-09:15"], "closed"),
        ],
        closed_days: vec![
            serde_json::from_value(json!({"date": "2026-12-25", "name": "Christmas Day"})).unwrap(),
        ],
    }
}

fn line(
    id: &str,
    organisation: &str,
    [number, kind]: [&str; 2],
    hours: &[&str],
    closed: &str,
) -> Line {
    let hours: Vec<_> = hours.iter().map(|typed| opening_hours::parse(typed).unwrap()).collect();
    let number = phone_number::parse(number).unwrap().number;
    serde_json::from_value(json!({
        "id": id, "role": id, "display_name": {"en": id}, "organisation": organisation,
        "phones": [{"number": number, "kind": kind}], "hours": hours, "on_closed_days": closed,
    }))
    .unwrap()
}

/// A contact with a mobile phone who works on weekdays from nine to five.
fn helper(id: &str, role: &str) -> Helper {
    Helper {
        id: id.into(),
        name: id.to_owned(),
        role: role.to_owned(),
        phones: serde_json::from_value(json!([{"number": "+447700900123", "kind": "mobile"}]))
            .unwrap(),
        hours: vec![opening_hours::parse("mon-fri 09:00-17:00").unwrap()],
        on_closed_days: None,
        leave: Vec::new(),
        cover_days: Vec::new(),
        valid_from: None,
        valid_to: None,
        replaced_by: None,
    }
}

/// Gives a contact leave, from one day to another, with who covers; and follows the chains of all.
fn leave(input: &mut Input, id: &str, days: [&str; 2], cover: Option<&str>) {
    let [from, to] = days.map(day);
    let away = input.helpers.iter_mut().find(|helper| helper.id.as_str() == id).unwrap();
    let cover = cover.map(str::to_owned);
    away.leave.push(promise_protocol::values::Leave {
        from,
        to,
        cover,
        unknown: serde_json::Map::new(),
    });
    let all: Vec<cover::Absences> = input.helpers.iter().map(absences).collect();
    for helper in &mut input.helpers {
        let days = |leave| cover::days(&all, helper.id.as_str(), leave);
        helper.cover_days = helper.leave.iter().flat_map(days).collect();
    }
}

fn absences(helper: &Helper) -> cover::Absences {
    cover::Absences {
        id: helper.id.to_string(),
        leave: helper.leave.clone(),
        from: helper.valid_from,
        to: helper.valid_to,
        can_be_named: true,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn id_of(who: &RingWho) -> String {
    match who {
        RingWho::Contact { id, .. } => id.to_string(),
        RingWho::Line { id, .. } => id.clone(),
        RingWho::EmergencyServices => "built in".to_owned(),
    }
}

/// The ids of those who can be rung, in order.
fn rung(answer: &RingNow) -> Vec<String> {
    answer.ring.iter().map(|entry| id_of(&entry.who)).collect()
}

fn later<'a>(answer: &'a RingNow, id: &str) -> &'a LaterEntry {
    answer.later.iter().find(|entry| id_of(&entry.who) == id).unwrap()
}

fn why<'a>(answer: &'a RingNow, id: &str) -> &'a WhyNow {
    &answer.ring.iter().find(|entry| id_of(&entry.who) == id).unwrap().why
}

/// Monday 30 November to Friday 4 December 2026 are ordinary days, in winter.
#[test]
fn tuesday_afternoon_has_the_adviser_before_helpers_and_lines() {
    let mut input = council();
    input.helpers = vec![helper("kim", "Housing officer"), helper("jo", "personal  Adviser")];
    let answer = answer(&input, at("2026-12-01T14:00:00Z"));
    assert_eq!(rung(&answer), ["jo", "kim", "duty", "999", "childline"]);
    let five = at("2026-12-01T17:00:00Z");
    assert_eq!(why(&answer, "jo"), &WhyNow::Working { until: five });
    assert_eq!(why(&answer, "duty"), &WhyNow::Open { until: five });
    assert_eq!(why(&answer, "999"), &WhyNow::Always, "whatever its hours say");
    assert_eq!(answer.text.len(), 1, "texts stand apart");
    assert_eq!(id_of(&answer.text[0].who), "shout");
    assert_eq!(later(&answer, "team").next, Some(five));
    assert_eq!(answer.next_change, Some(five));
}

#[test]
fn friday_evening_has_the_emergency_team_until_monday() {
    let mut input = council();
    input.helpers = vec![helper("jo", "Personal adviser")];
    let answer = answer(&input, at("2026-12-04T18:30:00Z"));
    assert_eq!(rung(&answer), ["team", "999", "childline"]);
    assert_eq!(why(&answer, "team"), &WhyNow::Open { until: at("2026-12-07T08:45:00Z") });
    let jo = later(&answer, "jo");
    assert_eq!((jo.next, &jo.why), (Some(at("2026-12-07T09:00:00Z")), &WhyNotNow::OutOfHours));
    assert_eq!(answer.next_change, Some(at("2026-12-07T08:45:00Z")));
}

#[test]
fn nobody_at_all_still_leaves_999() {
    let answer = answer(&Input::default(), at("2026-12-25T03:00:00Z"));
    let [only] = &answer.ring[..] else { panic!("{answer:?}") };
    assert_eq!((only.place, &only.why), (RingPlace::EmergencyServices, &WhyNow::Always));
    assert_eq!((only.numbers[0].number.as_str(), answer.next_change), ("999", None));
    assert!(answer.text.is_empty() && answer.later.is_empty());
}

#[test]
fn lines_have_their_places_by_numbers_organisation_and_closed_days() {
    let place = |organisation: &str, number: [&str; 2], closed: &str| {
        lines::place(&line("x", organisation, number, &["always"], closed), "Riverbridge Council")
    };
    let landline = ["020 7946 0101", "landline"];
    assert_eq!(place("riverbridge council", landline, "closed"), RingPlace::DutyLine);
    assert_eq!(place("", landline, "open_all_day"), RingPlace::EmergencyTeam);
    assert_eq!(place("A charity", landline, "open_all_day"), RingPlace::National);
    assert_eq!(
        place("Another council", ["01632 960102", "oohs"], "closed"),
        RingPlace::EmergencyTeam
    );
    assert_eq!(
        place("Another council", ["01632 960102", "duty"], "open_all_day"),
        RingPlace::DutyLine
    );
    assert_eq!(place("", ["111", "landline"], "closed"), RingPlace::National);
    assert_eq!(place("", ["112", "landline"], "closed"), RingPlace::EmergencyServices);
    assert_eq!(place("", ["999", "text"], "closed"), RingPlace::National, "it cannot be rung");
}

#[test]
fn numbers_that_take_texts_only_stand_apart_in_an_entry() {
    let mut input = council();
    let mut jo = helper("jo", "Personal adviser");
    jo.phones = serde_json::from_value(json!([
        {"number": "+447700900123", "kind": "mobile"},
        {"number": "+447700900124", "kind": "whatsapp"},
        {"number": "+442079460000", "kind": "landline", "prefer": true},
    ]))
    .unwrap();
    input.helpers = vec![jo];
    let answer = answer(&input, at("2026-12-01T14:00:00Z"));
    let numbers = |phones: &[promise_protocol::values::PhoneNumber]| -> Vec<String> {
        phones.iter().map(|phone| phone.number.clone()).collect()
    };
    assert_eq!(numbers(&answer.ring[0].numbers), ["+442079460000", "+447700900123"]);
    assert_eq!(numbers(&answer.ring[0].texts), ["+447700900124"]);
}
