//! Two administrators, and what one of them alone cannot do.

mod emergencies;
mod leavers;
mod notices;
mod office;
mod restored;

use promise_database::{Actor, SignIn, Stage};
use serde_json::json;

use self::office::{Office, REASON, code, colleague, refusal, scope, set_up};
use super::*;
use crate::{
    calendar::DAY_MILLIS,
    dual_control::{CONFIRM_WITHIN_MILLIS, COOLING_OFF_MILLIS},
    fixture::{NOW, card_edit},
    staff,
};

const MINUTE: i64 = 60_000;

#[test]
fn one_administrator_alone_becomes_no_one_else() {
    let mut office = Office::new();
    let (adam, pat, jo) = (office.adam.clone(), office.pat.clone(), office.world.jo.clone());
    let me = adam.actor().staff().unwrap().clone();
    let before: Vec<SignIn> = office.world.run(|tx| tx.sign_ins());
    let needs_second = |done: Result<(), ServiceError>| {
        assert!(matches!(done, Err(ServiceError::NeedsSecondPerson)), "{done:?}");
    };
    // A reset link to oneself makes one adviser or publisher.
    for (staff, name, role) in [
        (&pat, "pat", StaffRole::Publisher),
        (&pat, "pat", StaffRole::Editor),
        (&jo, "jo", StaffRole::Adviser),
    ] {
        let link = office.world.staff(|tx, _, random| {
            sign_in::invite(tx, &adam, staff, (name, role), 30, NOW, random)
        });
        needs_second(link.map(drop));
    }
    for role in StaffRole::ALL.into_iter().filter(|role| dual_control::is_privileged(*role)) {
        for staff in [&me, &jo] {
            let changed =
                office.world.staff(|tx, _, random| change_role_of(tx, &adam, staff, role, random));
            if office.sign_in(staff).role != role {
                needs_second(changed);
            }
        }
        let card = card_edit(json!({"display_name": "Me again"}));
        let added = office.world.staff(|tx, _, random| {
            staff::add_with_sign_in(tx, &adam, ("me again", role), card, 30, NOW, random)
        });
        needs_second(added.map(drop));
    }
    office.world.staff(|tx, _, _| staff::deactivate(tx, &adam, &pat, NOW)).unwrap();
    let on = office.world.staff(|tx, _, random| staff::reactivate(tx, &adam, &pat, NOW, random));
    needs_second(on.map(drop));
    office
        .world
        .staff(|tx, scope, random| staff::reactivate(tx, scope, &pat, NOW, random))
        .unwrap();
    let after: Vec<SignIn> = office.world.run(|tx| tx.sign_ins());
    let of_others = |all: &[SignIn]| -> Vec<SignIn> {
        all.iter().filter(|it| it.staff != pat).cloned().collect()
    };
    assert_eq!(of_others(&after), of_others(&before));
}

fn change_role_of(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    role: StaffRole,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    staff::change_role(tx, scope, staff, role, NOW, random)
}

#[test]
fn second_administrator_confirms_and_gets_the_link() {
    let mut office = Office::new();
    let (eve, pat) = (office.eve.clone(), office.pat.clone());
    let before = office.sign_in(&pat);
    let session = office
        .world
        .staff(|tx, _, random| sign_in::begin_session(tx, &pat, Stage::Full, NOW, random))
        .unwrap();
    let found = |office: &mut Office| {
        office.world.staff(|tx, _, _| sign_in::find_session(tx, &session, NOW)).unwrap().is_some()
    };
    let id = office.ask_for_reset();
    assert_eq!(office.sign_in(&pat), before, "nothing changes before");
    assert!(found(&mut office));
    let waiting = office.act(&id);
    assert_eq!((waiting.state, waiting.reason.as_str()), (PrivilegedActState::Waiting, REASON));

    let done = office.confirm(&eve, &id, NOW + MINUTE).unwrap();
    assert_eq!(done.subject, pat);
    assert!(!found(&mut office), "their sessions end");
    let link = done.link.unwrap();
    let invitee =
        office.world.staff(|tx, _, _| sign_in::find_invitee(tx, &link, NOW + MINUTE)).unwrap();
    assert_eq!(invitee.unwrap().staff, pat);
    let act = office.act(&id);
    assert_eq!(act.done_at(), Some(NOW + MINUTE));
    assert_eq!(act.decision.unwrap().by, eve.actor());
    assert_eq!(
        refusal(office.confirm(&eve, &id, NOW + 2 * MINUTE)),
        DualControlRefusal::NotWaiting
    );
    let log = office.log();
    let own = [
        format!("asked_for_power {pat} reset publisher"),
        format!("confirmed_power {pat} reset publisher"),
        format!("gave_sign_in {pat} publisher"),
    ];
    assert!(log.ends_with(&own), "{log:#?}");
}

#[test]
fn confirmation_takes_the_second_factor_again() {
    let mut office = Office::new();
    let (eve, pat) = (office.eve.clone(), office.pat.clone());
    let id = office.ask_for_reset();
    for wrong in ["", "000000", "not a code", "12345678901234567890123456789012345678901234567890"]
    {
        let done = office
            .world
            .staff(|tx, _, random| confirm(tx, &eve, &id, wrong, 30, NOW, random))
            .unwrap();
        assert_eq!(done.unwrap_err(), CodeRefusal::NoMatch, "{wrong}");
    }
    assert_eq!(office.act(&id).state, PrivilegedActState::Waiting);
    assert_eq!(office.log().iter().filter(|it| it.starts_with("sign_in_failed")).count(), 4);
    assert_eq!(office.sign_in(&pat).role, StaffRole::Publisher);
    office.confirm(&eve, &id, NOW).unwrap();
    // The same code does not confirm another one.
    let jo = office.world.jo.clone();
    let adam = office.adam.clone();
    let id = office.ask(&adam, &jo, Wanted::Role(StaffRole::Manager)).unwrap();
    let again = office
        .world
        .staff(|tx, _, random| confirm(tx, &eve, &id, &code(NOW), 30, NOW, random))
        .unwrap();
    assert_eq!(again.unwrap_err(), CodeRefusal::AlreadyUsed);
}

#[test]
fn only_another_administrator_of_the_council_confirms() {
    let mut office = Office::new();
    let (adam, eve, pat) = (office.adam.clone(), office.eve.clone(), office.pat.clone());
    let id = office.ask_for_reset();
    assert_eq!(refusal(office.confirm(&adam, &id, NOW)), DualControlRefusal::OwnRequest);
    let pats = scope(&pat, StaffRole::Publisher);
    assert!(matches!(office.confirm(&pats, &id, NOW), Err(ServiceError::NotAllowed)));
    let pretended = scope(&pat, StaffRole::Administrator);
    assert!(matches!(office.confirm(&pretended, &id, NOW), Err(ServiceError::NotAllowed)));
    let far = StaffScope::of_council("camden".into());
    let found = office.world.staff(|tx, _, _| find_request(tx, &far, &id));
    assert!(matches!(found, Err(ServiceError::NotFound(Entity::Request))));
    let unknown = office.confirm(&eve, &"made-up".into(), NOW);
    assert!(matches!(unknown, Err(ServiceError::NotFound(Entity::Request))));
    // Never the one whom it is about.
    let eves = eve.actor().staff().unwrap().clone();
    let own = office.ask(&adam, &eves, Wanted::Link("eve", StaffRole::Administrator)).unwrap();
    assert_eq!(refusal(office.confirm(&eve, &own, NOW)), DualControlRefusal::AboutSelf);
    let sue = office.sue.clone();
    let act = office.act(&own);
    let names = office.world.staff(|tx, _, _| list_confirmers(tx, &adam, &act, NOW)).unwrap();
    assert_eq!(names, [sue.actor().staff().unwrap().clone()]);
    office.confirm(&sue, &own, NOW).unwrap();
}

#[test]
fn confirmer_whom_the_asker_made_within_seven_days_is_refused() {
    let mut office = Office::new();
    let (adam, eve) = (office.adam.clone(), office.eve.clone());
    let card = card_edit(json!({"display_name": "Ann"}));
    let (ann, made) = office
        .world
        .staff(|tx, _, random| {
            let sign_in = ("ann", StaffRole::Administrator);
            staff::add_and_ask(tx, &adam, sign_in, card, REASON, NOW, random)
        })
        .unwrap();
    office.confirm(&eve, &made, NOW).unwrap();
    office.world.staff(|tx, _, _| set_up(tx, &ann)).unwrap();
    let ann = scope(&ann, StaffRole::Administrator);
    let pat = office.pat.clone();
    let wanted = Wanted::Link("pat", StaffRole::Publisher);
    for asker in [&adam, &eve] {
        let id = office.ask(asker, &pat, wanted).unwrap();
        assert_eq!(refusal(office.confirm(&ann, &id, NOW)), DualControlRefusal::SameHands);
        office.world.staff(|tx, _, _| withdraw(tx, asker, &id, NOW)).unwrap();
        let id = office.ask(&ann, &pat, wanted).unwrap();
        assert_eq!(refusal(office.confirm(asker, &id, NOW)), DualControlRefusal::SameHands);
        office.world.staff(|tx, _, _| withdraw(tx, &ann, &id, NOW)).unwrap();
    }
    let later = NOW + COOLING_OFF_MILLIS;
    let id = office.ask_at(&adam, &pat, wanted, later).unwrap();
    office.confirm(&ann, &id, later).unwrap();
}

#[test]
fn request_waits_for_three_days() {
    let mut office = Office::new();
    let eve = office.eve.clone();
    let id = office.ask_for_reset();
    let end = NOW + CONFIRM_WITHIN_MILLIS;
    assert_eq!(refusal(office.confirm(&eve, &id, end)), DualControlRefusal::NotWaiting);
    let (adam, pat) = (office.adam.clone(), office.pat.clone());
    let wanted = Wanted::Link("pat", StaffRole::Publisher);
    let twice = office.ask_at(&adam, &pat, wanted, end - 1);
    assert_eq!(refusal(twice), DualControlRefusal::AlreadyWaiting);
    office.confirm(&eve, &id, end - 1).unwrap();
    // An expired request is not in the way of a new one.
    let id = office.ask(&adam, &pat, wanted).unwrap();
    office.ask_at(&adam, &pat, wanted, end).unwrap();
    assert_eq!(office.act(&id).state, PrivilegedActState::Waiting, "and it stays in the list");
}

#[test]
fn withdrawn_and_refused_requests_change_nothing_and_stay() {
    let mut office = Office::new();
    let (adam, eve) = (office.adam.clone(), office.eve.clone());
    let pat = office.pat.clone();
    let before = office.sign_in(&pat);
    let id = office.ask_for_reset();
    let others = office.world.staff(|tx, _, _| withdraw(tx, &eve, &id, NOW));
    assert!(matches!(others, Err(ServiceError::NotAllowed)));
    let own = office.world.staff(|tx, _, _| refuse(tx, &adam, &id, NOW));
    assert_eq!(refusal(own), DualControlRefusal::OwnRequest);
    office.world.staff(|tx, _, _| withdraw(tx, &adam, &id, NOW)).unwrap();
    let refused = office.ask_for_reset();
    office.world.staff(|tx, _, _| refuse(tx, &eve, &refused, NOW)).unwrap();
    for (id, state) in
        [(&id, PrivilegedActState::Withdrawn), (&refused, PrivilegedActState::Refused)]
    {
        assert_eq!(office.act(id).state, state);
        assert_eq!(refusal(office.confirm(&eve, id, NOW)), DualControlRefusal::NotWaiting);
        let again = office.world.staff(|tx, _, _| refuse(tx, &eve, id, NOW));
        assert_eq!(refusal(again), DualControlRefusal::NotWaiting);
    }
    assert_eq!(office.sign_in(&pat), before);
    let log = office.log();
    let has = |action: &str| log.iter().any(|it| it.starts_with(action));
    assert!(has("withdrew_power") && has("refused_power"), "{log:#?}");
}

#[test]
fn bad_reason_is_refused() {
    let mut office = Office::new();
    let (adam, pat) = (office.adam.clone(), office.pat.clone());
    let wanted = Wanted::Link("pat", StaffRole::Publisher);
    let long = "x".repeat(dual_control::MAX_REASON_CHARS + 1);
    for reason in ["", "   \n", "ok", " \u{a0}-- ", long.as_str()] {
        let asked =
            office.world.staff(|tx, _, random| ask(tx, &adam, &pat, wanted, reason, NOW, random));
        assert_eq!(refusal(asked), DualControlRefusal::NoReason, "{reason:?}");
        let done = office.world.staff(|tx, _, random| {
            staff::reset_in_emergency(tx, &adam, &pat, reason, 30, NOW, random)
        });
        assert_eq!(refusal(done), DualControlRefusal::NoReason, "{reason:?}");
    }
    let taken = office.ask(&adam, &pat, Wanted::Link(" EVE", StaffRole::Publisher));
    assert!(matches!(taken, Err(ServiceError::AlreadyExists(_))));
}

#[test]
fn operator_confirms_and_needs_no_second_person() {
    let mut office = Office::new();
    let pat = office.pat.clone();
    let id = office.ask_for_reset();
    let done = office
        .world
        .staff(|tx, scope, random| confirm_as_operator(tx, scope, &id, 30, NOW + MINUTE, random));
    assert!(done.unwrap().link.is_some());
    let act = office.act(&id);
    assert_eq!(act.decision.as_ref().map(|it| it.by.clone()), Some(Actor::Operator));
    let adam = office.adam.clone();
    let as_staff =
        office.world.staff(|tx, _, random| confirm_as_operator(tx, &adam, &id, 30, NOW, random));
    assert!(matches!(as_staff, Err(ServiceError::NotAllowed)));
    // What the operator does alone is among the acts too.
    office
        .world
        .staff(|tx, scope, random| {
            sign_in::invite(tx, scope, &pat, ("pat", StaffRole::Manager), 30, NOW + 1, random)
        })
        .unwrap();
    let acts = office.world.staff(|tx, _, _| dual_control::list(tx, &adam)).unwrap();
    let newest = &acts[0];
    assert_eq!((newest.kind, newest.asked_by.clone()), (PrivilegedActKind::Reset, Actor::Operator));
    assert_eq!((newest.role, newest.role_before), (StaffRole::Manager, Some(StaffRole::Publisher)));
}

#[test]
fn grant_and_reactivation_are_done_when_confirmed() {
    let mut office = Office::new();
    let (adam, eve, pat) = (office.adam.clone(), office.eve.clone(), office.pat.clone());
    let jo = office.world.jo.clone();
    let id = office.ask(&adam, &jo, Wanted::Role(StaffRole::Manager)).unwrap();
    assert_eq!(office.sign_in(&jo).role, StaffRole::Adviser);
    assert!(office.confirm(&eve, &id, NOW).unwrap().link.is_none(), "they have their own sign-in");
    assert_eq!(office.sign_in(&jo).role, StaffRole::Manager);

    let on = office.ask(&adam, &pat, Wanted::Reactivation);
    assert!(matches!(on, Err(ServiceError::NotFound(Entity::DeactivatedStaff))));
    office.world.staff(|tx, _, _| staff::deactivate(tx, &adam, &pat, NOW)).unwrap();
    let link = office.ask(&adam, &pat, Wanted::Link("pat", StaffRole::Publisher));
    assert!(matches!(link, Err(ServiceError::StaffDeactivated)));
    let id = office.ask(&adam, &pat, Wanted::Reactivation).unwrap();
    assert!(office.world.run(|tx| tx.staff(&pat)).unwrap().is_deactivated());
    let done = office.confirm(&eve, &id, NOW + MINUTE).unwrap();
    assert!(!office.world.run(|tx| tx.staff(&pat)).unwrap().is_deactivated());
    let link = done.link.unwrap();
    let invitee = office.world.staff(|tx, _, _| sign_in::find_invitee(tx, &link, NOW)).unwrap();
    assert_eq!(invitee.unwrap().staff, pat);
}

#[test]
fn last_administrator_cannot_be_demoted_by_two() {
    let mut office = Office::new();
    let (adam, eve, sue) = (office.adam.clone(), office.eve.clone(), office.sue.clone());
    let [adams, eves, sues] = [&adam, &eve, &sue].map(|it| it.actor().staff().unwrap().clone());
    let id = office.ask(&adam, &adams, Wanted::Role(StaffRole::Manager)).unwrap();
    office.world.staff(|tx, _, _| staff::deactivate(tx, &adam, &sues, NOW)).unwrap();
    // Eve has no authenticator any more: Adam is the only one who can sign in.
    let mut eves_sign_in = office.sign_in(&eves);
    eves_sign_in.totp = None;
    office.world.run(|tx| tx.set_sign_in(&eves_sign_in));
    let act = office.act(&id);
    let names = office.world.staff(|tx, _, _| list_confirmers(tx, &adam, &act, NOW)).unwrap();
    assert_eq!(names, Vec::<StaffId>::new());
    let done = office
        .world
        .staff(|tx, scope, random| confirm_as_operator(tx, scope, &id, 30, NOW, random));
    assert!(done.is_ok(), "the operator can make another one");
}
