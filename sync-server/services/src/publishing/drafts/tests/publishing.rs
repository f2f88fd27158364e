//! Publishing: who may, and what is refused.

use promise_protocol::pack::{Opportunities, PackName};

use super::*;
use crate::publishing::editions;

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
fn draft_is_published_once() {
    let mut world = World::new();
    write(&mut world, &ed(), "money").unwrap();
    assert_eq!(refused(publish(&mut world, &pat())), DraftRefusal::NotSubmitted);
    submit(&mut world, &ed()).unwrap();
    assert_eq!(refused(submit(&mut world, &ed())), DraftRefusal::Submitted);
    let version = working_copy(&mut world, &pat()).version();
    let mut again = || world.staff(|tx, _, _| super::super::publish(tx, &pat(), &version, NOW));
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
    let stale = world.staff(|tx, _, _| super::super::publish(tx, &pat(), &version, NOW));
    assert_eq!(refused(stale), DraftRefusal::ChangedSinceRead);
    assert_eq!(publish(&mut world, &pat()).unwrap(), 1);
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
