//! Tests of one draft with its authors and publishers.

mod one_hand;
mod publishing;
mod rebasing;

use promise_protocol::pack::{Localised, Promise, PromiseSection};
use serde_json::json;

use super::*;
use crate::{
    StaffRole,
    calendar::today,
    fixture::{NOW, World},
    people,
};
use promise_database::{Actor, AuditFilter, ContactCard, SignIn, StaffMember};

fn of(role: StaffRole, name: &str) -> StaffScope {
    StaffScope::of_member("barnet".into(), name.into(), role, today(NOW))
}

fn ed() -> StaffScope {
    of(StaffRole::Editor, "ed")
}

fn pat() -> StaffScope {
    of(StaffRole::Publisher, "pat")
}

/// Adds a section with a pledge.
fn add(promise: &mut Promise, id: &str) {
    let text: Localised = [("en".to_owned(), id.to_owned())].into();
    let section: PromiseSection = serde_json::from_value(json!({"id": id, "title": text})).unwrap();
    promise.sections.push(section);
    let pledge = json!({"id": id, "section": id, "title": text, "text": text});
    promise.pledges.0.push(serde_json::from_value(pledge).unwrap());
    promise.title = text;
}

/// Adds a section with a pledge to the draft, as this caller.
fn write(world: &mut World, scope: &StaffScope, id: &str) -> Result<(), ServiceError> {
    world.staff(|tx, _, _| {
        edit(tx, scope, &format!("section {id}"), NOW, |promise: &mut Promise| {
            add(promise, id);
            Ok(())
        })
    })
}

fn working_copy(world: &mut World, scope: &StaffScope) -> WorkingCopy {
    world.staff(|tx, _, _| load(tx, scope)).unwrap()
}

fn submit(world: &mut World, scope: &StaffScope) -> Result<(), ServiceError> {
    world.staff(|tx, _, _| super::submit(tx, scope, NOW))
}

fn publish(world: &mut World, scope: &StaffScope) -> Result<u64, ServiceError> {
    let version = working_copy(world, scope).version();
    enrol(world, scope);
    world.staff(|tx, _, _| Ok(super::publish(tx, scope, &version, NOW)?.edition.number))
}

/// Adds the caller of a scope to the staff, unless they are there already.
fn enrol(world: &mut World, scope: &StaffScope) {
    let Actor::Staff(staff) = scope.actor() else { return };
    let (name, role) = (staff.to_string(), scope.role().unwrap());
    let member = StaffMember {
        id: staff.clone(),
        council: scope.own_council().unwrap().clone(),
        handle: name.clone(),
        card: ContactCard::default(),
        deactivated_at: None,
    };
    let sign_in = SignIn::new(staff, name, role);
    world.run(|tx| {
        if tx.staff(&member.id)?.is_none() {
            tx.add_staff(&member)?;
            tx.set_sign_in(&sign_in)?;
        }
        Ok(())
    });
}

fn refused<R: std::fmt::Debug>(done: Result<R, ServiceError>) -> DraftRefusal {
    match done {
        Err(ServiceError::Draft(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn acts(world: &mut World) -> Vec<String> {
    let entries =
        world.run(|tx| tx.entries_before(&"barnet".into(), &AuditFilter::default(), None, 50));
    entries.into_iter().rev().map(|entry| format!("{} {}", entry.action, entry.detail)).collect()
}

fn authors(staff: &[&str]) -> Vec<Actor> {
    staff.iter().map(|id| Actor::Staff((*id).into())).collect()
}

#[test]
fn draft_opens_with_first_change_and_ends_when_published() {
    let mut world = World::new();
    let before = working_copy(&mut world, &ed());
    assert_eq!((before.stage.clone(), before.newest), (Stage::NoDraft, None));
    assert_eq!(before.content.promise.council.name, "Barnet");
    write(&mut world, &ed(), "money").unwrap();
    let work = working_copy(&mut world, &ed());
    assert_eq!((work.stage.clone(), work.authors.clone()), (Stage::Open, authors(&["ed"])));
    assert_ne!(work.version(), before.version());
    submit(&mut world, &ed()).unwrap();
    assert_eq!(publish(&mut world, &pat()).unwrap(), 1);
    let after = working_copy(&mut world, &ed());
    assert_eq!(
        (after.stage, after.newest, after.published_at),
        (Stage::NoDraft, Some(1), Some(NOW))
    );
    assert_eq!((after.authors.len(), after.content.promise.sections.len()), (0, 1));
    let acts = acts(&mut world);
    let own = ["changed_draft section money", "handed_in ", "published edition 1"];
    assert!(acts.ends_with(&own.map(str::to_owned)), "{acts:?}");
}

#[test]
fn edit_without_change_adds_no_author() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    world
        .staff(|tx, _, _| edit(tx, &pat(), "section money", NOW, |_: &mut Promise| Ok(())))
        .unwrap();
    assert_eq!(working_copy(&mut world, &ed()).authors, authors(&["ed"]));
}

#[test]
fn submitted_draft_is_read_only_until_returned_or_withdrawn() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    assert_eq!(refused(write(&mut world, &ed(), "work")), DraftRefusal::Submitted);
    let version = working_copy(&mut world, &ed()).version();
    let discarded = world.staff(|tx, _, _| discard(tx, &ed(), &version, NOW));
    assert_eq!(refused(discarded), DraftRefusal::Submitted);
    let sent = world.staff(|tx, _, _| return_to_authors(tx, &ed(), "x", NOW));
    assert!(matches!(sent, Err(ServiceError::NotAllowed)));
    world.staff(|tx, _, _| return_to_authors(tx, &pat(), "Say more", NOW)).unwrap();
    assert_eq!(working_copy(&mut world, &ed()).note.as_deref(), Some("Say more"));
    write(&mut world, &ed(), "work").unwrap();
    assert_eq!(
        working_copy(&mut world, &ed()).note.as_deref(),
        Some("Say more"),
        "until it is submitted again"
    );
    submit(&mut world, &ed()).unwrap();
    assert_eq!(working_copy(&mut world, &ed()).note, None);
    let twice = world.staff(|tx, _, _| {
        withdraw(tx, &ed(), NOW)?;
        withdraw(tx, &ed(), NOW)
    });
    assert_eq!(refused(twice), DraftRefusal::NotSubmitted);
}

#[test]
fn discarded_draft_keeps_published_edition() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    publish(&mut world, &pat()).unwrap();
    write(&mut world, &ed(), "work").unwrap();
    let stale = working_copy(&mut world, &ed()).version();
    write(&mut world, &ed(), "home").unwrap();
    let discarded = world.staff(|tx, _, _| discard(tx, &ed(), &stale, NOW));
    assert_eq!(
        refused(discarded),
        DraftRefusal::ChangedSinceRead,
        "a colleague's work would be lost unseen"
    );
    let version = working_copy(&mut world, &ed()).version();
    world.staff(|tx, _, _| discard(tx, &ed(), &version, NOW)).unwrap();
    let work = working_copy(&mut world, &ed());
    assert_eq!((work.stage, work.content.promise.sections.len()), (Stage::NoDraft, 1));
    assert_eq!(refused(submit(&mut world, &ed())), DraftRefusal::NothingChanged);
}

#[test]
fn draft_equal_to_published_cannot_be_submitted() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    publish(&mut world, &pat()).unwrap();
    write(&mut world, &ed(), "work").unwrap();
    world
        .staff(|tx, _, _| {
            edit(tx, &ed(), "section work", NOW, |promise: &mut Promise| {
                promise.sections.pop();
                promise.pledges.0.pop();
                promise.title = [("en".to_owned(), "money".to_owned())].into();
                Ok(())
            })
        })
        .unwrap();
    assert_eq!(refused(submit(&mut world, &ed())), DraftRefusal::NothingChanged);
}

#[test]
fn other_roles_and_councils_cannot_edit_the_draft() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    for role in
        [StaffRole::Adviser, StaffRole::Manager, StaffRole::Administrator, StaffRole::Auditor]
    {
        let done = write(&mut world, &of(role, "x"), "work");
        assert!(matches!(done, Err(ServiceError::NotAllowed)), "{role:?}");
    }
    world.staff(|tx, _, _| people::add_council(tx, "camden", "Camden")).unwrap();
    let far =
        StaffScope::of_member("camden".into(), "far".into(), StaffRole::Publisher, today(NOW));
    let work = working_copy(&mut world, &far);
    assert_eq!((work.stage, work.content.promise.council.id.as_str()), (Stage::NoDraft, "camden"));
    assert_eq!(refused(publish(&mut world, &far)), DraftRefusal::NotSubmitted);
}

#[test]
fn incomplete_draft_cannot_be_submitted() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    world
        .staff(|tx, _, _| {
            edit(tx, &ed(), "pledge money", NOW, |promise: &mut Promise| {
                promise.pledges.0[0].section = "nowhere".into();
                Ok(())
            })
        })
        .unwrap();
    assert_eq!(refused(submit(&mut world, &ed())), DraftRefusal::Incomplete);
}
