use promise_protocol::ids::StaffId;
use serde_json::json;

use super::*;
use crate::assignments::CONTACT;
use crate::{
    Record,
    cells::records,
    fixture::{NOW, World, card_edit},
};
use crate::{cards, staff};

const DAY: i64 = 24 * 3600 * 1000;

fn kim(world: &mut World) -> StaffId {
    let card = card_edit(json!({"display_name": "Kim"}));
    world
        .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), "kim", card, random))
        .unwrap()
}

fn contacts(world: &mut World) -> Vec<Record> {
    let ada = world.ada.clone();
    let all = world.staff(|tx, _, _| records::list(tx, &ada, CONTACT)).unwrap();
    all.into_iter().filter(|contact| !contact.is_deleted()).collect()
}

fn on(days: u64) -> NaiveDate {
    calendar::today(NOW).checked_add_days(Days::new(days)).unwrap()
}

fn hand_over(world: &mut World, to: &StaffId, days: u64) -> Result<usize, ServiceError> {
    let (ada, from) = (world.ada.clone(), world.jo.clone());
    let plan = HandOver { from, to: to.clone(), first_day: on(days) };
    world.staff(|tx, scope, random| super::plan(tx, scope, &[ada], &plan, NOW, random))
}

#[test]
fn hand_over_shows_both_advisers_until_its_day() {
    let mut world = World::new();
    let kim = kim(&mut world);
    hand_over(&mut world, &kim, 7).unwrap();
    let (jos, all) = (world.contact.clone(), contacts(&mut world));
    let old = all.iter().find(|contact| contact.id == jos).unwrap();
    let new = all.iter().find(|contact| contact.id != jos).unwrap();
    assert_eq!(old.text("valid_to"), on(6).to_string());
    assert_eq!(old.text("replaced_by"), new.id);
    assert_eq!((new.text("display_name"), new.text("valid_from")), ("Kim", &*on(7).to_string()));
    world.staff(|tx, _, _| end_expired(tx, NOW + 6 * DAY)).unwrap();
    assert_eq!(contacts(&mut world).len(), 2);
    world.staff(|tx, _, _| end_expired(tx, NOW + 7 * DAY)).unwrap();
    let left = contacts(&mut world);
    assert_eq!(
        left.iter().map(|contact| contact.text("display_name")).collect::<Vec<_>>(),
        ["Kim"]
    );
}

#[test]
fn hand_over_can_be_cancelled() {
    let mut world = World::new();
    let kim = kim(&mut world);
    let before = contacts(&mut world);
    hand_over(&mut world, &kim, 7).unwrap();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    world.staff(|tx, scope, _| cancel(tx, scope, &ada, &jo, NOW)).unwrap();
    let after = contacts(&mut world);
    assert_eq!(after.len(), 1);
    assert_eq!((after[0].text("valid_to"), after[0].text("replaced_by")), ("", ""));
    assert_eq!(before[0].id, after[0].id);
    let again = world.staff(|tx, scope, _| cancel(tx, scope, &ada, &jo, NOW));
    assert!(matches!(again, Err(ServiceError::NotFound(Entity::HandOver))));
}

#[test]
fn hand_over_today_is_immediate_and_past_day_is_refused() {
    let mut world = World::new();
    let kim = kim(&mut world);
    hand_over(&mut world, &kim, 0).unwrap();
    assert_eq!(contacts(&mut world).len(), 1);
    let (ada, from) = (world.ada.clone(), kim);
    for first_day in [calendar::today(NOW - DAY), on(400)] {
        let plan = HandOver { from: from.clone(), to: world.jo.clone(), first_day };
        let people = [ada.clone()];
        let refused =
            world.staff(|tx, scope, random| super::plan(tx, scope, &people, &plan, NOW, random));
        assert!(matches!(refused, Err(ServiceError::InvalidFirstDay)));
    }
}

#[test]
fn cover_contact_is_shown_during_leave_only() {
    let mut world = World::new();
    let (kim, jo) = (kim(&mut world), world.jo.clone());
    let leave = json!({"leave": [{"from": on(3), "to": on(5), "cover": kim}]});
    let save = |world: &mut World, card| {
        world
            .staff(|tx, scope, random| cards::update(tx, scope, &jo, card_edit(card), NOW, random))
            .unwrap();
    };
    save(&mut world, leave.clone());
    let all = contacts(&mut world);
    let cover = all.iter().find(|contact| contact.text("display_name") == "Kim").unwrap();
    let own = all.iter().find(|contact| contact.text("display_name") == "Jo").unwrap();
    assert_eq!(own.fields["leave"][0]["cover"], json!(cover.id), "a contact of this person");
    assert_eq!(
        (cover.text("valid_from"), cover.text("valid_to")),
        (&*on(3).to_string(), &*on(5).to_string())
    );
    save(&mut world, json!({"leave": null}));
    assert_eq!(contacts(&mut world).len(), 1, "no leave, no cover");
    save(&mut world, leave);
    world.staff(|tx, _, _| end_expired(tx, NOW + 6 * DAY)).unwrap();
    assert_eq!(contacts(&mut world).len(), 1);
}
