//! Whom the person can ring: what of the phone is in the answer, and by whose clock.

use chrono::{DateTime, Utc};
use promise_core::{ContactEdit, RingNow, RingPlace, RingWho, WhyNow};
use promise_protocol::Change;
use serde_json::{Value, json};

use crate::common::{NOW, Pocket, change, small_edition};

const YEARS_40: i64 = 40 * 365 * 86_400_000;
const PIN: &str = "4826";

/// 09:20 in summer, on a Sunday.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(NOW).unwrap()
}

fn working(id: &str, role: &str, more: &Value) -> Change {
    let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut fields = json!({
        "display_name": id, "role": role,
        "phones": [{"number": "+447700900123", "kind": "mobile"}],
        "working_pattern": [{"days": week, "opens": "10:00", "closes": "17:00"}],
    });
    for (field, value) in more.as_object().unwrap() {
        fields[field] = value.clone();
    }
    change("contact", id, 1, fields)
}

/// The names of the contacts that answer, and the places of all who do.
fn shown(answer: &RingNow) -> (Vec<&str>, Vec<RingPlace>) {
    let names = answer.ring.iter().filter_map(|entry| match &entry.who {
        RingWho::Contact { name, .. } => Some(name.as_str()),
        RingWho::Line { .. } | RingWho::EmergencyServices => None,
    });
    (names.collect(), answer.ring.iter().map(|entry| entry.place).collect())
}

#[test]
fn phone_that_was_never_paired_has_999() {
    let pocket = Pocket::unpaired();
    let answer = pocket.phone.ring_now(now()).unwrap();
    assert_eq!(shown(&answer), (vec![], vec![RingPlace::EmergencyServices]));
    assert_eq!(answer.ring[0].numbers[0].number, "999");
}

#[test]
fn answer_has_the_persons_own_name_and_follows_leave_and_closed_days() {
    let mut published = small_edition();
    let closed = json!({"date": "2026-05-04", "name": "Early May bank holiday"});
    published.directory.closed_days = vec![serde_json::from_value(closed).unwrap()];
    let pocket = Pocket::showing(&published);
    let leave = json!({"leave": [{"from": "2026-05-01", "to": "2026-05-09", "cover": "bea"}]});
    pocket.receive(vec![
        working("ada", "Personal adviser", &leave),
        working("bea", "Duty worker", &json!({})),
    ]);
    let nickname = ContactEdit { nickname: Some("Bee".into()), ..ContactEdit::default() };
    pocket.phone.contacts().edit(&"bea".into(), nickname).unwrap();
    let answer = pocket.phone.ring_now(now()).unwrap();
    assert_eq!(shown(&answer), (vec!["Bee"], vec![RingPlace::Cover, RingPlace::EmergencyServices]));
    let WhyNow::Covers { contact, last_day, until } = &answer.ring[0].why else {
        panic!("{answer:?}")
    };
    assert_eq!((contact.as_str(), last_day.to_string().as_str()), ("ada", "2026-05-09"));
    assert_eq!(*until, Some("2026-05-03T16:00:00Z".parse().unwrap()));
    let holiday = "2026-05-04T12:00:00Z".parse().unwrap();
    let answer = pocket.phone.ring_now(holiday).unwrap();
    assert_eq!(shown(&answer).0, Vec::<&str>::new());
}

#[test]
fn council_time_is_the_servers_although_the_phones_clock_is_40_years_wrong() {
    let pocket = Pocket::unpaired();
    pocket.clock.turn(-YEARS_40);
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    assert_eq!(pocket.phone.council_time(), Ok(now()));
    pocket.clock.turn(3 * YEARS_40);
    pocket.server.set_now(NOW);
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.council_time(), Ok(now()));
}

#[test]
fn hidden_contact_is_not_in_the_answer() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![working("ada", "Personal adviser", &json!({}))]);
    assert_eq!(shown(&pocket.phone.ring_now(now()).unwrap()).0, ["ada"]);
    let hidden = ContactEdit { hidden: Some(true), ..ContactEdit::default() };
    pocket.phone.contacts().edit(&"ada".into(), hidden).unwrap();
    let answer = pocket.phone.ring_now(now()).unwrap();
    assert!(shown(&answer).0.is_empty() && answer.later.len() == 1, "the duty line without hours");
}

#[test]
fn discreet_contact_is_not_in_the_answer_while_the_phone_is_locked() {
    let pocket = Pocket::showing(&small_edition());
    let leave = json!({"leave": [{"from": "2026-05-01", "to": "2026-05-09", "cover": "bea"}]});
    pocket.receive(vec![
        working("ada", "Personal adviser", &leave),
        working("bea", "Duty worker", &json!({"discreet": true})),
        working("cem", "Advocate", &json!({})),
    ]);
    let phone = &pocket.phone;
    phone.app_lock().set_pin(PIN).unwrap();
    assert_eq!(shown(&phone.ring_now(now()).unwrap()).0, ["bea", "cem"]);
    phone.app_lock().lock();
    let locked = phone.ring_now(now()).unwrap();
    assert_eq!(shown(&locked).0, ["cem"]);
    assert!(!format!("{locked:?}").contains("bea"), "{locked:?}");
    phone.app_lock().unlock(PIN).unwrap();
    assert_eq!(shown(&phone.ring_now(now()).unwrap()).0, ["bea", "cem"]);
}
