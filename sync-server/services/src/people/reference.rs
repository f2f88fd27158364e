//! Changing a young person's reference: the id in the council's own systems by which an import finds them.

use promise_database::Tx;
use promise_protocol::ids::PersonId;

use super::{clean_reference, find_by_reference};
use crate::{
    Existing, Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};

/// Replaces a young person's reference. An empty one removes it: then no row of an import is about them.
/// The log and their phones show that it changed, and not what it is.
///
/// Returns [`ServiceError::AlreadyExists`] if another young person of the council has a reference that looks
/// the same.
pub fn set(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    typed: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let person = scope.person_to_change(tx, person)?;
    let reference = clean_reference(typed);
    if reference == person.reference {
        return Ok(());
    }
    if let Some(reference) = &reference {
        let known = find_by_reference(tx, &person.council, reference)?;
        if known.is_some_and(|known| known.id != person.id) {
            return Err(ServiceError::AlreadyExists(Existing::Reference));
        }
    }
    tx.set_reference(&person.id, reference.as_deref())?;
    let subject = Subject::Person(&person);
    audit::record(tx, scope, subject, AuditAction::ChangedReference, "", now_millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        StaffRole,
        fixture::{NOW, World},
    };

    fn set_as(
        world: &mut World,
        scope: &StaffScope,
        person: &PersonId,
        typed: &str,
    ) -> Result<(), ServiceError> {
        world.staff(|tx, _, _| set(tx, scope, person, typed, NOW))
    }

    fn stored(world: &mut World, person: &PersonId) -> Option<String> {
        world.run(|tx| tx.person(person)).unwrap().reference
    }

    #[test]
    fn reference_is_replaced_unless_another_person_has_it() {
        let mut world = World::new();
        let (ada, bea, operator) = (world.ada.clone(), world.bea.clone(), StaffScope::operator());
        set_as(&mut world, &operator, &ada, " CL-0001 ").unwrap();
        assert_eq!(stored(&mut world, &ada).as_deref(), Some("CL-0001"));
        let taken = set_as(&mut world, &operator, &bea, "cl\u{2013}0001");
        assert!(
            matches!(taken, Err(ServiceError::AlreadyExists(Existing::Reference))),
            "{taken:?}"
        );
        assert_eq!(stored(&mut world, &bea), None);
        set_as(&mut world, &operator, &ada, "cl-0001").unwrap();
        assert_eq!(stored(&mut world, &ada).as_deref(), Some("cl-0001"), "their own is free");
        set_as(&mut world, &operator, &ada, " ").unwrap();
        set_as(&mut world, &operator, &bea, "CL-0001").unwrap();
        let found = world.staff(|tx, _, _| find_by_reference(tx, &"barnet".into(), "CL-0001"));
        assert_eq!(found.unwrap().map(|person| person.id), Some(bea));
    }

    #[test]
    fn log_and_phone_show_that_a_reference_changed_and_not_what_it_is() {
        let mut world = World::new();
        let (ada, operator) = (world.ada.clone(), StaffScope::operator());
        let mut phone = world.phone(&ada);
        let mut sent = vec![phone.sync_all(&mut world, vec![])];
        for typed in ["CANARY-1", "CANARY-1", "CANARY-2"] {
            set_as(&mut world, &operator, &ada, typed).unwrap();
        }
        for _ in 0..3 {
            sent.push(phone.sync_all(&mut world, vec![]));
        }
        let sent = serde_json::to_string(&sent).unwrap();
        assert!(sent.contains("changed_reference") && !sent.contains("CANARY"), "{sent}");
        let log =
            world.staff(|tx, scope, _| audit::list(tx, scope, &"barnet".into(), u64::MAX, 99));
        let log = log.unwrap();
        let changes = log.iter().filter(|entry| entry.action == "changed_reference");
        assert_eq!(changes.count(), 2, "the same reference again is no change");
        assert!(!format!("{log:?}").contains("CANARY"), "{log:?}");
    }

    #[test]
    fn only_who_adds_young_people_changes_references() {
        for role in StaffRole::ALL {
            let mut world = World::new();
            let (ada, scope) = (world.ada.clone(), world.jo_as(role));
            let done = set_as(&mut world, &scope, &ada, "CL-0001");
            if role == StaffRole::Manager {
                assert!(done.is_ok(), "{done:?}");
            } else {
                assert!(matches!(done, Err(ServiceError::NotAllowed)), "{role}: {done:?}");
            }
        }
    }
}
