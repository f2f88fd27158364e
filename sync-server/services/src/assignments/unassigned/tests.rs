use chrono::Days;
use promise_protocol::ids::StaffId;
use proptest::{collection::vec, option, prelude::*};
use serde_json::json;

use super::*;
use crate::Entity;
use crate::assignments;
use crate::cards::CardEdit;
use crate::{
    StaffRole,
    assignments::hand_over::{self, HandOver},
    fixture::{NOW, World, card_edit, fields},
    staff,
};
use crate::{cards, people};
use promise_database::{Assignment, ContactCard};

const DAY: i64 = 24 * 3600 * 1000;

fn on(days: i64) -> NaiveDate {
    calendar::today(NOW) + chrono::TimeDelta::days(days)
}

fn add(world: &mut World, handle: &str) -> StaffId {
    let card = card_edit(json!({"display_name": handle.to_uppercase()}));
    world
        .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), handle, card, random))
        .unwrap()
}

fn card(world: &mut World, staff: &StaffId, card: serde_json::Value) {
    world
        .staff(|tx, scope, random| cards::update(tx, scope, staff, card_edit(card), NOW, random))
        .unwrap();
}

/// Returns why Ada has no adviser `days` days from now.
fn adas(world: &mut World, days: i64) -> Option<Reason> {
    let (ada, now) = (world.ada.clone(), NOW + days * DAY);
    let all = world.staff(|tx, scope, _| list(tx, scope, &"barnet".into(), now)).unwrap();
    let counted = world.run(|tx| tx.count_unassigned(&"barnet".into(), calendar::today(now)));
    assert_eq!(counted, all.len());
    all.into_iter().find(|alone| alone.person == ada).map(|alone| alone.reason)
}

fn manager() -> StaffScope {
    StaffScope::of_member("barnet".into(), "mo".into(), StaffRole::Manager, calendar::today(NOW))
}

#[test]
fn person_without_assignment_is_listed_with_reason() {
    let mut world = World::new();
    let (ada, bea, jo) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    let all = world.staff(|tx, scope, _| list(tx, scope, &"barnet".into(), NOW)).unwrap();
    let reasons: Vec<_> = all.iter().map(|alone| (&alone.person, &alone.reason)).collect();
    assert_eq!(reasons, [(&bea, &Reason::NeverAssigned)]);
    world.staff(|tx, scope, _| assignments::unassign(tx, scope, &ada, &jo, NOW)).unwrap();
    assert_eq!(adas(&mut world, 0), Some(Reason::AssignmentEnded));
}

#[test]
fn leave_without_cover_is_listed_from_first_to_last_day() {
    let mut world = World::new();
    let jo = world.jo.clone();
    card(&mut world, &jo, json!({"leave": [{"from": on(1), "to": on(3)}]}));
    let away = Reason::AdviserOnLeave { staff: jo, name: "Jo".into(), until: on(3) };
    let told: Vec<_> = (0..=4).map(|days| adas(&mut world, days)).collect();
    assert_eq!(told, [None, Some(away.clone()), Some(away.clone()), Some(away), None]);
}

#[test]
fn covering_colleague_counts_unless_on_leave() {
    let mut world = World::new();
    let (jo, kim) = (world.jo.clone(), add(&mut world, "kim"));
    card(&mut world, &jo, json!({"leave": [{"from": on(1), "to": on(3), "cover": kim}]}));
    for days in 0..=4 {
        assert_eq!(adas(&mut world, days), None, "{days}");
    }
    card(&mut world, &kim, json!({"leave": [{"from": on(3), "to": on(9)}]}));
    let told: Vec<_> = (0..=4).map(|days| adas(&mut world, days).is_some()).collect();
    assert_eq!(told, [false, false, false, true, false]);
}

#[test]
fn assignment_is_active_from_first_day_to_day_before_end() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    let mut set = |starts: Option<i64>, ends: Option<i64>| {
        let known = world.run(|tx| tx.assignment(&ada, &jo)).unwrap();
        let changed = Assignment { starts: starts.map(on), ends: ends.map(on), ..known };
        world.run(|tx| tx.set_assignment(&changed));
        adas(&mut world, 0)
    };
    assert_eq!(set(Some(0), Some(1)), None);
    assert_eq!(set(None, Some(0)), Some(Reason::AssignmentEnded));
    assert_eq!(
        set(Some(1), None),
        Some(Reason::NeverAssigned),
        "a future contact does not count yet"
    );
    let all = world.staff(|tx, scope, _| list(tx, scope, &"barnet".into(), NOW)).unwrap();
    let adas = all.iter().find(|alone| alone.person == ada).unwrap();
    assert_eq!(adas.coming, Some(("Jo".into(), on(1))));
}

#[test]
fn assign_all_adds_the_colleague_and_removes_the_leaver() {
    let mut world = World::new();
    let (ada, bea, jo) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    let kim = add(&mut world, "kim");
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
    assert_eq!(adas(&mut world, 0), Some(Reason::AdviserLeft("Jo".into())));
    phone.sync(&mut world, vec![]);
    let before = world.rev(&ada);

    let both = [ada.clone(), bea.clone()];
    let given =
        world.staff(|tx, _, random| assign_all(tx, &manager(), &both, &kim, NOW, random)).unwrap();
    assert_eq!(given, 2);
    assert_eq!(world.rev(&ada), before + 1, "one revision, so that a phone has both together");
    assert_eq!(adas(&mut world, 0), None);
    let changes = phone.sync(&mut world, vec![]).changes;
    let told = |name: &str, value: serde_json::Value| {
        changes.iter().any(|change| change.fields.get(name) == Some(&value))
    };
    assert!(told("display_name", json!("KIM")) && told("deleted", json!(true)));
    let again = world.staff(|tx, _, random| assign_all(tx, &manager(), &both, &kim, NOW, random));
    assert!(matches!(again, Err(ServiceError::AlreadyExists(Existing::Adviser))));
}

#[test]
fn colleague_left_on_leave_or_elsewhere_cannot_be_assigned() {
    let mut world = World::new();
    let (bea, jo, kim) = (world.bea.clone(), world.jo.clone(), add(&mut world, "kim"));
    let far = world
        .staff(|tx, scope, random| {
            people::add_council(tx, "camden", "Camden")?;
            staff::add(tx, scope, &"camden".into(), "al", CardEdit::default(), random)
        })
        .unwrap();
    card(&mut world, &kim, json!({"leave": [{"from": on(0), "to": on(0)}]}));
    world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
    let mut refused = |to: &StaffId| {
        let bea = [bea.clone()];
        world.staff(|tx, _, random| assign_all(tx, &manager(), &bea, to, NOW, random)).unwrap_err()
    };
    assert!(matches!(refused(&kim), ServiceError::StaffOnLeave));
    assert!(matches!(refused(&jo), ServiceError::StaffDeactivated));
    assert!(matches!(refused(&far), ServiceError::NotFound(Entity::Staff)));
    assert_eq!(world.rev(&bea), 0);
}

#[test]
fn assign_all_completes_a_planned_hand_over() {
    let mut world = World::new();
    let (ada, jo, kim) = (world.ada.clone(), world.jo.clone(), add(&mut world, "kim"));
    let first_day = on(0).checked_add_days(Days::new(7)).unwrap();
    let plan = HandOver { from: jo.clone(), to: kim.clone(), first_day };
    let people = [ada.clone()];
    world
        .staff(|tx, scope, random| {
            hand_over::plan(tx, scope, &people, &plan, NOW, random)?;
            staff::deactivate(tx, scope, &jo, NOW)?;
            assert_eq!(count(tx, &manager(), NOW)?, 2);
            assign_all(tx, &manager(), &people, &kim, NOW, random)
        })
        .unwrap();
    let left = world.run(|tx| tx.assignments_of_person(&ada));
    let kept: Vec<_> = left.iter().map(|it| (&it.staff, it.starts, it.ends)).collect();
    assert_eq!(kept, [(&kim, None, None)]);
}

#[test]
fn only_managers_assign_and_auditors_list() {
    let mut world = World::new();
    let (bea, jo) = ([world.bea.clone()], world.jo.clone());
    for role in StaffRole::ALL {
        let scope = StaffScope::of_member("barnet".into(), jo.clone(), role, calendar::today(NOW));
        let seen = world.staff(|tx, _, _| list(tx, &scope, &"barnet".into(), NOW)).is_ok();
        assert_eq!(seen, matches!(role, StaffRole::Manager | StaffRole::Auditor), "{role:?}");
        if role != StaffRole::Manager {
            let given = world.staff(|tx, _, random| assign_all(tx, &scope, &bea, &jo, NOW, random));
            assert!(matches!(given, Err(ServiceError::NotAllowed)), "{role:?}");
        }
        let elsewhere = world.staff(|tx, _, _| list(tx, &scope, &"camden".into(), NOW));
        assert!(elsewhere.is_err());
    }
}

/// A staff member of the model: the first day of each leave from today and its length, and `true` if
/// they left.
type Worker = (Vec<(i64, i64)>, bool);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The query agrees with a plain implementation of the rule.
    #[test]
    fn query_agrees_with_the_rule(
        workers in vec((vec((-2_i64..3, 0_i64..3), 0..3), proptest::bool::weighted(0.2)), 1..4),
        arranged in vec((0..4_usize, 0..4_usize, option::of(-2_i64..3), option::of(-2_i64..3)), 0..10),
    ) {
        let mut world = World::new();
        let mut staff = Vec::new();
        for (index, (leaves, left)) in workers.iter().enumerate() {
            let id = add(&mut world, &format!("w{index}"));
            let leave: Vec<_> = leaves.iter().map(|(from, days)| {
                json!({"from": on(*from), "to": on(from + days)})
            }).collect();
            world.run(|tx| tx.set_card(&id, &ContactCard { fields: fields(json!({"leave": leave})), ..ContactCard::default() }));
            world.run(|tx| tx.set_deactivated(&id, left.then_some(NOW)));
            staff.push(id);
        }
        let mut people = Vec::new();
        for _ in 0..4 {
            people.push(world.staff(|tx, scope, random| {
                people::add(tx, scope, &"barnet".into(), None, random)
            }).unwrap());
        }
        let mut expected = [true; 4];
        for (person, worker, starts, ends) in &arranged {
            let worker = worker % workers.len();
            let (starts, ends) = (starts.map(on), ends.map(on));
            let open = Assignment::open(&people[*person], &staff[worker], "c");
            let made = Assignment { starts, ends, ..open };
            if world.run(|tx| tx.add_assignment(&made)) && looks_after(&workers[worker], &made) {
                expected[*person] = false;
            }
        }
        let alone = world.run(|tx| tx.unassigned(&"barnet".into(), on(0)));
        let told: Vec<bool> =
            people.iter().map(|id| alone.iter().any(|alone| &alone.person == id)).collect();
        prop_assert_eq!(told, expected);
    }
}

fn looks_after((leaves, left): &Worker, made: &Assignment) -> bool {
    let is_away = leaves.iter().any(|(from, days)| *from <= 0 && 0 <= from + days);
    !left && !is_away && made.is_active_on(on(0))
}
