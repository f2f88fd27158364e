use promise_protocol::ids::StaffId;
use serde_json::json;

use super::*;
use crate::fixture::{NOW, World, card_edit};
use promise_database::Stage;

/// Returns a council with one administrator, who can sign in.
fn world() -> (World, StaffId, StaffScope) {
    let mut world = World::new();
    let adam = add_with_sign_in(&mut world, "adam", StaffRole::Administrator, true);
    let today = crate::calendar::today(NOW);
    let scope =
        StaffScope::of_member("barnet".into(), adam.clone(), StaffRole::Administrator, today);
    (world, adam, scope)
}

fn add_with_sign_in(world: &mut World, name: &str, role: StaffRole, is_set_up: bool) -> StaffId {
    let id = world
        .staff(|tx, scope, random| {
            let card = card_edit(json!({"display_name": name}));
            let id = add(tx, scope, &"barnet".into(), name, card, random)?;
            sign_in::invite(tx, scope, &id, (name, role), 30, NOW, random)?;
            Ok(id)
        })
        .unwrap();
    if is_set_up {
        let mut known = world.run(|tx| tx.sign_in(&id)).unwrap();
        known.password = Some("hash".into());
        known.totp = Some(vec![1; 20]);
        world.run(|tx| tx.set_sign_in(&known));
    }
    id
}

fn change(
    world: &mut World,
    scope: &StaffScope,
    staff: &StaffId,
    role: StaffRole,
) -> Result<(), ServiceError> {
    world.staff(|tx, _, random| change_role(tx, scope, staff, role, NOW, random))
}

#[test]
fn role_change_ends_sessions() {
    let (mut world, _, scope) = world();
    let kim = add_with_sign_in(&mut world, "kim", StaffRole::Adviser, true);
    let session = world
        .staff(|tx, _, random| sign_in::begin_session(tx, &kim, Stage::Full, NOW, random))
        .unwrap();
    change(&mut world, &scope, &kim, StaffRole::Editor).unwrap();
    assert!(world.staff(|tx, _, _| sign_in::find_session(tx, &session, NOW)).unwrap().is_none());
    assert_eq!(world.run(|tx| tx.sign_in(&kim)).unwrap().role, StaffRole::Editor);
    let entry = world.run(|tx| tx.last_entry(&"barnet".into())).unwrap();
    assert_eq!(
        (entry.action.as_str(), entry.detail),
        ("changed_role", format!("{kim} adviser editor"))
    );
}

#[test]
fn last_administrator_cannot_change_role() {
    let (mut world, adam, scope) = world();
    let refused = change(&mut world, &scope, &adam, StaffRole::Adviser);
    assert!(matches!(refused, Err(ServiceError::LastAdministrator)));
    // An administrator with an unused link, or who left, cannot sign in.
    let eve = add_with_sign_in(&mut world, "eve", StaffRole::Administrator, false);
    let gone = add_with_sign_in(&mut world, "gone", StaffRole::Administrator, true);
    world.staff(|tx, _, _| deactivate(tx, &scope, &gone, NOW)).unwrap();
    let refused = change(&mut world, &scope, &adam, StaffRole::Editor);
    assert!(matches!(refused, Err(ServiceError::LastAdministrator)));
    change(&mut world, &scope, &eve, StaffRole::Adviser).unwrap();
    add_with_sign_in(&mut world, "ann", StaffRole::Administrator, true);
    change(&mut world, &scope, &adam, StaffRole::Editor).unwrap();
    let late = change(&mut world, &scope, &eve, StaffRole::Editor);
    assert!(matches!(late, Err(ServiceError::NotAllowed)), "and is none any more");
}

#[test]
fn added_colleague_has_a_link_and_is_listed() {
    let (mut world, _, scope) = world();
    let card = || card_edit(json!({"display_name": "Kim Lee", "team": "North"}));
    let (id, token) = world
        .staff(|tx, _, random| add_to(tx, &scope, (" K.Lee ", StaffRole::Adviser), card(), random))
        .unwrap();
    let invitee = world.staff(|tx, _, _| sign_in::find_invitee(tx, &token, NOW)).unwrap().unwrap();
    assert_eq!((invitee.name.as_str(), invitee.display_name.as_str()), ("k.lee", "Kim Lee"));
    let all = world.staff(|tx, _, _| list(tx, &scope)).unwrap();
    let kim = all.iter().find(|it| it.staff.id == id).unwrap();
    let seat = kim.sign_in.as_ref().unwrap();
    assert_eq!((seat.role, seat.has_password, seat.last_at), (StaffRole::Adviser, false, None));
    let jo = all.iter().find(|it| it.staff.handle == "jo").unwrap();
    assert_eq!(jo.sign_in, None);
    let taken = world
        .staff(|tx, _, random| add_to(tx, &scope, ("k.lee", StaffRole::Editor), card(), random));
    assert!(matches!(taken, Err(ServiceError::AlreadyExists(_))));
}

fn add_to(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    as_whom: (&str, StaffRole),
    card: CardEdit,
    random: &mut dyn Random,
) -> Result<(StaffId, String), ServiceError> {
    super::add_with_sign_in(tx, scope, as_whom, card, 30, NOW, random)
}

#[test]
fn last_sign_in_is_stored_when_complete() {
    let (mut world, adam, scope) = world();
    let half = world
        .staff(|tx, _, random| sign_in::begin_session(tx, &adam, Stage::Password, NOW, random))
        .unwrap();
    let last = |world: &mut World| {
        let found = world.staff(|tx, _, _| find(tx, &scope, &adam)).unwrap();
        found.sign_in.unwrap().last_at
    };
    assert_eq!(last(&mut world), None, "the code is still to come");
    world.staff(|tx, _, random| sign_in::complete(tx, &half, NOW + 5, random)).unwrap();
    assert_eq!(last(&mut world), Some(NOW + 5));
}

#[test]
fn handle_that_looks_the_same_is_taken() {
    let mut world = World::new();
    let mut add = |handle: &str| {
        let card = card_edit(json!({"display_name": "Zoe"}));
        world.staff(|tx, scope, random| add(tx, scope, &"barnet".into(), handle, card, random))
    };
    add("Zo\u{eb}.Ang").unwrap();
    for other in ["zoe\u{308}.ang", "ZO\u{cb}.ang\u{a0}"] {
        assert!(matches!(add(other), Err(ServiceError::AlreadyExists(_))), "{other:?}");
    }
    assert!(add("zoe.ang").is_ok(), "an accent is another letter");
}
