//! Tests of one draft with its authors and publishers.

use std::collections::BTreeMap;

use promise_protocol::pack::{Localised, Opportunities, PackName, Promise, PromiseSection};
use serde_json::json;

use super::*;
use crate::{
    StaffRole,
    calendar::today,
    fixture::{NOW, World},
    people,
    publishing::editions,
};
use promise_database::{Actor, AuditFilter, SignIn, StaffCard, StaffMember};
use promise_edition::{Keep, MergeConflict, RecordKind};

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
        card: StaffCard::default(),
        deactivated_at: None,
    };
    let sign_in = SignIn { staff, name, role, password: None, totp: None, totp_step: 0 };
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
fn author_cannot_publish_own_draft() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    write(&mut world, &pat(), "work").unwrap();
    submit(&mut world, &ed()).unwrap();
    assert_eq!(refused(publish(&mut world, &pat())), DraftRefusal::OwnWork);
    assert!(matches!(publish(&mut world, &ed()), Err(ServiceError::NotAllowed)));
    let other = of(StaffRole::Publisher, "other");
    assert_eq!(publish(&mut world, &other).unwrap(), 1);
    // The edit before belongs to the draft that was published.
    write(&mut world, &ed(), "home").unwrap();
    submit(&mut world, &pat()).unwrap();
    assert_eq!(publish(&mut world, &pat()).unwrap(), 2, "handing in is not writing");
}

#[test]
fn publisher_deactivated_or_demoted_meanwhile_is_refused() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    enrol(&mut world, &pat());
    world.run(|tx| tx.set_deactivated(&"pat".into(), Some(NOW)));
    assert!(matches!(publish(&mut world, &pat()), Err(ServiceError::NotAllowed)));
    world.run(|tx| tx.set_deactivated(&"pat".into(), None));
    let sign_in = world.run(|tx| tx.sign_in(&"pat".into())).unwrap();
    world.run(|tx| tx.set_sign_in(&SignIn { role: StaffRole::Editor, ..sign_in.clone() }));
    assert!(matches!(publish(&mut world, &pat()), Err(ServiceError::NotAllowed)));
    assert_eq!(working_copy(&mut world, &ed()).newest, None, "nothing is published");
    world.run(|tx| tx.set_sign_in(&sign_in));
    assert_eq!(publish(&mut world, &pat()).unwrap(), 1);
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
fn draft_is_published_once() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    assert_eq!(refused(publish(&mut world, &pat())), DraftRefusal::NotSubmitted);
    submit(&mut world, &ed()).unwrap();
    assert_eq!(refused(submit(&mut world, &ed())), DraftRefusal::Submitted);
    let version = working_copy(&mut world, &pat()).version();
    let mut again = || world.staff(|tx, _, _| super::publish(tx, &pat(), &version, NOW));
    assert_eq!(again().unwrap().edition.number, 1);
    assert_eq!(refused(again()), DraftRefusal::NotSubmitted);
    assert_eq!(working_copy(&mut world, &pat()).newest, Some(1));
}

#[test]
fn draft_changed_since_read_is_not_published() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    let version = working_copy(&mut world, &pat()).version();
    world.staff(|tx, _, _| withdraw(tx, &ed(), NOW)).unwrap();
    write(&mut world, &ed(), "work").unwrap();
    submit(&mut world, &ed()).unwrap();
    enrol(&mut world, &pat());
    let stale = world.staff(|tx, _, _| super::publish(tx, &pat(), &version, NOW));
    assert_eq!(refused(stale), DraftRefusal::ChangedSinceRead);
    assert_eq!(publish(&mut world, &pat()).unwrap(), 1);
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
fn outdated_draft_is_not_published() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    let packs = [(PackName::Directory, b"{\"lines\":{}}".to_vec())].into();
    world
        .staff(|tx, scope, _| editions::publish_packs(tx, scope, &"barnet".into(), packs, NOW))
        .unwrap();
    assert!(working_copy(&mut world, &pat()).is_behind());
    assert_eq!(refused(publish(&mut world, &pat())), DraftRefusal::OutOfDate);
    assert_eq!(
        working_copy(&mut world, &pat()).content.promise.sections.len(),
        1,
        "nothing is lost"
    );
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
fn unchanged_packs_are_published_byte_for_byte() {
    let mut world = World::new();
    let kept = json!({"opportunities": {}, "later": true});
    let bytes = promise_protocol::canonical::to_vec(&kept);
    let packs = [(PackName::Opportunities, bytes.clone())].into();
    world
        .staff(|tx, scope, _| editions::publish_packs(tx, scope, &"barnet".into(), packs, NOW))
        .unwrap();
    write(&mut world, &ed(), "money").unwrap();
    submit(&mut world, &ed()).unwrap();
    publish(&mut world, &pat()).unwrap();
    let edition = world.run(|tx| tx.newest_edition(&"barnet".into())).unwrap();
    let hash = &edition.packs[&PackName::Opportunities];
    assert_eq!(*hash, promise_protocol::pack::hash(&bytes), "what is unknown is kept");
    assert_eq!(Opportunities::from_bytes(&bytes).unwrap().unknown["later"], true);
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

/// Renames a pledge of the draft, as this caller.
fn rename(world: &mut World, scope: &StaffScope, id: &str, to: &str) {
    let done = world.staff(|tx, _, _| {
        edit(tx, scope, id, NOW, |promise: &mut Promise| {
            let pledge = promise.pledges.0.iter_mut().find(|pledge| pledge.id == id).unwrap();
            pledge.title.insert("en".into(), to.into());
            Ok(())
        })
    });
    done.unwrap();
}

/// Publishes a changed newest edition, as the command line does.
fn publish_past(world: &mut World, change: impl FnOnce(&mut Promise)) {
    let published = world.staff(|tx, _, _| load_published(tx, &ed())).unwrap().unwrap();
    let mut promise = published.promise;
    change(&mut promise);
    let packs = [(PackName::Promise, promise.to_bytes())].into();
    world
        .staff(|tx, scope, _| editions::publish_packs(tx, scope, &"barnet".into(), packs, NOW))
        .unwrap();
}

fn rebase_with(
    world: &mut World,
    scope: &StaffScope,
    choices: &[(&str, Keep)],
) -> Result<Vec<MergeConflict>, ServiceError> {
    let version = working_copy(world, scope).version();
    let choices: BTreeMap<_, _> =
        choices.iter().map(|(id, keep)| ((RecordKind::Pledge, (*id).to_owned()), *keep)).collect();
    world.staff(|tx, _, _| rebase(tx, scope, &version, &choices, NOW))
}

fn two_pledges() -> World {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    write(&mut world, &ed(), "work").unwrap();
    submit(&mut world, &ed()).unwrap();
    publish(&mut world, &pat()).unwrap();
    world
}

fn title(world: &mut World, id: &str) -> String {
    let work = working_copy(world, &ed());
    let pledges = work.content.promise.pledges.0;
    pledges.into_iter().find(|pledge| pledge.id == id).unwrap().title["en"].clone()
}

#[test]
fn outdated_draft_is_rebased_without_conflicts() {
    let mut world = two_pledges();
    rename(&mut world, &ed(), "money", "Ours");
    publish_past(&mut world, |promise| add(promise, "home"));
    publish_past(&mut world, |promise| promise.pledges.0[1].amount = Some("£5".into()));
    assert_eq!(refused(submit(&mut world, &ed())), DraftRefusal::OutOfDate);
    assert_eq!(rebase_with(&mut world, &pat(), &[]).unwrap(), []);
    let work = working_copy(&mut world, &ed());
    assert_eq!((work.based_on, work.newest, work.is_behind()), (Some(3), Some(3), false));
    let promise = &work.content.promise;
    assert_eq!((promise.sections.len(), promise.pledges.0[1].amount.as_deref()), (3, Some("£5")));
    assert_eq!(title(&mut world, "money"), "Ours");
    assert_eq!(
        work.authors,
        authors(&["ed"]),
        "who brings together what does not touch writes nothing"
    );
    submit(&mut world, &ed()).unwrap();
    assert_eq!(publish(&mut world, &pat()).unwrap(), 4);
}

#[test]
fn conflicting_rebase_needs_choices_and_adds_an_author() {
    let mut world = two_pledges();
    rename(&mut world, &ed(), "money", "Ours");
    rename(&mut world, &ed(), "work", "Ours too");
    publish_past(&mut world, |promise| {
        for pledge in &mut promise.pledges.0 {
            pledge.title.insert("en".into(), "Theirs".into());
        }
    });
    let conflicts = rebase_with(&mut world, &pat(), &[]).unwrap();
    assert_eq!(conflicts.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["money", "work"]);
    assert!(working_copy(&mut world, &ed()).is_behind(), "nothing is done");
    let half = rebase_with(&mut world, &pat(), &[("money", Keep::Ours)]).unwrap();
    assert_eq!(half.len(), 1);
    let choices = [("money", Keep::Ours), ("work", Keep::Theirs)];
    assert_eq!(rebase_with(&mut world, &pat(), &choices).unwrap(), []);
    assert_eq!((&*title(&mut world, "money"), &*title(&mut world, "work")), ("Ours", "Theirs"));
    assert_eq!(working_copy(&mut world, &ed()).authors, authors(&["ed", "pat"]));
    submit(&mut world, &ed()).unwrap();
    assert_eq!(refused(publish(&mut world, &pat())), DraftRefusal::OwnWork);
}
