//! Hours: past midnight, on closed days, and when the clocks change.

use super::*;

fn only(hours: &[&str], closed: &str, days: &[&str]) -> Input {
    let closed_days = days
        .iter()
        .map(|day| serde_json::from_value(json!({"date": day, "name": "A bank holiday"})).unwrap());
    Input {
        lines: vec![line("duty", "", ["020 7946 0101", "duty"], hours, closed)],
        closed_days: closed_days.collect(),
        ..Input::default()
    }
}

/// When the line stops to answer; an error has when it answers next.
fn until(input: &Input, moment: &str) -> Result<Option<DateTime<Utc>>, Option<DateTime<Utc>>> {
    let answer = answer(input, at(moment));
    match answer.later.first() {
        Some(entry) => Err(entry.next),
        None => Ok(why(&answer, "duty").until()),
    }
}

#[test]
fn stretch_past_midnight_ends_the_next_morning() {
    let night = only(&["mon 22:00-02:00 next day"], "closed", &[]);
    let end = Ok(Some(at("2026-12-01T02:00:00Z")));
    assert_eq!(until(&night, "2026-11-30T22:00:00Z"), end);
    assert_eq!(until(&night, "2026-12-01T01:59:00Z"), end);
    assert_eq!(until(&night, "2026-12-01T02:00:00Z"), Err(Some(at("2026-12-07T22:00:00Z"))));
}

#[test]
fn stretches_that_touch_are_one() {
    let split = only(&["mon 09:00-12:00", "mon 12:00-17:00", "mon 16:00-18:00"], "closed", &[]);
    assert_eq!(until(&split, "2026-11-30T10:00:00Z"), Ok(Some(at("2026-11-30T18:00:00Z"))));
}

#[test]
fn closed_day_ends_a_night_and_begins_none() {
    let night = only(&["mon-sun 22:00-02:00 next day"], "closed", &["2026-12-25"]);
    assert_eq!(until(&night, "2026-12-24T23:00:00Z"), Ok(Some(at("2026-12-25T00:00:00Z"))));
    assert_eq!(until(&night, "2026-12-25T23:00:00Z"), Err(Some(at("2026-12-26T22:00:00Z"))));
    let as_usual = only(&["mon-sun 22:00-02:00 next day"], "as_usual", &["2026-12-25"]);
    assert_eq!(until(&as_usual, "2026-12-25T01:00:00Z"), Ok(Some(at("2026-12-25T02:00:00Z"))));
}

#[test]
fn emergency_team_is_open_all_closed_day_and_the_night_before_and_after() {
    let christmas = answer(&council(), at("2026-12-25T03:00:00Z"));
    assert_eq!(rung(&christmas), ["team", "999", "childline"]);
    assert_eq!(why(&christmas, "team"), &WhyNow::Open { until: at("2026-12-28T08:45:00Z") });
    let duty = later(&christmas, "duty");
    assert_eq!(duty.why, WhyNotNow::ClosedDay { name: "Christmas Day".to_owned() });
    assert_eq!(duty.next, Some(at("2026-12-28T08:45:00Z")));
    let boxing_day = Some(at("2026-12-26T00:00:00Z"));
    assert_eq!(christmas.next_change, boxing_day, "then it is not closed because of the day");
}

#[test]
fn line_without_an_end_is_open_always_until_the_next_closed_day() {
    let always = only(&["always"], "closed", &["2026-12-25"]);
    assert_eq!(until(&always, "2026-12-01T12:00:00Z"), Ok(Some(at("2026-12-25T00:00:00Z"))));
    assert_eq!(until(&always, "2026-12-25T12:00:00Z"), Err(Some(at("2026-12-26T00:00:00Z"))));
    assert_eq!(until(&always, "2026-12-26T12:00:00Z"), Ok(None));
    // The stretch of Sunday covers what Monday's own hours leave out.
    let shifts = ["sun 20:00-19:00 next day (23 hours)", "mon 10:00-15:00", "mon 16:00-24:00"];
    let rest = ["tue-sat 00:00-24:00", "sun 00:00-20:00 (20 hours)"];
    let all = only(&[&shifts[..], &rest[..]].concat(), "closed", &[]);
    assert_eq!(until(&all, "2026-12-01T12:00:00Z"), Ok(None));
}

/// The stretch of Christmas Day, which is closed, would have covered the hours before its own begins.
#[test]
fn line_that_leaves_no_minute_out_does_so_on_the_day_after_a_closed_day() {
    let hours = ["mon-sun 03:30-03:30 next day (24 hours)", "sat 00:00-02:00"];
    let all = only(&hours, "closed", &["2026-12-25"]);
    assert_eq!(until(&all, "2026-12-24T12:00:00Z"), Ok(Some(at("2026-12-25T00:00:00Z"))));
    assert_eq!(until(&all, "2026-12-26T01:00:00Z"), Ok(Some(at("2026-12-26T02:00:00Z"))));
    assert_eq!(until(&all, "2026-12-26T03:00:00Z"), Err(Some(at("2026-12-26T03:30:00Z"))));
    assert_eq!(until(&all, "2026-12-26T12:00:00Z"), Ok(None));
}

#[test]
fn line_that_is_closed_every_monday_for_weeks_is_found_on_the_next_one() {
    let days = ["2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28", "2027-01-04"];
    let mondays = only(&["mon 09:00-10:00"], "closed", &days);
    assert_eq!(until(&mondays, "2026-12-01T12:00:00Z"), Err(Some(at("2027-01-11T09:00:00Z"))));
}

#[test]
fn line_without_hours_says_so_and_opens_on_closed_days_only() {
    let unknown = answer(&only(&[], "closed", &["2026-12-25"]), at("2026-12-01T12:00:00Z"));
    assert_eq!(later(&unknown, "duty").why, WhyNotNow::HoursUnknown);
    assert_eq!((later(&unknown, "duty").next, unknown.next_change), (None, None));
    let closed_days = only(&[], "open_all_day", &["2026-12-25"]);
    assert_eq!(until(&closed_days, "2026-12-01T12:00:00Z"), Err(Some(at("2026-12-25T00:00:00Z"))));
    assert_eq!(until(&closed_days, "2026-12-25T12:00:00Z"), Ok(Some(at("2026-12-26T00:00:00Z"))));
}

/// The clocks go forward on 28 March 2027 at 01:00, which is then 02:00.
#[test]
fn hours_in_summer_are_an_hour_earlier_in_utc() {
    let day = only(&["mon-sun 09:00-17:00"], "closed", &[]);
    assert_eq!(until(&day, "2027-03-27T12:00:00Z"), Ok(Some(at("2027-03-27T17:00:00Z"))));
    assert_eq!(until(&day, "2027-03-28T12:00:00Z"), Ok(Some(at("2027-03-28T16:00:00Z"))));
}

#[test]
fn hour_that_is_skipped_is_left_out() {
    let skipped = only(&["sun 01:15-01:45"], "closed", &[]);
    assert_eq!(until(&skipped, "2027-03-27T12:00:00Z"), Err(Some(at("2027-04-04T00:15:00Z"))));
    let begins_there = only(&["sun 01:30-04:00"], "closed", &[]);
    assert_eq!(until(&begins_there, "2027-03-27T12:00:00Z"), Err(Some(at("2027-03-28T01:00:00Z"))));
    let ends_there = only(&["sun 00:00-01:30"], "closed", &[]);
    assert_eq!(until(&ends_there, "2027-03-28T00:30:00Z"), Ok(Some(at("2027-03-28T01:00:00Z"))));
}

/// The clocks go back on 31 October 2027 at 02:00, which is then 01:00.
#[test]
fn doubled_hour_counts_once() {
    let night = answer(&council(), at("2027-10-31T00:30:00Z"));
    assert_eq!(night, answer(&council(), at("2027-10-31T01:30:00Z")), "01:30 twice");
    assert_eq!(why(&night, "team"), &WhyNow::Open { until: at("2027-11-01T08:45:00Z") });
    let ends_there = only(&["sat 22:00-01:30 next day"], "closed", &[]);
    assert_eq!(until(&ends_there, "2027-10-31T00:15:00Z"), Ok(Some(at("2027-10-31T00:30:00Z"))));
    assert!(until(&ends_there, "2027-10-31T01:15:00Z").is_err(), "it does not open again");
    let begins_there = only(&["sun 01:30-04:00"], "closed", &[]);
    assert_eq!(until(&begins_there, "2027-10-31T01:15:00Z"), Ok(Some(at("2027-10-31T04:00:00Z"))));
}
