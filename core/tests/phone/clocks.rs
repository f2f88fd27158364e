//! Clocks that are wrong: an edit made after seeing another beats it.

use promise_core::AskAbout;
use promise_protocol::SyncResponse;
use serde_json::json;

use crate::common::{NOW, Pocket, change};

const YEARS_40: i64 = 40 * 365 * 86_400_000;

#[test]
fn an_edit_after_seeing_another_beats_it_though_the_clock_jumped_back_40_years() {
    let pocket = Pocket::paired();
    pocket.receive(vec![change("appointment", "a1", 5000, json!({"title": "Meet"}))]);
    let mut stamps = Vec::new();
    for (answer, jump) in [
        ("coming", -YEARS_40),
        ("not_coming", 0),
        ("another_time", -YEARS_40),
        ("coming", 2 * YEARS_40),
    ] {
        pocket.clock.turn(jump);
        pocket.phone.answer_appointment("a1", answer, None).unwrap();
        assert_eq!(pocket.phone.appointments().unwrap()[0].answer.as_deref(), Some(answer));
        pocket.server.set_now(NOW);
        pocket.sync().unwrap();
        stamps.push(pocket.server.requests().last().unwrap().changes[0].stamp.clone());
    }
    assert!(stamps.is_sorted() && stamps[0] != stamps[1] && stamps[2] != stamps[3], "{stamps:?}");
    let seen = change("appointment", "a1", 5000, json!({})).stamp;
    assert!(stamps[0] > seen);
}

#[test]
fn a_wrong_clock_is_put_right_by_what_servers_say() {
    let pocket = Pocket::unpaired();
    pocket.clock.turn(-YEARS_40);
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    pocket.phone.write_ask("Hello", AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    let stamp = pocket.server.requests()[0].changes[0].stamp.clone();
    assert_eq!(stamp.reading.millis(), u64::try_from(NOW).unwrap());
}

#[test]
fn clocks_at_the_ends_of_time_do_not_break_the_order() {
    let pocket = Pocket::paired();
    let mut last = None;
    for millis in [i64::MIN, -1, 0, NOW, 8_000_000_000_000_000, NOW, i64::MAX] {
        pocket.clock.set(millis);
        let id = pocket.phone.write_ask("Hello", AskAbout::Anything).unwrap();
        pocket.server.next(|_| Ok(SyncResponse { now: NOW, ..Default::default() }));
        pocket.server.next(|_| Err(promise_core::sync::TransportError::Unreachable));
        pocket.sync().unwrap_err();
        let requests = pocket.server.requests();
        let change = requests
            .last()
            .unwrap()
            .changes
            .iter()
            .find(|change| change.id == id)
            .cloned()
            .unwrap();
        assert!(last < Some(change.stamp.clone()), "at {millis}: {last:?} {change:?}");
        last = Some(change.stamp);
    }
}
