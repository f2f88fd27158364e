use super::*;
use crate::fixture::{NOW, World};

fn noted() -> World {
    let mut world = World::new();
    let ada = world.ada.clone();
    for act in [AuditAction::Viewed, AuditAction::Changed, AuditAction::Viewed] {
        let staff = world.staff.clone();
        let person = world.run(|tx| tx.person(&ada)).unwrap();
        world
            .staff(|tx, _, _| record(tx, &staff, Subject::Person(&person), act, "x", NOW))
            .unwrap();
    }
    world
}

fn chain(world: &mut World) -> ChainStatus {
    world.staff(|tx, scope, _| verify_chain(tx, scope, &"barnet".into())).unwrap()
}

#[test]
fn intact_chain_grows_with_each_entry() {
    let mut world = noted();
    let ChainStatus::Intact(count, first) = chain(&mut world) else { panic!("broken") };
    let ada = world.ada.clone();
    world
        .staff(|tx, scope, random| {
            crate::devices::pairing::invite(tx, scope, &ada, 30, NOW, random)
        })
        .unwrap();
    let ChainStatus::Intact(more, second) = chain(&mut world) else { panic!("broken") };
    assert_eq!(more, count + 1, "what staff do notes itself");
    assert_ne!(first, second);
}

#[test]
fn entry_cannot_be_changed_or_removed() {
    let mut world = noted();
    for change in [
        "UPDATE audit SET action = 'nothing'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE number = 2",
    ] {
        let refused = world.store.run_for_test(change).unwrap_err();
        assert!(refused.to_string().contains("ConstraintViolation"), "{refused}");
    }
}

#[test]
fn tampered_entry_breaks_the_chain() {
    for change in [
        "UPDATE audit SET action = 'nothing' WHERE number = 2",
        "UPDATE audit SET at = at + 1 WHERE number = 2",
        "UPDATE audit SET staff = 'someone' WHERE number = 2",
        "UPDATE audit SET person = '' WHERE number = 2",
        "UPDATE audit SET hash = x'00' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
    ] {
        let mut world = noted();
        let unlocked = "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted;";
        world.store.run_for_test(&format!("{unlocked} {change}")).unwrap();
        assert_eq!(chain(&mut world), ChainStatus::Broken(2), "{change}");
    }
}
