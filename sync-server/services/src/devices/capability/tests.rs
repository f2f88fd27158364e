//! Tests of what a limited phone may not do, and of who lifts its limit.

use promise_protocol::{
    Change, EraseRequest, KeyStep, PROTOCOL, RevocationReason, RevokeRequest, ids::StaffId,
    phone_record::PHONE, schema::KEY_REFUSAL,
};
use serde_json::json;

use super::*;
use crate::{
    StaffRole, assignments, calendar,
    cells::records,
    devices::{self, pairing},
    fixture::{NOW, TestPhone, World, fields, owner, step},
    people::erasure,
    sign_in, staff,
};

/// A time after which staff may confirm.
const LATER: i64 = NOW + WAIT_MILLIS;

/// Ada has a full phone, and one that came by a code of Jo, her adviser.
struct Desk {
    world: World,
    first: TestPhone,
    added: TestPhone,
}

impl Desk {
    fn new() -> Self {
        let mut world = World::new();
        let ada = world.ada.clone();
        let mut first = world.phone(&ada);
        first.sync_all(&mut world, vec![]);
        let added = pair_by_jo(&mut world);
        Self { world, first, added }
    }

    fn added(&self) -> String {
        self.added.scope.device().to_string()
    }

    fn device(&mut self) -> Device {
        let author = self.added.scope.device().clone();
        self.world.run(|tx| tx.device(&author)).unwrap()
    }

    fn state(&mut self) -> String {
        let (ada, id) = (self.world.ada.clone(), self.added());
        let records = self.world.staff(|tx, _, _| records::list(tx, &ada, PHONE)).unwrap();
        records.iter().find(|record| record.id == id).unwrap().text("state").to_owned()
    }

    /// Adds a manager, and returns the scope of their account.
    fn manager(&mut self, name: &str) -> StaffScope {
        let id = self.staff(name);
        let invited = self.world.staff(|tx, scope, random| {
            sign_in::invite(tx, scope, &id, (name, StaffRole::Manager), 30, NOW, random)
        });
        invited.unwrap();
        StaffScope::of_member("barnet".into(), id, StaffRole::Manager, calendar::today(NOW))
    }

    fn staff(&mut self, name: &str) -> StaffId {
        let card = crate::fixture::card_edit(json!({"display_name": name}));
        self.world
            .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), name, card, random))
            .unwrap()
    }

    /// How many confirmations are in the log.
    fn log_entries(&mut self) -> usize {
        let filter = promise_database::AuditFilter::default();
        let entries = self.world.run(|tx| tx.entries_after(&"barnet".into(), &filter, 0, 100));
        let confirmed = AuditAction::ConfirmedPhone.as_str();
        entries.iter().filter(|entry| entry.action == confirmed).count()
    }

    fn confirm(&mut self, by: &StaffScope, now: i64) -> Result<(), ServiceError> {
        let author = self.added.scope.device().clone();
        self.world.staff(|tx, _, _| confirm(tx, by, &author, now))
    }
}

fn pair_by_jo(world: &mut World) -> TestPhone {
    let (ada, jo) = (world.ada.clone(), world.jo_as(StaffRole::Adviser));
    let code = world.staff(|tx, _, random| pairing::invite(tx, &jo, &ada, 30, NOW, random));
    let paired = world.claim(&code.unwrap().to_string(), None).unwrap();
    TestPhone::new(&ada, &paired)
}

fn unused() -> RevokeRequest {
    RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::NoLongerUsed }
}

fn is_limited<T>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::LimitedPhone))
}

#[test]
fn phone_by_a_code_of_staff_beside_another_one_is_limited() {
    let mut desk = Desk::new();
    assert!(desk.device().limited);
    assert_eq!(desk.state(), "limited");
}

#[test]
fn first_phone_is_full_and_so_is_one_after_all_others_were_revoked() {
    let mut world = World::new();
    let first = pair_by_jo(&mut world);
    let limited = |world: &mut World, phone: &TestPhone| {
        let author = phone.scope.device().clone();
        world.run(|tx| tx.device(&author)).unwrap().limited
    };
    assert!(!limited(&mut world, &first));
    // Its pairing may have been lost on the way: it never synced.
    let mut again = pair_by_jo(&mut world);
    assert!(!limited(&mut world, &again));
    again.sync_all(&mut world, vec![]);
    let beside = pair_by_jo(&mut world);
    assert!(limited(&mut world, &beside));
    for phone in [&first, &again] {
        let name = phone.scope.device().to_string();
        world
            .staff(|tx, _, _| devices::revoke_own(tx, &phone.scope, &name, &unused(), NOW))
            .unwrap();
    }
    let alone = pair_by_jo(&mut world);
    assert!(!limited(&mut world, &alone));
}

#[test]
fn phone_by_a_code_of_another_phone_is_full() {
    let Desk { mut world, first, .. } = Desk::new();
    let code = world.staff(|tx, _, random| pairing::invite_own(tx, &first.scope, NOW, random));
    let paired = world.claim(&code.unwrap().code, None).unwrap();
    let device = world.run(|tx| tx.device(&paired.author.parse().unwrap())).unwrap();
    assert!(!device.limited);
}

#[test]
fn limited_phone_neither_erases_nor_revokes_nor_invites_nor_decides() {
    let Desk { mut world, first, added } = Desk::new();
    let scope = added.scope.clone();
    let name = added.scope.device().to_string();
    let request = EraseRequest { protocol: PROTOCOL, person: world.ada.to_string() };
    assert!(is_limited(&world.staff(|tx, _, _| erasure::erase_own(tx, &scope, &request, NOW))));
    assert!(is_limited(&world.staff(|tx, _, rng| pairing::invite_own(tx, &scope, NOW, rng))));
    for phone in [first.scope.device().to_string(), name.clone()] {
        for act in [confirm_own, veto_own] {
            assert!(is_limited(&world.staff(|tx, _, _| act(tx, &scope, &phone, NOW))));
        }
    }
    let others = first.scope.device().to_string();
    assert!(is_limited(&world.staff(|tx, _, _| devices::revoke_own(
        tx,
        &scope,
        &others,
        &unused(),
        NOW
    ))));
    // It may take itself off.
    let left =
        world.staff(|tx, _, _| devices::revoke_own(tx, &scope, &name, &unused(), NOW)).unwrap();
    assert_eq!(left.phones.iter().filter(|phone| phone.revoked_at.is_some()).count(), 1);
}

/// Its owner has the words, and a changed program.
#[test]
fn limited_phone_changes_no_key_and_clears_nothing_until_it_is_confirmed() {
    let Desk { mut world, mut first, mut added } = Desk::new();
    let ada = world.ada.clone();
    first.make_key(&mut world, 1);
    let note = first.change(NOW, "saved", "o1", json!({"note": "s1.one"}));
    assert!(first.sync_all(&mut world, vec![note.clone()]).verdicts.is_empty());
    added.key = Some(1);
    let clear = Change { fields: fields(json!({"note": null})), ..note };
    let refused = added.sync_all(&mut world, vec![clear.clone()]).verdicts;
    assert_eq!((refused.len(), refused[0].reason.as_str()), (1, "limited_phone"));
    assert_eq!(added.propose(&mut world, vec![step(1, 2, &ada)]).key_accepted, []);
    // It works otherwise.
    let ask = added.change(NOW, "ask", "a1", json!({"text": "Hello"}));
    assert!(added.sync_all(&mut world, vec![ask]).verdicts.is_empty());
    let name = added.scope.device().to_string();
    world.staff(|tx, _, _| confirm_own(tx, &first.scope, &name, NOW)).unwrap();
    assert!(added.sync_all(&mut world, vec![clear]).verdicts.is_empty());
    assert_eq!(added.propose(&mut world, vec![step(1, 2, &ada)]).key_accepted.len(), 1);
}

/// A phone that was paired again can have a step that waits, and does not know yet that it is limited.
#[test]
fn limited_phone_that_knows_its_limit_is_reported_for_a_step() {
    let Desk { mut world, mut first, mut added } = Desk::new();
    let ada = world.ada.clone();
    first.make_key(&mut world, 1);
    let mut reports = |world: &mut World| {
        let changes = first.sync_all(world, vec![]).changes;
        changes.iter().filter(|change| change.collection == KEY_REFUSAL.0).count()
    };
    for count in [0, 1] {
        let proposed = added.propose(&mut world, vec![step(1, 2, &ada)]);
        assert_eq!(proposed.key_accepted, []);
        assert_eq!(reports(&mut world), count);
    }
}

#[test]
fn full_phone_says_yes() {
    let mut desk = Desk::new();
    let name = desk.added();
    for _ in 0..2 {
        let Desk { world, first, .. } = &mut desk;
        let list = world.staff(|tx, _, _| confirm_own(tx, &first.scope, &name, NOW)).unwrap();
        assert!(list.phones.iter().all(|phone| !phone.limited));
    }
    assert_eq!(desk.state(), "full");
    let scope = desk.added.scope.clone();
    desk.world.staff(|tx, _, rng| pairing::invite_own(tx, &scope, NOW, rng)).unwrap();
}

#[test]
fn full_phone_says_no_also_after_staff_said_yes() {
    for staff_first in [false, true] {
        let mut desk = Desk::new();
        if staff_first {
            let kim = desk.manager("kim");
            desk.confirm(&kim, LATER).unwrap();
        }
        let name = desk.added();
        let Desk { world, first, .. } = &mut desk;
        world.staff(|tx, _, _| veto_own(tx, &first.scope, &name, NOW)).unwrap();
        assert_eq!(desk.state(), "revoked");
        let Desk { world, first, .. } = &mut desk;
        let again = world.staff(|tx, _, _| confirm_own(tx, &first.scope, &name, NOW));
        assert!(matches!(again, Err(ServiceError::NotFound(Entity::Phone))), "it stays off");
        let kim = desk.manager("lee");
        let late = desk.confirm(&kim, LATER);
        assert!(matches!(late, Err(ServiceError::NotFound(Entity::Phone))));
    }
}

#[test]
fn phone_decides_on_phones_of_its_own_person_only() {
    let Desk { mut world, added, .. } = Desk::new();
    let bea = world.bea.clone();
    let beas = world.phone(&bea);
    for phone in [added.scope.device().as_str(), "p0000abcd", "", "S 1"] {
        for act in [confirm_own, veto_own] {
            let done = world.staff(|tx, _, _| act(tx, &beas.scope, phone, NOW));
            assert!(matches!(done, Err(ServiceError::NotFound(Entity::Phone))), "{phone}");
        }
    }
}

#[test]
fn second_member_of_staff_confirms_after_72_hours() {
    let mut desk = Desk::new();
    let kim = desk.manager("kim");
    let early = desk.confirm(&kim, LATER - 1);
    let too_early = ConfirmationRefusal::TooEarly;
    assert!(matches!(early, Err(ServiceError::Confirmation(it)) if it == too_early));
    assert_eq!(desk.state(), "limited");
    desk.confirm(&kim, LATER).unwrap();
    assert_eq!(desk.state(), "full");
    let entries = desk.log_entries();
    let lee = desk.manager("lee");
    desk.confirm(&lee, LATER).unwrap();
    assert_eq!(desk.log_entries(), entries, "a colleague was faster");
}

#[test]
fn who_made_the_code_never_confirms() {
    let mut desk = Desk::new();
    let today = calendar::today(NOW);
    let jo =
        StaffScope::of_member("barnet".into(), desk.world.jo.clone(), StaffRole::Adviser, today);
    let own = desk.confirm(&jo, LATER + WAIT_MILLIS);
    let own_code = ConfirmationRefusal::OwnCode;
    assert!(matches!(own, Err(ServiceError::Confirmation(it)) if it == own_code));
    assert_eq!(desk.state(), "limited");
}

/// Waiting does not separate the account that made the code from who made that account.
#[test]
fn administrator_who_made_both_accounts_does_not_confirm() {
    let mut desk = Desk::new();
    let (boss, kim) = (desk.staff("boss"), desk.staff("kim"));
    let (ada, jo) = (desk.world.ada.clone(), desk.world.jo.clone());
    let (adviser, later) = (StaffRole::Adviser, NOW + 8 * DAY_MILLIS);
    let invited = desk.world.staff(|tx, scope, random| {
        let role = StaffRole::Administrator;
        sign_in::invite(tx, scope, &boss, ("boss", role), 30, NOW, random)?;
        let admin = StaffScope::of_member("barnet".into(), boss, role, calendar::today(NOW));
        sign_in::invite(tx, &admin, &jo, ("jo", adviser), 30, NOW, random)?;
        assignments::assign(tx, scope, &ada, &kim, NOW, random)?;
        sign_in::invite(tx, &admin, &kim, ("kim", adviser), 30, later, random)
    });
    invited.unwrap();
    let kim = StaffScope::of_member("barnet".into(), kim, adviser, calendar::today(later));
    let same_hands = desk.confirm(&kim, later);
    let own_code = ConfirmationRefusal::OwnCode;
    assert!(matches!(same_hands, Err(ServiceError::Confirmation(it)) if it == own_code));
    assert_eq!(desk.state(), "limited");
}

#[test]
fn staff_out_of_reach_or_without_the_permission_do_not_confirm() {
    let mut desk = Desk::new();
    for role in [StaffRole::Adviser, StaffRole::Auditor, StaffRole::Administrator] {
        let name = role.as_str();
        let id = desk.staff(name);
        let invited = desk.world.staff(|tx, scope, random| {
            sign_in::invite(tx, scope, &id, (name, role), 30, NOW, random)
        });
        invited.unwrap();
        let scope = StaffScope::of_member("barnet".into(), id, role, calendar::today(NOW));
        let refused = desk.confirm(&scope, LATER);
        let is_refused =
            matches!(refused, Err(ServiceError::NotFound(_) | ServiceError::NotAllowed));
        assert!(is_refused, "{name}");
    }
    assert_eq!(desk.state(), "limited");
}

#[test]
fn operator_does_not_confirm_what_came_by_a_code_of_the_operator() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut first = world.phone(&ada);
    first.sync_all(&mut world, vec![]);
    let added = world.phone(&ada);
    let author = added.scope.device().clone();
    let own = world.staff(|tx, scope, _| confirm(tx, scope, &author, LATER));
    assert!(matches!(own, Err(ServiceError::Confirmation(_))));
    let mut desk = Desk { world, first, added };
    let kim = desk.manager("kim");
    desk.confirm(&kim, LATER).unwrap();
}

#[test]
fn confirmation_and_veto_are_in_the_log_and_the_access_log() {
    let mut desk = Desk::new();
    let kim = desk.manager("kim");
    desk.confirm(&kim, LATER).unwrap();
    let name = desk.added();
    let Desk { mut world, first, .. } = desk;
    world.staff(|tx, _, _| veto_own(tx, &first.scope, &name, LATER)).unwrap();
    let filter = promise_database::AuditFilter::default();
    let entries = world.run(|tx| tx.entries_after(&"barnet".into(), &filter, 0, 100));
    let of = |action: AuditAction| {
        let entry = entries.iter().find(|entry| entry.action == action.as_str()).unwrap();
        (entry.actor.clone(), entry.detail.clone())
    };
    assert_eq!(of(AuditAction::ConfirmedPhone), (kim.actor(), name.clone()));
    let by = format!("{name} by {}", first.scope.device());
    assert_eq!(of(AuditAction::VetoedPhone), (Actor::OwnPhone, by));
    let ada = world.ada.clone();
    let logged = world.staff(|tx, _, _| records::list(tx, &ada, "access")).unwrap();
    let did: Vec<String> =
        logged.iter().filter_map(|it| it.fields.get("did")).map(ToString::to_string).collect();
    for act in ["paired", "confirmed_phone", "vetoed_phone"] {
        assert!(did.iter().any(|did| did.contains(act)), "{act} is not in {did:?}");
    }
}

#[test]
fn restored_server_learns_that_a_phone_was_confirmed() {
    let mut desk = Desk::new();
    let name = desk.added();
    let backup = desk.world.store.snapshot().unwrap();
    let Desk { world, first, added } = &mut desk;
    world.staff(|tx, _, _| confirm_own(tx, &first.scope, &name, NOW)).unwrap();
    let mut held = added.sync_all(world, vec![]).changes;
    held.retain(|change| change.id == name);
    let signer = crate::fixture::signer();
    world.store =
        promise_database_sqlite::SqliteConnection::from_snapshot(&backup, signer).unwrap();
    world.staff(|tx, _, random| crate::generation::begin(tx, random)).unwrap();
    assert!(desk.device().limited, "the backup is older");
    // The phone sends its own record again, and what only a full phone may write with it.
    let Desk { world, added, .. } = &mut desk;
    added.generation = world.run(|tx| tx.generation()).unwrap().id;
    let key = KeyStep::first(&owner(1), "barnet", world.ada.as_str());
    added.request += 1;
    let response = added.send_with(world, held, vec![key]);
    assert_eq!(response.key_accepted.len(), 1);
    assert!(!desk.device().limited);
}

/// Its holder may try to keep what is on it in that way.
#[test]
fn limited_phone_that_released_itself_is_wiped_when_it_is_refused() {
    let mut desk = Desk::new();
    let (name, scope) = (desk.added(), desk.added.scope.clone());
    let Desk { world, first, .. } = &mut desk;
    world.staff(|tx, _, _| devices::revoke_own(tx, &scope, &name, &unused(), NOW)).unwrap();
    world.staff(|tx, _, _| veto_own(tx, &first.scope, &name, NOW)).unwrap();
    assert_eq!(desk.state(), "revoked");
}
