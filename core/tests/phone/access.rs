//! The access log, as the person sees it.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use promise_core::{ChangeListener, Topic, export::Labels};
use promise_protocol::{
    Change, SyncResponse,
    access::{AccessRole, StaffAction, StaffRole},
};
use serde_json::{Value, json};

use crate::common::{NOW, Pocket, change, signed};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The record of one staff member on one day.
fn entry(day: &str, staff: &str, author: &str, mut more: Value) -> Change {
    let mut fields = json!({"by": "Jo Okoro", "role": "adviser", "looked": 1, "did": []});
    fields.as_object_mut().unwrap().append(more.as_object_mut().unwrap());
    change("access", &format!("{day}.{staff}.{author}"), 0, fields)
}

#[test]
fn access_log_lists_the_newest_day_first() {
    let pocket = Pocket::paired();
    assert_eq!(pocket.phone.access_log().unwrap(), []);
    let did = json!({"did": ["changed_contact", "invited", "sang"], "looked": 3});
    pocket.receive(vec![
        entry("2026-05-01", "jo", "s0000000a", json!({})),
        entry("2026-05-04", "jo", "s0000000a", did),
        entry("2026-05-02", "operator", "s0000000a", json!({"by": null, "role": "operator"})),
        entry("2026-05-02", "kim", "s0000000a", json!({"by": "", "role": "wizard"})),
    ]);
    let log = pocket.reopen().phone.access_log().unwrap();
    let days: Vec<String> = log.iter().map(|logged| logged.day.to_string()).collect();
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
fn records_before_and_after_a_restore_are_one_entry() {
    let pocket = Pocket::paired();
    let mut later =
        entry("2026-05-04", "jo", "s0000000b", json!({"did": ["invited"], "looked": 2}));
    later.stamp.reading = promise_protocol::Reading::at_millis(NOW + 5);
    let later = signed(later);
    let first = json!({"did": ["changed_ask", "invited"], "by": "Jo O"});
    pocket.receive(vec![entry("2026-05-04", "jo", "s0000000a", first), later]);
    let log = pocket.phone.access_log().unwrap();
    let [merged] = &log[..] else { panic!("{log:?}") };
    assert_eq!((merged.looked, merged.by.as_deref()), (3, Some("Jo Okoro")));
    assert_eq!(merged.did, [StaffAction::AnsweredAsk, StaffAction::InvitedPhone]);
    assert_eq!(merged.last_at.unwrap().timestamp_millis(), NOW + 5);
}

#[test]
fn expired_entries_are_dropped_and_not_resent() {
    let pocket = Pocket::paired();
    let (old, new) = ("2025-03-29", "2026-05-04");
    pocket.receive(vec![
        entry(old, "jo", "s0000000a", json!({})),
        entry(new, "jo", "s0000000a", json!({})),
    ]);
    assert_eq!(pocket.phone.access_log().unwrap().len(), 2, "400 days are kept");
    // Whatever this phone's own clock shows.
    pocket.clock.set(NOW + 4_000 * DAY);
    pocket.receive(vec![]);
    assert_eq!(pocket.phone.access_log().unwrap().len(), 2);
    let now = NOW + DAY;
    pocket.server.next(move |_| Ok(SyncResponse { now, ..SyncResponse::default() }));
    let synced = pocket.sync().unwrap();
    assert!(synced.changed.contains("access"));
    let log = pocket.phone.access_log().unwrap();
    assert_eq!(
        log.iter().map(|logged| logged.day).collect::<Vec<_>>(),
        [NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()]
    );

    let generation = Some("gen00002".into());
    pocket.server.next(move |_| Ok(SyncResponse { now, generation, ..SyncResponse::default() }));
    pocket.server.forget_requests();
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let resent: Vec<&str> =
        requests.last().unwrap().changes.iter().map(|change| &*change.id).collect();
    assert!(resent.contains(&"2026-05-04.jo.s0000000a"), "{resent:?}");
    assert!(!resent.iter().any(|id| id.starts_with(old)), "{resent:?}");
}

#[test]
fn exports_have_the_access_log() {
    let pocket = Pocket::paired();
    let did = json!({"did": ["changed_contact", "sang_a_song"], "looked": 2});
    pocket.receive(vec![entry("2026-05-04", "jo", "s0000000a", did)]);
    assert!(pocket.phone.export().json().unwrap().to_string().contains("2026-05-04.jo.s0000000a"));
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    for text in [
        "Who looked at what your council holds about you",
        "4 May 2026",
        "Jo Okoro, adviser",
        "Looked 2 times",
        "Changed somebody's details",
        "sang a song",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

struct Topics(Mutex<Vec<Topic>>);

impl ChangeListener for Topics {
    fn changed(&self, topics: &[Topic]) {
        self.0.lock().unwrap().extend(topics);
    }
}

#[test]
fn listener_receives_new_entries() {
    let pocket = Pocket::paired();
    let topics = Arc::new(Topics(Mutex::default()));
    pocket.phone.set_listener(Some(topics.clone()));
    pocket.receive(vec![entry("2026-05-04", "jo", "s0000000a", json!({}))]);
    assert!(topics.0.lock().unwrap().contains(&Topic::Access));
}
