use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use promise_protocol::ids::{PersonId, StaffId};
use serde_json::{Value, json};

use super::*;
use crate::{
    Record, StaffRole,
    assignments::{self, hand_over},
    calendar,
    cells::records,
    fixture::{NOW, World, card_edit},
    sign_in,
};
use crate::{assignments::CONTACT, cards, staff};
use promise_database::{AuditFilter, Stage};

const DAY: i64 = 24 * 3600 * 1000;

fn on(days: i64) -> NaiveDate {
    calendar::today(NOW) + TimeDelta::days(days)
}

fn admin() -> StaffScope {
    StaffScope::of_member("barnet".into(), "adam".into(), StaffRole::Administrator, on(0))
}

fn add(world: &mut World, handle: &str) -> StaffId {
    let card = card_edit(json!({"display_name": handle}));
    world
        .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), handle, card, random))
        .unwrap()
}

fn give(world: &mut World, staff: &StaffId, name: &str, role: StaffRole) -> String {
    world
        .staff(|tx, scope, random| sign_in::invite(tx, scope, staff, (name, role), 30, NOW, random))
        .unwrap()
}

fn contacts(world: &mut World, person: &PersonId) -> Vec<Record> {
    let all = world.staff(|tx, _, _| records::list(tx, person, CONTACT)).unwrap();
    all.into_iter().filter(|contact| !contact.is_deleted()).collect()
}

fn off(world: &mut World, staff: &StaffId) -> Result<usize, ServiceError> {
    world.staff(|tx, scope, _| deactivate(tx, scope, staff, NOW))
}

#[test]
fn deactivation_ends_every_way_to_sign_in() {
    let mut world = World::new();
    let jo = world.jo.clone();
    let link = give(&mut world, &jo, "jo", StaffRole::Adviser);
    let hashed = sign_in::hash_password("seven green kettles sing").unwrap();
    world.staff(|tx, _, _| sign_in::set_password(tx, &link, hashed, NOW)).unwrap();
    let session = world
        .staff(|tx, _, random| sign_in::begin_session(tx, &jo, Stage::Full, NOW, random))
        .unwrap();
    let codes = world.staff(|tx, _, random| sign_in::new_recovery_codes(tx, &jo, random)).unwrap();
    let link = give(&mut world, &jo, "jo", StaffRole::Adviser);
    let again = world
        .staff(|tx, _, random| sign_in::begin_session(tx, &jo, Stage::Full, NOW, random))
        .unwrap();
    assert_eq!(off(&mut world, &jo).unwrap(), 1);

    for token in [session, again] {
        assert!(world.staff(|tx, _, _| sign_in::find_session(tx, &token, NOW)).unwrap().is_none());
    }
    assert!(world.staff(|tx, _, _| sign_in::find_invitee(tx, &link, NOW)).unwrap().is_none());
    let known = world.staff(|tx, _, _| sign_in::find_credentials(tx, "jo")).unwrap().unwrap();
    assert!(!sign_in::verify_password("seven green kettles sing", known.password.as_deref()));
    let used = world.staff(|tx, _, _| sign_in::verify_code(tx, &jo, &codes[0], NOW)).unwrap();
    assert!(used.is_err(), "nor with a recovery code");
    // Nor does a session work that began at the same moment.
    let late = world
        .staff(|tx, _, random| sign_in::begin_session(tx, &jo, Stage::Full, NOW, random))
        .unwrap();
    assert!(world.staff(|tx, _, _| sign_in::find_session(tx, &late, NOW)).unwrap().is_none());
    let given = world.staff(|tx, scope, random| {
        sign_in::invite(tx, scope, &jo, ("jo", StaffRole::Adviser), 30, NOW, random)
    });
    assert!(matches!(given, Err(ServiceError::StaffDeactivated)));
}

#[test]
fn failed_deactivation_changes_nothing() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    give(&mut world, &jo, "jo", StaffRole::Adviser);
    let session = world
        .staff(|tx, _, random| sign_in::begin_session(tx, &jo, Stage::Full, NOW, random))
        .unwrap();
    let before = contacts(&mut world, &ada);
    let failed = world.staff(|tx, scope, _| {
        deactivate(tx, scope, &jo, NOW)?;
        Err::<(), _>(ServiceError::NoRandomness)
    });
    assert!(failed.is_err());
    assert!(world.staff(|tx, _, _| sign_in::find_session(tx, &session, NOW)).unwrap().is_some());
    assert_eq!(contacts(&mut world, &ada), before);
    assert!(!world.run(|tx| tx.staff(&jo)).unwrap().is_deactivated());
}

#[test]
fn phones_keep_a_leavers_name_without_numbers_until_replaced() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    let full = json!({
        "phones": [{"number": "+447700900123", "kind": "mobile"}], "text_ok": true,
        "voicemail_note": "Every evening", "team": "North",
    });
    world
        .staff(|tx, scope, random| {
            cards::update(tx, scope, &jo, card_edit(full), NOW, random)?;
            let shown = tx.staff(&jo)?.unwrap().card;
            cards::confirm_details(tx, scope, &jo, &shown, NOW, random)
        })
        .unwrap();
    let before = contacts(&mut world, &ada);
    off(&mut world, &jo).unwrap();
    let held = contacts(&mut world, &ada);
    let contact = &held[0];
    assert_eq!((contact.text("display_name"), contact.text("team")), ("Jo", "North"));
    assert_eq!(contact.text("valid_to"), on(-1).to_string(), "it is over today");
    for field in assignments::REACHED_BY {
        assert!(contact.fields.get(field).is_none_or(Value::is_null), "{field}");
    }
    // Neither an edit of the card nor later changes bring a number back.
    let phones = json!({"phones": [{"number": "+447700900999", "kind": "mobile"}]});
    world
        .staff(|tx, scope, random| {
            cards::update(tx, scope, &jo, card_edit(phones), NOW, random)?;
            assignments::end_expired(tx, NOW + 9 * DAY)
        })
        .unwrap();
    assert_eq!(contacts(&mut world, &ada), held);

    let shown = world.staff(|tx, scope, random| reactivate(tx, scope, &jo, NOW, random)).unwrap();
    assert_eq!(shown, 1);
    let after = contacts(&mut world, &ada);
    assert_eq!(after[0].fields["phones"][0]["number"], "+447700900999");
    assert_eq!((after[0].text("valid_to"), &after[0].id), ("", &before[0].id));
    assert_eq!(after[0].fields["text_ok"], json!(true));
}

#[test]
fn leaver_cannot_cover_or_be_assigned() {
    let mut world = World::new();
    let (ada, bea, jo) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    let kim = add(&mut world, "kim");
    let leave = json!({"leave": [{"from": on(0), "to": on(5), "cover": kim}]});
    let save = |world: &mut World, card: Value| {
        world
            .staff(|tx, scope, random| cards::update(tx, scope, &jo, card_edit(card), NOW, random))
            .unwrap();
    };
    save(&mut world, leave);
    assert_eq!(contacts(&mut world, &ada).len(), 2);
    assert_eq!(off(&mut world, &kim).unwrap(), 0, "no one is assigned to them");
    let left = contacts(&mut world, &ada);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].fields["leave"][0].get("cover"), None, "no cover is named");
    save(&mut world, json!({"team": "North"}));
    assert_eq!(contacts(&mut world, &ada).len(), 1, "nor do they come back with the card");
    let assigned =
        world.staff(|tx, scope, random| assignments::assign(tx, scope, &bea, &kim, NOW, random));
    assert!(matches!(assigned, Err(ServiceError::StaffDeactivated)));
    let plan = hand_over::HandOver { from: jo.clone(), to: kim.clone(), first_day: on(3) };
    let people = [ada.clone()];
    let handed =
        world.staff(|tx, scope, random| hand_over::plan(tx, scope, &people, &plan, NOW, random));
    assert!(matches!(handed, Err(ServiceError::StaffDeactivated)));
    world.staff(|tx, scope, random| reactivate(tx, scope, &kim, NOW, random)).unwrap();
    let back = contacts(&mut world, &ada);
    assert_eq!(back.len(), 2, "switched on, they cover again");
}

#[test]
fn deactivating_self_or_twice_is_refused() {
    let mut world = World::new();
    let (adam, jo) = (add(&mut world, "adam"), world.jo.clone());
    give(&mut world, &adam, "adam", StaffRole::Administrator);
    let scope =
        StaffScope::of_member("barnet".into(), adam.clone(), StaffRole::Administrator, on(0));
    let own = world.staff(|tx, _, _| deactivate(tx, &scope, &adam, NOW));
    assert!(matches!(own, Err(ServiceError::CannotDeactivateSelf)));
    world.staff(|tx, _, _| deactivate(tx, &scope, &jo, NOW)).unwrap();
    let twice = world.staff(|tx, _, _| deactivate(tx, &scope, &jo, NOW));
    assert!(matches!(twice, Err(ServiceError::StaffDeactivated)));
    let log =
        world.run(|tx| tx.entries_before(&"barnet".into(), &AuditFilter::default(), Some(100), 10));
    let acts: BTreeMap<&str, usize> = log.iter().fold(BTreeMap::new(), |mut acts, entry| {
        *acts.entry(entry.action.as_str()).or_default() += 1;
        acts
    });
    assert_eq!(acts["switched_off"], 1, "what was refused is not noted");
}

#[test]
fn administrator_deactivated_meanwhile_is_refused() {
    let mut world = World::new();
    let (adam, eve) = (add(&mut world, "adam"), add(&mut world, "eve"));
    for (id, name) in [(&adam, "adam"), (&eve, "eve")] {
        give(&mut world, id, name, StaffRole::Administrator);
    }
    let scope = |id: &StaffId| {
        StaffScope::of_member("barnet".into(), id.clone(), StaffRole::Administrator, on(0))
    };
    // Both requests were authorised before either was done.
    let (adams, eves) = (scope(&adam), scope(&eve));
    world.staff(|tx, _, _| deactivate(tx, &adams, &eve, NOW)).unwrap();
    let late = world.staff(|tx, _, _| deactivate(tx, &eves, &adam, NOW));
    assert!(matches!(late, Err(ServiceError::NotAllowed)), "an administrator remains");
}

#[test]
fn only_administrators_deactivate_staff() {
    let mut world = World::new();
    let jo = world.jo.clone();
    for role in StaffRole::ALL {
        let scope = StaffScope::of_member("barnet".into(), "someone".into(), role, on(0));
        let refused = world.staff(|tx, _, random| {
            let off = deactivate(tx, &scope, &jo, NOW);
            Ok((off, reactivate(tx, &scope, &jo, NOW, random)))
        });
        let (off, on) = refused.unwrap();
        assert!(matches!(off, Err(ServiceError::NotAllowed)), "{role:?}");
        assert!(matches!(on, Err(ServiceError::NotAllowed)), "{role:?}");
    }
    let far = StaffScope::of_council("camden".into());
    let reached = world.staff(|tx, _, _| deactivate(tx, &far, &jo, NOW));
    assert!(matches!(reached, Err(ServiceError::NotFound(_))));
    assert!(world.staff(|tx, _, _| count_own_people(tx, &admin(), &jo)).is_ok());
}
