//! Changing a staff member's handle: the name by which the command line and an import find them.

use promise_database::Tx;
use promise_protocol::{ids::StaffId, schema::Refusal, text};

use crate::{
    Existing, Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};

/// The most characters of a handle.
pub const MAX_CHARS: usize = 120;

/// Replaces a staff member's handle. Their sign-in keeps its name.
///
/// An import gives young people to the account that has the address of the staff directory, as its handle or as
/// the name of its sign-in. So a handle is free only if it is neither for another account of the council:
/// [`ServiceError::AlreadyExists`] otherwise.
pub fn set(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    typed: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    let handle = text::key(typed);
    let length = handle.chars().count();
    if !(1..=MAX_CHARS).contains(&length) {
        let refusal = if length == 0 { Refusal::WrongType } else { Refusal::TooLong };
        return Err(ServiceError::InvalidField { field: "handle".into(), refusal });
    }
    if handle == staff.handle {
        return Ok(());
    }
    let sign_ins = tx.sign_in_statuses(&staff.council)?;
    let mut others = sign_ins.iter().filter(|sign_in| sign_in.staff != staff.id);
    let is_taken = others.any(|sign_in| text::key(&sign_in.name) == handle);
    if is_taken || !tx.set_handle(&staff.id, &handle)? {
        return Err(ServiceError::AlreadyExists(Existing::Handle));
    }
    let subject = Subject::Council(&staff.council);
    audit::record(tx, scope, subject, AuditAction::ChangedHandle, staff.id.as_str(), now_millis)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        StaffRole,
        fixture::{NOW, World, card_edit},
        sign_in,
        staff::{self, StaffAccount},
    };

    /// A council with Jo, whose sign-in has another name than her handle, and with Kit.
    fn world() -> (World, StaffId) {
        let mut world = World::new();
        let jo = world.jo.clone();
        let kit = world.staff(|tx, scope, random| {
            let sign_in = ("jo@x.uk", StaffRole::Adviser);
            sign_in::invite(tx, scope, &jo, sign_in, 30, NOW, random)?;
            staff::add(tx, scope, &"barnet".into(), "kit", card_edit(json!({})), random)
        });
        let kit = kit.unwrap();
        (world, kit)
    }

    fn set_as(
        world: &mut World,
        scope: &StaffScope,
        staff: &StaffId,
        typed: &str,
    ) -> Result<(), ServiceError> {
        world.staff(|tx, _, _| set(tx, scope, staff, typed, NOW))
    }

    fn account(world: &mut World, staff: &StaffId) -> StaffAccount {
        world.staff(|tx, scope, _| staff::find(tx, scope, staff)).unwrap()
    }

    #[test]
    fn handle_is_changed_and_the_sign_in_is_not() {
        let (mut world, _) = world();
        let (jo, operator) = (world.jo.clone(), StaffScope::operator());
        set_as(&mut world, &operator, &jo, " Jo.Okoro@X.uk ").unwrap();
        let changed = account(&mut world, &jo);
        assert_eq!(changed.staff.handle, "jo.okoro@x.uk");
        assert_eq!(changed.sign_in.unwrap().name, "jo@x.uk");
        let entry = world.run(|tx| tx.last_entry(&"barnet".into())).unwrap();
        assert_eq!((entry.action.as_str(), entry.detail.as_str()), ("changed_handle", jo.as_str()));
        set_as(&mut world, &operator, &jo, "jo.okoro@x.uk").unwrap();
        let again = world.run(|tx| tx.last_entry(&"barnet".into())).unwrap();
        assert_eq!(again.number, entry.number, "the same handle again is no change");
        set_as(&mut world, &operator, &jo, "JO@x.uk").unwrap();
        assert_eq!(
            account(&mut world, &jo).staff.handle,
            "jo@x.uk",
            "the name of their own sign-in"
        );
    }

    #[test]
    fn name_by_which_an_import_finds_a_colleague_is_taken() {
        let (mut world, kit) = world();
        let operator = StaffScope::operator();
        for taken in ["jo", "Jo", "JO@x.uk"] {
            let done = set_as(&mut world, &operator, &kit, taken);
            assert!(
                matches!(done, Err(ServiceError::AlreadyExists(Existing::Handle))),
                "{taken}: {done:?}"
            );
        }
        for invalid in [" ".to_owned(), "x".repeat(MAX_CHARS + 1)] {
            let done = set_as(&mut world, &operator, &kit, &invalid);
            assert!(matches!(done, Err(ServiceError::InvalidField { .. })), "{done:?}");
        }
        assert_eq!(account(&mut world, &kit).staff.handle, "kit");
    }

    #[test]
    fn only_who_manages_staff_changes_handles() {
        for role in StaffRole::ALL {
            let (mut world, kit) = world();
            let scope = world.jo_as(role);
            let done = set_as(&mut world, &scope, &kit, "kit@x.uk");
            if role == StaffRole::Administrator {
                assert!(done.is_ok(), "{done:?}");
            } else {
                assert!(matches!(done, Err(ServiceError::NotAllowed)), "{role}: {done:?}");
            }
        }
    }
}
