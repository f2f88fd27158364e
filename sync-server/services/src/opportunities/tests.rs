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

fn ids(world: &mut World, query: &TableQuery) -> Vec<String> {
    let table = world.staff(|tx, _, _| list(tx, &ed(), query, NOW)).unwrap();
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

fn row(world: &mut World, id: &str) -> OpportunityRow {
    world.staff(|tx, _, _| find(tx, &ed(), id, NOW)).unwrap().row
}

#[test]
fn table_sorts_by_the_rules_of_the_language() {
    let mut world = World::new();
    let titled = [
        ("a", "Zoë", "École"),
        ("b", "Émile 10", "Edge"),
        ("c", "Émile 2", "éCOLE"),
        ("d", "Emil", "Łódź"),
        ("e", "Emily", "Zoo"),
        ("f", "Đức", "Lodge"),
    ];
    let all = titled.map(|(id, title, organisation)| {
        opportunity(id, &json!({"title": title, "organisation": organisation}))
    });
    publish(&mut world, all.to_vec());
    let by_title = ids(&mut world, &TableQuery::default());
    assert_eq!(by_title, ["f", "d", "c", "b", "e", "a"]);
    let query = TableQuery { sort: Sort::Organisation, ..TableQuery::default() };
    assert_eq!(ids(&mut world, &query), ["c", "a", "b", "f", "d", "e"]);
}

#[test]
fn search_finds_opportunities_in_any_spelling() {
    let mut world = World::new();
    let more = json!({"title": "Café für Ärzte", "organisation": "Łukasz & Söhne", "summary":
        "Ring 020 7946 0101, أحمد"});
    publish(&mut world, vec![opportunity("care-1", &more), opportunity("other", &json!({}))]);
    for typed in
        ["cafe", "fuer aerzte", "LUKASZ", "soehne", "+44 20 7946", "احمد", "care1", "are-1"]
    {
        let query = TableQuery { text: typed.into(), ..TableQuery::default() };
        assert_eq!(ids(&mut world, &query), ["care-1"], "{typed}");
    }
    let query = TableQuery { text: "kafe".into(), ..TableQuery::default() };
    assert!(ids(&mut world, &query).is_empty());
}

#[test]
fn filter_lists_matching_opportunities() {
    let mut world = world();
    let mut filtered =
        |filter| ids(&mut world, &TableQuery { filter, ..TableQuery::default() }).concat();
    assert_eq!(filtered(Filter::All), "abcdef");
    assert_eq!((filtered(Filter::Open), filtered(Filter::Soon)), ("ae".into(), "a".into()));
    assert_eq!((filtered(Filter::Ongoing), filtered(Filter::Closed)), ("e".into(), "bcdf".into()));
    assert_eq!(filtered(Filter::Draft), "");
    let query = TableQuery { kind: "event".into(), ..TableQuery::default() };
    assert_eq!(ids(&mut world, &query), ["c"]);
    let query = TableQuery { text: "CRUMB".into(), ..TableQuery::default() };
    assert_eq!(ids(&mut world, &query), ["a"]);
    let query = TableQuery { sort: Sort::Closes, ..TableQuery::default() };
    assert_eq!(ids(&mut world, &query).concat(), "fbacde");
    let availabilities = ["a", "b", "c", "d", "e"].map(|id| row(&mut world, id).availability);
    assert_eq!(
        availabilities,
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
fn draft_change_is_listed_and_removal_can_be_restored() {
    let mut world = world();
    let added = world
        .staff(|tx, _, _| {
            add(tx, &ed(), &texts(&[("kind", "job"), ("title", "A"), ("ref", "")]), NOW)
        })
        .unwrap();
    assert_eq!(added.unwrap(), "a-2", "the id of the title is taken");
    let duplicate = world.staff(|tx, _, _| {
        add(tx, &ed(), &texts(&[("kind", "job"), ("title", "A"), ("ref", "B")]), NOW)
    });
    assert_eq!(duplicate.unwrap().unwrap_err()[0].kind.name(), "id-taken");
    change(&mut world, "a", &[("title", "A")], &[("title", "Baker")]);
    let fingerprint = drafts::fingerprint(&row(&mut world, "b").opportunity);
    world.staff(|tx, _, _| remove(tx, &ed(), "b", &fingerprint, NOW)).unwrap();
    let change_of = |world: &mut World, id| row(world, id).change;
    assert_eq!(change_of(&mut world, "a-2"), DraftChange::New);
    assert_eq!(change_of(&mut world, "a"), DraftChange::Changed);
    assert_eq!(change_of(&mut world, "b"), DraftChange::Removed);
    let draft = TableQuery { filter: Filter::Draft, ..TableQuery::default() };
    assert_eq!(ids(&mut world, &draft), ["a-2", "a"]);
    world.staff(|tx, _, _| restore(tx, &ed(), "b", NOW)).unwrap();
    assert_eq!(change_of(&mut world, "b"), DraftChange::Same);
    let work = world.staff(|tx, _, _| drafts::load(tx, &ed())).unwrap();
    let order = work.content.opportunities.opportunities.0;
    let order: Vec<&str> = order.iter().map(|opportunity| opportunity.id.as_str()).collect();
    assert_eq!(order, ["a", "b", "c", "d", "e", "f", "a-2"], "at its old place");
    let twice = world.staff(|tx, _, _| restore(tx, &ed(), "b", NOW));
    assert!(matches!(twice, Err(ServiceError::AlreadyExists(_))));
}

#[test]
fn change_of_same_column_conflicts_and_of_others_merges() {
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
    let SaveOutcome::Conflicting { conflicts, .. } = both else { panic!("{both:?}") };
    let fields: Vec<&str> = conflicts.iter().map(|conflict| conflict.field.as_str()).collect();
    assert_eq!(fields, [PLACES, "title"], "a place and its postcode are one field");
    let saved = row(&mut world, "a").opportunity;
    assert_eq!((&*saved.title, &*saved.organisation), ("Theirs", "Mine"));
    let respelt = [("closes", "")];
    let closes = promise_edition::opportunities::to_texts(&saved)["closes"].clone();
    assert!(matches!(
        change(&mut world, "a", &[("closes", &closes)], &respelt),
        SaveOutcome::Saved
    ));
    assert_eq!(row(&mut world, "a").opportunity.closes_at, None);
    let wrong = change(&mut world, "a", &[], &[("url", "x")]);
    assert!(matches!(wrong, SaveOutcome::Invalid(_)));
}

#[test]
fn ages_valid_alone_but_invalid_together_are_rejected() {
    let mut world = world();
    let was = [("age_min", ""), ("age_max", "")];
    change(&mut world, "a", &was, &[("age_min", "20"), ("age_max", "")]);
    let wrong = change(&mut world, "a", &was, &[("age_min", ""), ("age_max", "18")]);
    let SaveOutcome::Invalid(issues) = wrong else { panic!("{wrong:?}") };
    assert_eq!(issues[0].kind.name(), "ages-out-of-order");
}

#[test]
fn removal_with_stale_fingerprint_is_refused() {
    let mut world = world();
    world.staff(|tx, _, _| set_status(tx, &ed(), "e", OpportunityStatus::Closed, NOW)).unwrap();
    assert_eq!(row(&mut world, "e").availability, Availability::Closed);
    world.staff(|tx, _, _| set_status(tx, &ed(), "e", OpportunityStatus::Open, NOW)).unwrap();
    assert_eq!(row(&mut world, "e").availability, Availability::Open);
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
fn outdated_removal_is_all_or_nothing() {
    let mut world = world();
    let (outdated, _) = world.staff(|tx, _, _| list_outdated(tx, &ed(), NOW)).unwrap();
    let mut selected: std::collections::BTreeMap<String, String> =
        outdated.into_iter().map(|(row, fingerprint)| (row.opportunity.id, fingerprint)).collect();
    assert_eq!(selected.keys().collect::<Vec<_>>(), ["c", "f"]);
    selected.insert("e".into(), drafts::fingerprint(&row(&mut world, "e").opportunity));
    let done = world.staff(|tx, _, _| remove_outdated(tx, &ed(), &selected, NOW));
    assert!(matches!(done, Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead))));
    selected.remove("e");
    assert_eq!(world.staff(|tx, _, _| remove_outdated(tx, &ed(), &selected, NOW)).unwrap(), 2);
    assert_eq!(ids(&mut world, &TableQuery::default()).concat(), "abde");
}
