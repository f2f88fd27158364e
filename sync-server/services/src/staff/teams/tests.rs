use chrono::TimeDelta;
use promise_protocol::ids::PersonId;
use serde_json::json;

use super::*;
use crate::cards::CardEdit;
use crate::{
    assignments::{self, unassigned},
    cards,
    fixture::{NOW, World, card_edit},
    people::{
        self,
        timescales::{self, RecordedDays},
    },
    sign_in, staff,
};
use promise_database::Device;

const DAY: i64 = 24 * 3600 * 1000;

fn auditor() -> StaffScope {
    StaffScope::of_member("barnet".into(), "al".into(), StaffRole::Auditor, calendar::today(NOW))
}

fn caseloads(world: &mut World) -> Vec<AdviserCaseload> {
    world.staff(|tx, _, _| list(tx, &auditor(), NOW)).unwrap()
}

fn ask(world: &mut World, person: &PersonId, id: &str, of: serde_json::Value) {
    let mut phone = world.phone(person);
    let change = phone.change(NOW, "ask", id, of);
    phone.sync(world, vec![change]);
}

#[test]
fn caseload_counts_people_phones_and_asks() {
    let mut world = World::new();
    let (ada, bea, jo) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    world
        .staff(|tx, scope, random| assignments::assign(tx, scope, &bea, &jo, NOW, random))
        .unwrap();
    let asked = |days: i64| {
        let at = chrono::DateTime::from_timestamp_millis(NOW - days * DAY).unwrap();
        at.to_rfc3339()
    };
    ask(&mut world, &ada, "a1", json!({"text": "One", "asked_at": asked(2)}));
    ask(&mut world, &ada, "a2", json!({"text": "Two", "asked_at": asked(9)}));
    ask(&mut world, &ada, "a3", json!({"text": "Gone", "deleted": true, "asked_at": asked(30)}));
    let told = &caseloads(&mut world)[0];
    assert_eq!((told.name.as_str(), told.people, told.without_phone), ("Jo", 2, 1));
    assert_eq!((told.waiting, told.silent), (2, 0));
    assert_eq!(told.oldest_at, Some(NOW - 9 * DAY));

    for device in world.run(|tx| tx.devices(&ada)) {
        let long_ago = Some(NOW - 15 * DAY);
        world.run(|tx| {
            tx.person_for_update(&device.person)?;
            tx.set_device(&Device { last_sync_at: long_ago, ..device.clone() })
        });
    }
    assert_eq!(caseloads(&mut world)[0].silent, 1);
}

#[test]
fn caseload_counts_visits_that_are_due_and_overdue() {
    let mut world = World::new();
    world.publish_visits();
    let (ada, bea, jo) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    let assigned =
        world.staff(|tx, scope, random| assignments::assign(tx, scope, &bea, &jo, NOW, random));
    assigned.unwrap();
    let mut counts_after = |person: &PersonId, days_ago: i64| {
        let today = calendar::today(NOW);
        let last = Some(today - TimeDelta::days(days_ago));
        let days = RecordedDays::new(last, None, today).unwrap();
        let saved =
            world.staff(|tx, scope, _| timescales::save(tx, scope, person, "visit", days, NOW));
        saved.unwrap();
        let jo = caseloads(&mut world).remove(0);
        (jo.due_soon, jo.overdue, jo.overdue_by_law)
    };
    assert_eq!(counts_after(&ada, 1), (0, 0, 0));
    assert_eq!(counts_after(&ada, 50), (1, 0, 0));
    assert_eq!(counts_after(&bea, 57), (2, 1, 0), "the law's limit is near");
    assert_eq!(counts_after(&bea, 70), (1, 1, 1));
}

#[test]
fn caseloads_show_leave_and_cover_and_are_sorted_by_team() {
    let mut world = World::new();
    let jo = world.jo.clone();
    let mut add = |handle: &str, team: &str| {
        let card = card_edit(json!({"display_name": handle, "team": team}));
        world
            .staff(|tx, scope, random| {
                staff::add(tx, scope, &"barnet".into(), handle, card, random)
            })
            .unwrap()
    };
    let kim = add("kim", "South");
    add("ann", "North");
    let today = calendar::today(NOW);
    let leave = json!([{"from": today, "to": today + TimeDelta::days(3), "cover": kim}]);
    world
        .staff(|tx, scope, random| {
            let edit = card_edit(json!({"leave": leave, "team": "south"}));
            cards::update(tx, scope, &jo, edit, NOW, random)
        })
        .unwrap();
    let all = caseloads(&mut world);
    let names: Vec<_> = all.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["ann", "Jo", "kim"]);
    assert_eq!(all[1].away_until, Some(today + TimeDelta::days(3)));
    assert_eq!(all[1].covered_by, ["kim"]);
    assert_eq!((all[2].people, all[2].covering), (0, 1));
}

#[test]
fn only_active_staff_with_a_card_role_are_listed_as_advisers() {
    let mut world = World::new();
    for (handle, role) in
        [("mo", StaffRole::Manager), ("ed", StaffRole::Editor), ("adam", StaffRole::Administrator)]
    {
        world
            .staff(|tx, scope, random| {
                let id =
                    staff::add(tx, scope, &"barnet".into(), handle, CardEdit::default(), random)?;
                sign_in::invite(tx, scope, &id, (handle, role), 30, NOW, random)
            })
            .unwrap();
    }
    let here = world.staff(|tx, _, _| list_advisers(tx, &auditor())).unwrap();
    let handles: Vec<_> = here.iter().map(|it| it.handle.as_str()).collect();
    assert_eq!(handles, ["jo", "mo"], "an editor would not see them");
    let jo = world.jo.clone();
    world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
    assert_eq!(world.staff(|tx, _, _| list_advisers(tx, &auditor())).unwrap().len(), 1);
}

#[test]
fn deactivated_adviser_is_listed_while_people_are_assigned() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
    let all = caseloads(&mut world);
    assert_eq!((all.len(), all[0].is_deactivated, all[0].people), (1, true, 1));
    world.staff(|tx, scope, _| assignments::unassign(tx, scope, &ada, &jo, NOW)).unwrap();
    assert_eq!(caseloads(&mut world), []);
}

#[test]
fn council_list_of_one_adviser_equals_their_own_list() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    ask(&mut world, &ada, "a1", json!({"text": "One", "asked_at": "2025-11-20T10:00:00Z"}));
    ask(&mut world, &ada, "a2", json!({"text": "Two", "deleted": true}));
    let adviser = StaffScope::of_member(
        "barnet".into(),
        jo.clone(),
        StaffRole::Adviser,
        calendar::today(NOW),
    );
    let own = world.staff(|tx, _, _| caseload::list(tx, &adviser, None, NOW)).unwrap();
    let mut of_all =
        world.staff(|tx, _, _| caseload::list(tx, &auditor(), Some(&jo), NOW)).unwrap();
    assert_eq!(of_all[0].advisers, ["Jo"]);
    of_all[0].advisers.clear();
    assert_eq!(own, of_all);
    assert_eq!((own[0].activity.phones, own[0].activity.waiting), (2, 1));
    let ignored = world.staff(|tx, _, _| caseload::list(tx, &adviser, Some(&"nobody".into()), NOW));
    assert_eq!(ignored.unwrap(), own, "an adviser sees their own, whatever they ask for");
}

#[test]
fn staff_teams_and_people_sort_by_the_rules_of_the_language() {
    let mut world = World::new();
    for (handle, name, team) in [
        ("w1", "Łukasz", "Öst"),
        ("w2", "Luz", "öst"),
        ("w3", "Émile", "Zoo"),
        ("w4", "Zoë", "Oslo"),
        ("w5", "Đức", "Oslo"),
    ] {
        let card = card_edit(json!({"display_name": name, "team": team}));
        let add = world.staff(|tx, scope, random| {
            staff::add(tx, scope, &"barnet".into(), handle, card, random)
        });
        add.unwrap();
    }
    let mut names = Vec::new();
    for caseload in caseloads(&mut world).into_iter().filter(|it| it.name != "Jo") {
        names.push(caseload.name);
    }
    assert_eq!(names, ["Đức", "Zoë", "Łukasz", "Luz", "Émile"]);
    let advisers = world.staff(|tx, _, _| list_advisers(tx, &auditor())).unwrap();
    let names: Vec<_> = advisers.iter().map(StaffMember::name).filter(|it| *it != "Jo").collect();
    assert_eq!(names, ["Đức", "Émile", "Łukasz", "Luz", "Zoë"]);

    for reference in ["CL-10", "CL-9", "Émile-1", "Zoë-1"] {
        let add = world.staff(|tx, scope, random| {
            people::add(tx, scope, &"barnet".into(), Some(reference), random)
        });
        add.unwrap();
    }
    let rows = world.staff(|tx, _, _| caseload::list(tx, &auditor(), None, NOW)).unwrap();
    let references: Vec<_> = rows.into_iter().filter_map(|row| row.reference).collect();
    let added = ["CL-9", "CL-10", "Émile-1", "Zoë-1"];
    let listed: Vec<_> = references.iter().filter(|it| added.contains(&it.as_str())).collect();
    assert_eq!(listed, added);
    let found = world.staff(|tx, scope, _| unassigned::list(tx, scope, &"barnet".into(), NOW));
    let found = found.unwrap().into_iter().filter_map(|it| it.reference);
    let listed: Vec<_> = found.filter(|it| added.contains(&it.as_str())).collect();
    assert_eq!(listed, added);
}
