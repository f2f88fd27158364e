//! Who looked, as the person sees it.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use promise_core::{
    ChangeListener, Topic,
    access::{AccessRole, StaffAction, StaffRole},
    export::Labels,
};
use promise_protocol::{Change, SyncResponse};
use serde_json::{Value, json};

use crate::common::{NOW, Pocket, change};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What the council tells of one member of staff on one day.
fn told(day: &str, staff: &str, life: &str, mut more: Value) -> Change {
    let mut fields = json!({"by": "Jo Okoro", "role": "adviser", "looked": 1, "did": []});
    fields.as_object_mut().unwrap().append(more.as_object_mut().unwrap());
    change("access", &format!("{day}.{staff}.{life}"), 0, fields)
}

#[test]
fn the_newest_day_comes_first_and_says_who_and_what() {
    let pocket = Pocket::paired();
    assert_eq!(pocket.phone.access_log().unwrap(), []);
    let did = json!({"did": ["changed_contact", "invited", "sang"], "looked": 3});
    pocket.receive(vec![
        told("2026-05-01", "jo", "s0000000a", json!({})),
        told("2026-05-04", "jo", "s0000000a", did),
        told("2026-05-02", "operator", "s0000000a", json!({"by": null, "role": "operator"})),
        told("2026-05-02", "kim", "s0000000a", json!({"by": "", "role": "wizard"})),
    ]);
    let log = pocket.reopen().phone.access_log().unwrap();
    let days: Vec<String> = log.iter().map(|entry| entry.day.to_string()).collect();
    assert_eq!(days, ["2026-05-04", "2026-05-02", "2026-05-02", "2026-05-01"]);
    assert_eq!(
        (log[0].by.as_deref(), &log[0].role),
        (Some("Jo Okoro"), &StaffRole::Adviser.into())
    );
    let other = StaffAction::Other("sang".into());
    assert_eq!(log[0].did, [StaffAction::ChangedContact, StaffAction::InvitedPhone, other]);
    assert_eq!(log[0].looked, 3);
    assert_eq!(log[0].last_at.unwrap().timestamp_millis(), NOW);
    assert_eq!((&log[1].by, &log[1].role), (&None, &AccessRole::Other("wizard".into())));
    assert_eq!((&log[2].by, &log[2].role), (&None, &AccessRole::Operator));
}

#[test]
fn two_lives_of_a_server_are_one_day_of_one_person() {
    let pocket = Pocket::paired();
    let mut later = told("2026-05-04", "jo", "s0000000b", json!({"did": ["invited"], "looked": 2}));
    later.stamp.reading = promise_protocol::Reading::at_millis(NOW + 5);
    let first = json!({"did": ["changed_ask", "invited"], "by": "Jo O"});
    pocket.receive(vec![told("2026-05-04", "jo", "s0000000a", first), later]);
    let log = pocket.phone.access_log().unwrap();
    let [entry] = &log[..] else { panic!("{log:?}") };
    assert_eq!((entry.looked, entry.by.as_deref()), (3, Some("Jo Okoro")));
    assert_eq!(entry.did, [StaffAction::AnsweredAsk, StaffAction::InvitedPhone]);
    assert_eq!(entry.last_at.unwrap().timestamp_millis(), NOW + 5);
}

#[test]
fn what_is_over_by_the_servers_clock_is_gone_and_not_handed_back() {
    let pocket = Pocket::paired();
    let (old, new) = ("2025-03-29", "2026-05-04");
    pocket.receive(vec![
        told(old, "jo", "s0000000a", json!({})),
        told(new, "jo", "s0000000a", json!({})),
    ]);
    assert_eq!(pocket.phone.access_log().unwrap().len(), 2, "400 days are kept");
    // Whatever this phone's own clock says.
    pocket.clock.set(NOW + 4_000 * DAY);
    pocket.receive(vec![]);
    assert_eq!(pocket.phone.access_log().unwrap().len(), 2);
    let now = NOW + DAY;
    pocket.server.next(move |_| Ok(SyncResponse { now, ..SyncResponse::default() }));
    let synced = pocket.sync().unwrap();
    assert!(synced.changed.contains("access"));
    let log = pocket.phone.access_log().unwrap();
    assert_eq!(
        log.iter().map(|it| it.day).collect::<Vec<_>>(),
        [NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()]
    );

    let generation = Some("gen00002".into());
    pocket.server.next(move |_| Ok(SyncResponse { now, generation, ..SyncResponse::default() }));
    pocket.server.forget_requests();
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let handed_back: Vec<&str> =
        requests.last().unwrap().changes.iter().map(|it| &*it.id).collect();
    assert!(handed_back.contains(&"2026-05-04.jo.s0000000a"), "{handed_back:?}");
    assert!(!handed_back.iter().any(|id| id.starts_with(old)), "{handed_back:?}");
}

#[test]
fn the_export_and_the_page_have_it() {
    let pocket = Pocket::paired();
    let did = json!({"did": ["changed_contact", "sang_a_song"], "looked": 2});
    pocket.receive(vec![told("2026-05-04", "jo", "s0000000a", did)]);
    assert!(pocket.phone.export().unwrap().to_string().contains("2026-05-04.jo.s0000000a"));
    let page = pocket.phone.export_page(&["en"], &Labels::default()).unwrap();
    for said in [
        "Who looked at what your council holds about you",
        "4 May 2026",
        "Jo Okoro, adviser",
        "Looked 2 times",
        "Changed somebody's details",
        "sang a song",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

struct Heard(Mutex<Vec<Topic>>);

impl ChangeListener for Heard {
    fn changed(&self, topics: &[Topic]) {
        self.0.lock().unwrap().extend(topics);
    }
}

#[test]
fn the_screen_is_told_when_there_is_something_new() {
    let pocket = Pocket::paired();
    let heard = Arc::new(Heard(Mutex::default()));
    pocket.phone.set_listener(Some(heard.clone()));
    pocket.receive(vec![told("2026-05-04", "jo", "s0000000a", json!({}))]);
    assert!(heard.0.lock().unwrap().contains(&Topic::Access));
}
