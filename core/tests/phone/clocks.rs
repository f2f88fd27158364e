//! Wrong clocks: an edit made after seeing another wins over it.

use promise_core::AskAbout;
use promise_protocol::{SyncResponse, vocabulary::AppointmentAnswer};
use serde_json::json;

use crate::common::{NOW, Pocket, change};

const YEARS_40: i64 = 40 * 365 * 86_400_000;

#[test]
fn edit_after_seeing_another_wins_though_the_clock_jumped_back_40_years() {
    let pocket = Pocket::paired();
    pocket.receive(vec![change("appointment", "a1", 5000, json!({"title": "Meet"}))]);
    let mut stamps = Vec::new();
    for (answer, jump) in [
        (AppointmentAnswer::Coming, -YEARS_40),
        (AppointmentAnswer::NotComing, 0),
        (AppointmentAnswer::AnotherTime, -YEARS_40),
        (AppointmentAnswer::Coming, 2 * YEARS_40),
    ] {
        pocket.clock.turn(jump);
        pocket.phone.appointments().answer(&"a1".into(), answer, None).unwrap();
        assert_eq!(pocket.phone.appointments().list().unwrap()[0].answer, Some(answer));
        pocket.server.set_now(NOW);
        pocket.sync().unwrap();
        stamps.push(pocket.server.requests().last().unwrap().changes[0].stamp.clone());
    }
    assert!(stamps.is_sorted() && stamps[0] != stamps[1] && stamps[2] != stamps[3], "{stamps:?}");
    let seen = change("appointment", "a1", 5000, json!({})).stamp;
    assert!(stamps[0] > seen);
}

#[test]
fn wrong_clock_is_corrected_by_the_servers() {
    let pocket = Pocket::unpaired();
    pocket.clock.turn(-YEARS_40);
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    let stamp = pocket.server.requests()[0].changes[0].stamp.clone();
    assert_eq!(stamp.reading.millis(), u64::try_from(NOW).unwrap());
}

#[test]
fn extreme_clocks_keep_stamps_in_order() {
    let pocket = Pocket::paired();
    let mut last = None;
    for millis in [i64::MIN, -1, 0, NOW, 8_000_000_000_000_000, NOW, i64::MAX] {
        pocket.clock.set(millis);
        let id = pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
        pocket.server.next(|_| Ok(SyncResponse { now: NOW, ..Default::default() }));
        pocket.server.next(|_| Err(promise_core::sync::TransportError::Unreachable));
        pocket.sync().unwrap_err();
        let requests = pocket.server.requests();
        let change = requests
            .last()
            .unwrap()
            .changes
            .iter()
            .find(|change| id == *change.id)
            .cloned()
            .unwrap();
        assert!(last < Some(change.stamp.clone()), "at {millis}: {last:?} {change:?}");
        last = Some(change.stamp);
    }
}
