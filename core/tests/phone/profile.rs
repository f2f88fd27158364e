//! The profile: stored, cleared, and refused where it is not possible.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use promise_core::{ChangeListener, Profile, ProfileEdit, PromiseError, Topic};
use promise_protocol::values::CarePeriod;

use crate::common::Pocket;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(from: &str, to: Option<&str>) -> CarePeriod {
    let (from, to, unknown) = (day(from), to.map(day), serde_json::Map::new());
    CarePeriod { from, to, short_break: false, council: Some("Riverbridge".into()), unknown }
}

fn born(text: &str) -> ProfileEdit {
    ProfileEdit { date_of_birth: Some(Some(day(text))), ..ProfileEdit::default() }
}

#[test]
fn profile_keeps_fields_that_an_edit_does_not_name() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    assert_eq!(phone.profile().read().unwrap(), Profile::default());
    phone.profile().edit(born("2008-02-29")).unwrap();
    let periods = vec![period("2015-01-01", Some("2015-01-01")), period("2020-05-03", None)];
    let edit = ProfileEdit {
        care_periods: Some(periods.clone()),
        away_at_16: Some(Some(false)),
        left_home_on: Some(Some(day("2024-01-01"))),
        ..ProfileEdit::default()
    };
    phone.profile().edit(edit).unwrap();
    let pocket = pocket.reopen();
    let phone = &pocket.phone;
    let all = Profile {
        date_of_birth: Some(day("2008-02-29")),
        care_periods: periods,
        away_at_16: Some(false),
        left_home_on: Some(day("2024-01-01")),
        ..Profile::default()
    };
    assert_eq!(phone.profile().read().unwrap(), all);
    let emptied = ProfileEdit {
        date_of_birth: Some(None),
        care_periods: Some(Vec::new()),
        away_at_16: Some(None),
        left_home_on: Some(None),
        ..ProfileEdit::default()
    };
    phone.profile().edit(emptied).unwrap();
    assert_eq!(phone.profile().read().unwrap(), Profile::default(), "not said, rather than no");
}

#[test]
fn impossible_dates_are_refused() {
    let pocket = Pocket::paired();
    let phone = &pocket.phone;
    let today = promise_core::clock::Clock::now(&*pocket.clock).date_naive();
    let before = phone.export().json().unwrap();
    let invalid = |field: &str| Err(PromiseError::Invalid { field: field.into() });
    let born_on = |day| ProfileEdit { date_of_birth: Some(Some(day)), ..ProfileEdit::default() };
    let tomorrow = today.succ_opt().unwrap();
    let too_long_ago = today.checked_sub_months(chrono::Months::new(1440)).unwrap();
    assert_eq!(phone.profile().edit(born_on(tomorrow)), invalid("date_of_birth"));
    let older = too_long_ago.pred_opt().unwrap();
    assert_eq!(phone.profile().edit(born_on(older)), invalid("date_of_birth"));
    let backwards = ProfileEdit {
        care_periods: Some(vec![
            period("2020-01-01", None),
            period("2020-01-02", Some("2020-01-01")),
        ]),
        ..born("2008-01-01")
    };
    assert_eq!(phone.profile().edit(backwards), invalid("care_periods"));
    let many = ProfileEdit {
        care_periods: Some(vec![period("2020-01-01", None); 61]),
        ..ProfileEdit::default()
    };
    assert_eq!(
        phone.profile().edit(many),
        Err(PromiseError::TooLong { field: "care_periods".into() })
    );
    assert_eq!(phone.export().json().unwrap(), before);
    phone.profile().edit(born_on(today)).unwrap();
    phone.profile().edit(born_on(too_long_ago)).unwrap();
}

#[derive(Default)]
struct Recorder(Mutex<Vec<Topic>>);

impl ChangeListener for Recorder {
    fn changed(&self, topics: &[Topic]) {
        self.0.lock().unwrap().extend(topics);
    }
}

#[test]
fn profile_notifies_the_listener_and_is_never_sent_in_the_clear() {
    let pocket = Pocket::paired();
    let recorder = Arc::new(Recorder::default());
    pocket.phone.set_listener(Some(recorder.clone()));
    pocket.phone.profile().edit(born("2008-02-29")).unwrap();
    assert_eq!(*recorder.0.lock().unwrap(), [Topic::Profile, Topic::Status]);
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let sent = serde_json::to_string(&requests).unwrap();
    assert!(!sent.contains("2008-02-29"));
    // Nor does the name of a field say what was answered.
    let changes = requests.iter().flat_map(|request| &request.changes);
    let profile: Vec<_> = changes.filter(|change| change.collection == "profile").collect();
    assert_eq!(profile.len(), 1);
    assert!(profile[0].fields.keys().eq(["facts"]));
    assert!(!sent.contains("date_of_birth"), "{sent}");
}

#[test]
fn birthday_is_checked_by_the_servers_day_in_london() {
    let pocket = Pocket::paired();
    // Half past midnight on 1 July in London, on a phone that is 20 years behind.
    let now = "2026-06-30T23:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    pocket.server.set_now(now.timestamp_millis());
    pocket.clock.set(now.timestamp_millis() - 20 * 365 * 86_400_000);
    pocket.sync().unwrap();
    pocket.phone.profile().edit(born("2026-07-01")).unwrap();
    assert!(pocket.phone.profile().edit(born("2026-07-02")).is_err());
}
