use serde_json::json;

use super::*;
use crate::Entity;
use crate::{
    StaffRole, calendar,
    devices::pairing,
    fixture::{NOW, World},
    people::page,
};

fn manager() -> StaffScope {
    StaffScope::of_member("barnet".into(), "mo".into(), StaffRole::Manager, calendar::today(NOW))
}

#[test]
fn export_contains_everything_about_one_person_only() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let mut phone = world.phone(&ada);
    for (at, text) in [(NOW, "Can we meet?"), (NOW + 1, "Can we meet soon?")] {
        let ask = phone.change(at, "ask", "a1", json!({"text": text}));
        phone.sync(&mut world, vec![ask]);
    }
    let sealed = format!("s1.{}", "A".repeat(80));
    let note = phone.change(NOW, "saved", "abcd", json!({"note": sealed}));
    let answered = phone.sync(&mut world, vec![note]);
    assert!(answered.verdicts.is_empty(), "{:?}", answered.verdicts);
    let code = world
        .staff(|tx, scope, random| {
            page::open(tx, scope, &ada, NOW)?;
            pairing::invite(tx, scope, &ada, 30, NOW, random)
        })
        .unwrap();
    world.phone(&bea);

    let export = world.staff(|tx, _, _| export(tx, &manager(), &ada, NOW)).unwrap();
    let field = |collection: &str, field: &str| {
        let record = export.records.iter().find(|it| it.collection == collection).unwrap();
        record.fields[field].clone()
    };
    assert_eq!(field("ask", "text").value, "Can we meet soon?");
    assert_eq!(field("ask", "text").written_by, "them");
    assert_eq!(field("contact", "display_name").value, "Jo");
    assert_eq!(field("contact", "display_name").written_by, "staff");
    assert_eq!((field("saved", "note").value, field("saved", "note").sealed), (Value::Null, true));
    let earlier: Vec<_> = export.earlier_values.iter().map(|it| &it.held.value).collect();
    assert_eq!(earlier, [&json!("Can we meet?")]);
    assert_eq!((export.phones.len(), export.invitations.len()), (1, 2));
    assert_eq!(export.looked_after_by[0].name, "Jo");
    let acts: Vec<_> = export.log.iter().map(|entry| entry.act.as_str()).collect();
    let paired = ["invited", "started_pairing", "confirmed_pairing", "paired"];
    let expected = [&["changed"], &paired[..], &["looked", "invited", "exported"]].concat();
    assert_eq!(acts, expected);
    let json = serde_json::to_string(&export).unwrap();
    assert!(!json.contains(&sealed) && !json.contains(bea.as_str()));
    let secret = code.to_string();
    let secret = secret.rsplit('-').next().unwrap();
    assert!(!json.contains(secret), "a code that still works is not exported");
}

#[test]
fn only_managers_of_the_council_export() {
    let mut world = World::new();
    let ada = world.ada.clone();
    for role in StaffRole::ALL {
        let jo = world.jo.clone();
        let scope = StaffScope::of_member("barnet".into(), jo, role, calendar::today(NOW));
        let made = world.staff(|tx, _, _| export(tx, &scope, &ada, NOW));
        assert_eq!(made.is_ok(), role == StaffRole::Manager, "{role:?}");
    }
    let far = StaffScope::of_member(
        "camden".into(),
        "al".into(),
        StaffRole::Manager,
        calendar::today(NOW),
    );
    let made = world.staff(|tx, _, _| export(tx, &far, &ada, NOW));
    assert!(matches!(made, Err(ServiceError::NotFound(Entity::Person))));
}
