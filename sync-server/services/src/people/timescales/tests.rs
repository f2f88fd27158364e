use promise_protocol::timescale::{Limit, LimitState};

use super::*;
use crate::fixture::{NOW, World};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days_before(days: u64) -> Option<NaiveDate> {
    calendar::today(NOW).checked_sub_days(chrono::Days::new(days))
}

fn last(last_on: Option<NaiveDate>) -> RecordedDays {
    RecordedDays::new(last_on, None, calendar::today(NOW)).unwrap()
}

#[test]
fn days_that_cannot_be_are_refused() {
    let today = day("2026-11-30");
    let new = |last: &str, next: &str| {
        RecordedDays::new(last.parse().ok(), next.parse().ok(), today).map(drop)
    };
    assert_eq!(new("2026-12-01", ""), Err(InvalidDays::LastToCome));
    assert_eq!(new("2026-11-30", "2026-11-30"), Err(InvalidDays::NextNotAfterLast));
    for (last, next) in [("2026-11-30", "2026-12-01"), ("", "2026-11-01"), ("", "")] {
        assert_eq!(new(last, next), Ok(()), "{last} {next}");
    }
}

#[test]
fn recorded_days_give_the_limits_of_law_and_promise() {
    let mut world = World::new();
    world.publish_visits();
    let ada = world.ada.clone();
    let days = last(days_before(60));
    world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
    let listed = world.staff(|tx, scope, _| list(tx, scope, &ada, NOW)).unwrap();
    assert_eq!((listed.len(), listed[0].last_on), (1, days_before(60)));
    let state = |limit: Option<Limit>| limit.map(|limit| limit.state);
    assert_eq!(state(listed[0].days.promise), Some(LimitState::Overdue));
    assert_eq!(state(listed[0].days.law), Some(LimitState::Soon));
}

#[test]
fn timescale_that_is_not_published_is_not_recorded() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let days = last(Some(day("2025-01-01")));
    let saved = world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW));
    assert!(matches!(saved, Err(ServiceError::NotFound(Entity::Timescale))), "{saved:?}");
    world.publish_visits();
    world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
    assert!(world.rev(&ada) > 0);
    let rev = world.rev(&ada);
    world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
    assert_eq!(world.rev(&ada), rev, "the same days again change nothing");
}

#[test]
fn person_without_a_visit_has_the_limit_of_the_first_one() {
    let mut world = World::new();
    world.publish_visits();
    let ada = world.ada.clone();
    let days = last(None).counted_from(days_before(8));
    world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
    let visit = world.staff(|tx, scope, _| find(tx, scope, &ada, "visit", NOW)).unwrap();
    assert_eq!((visit.from_on, visit.last_on), (days_before(8), None));
    let law = Limit { by: days_before(1).unwrap(), state: LimitState::Overdue };
    assert_eq!((visit.days.law, visit.days.promise), (Some(law), None));
}

#[test]
fn day_from_which_the_first_one_counts_stays_until_another_is_recorded() {
    let mut world = World::new();
    world.publish_visits();
    let ada = world.ada.clone();
    let moved = last(None).counted_from(days_before(30));
    let visited = last(days_before(20));
    for (days, from_on) in [
        (moved, days_before(30)),
        (visited, days_before(30)),
        (visited.counted_from(days_before(2)), days_before(2)),
        (visited.counted_from(None), None),
    ] {
        world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
        let visit = world.staff(|tx, scope, _| find(tx, scope, &ada, "visit", NOW)).unwrap();
        assert_eq!(visit.from_on, from_on, "{days:?}");
    }
}
