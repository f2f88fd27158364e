//! Rebasing a draft on a newer edition.

use std::collections::BTreeMap;

use promise_edition::{Keep, MergeConflict, RecordKind};
use promise_protocol::pack::PackName;

use super::*;
use crate::publishing::editions;

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
