//! Tests of what a label may be, and of who sees it.

use super::*;
use crate::{
    Entity, StaffRole, assignments, calendar,
    cards::CardEdit,
    fixture::{NOW, World},
    people::{caseload, erasure, page, subject_access},
    staff,
};

const LABEL: &str = "Q.Z. tall";

fn scope(staff: &str, role: StaffRole) -> StaffScope {
    StaffScope::of_member("barnet".into(), staff.into(), role, calendar::today(NOW))
}

fn jo(world: &World) -> StaffScope {
    scope(world.jo.as_str(), StaffRole::Adviser)
}

fn label(text: &str) -> PersonLabel {
    PersonLabel::parse(text).unwrap().unwrap()
}

fn write(world: &mut World, scope: &StaffScope, text: &str) -> Result<(), ServiceError> {
    let ada = world.ada.clone();
    world.staff(|tx, _, _| set(tx, scope, &ada, Some(&label(text)), NOW))
}

fn seen_by(world: &mut World, scope: &StaffScope) -> Option<PersonLabel> {
    let ada = world.ada.clone();
    world.staff(|tx, _, _| find(tx, scope, &ada)).unwrap()
}

/// A world in which Ada has a label.
fn labelled() -> World {
    let mut world = World::new();
    let jo = jo(&world);
    write(&mut world, &jo, LABEL).unwrap();
    world
}

#[test]
fn label_is_short_without_control_characters_and_overrides() {
    assert_eq!(PersonLabel::parse("x".repeat(20).as_str()).unwrap().unwrap().as_str().len(), 20);
    assert_eq!(PersonLabel::parse(&"x".repeat(21)), Err(InvalidLabel::TooLong));
    assert_eq!(PersonLabel::parse(&"é".repeat(20)).unwrap().unwrap().as_str().chars().count(), 20);
    for typed in ["a\nb", "a\tb", "a\u{0}", "\u{85}a\u{9f}b"] {
        let parsed = PersonLabel::parse(typed);
        assert_eq!(parsed, Err(InvalidLabel::ControlCharacter), "{typed:?}");
    }
    assert_eq!(label(" J\u{202e}.S\u{2066}.\u{200f} ").as_str(), "J.S.");
    assert_eq!(label("ن\u{200c}م").as_str(), "ن\u{200c}م", "a joiner is part of a letter");
    for nothing in ["", "  ", "\u{202e}"] {
        assert_eq!(PersonLabel::parse(nothing), Ok(None));
    }
    assert!(!format!("{:?}", label(LABEL)).contains(LABEL));
}

#[test]
fn label_is_seen_by_the_staff_of_the_caseload_only() {
    let mut world = labelled();
    let (ada, jo_id) = (world.ada.clone(), world.jo.clone());
    let own = jo(&world);
    assert_eq!(seen_by(&mut world, &own), Some(label(LABEL)));
    for role in StaffRole::ALL {
        assert_eq!(seen_by(&mut world, &scope("mo", role)), None, "{role:?}");
    }
    assert_eq!(seen_by(&mut world, &StaffScope::operator()), None);
    for role in
        [StaffRole::Editor, StaffRole::Publisher, StaffRole::Administrator, StaffRole::Auditor]
    {
        let left_over = scope(jo_id.as_str(), role);
        assert_eq!(
            seen_by(&mut world, &left_over),
            None,
            "{role:?} with an assignment from before"
        );
    }
    // A manager who has the person in their own caseload is staff of that caseload.
    assert_eq!(seen_by(&mut world, &scope(jo_id.as_str(), StaffRole::Manager)), Some(label(LABEL)));

    let kim = world.staff(|tx, scope, random| {
        let kim = staff::add(tx, scope, &"barnet".into(), "kim", CardEdit::default(), random)?;
        assignments::assign(tx, scope, &ada, &kim, NOW, random)?;
        assignments::unassign(tx, scope, &ada, &jo_id, NOW)?;
        Ok(kim)
    });
    let kim = scope(kim.unwrap().as_str(), StaffRole::Adviser);
    assert_eq!(seen_by(&mut world, &kim), Some(label(LABEL)), "who takes over finds it");
    assert_eq!(seen_by(&mut world, &own), None, "who is no longer their adviser does not");
}

#[test]
fn label_is_on_the_page_and_in_the_list_of_the_caseload_only() {
    let mut world = labelled();
    let ada = world.ada.clone();
    let own = jo(&world);
    for (scope, is_seen) in [(own, true), (scope("mo", StaffRole::Manager), false)] {
        let listed = world.staff(|tx, _, _| caseload::list(tx, &scope, None, NOW)).unwrap();
        let row = listed.iter().find(|row| row.person == ada).unwrap();
        assert_eq!(row.label.is_some(), is_seen, "{scope:?}");
        let opened = world.staff(|tx, _, _| page::open(tx, &scope, &ada, NOW)).unwrap();
        assert_eq!((opened.label.is_some(), opened.can_label), (is_seen, is_seen), "{scope:?}");
    }
}

#[test]
fn only_staff_of_the_caseload_change_a_label() {
    let mut world = labelled();
    let manager = scope("mo", StaffRole::Manager);
    assert!(matches!(write(&mut world, &manager, "x"), Err(ServiceError::NotAllowed)));
    let operator = StaffScope::operator();
    assert!(matches!(write(&mut world, &operator, "x"), Err(ServiceError::NotAllowed)));
    let adviser = scope("mo", StaffRole::Adviser);
    let done = write(&mut world, &adviser, "x");
    assert!(matches!(done, Err(ServiceError::NotFound(Entity::Person))), "{done:?}");
    let auditor = scope(world.jo.clone().as_str(), StaffRole::Auditor);
    assert!(matches!(write(&mut world, &auditor, "x"), Err(ServiceError::NotAllowed)));
    let own = jo(&world);
    assert_eq!(seen_by(&mut world, &own), Some(label(LABEL)));
}

#[test]
fn audit_log_says_that_a_label_changed_and_not_what_it_says() {
    let mut world = labelled();
    let (ada, own) = (world.ada.clone(), jo(&world));
    write(&mut world, &own, LABEL).unwrap();
    world.staff(|tx, _, _| set(tx, &own, &ada, None, NOW)).unwrap();
    let log = world.staff(|tx, scope, _| audit::list(tx, scope, &"barnet".into(), u64::MAX, 99));
    let log = log.unwrap();
    let changes: Vec<_> = log.iter().filter(|entry| entry.action == "changed_label").collect();
    assert_eq!(changes.len(), 2, "saving the same label again is no change");
    assert!(changes.iter().all(|entry| entry.person.as_ref() == Some(&ada)));
    assert!(!format!("{log:?}").contains("Q.Z"), "{log:?}");
}

#[test]
fn label_is_never_sent_to_a_phone() {
    let mut world = World::new();
    let (ada, own) = (world.ada.clone(), jo(&world));
    let mut phone = world.phone(&ada);
    let mut sent = vec![phone.sync_all(&mut world, vec![])];
    write(&mut world, &own, LABEL).unwrap();
    for _ in 0..3 {
        sent.push(phone.sync_all(&mut world, vec![]));
    }
    let mut second = world.phone(&ada);
    sent.extend([second.sync_all(&mut world, vec![]), second.sync_all(&mut world, vec![])]);
    let json = serde_json::to_string(&sent).unwrap();
    assert!(json.contains("changed_label"), "the phone shows that staff changed it");
    assert!(!json.contains("Q.Z"), "{json}");
}

#[test]
fn subject_access_contains_the_label_and_the_caseload_export_does_not() {
    let mut world = labelled();
    let (ada, manager) = (world.ada.clone(), scope("mo", StaffRole::Manager));
    let export = world.staff(|tx, _, _| subject_access::export(tx, &manager, &ada, NOW)).unwrap();
    assert_eq!(export.label.as_deref(), Some(LABEL));
    assert!(serde_json::to_string(&export).unwrap().contains(LABEL));
    let (bea, jo_id) = (world.bea.clone(), world.jo.clone());
    let other = world.staff(|tx, _, _| subject_access::export(tx, &manager, &bea, NOW)).unwrap();
    assert_eq!(other.label, None);
    // Not even to a manager who has the person in their own caseload.
    for manager in [manager, scope(jo_id.as_str(), StaffRole::Manager)] {
        let rows = world.staff(|tx, _, _| caseload::export(tx, &manager, NOW)).unwrap();
        assert!(rows.iter().all(|row| row.label.is_none()), "{rows:?}");
    }
}

#[test]
fn erased_person_leaves_no_label() {
    let mut world = labelled();
    let ada = world.ada.clone();
    world.staff(|tx, scope, _| erasure::erase(tx, scope, &ada, NOW)).unwrap();
    assert_eq!(world.run(|tx| tx.person_label(&ada)), None);
}
