//! One opportunity among many, and two people who change it.

use promise_protocol::pack::{Opportunities, Opportunity, OpportunityStatus, Table};
use serde_json::{Map, json};

use super::*;
use crate::{
    ServiceError, StaffRole, StaffScope,
    calendar::today,
    fixture::{NOW, World},
    publishing::{
        drafts::{self, DraftRefusal},
        editions,
    },
};
use promise_edition::Texts;

const DAY: i64 = 24 * 60 * 60 * 1000;

fn ed() -> StaffScope {
    StaffScope::of_member("barnet".into(), "ed".into(), StaffRole::Editor, today(NOW))
}

fn at(days: i64) -> String {
    chrono::DateTime::from_timestamp_millis(NOW + days * DAY).unwrap().to_rfc3339()
}

fn opportunity(id: &str, more: &serde_json::Value) -> Opportunity {
    let mut value = json!({"id": id, "kind": "job", "title": id.to_uppercase()});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(value).unwrap()
}

fn publish(world: &mut World, all: Vec<Opportunity>) {
    let pack = Opportunities { opportunities: Table(all), unknown: Map::new() };
    let packs = [(
        promise_protocol::PackName::Opportunities,
        promise_protocol::pack::Pack::to_bytes(&pack),
    )];
    let done = world.staff(|tx, scope, _| {
        editions::publish_packs(tx, scope, &"barnet".into(), packs.into(), NOW)
    });
    done.unwrap();
}

fn world() -> World {
    let mut world = World::new();
    publish(
        &mut world,
        vec![
            opportunity("a", &json!({"closes_at": at(3), "organisation": "Crumb"})),
            opportunity("b", &json!({"closes_at": at(-1)})),
            opportunity("c", &json!({"ends": "2025-10-01", "kind": "event"})),
            opportunity("d", &json!({"status": "paused"})),
            opportunity("e", &json!({})),
            opportunity("f", &json!({"closes_at": at(-31)})),
        ],
    );
    world
}

fn ids(world: &mut World, wanted: &TableQuery) -> Vec<String> {
    let table = world.staff(|tx, _, _| list(tx, &ed(), wanted, NOW)).unwrap();
    table.rows.into_iter().map(|row| row.opportunity.id).collect()
}

fn texts(columns: &[(&'static str, &str)]) -> Texts {
    columns.iter().map(|(column, text)| (*column, (*text).to_owned())).collect()
}

fn change(
    world: &mut World,
    id: &str,
    was: &[(&'static str, &str)],
    mine: &[(&'static str, &str)],
) -> SaveOutcome {
    let (was, mine) = (texts(was), texts(mine));
    world.staff(|tx, _, _| save(tx, &ed(), id, (&was, &mine), NOW)).unwrap()
}

fn look(world: &mut World, id: &str) -> OpportunityRow {
    world.staff(|tx, _, _| find(tx, &ed(), id, NOW)).unwrap().row
}

#[test]
fn each_filter_shows_its_own() {
    let mut world = world();
    let mut when = |when| ids(&mut world, &TableQuery { when, ..TableQuery::default() }).concat();
    assert_eq!(when(Filter::All), "abcdef");
    assert_eq!((when(Filter::Open), when(Filter::Soon)), ("ae".into(), "a".into()));
    assert_eq!((when(Filter::Ongoing), when(Filter::Closed)), ("e".into(), "bcdf".into()));
    assert_eq!(when(Filter::Draft), "");
    let wanted = TableQuery { kind: "event".into(), ..TableQuery::default() };
    assert_eq!(ids(&mut world, &wanted), ["c"]);
    let wanted = TableQuery { text: "CRUMB".into(), ..TableQuery::default() };
    assert_eq!(ids(&mut world, &wanted), ["a"]);
    let wanted = TableQuery { sort: Sort::Closes, ..TableQuery::default() };
    assert_eq!(ids(&mut world, &wanted).concat(), "fbacde");
    let states = ["a", "b", "c", "d", "e"].map(|id| look(&mut world, id).state);
    assert_eq!(
        states,
        [
            Availability::ClosesSoon,
            Availability::Closed,
            Availability::Ended,
            Availability::Paused,
            Availability::Open
        ]
    );
}

#[test]
fn what_the_draft_does_is_shown_and_can_be_undone() {
    let mut world = world();
    let added = world
        .staff(|tx, _, _| {
            add(tx, &ed(), &texts(&[("kind", "job"), ("title", "A"), ("ref", "")]), NOW)
        })
        .unwrap();
    assert_eq!(added.unwrap(), "a-2", "the name is another one's");
    let taken = world.staff(|tx, _, _| {
        add(tx, &ed(), &texts(&[("kind", "job"), ("title", "A"), ("ref", "B")]), NOW)
    });
    assert_eq!(taken.unwrap().unwrap_err()[0].kind.name(), "id-taken");
    change(&mut world, "a", &[("title", "A")], &[("title", "Baker")]);
    let print = drafts::fingerprint(&look(&mut world, "b").opportunity);
    world.staff(|tx, _, _| remove(tx, &ed(), "b", &print, NOW)).unwrap();
    let shown = |world: &mut World, id| look(world, id).change;
    assert_eq!(shown(&mut world, "a-2"), DraftChange::New);
    assert_eq!(shown(&mut world, "a"), DraftChange::Changed);
    assert_eq!(shown(&mut world, "b"), DraftChange::Removed);
    let draft = TableQuery { when: Filter::Draft, ..TableQuery::default() };
    assert_eq!(ids(&mut world, &draft), ["a-2", "a"]);
    world.staff(|tx, _, _| restore(tx, &ed(), "b", NOW)).unwrap();
    assert_eq!(shown(&mut world, "b"), DraftChange::Same);
    let work = world.staff(|tx, _, _| drafts::load(tx, &ed())).unwrap();
    let order = work.content.opportunities.opportunities.0;
    let order: Vec<&str> = order.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(order, ["a", "b", "c", "d", "e", "f", "a-2"], "where it stood");
    let twice = world.staff(|tx, _, _| restore(tx, &ed(), "b", NOW));
    assert!(matches!(twice, Err(ServiceError::AlreadyExists(_))));
}

#[test]
fn two_who_change_the_same_are_told_and_others_never_meet() {
    let mut world = world();
    let was = [("title", "A"), ("organisation", "Crumb"), ("area", ""), ("postcode", "")];
    assert!(matches!(
        change(
            &mut world,
            "a",
            &was,
            &[("title", "Theirs"), ("area", "Hendon"), ("postcode", "NW4")]
        ),
        SaveOutcome::Saved
    ));
    assert!(matches!(
        change(&mut world, "a", &was, &[("organisation", "Mine")]),
        SaveOutcome::Saved
    ));
    let both = change(&mut world, "a", &was, &[("title", "Mine"), ("area", "B"), ("postcode", "")]);
    let SaveOutcome::Conflicting(_, clashes) = both else { panic!("{both:?}") };
    let fields: Vec<&str> = clashes.iter().map(|clash| clash.field.as_str()).collect();
    assert_eq!(fields, [PLACES, "title"], "a place with its postcode");
    let it = look(&mut world, "a").opportunity;
    assert_eq!((&*it.title, &*it.organisation), ("Theirs", "Mine"));
    let respelt = [("closes", "")];
    let closes = promise_edition::opportunities::to_texts(&it)["closes"].clone();
    assert!(matches!(
        change(&mut world, "a", &[("closes", &closes)], &respelt),
        SaveOutcome::Saved
    ));
    assert_eq!(look(&mut world, "a").opportunity.closes_at, None);
    let wrong = change(&mut world, "a", &[], &[("url", "x")]);
    assert!(matches!(wrong, SaveOutcome::Invalid(_)));
}

#[test]
fn ages_that_are_right_apart_and_wrong_together_are_refused() {
    let mut world = world();
    let was = [("age_min", ""), ("age_max", "")];
    change(&mut world, "a", &was, &[("age_min", "20"), ("age_max", "")]);
    let wrong = change(&mut world, "a", &was, &[("age_min", ""), ("age_max", "18")]);
    let SaveOutcome::Invalid(issues) = wrong else { panic!("{wrong:?}") };
    assert_eq!(issues[0].kind.name(), "ages-out-of-order");
}

#[test]
fn it_is_closed_opened_and_removed_only_as_it_was_seen() {
    let mut world = world();
    world.staff(|tx, _, _| set_status(tx, &ed(), "e", OpportunityStatus::Closed, NOW)).unwrap();
    assert_eq!(look(&mut world, "e").state, Availability::Closed);
    world.staff(|tx, _, _| set_status(tx, &ed(), "e", OpportunityStatus::Open, NOW)).unwrap();
    assert_eq!(look(&mut world, "e").state, Availability::Open);
    let stale = world.staff(|tx, _, _| remove(tx, &ed(), "e", "other", NOW));
    assert!(matches!(stale, Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead))));
    let unknown = world.staff(|tx, _, _| remove(tx, &ed(), "x", "other", NOW));
    assert!(matches!(unknown, Err(ServiceError::NotFound(_))));
    let auditor =
        StaffScope::of_member("barnet".into(), "x".into(), StaffRole::Auditor, today(NOW));
    let other =
        world.staff(|tx, _, _| set_status(tx, &auditor, "e", OpportunityStatus::Closed, NOW));
    assert!(matches!(other, Err(ServiceError::NotAllowed)));
}

#[test]
fn what_is_long_over_is_cleared_away_at_once_or_not_at_all() {
    let mut world = world();
    let (old, _) = world.staff(|tx, _, _| list_outdated(tx, &ed(), NOW)).unwrap();
    let mut named: std::collections::BTreeMap<String, String> =
        old.into_iter().map(|(row, print)| (row.opportunity.id, print)).collect();
    assert_eq!(named.keys().collect::<Vec<_>>(), ["c", "f"]);
    named.insert("e".into(), drafts::fingerprint(&look(&mut world, "e").opportunity));
    let done = world.staff(|tx, _, _| remove_outdated(tx, &ed(), &named, NOW));
    assert!(matches!(done, Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead))));
    named.remove("e");
    assert_eq!(world.staff(|tx, _, _| remove_outdated(tx, &ed(), &named, NOW)).unwrap(), 2);
    assert_eq!(ids(&mut world, &TableQuery::default()).concat(), "abde");
}
