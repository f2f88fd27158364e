use super::*;
use crate::{
    assignments,
    fixture::{NOW, World, fields},
    people, staff,
};
use serde_json::json;

fn update(world: &mut World, card: Value) -> Result<usize, ServiceError> {
    let jo = world.jo.clone();
    world.staff(|tx, scope, random| {
        let edit = CardEdit::new(fields(card))?;
        super::update(tx, scope, &jo, edit, NOW + 1, random)
    })
}

#[test]
fn card_update_reaches_only_assigned_people() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let phones = json!([{"number": "+447700900123", "kind": "mobile"}]);
    assert_eq!(update(&mut world, json!({"phones": phones})).unwrap(), 1);
    assert_eq!(update(&mut world, json!({"phones": phones})).unwrap(), 0, "nothing changed");
    assert_eq!((world.rev(&ada), world.rev(&bea)), (2, 0));
    let pulled = world.phone(&ada).sync(&mut world, vec![]).changes;
    let newest = pulled.last().unwrap();
    assert_eq!(newest.fields, fields(json!({"phones": phones})), "only what changed");
}

#[test]
fn invalid_card_changes_nothing() {
    let mut world = World::new();
    let ada = world.ada.clone();
    for card in [
        json!({"phones": "07700 900123", "team": "x"}),
        json!({"deleted": true}),
        json!({"end_note": "Moved"}),
        json!({"position": 1}),
        json!({"nickname": "Jojo"}),
        json!({"shoe_size": 7}),
    ] {
        assert!(matches!(update(&mut world, card), Err(ServiceError::InvalidField { .. })));
    }
    assert_eq!(world.rev(&ada), 1);
}

#[test]
fn ended_assignment_deletes_the_contact() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    world.staff(|tx, scope, _| assignments::unassign(tx, scope, &ada, &jo, NOW)).unwrap();
    let [gone] = &phone.sync(&mut world, vec![]).changes[..] else { panic!("one change") };
    let empty = json!({"deleted": true, "display_name": null, "email": null});
    assert_eq!(gone.fields, fields(empty));
    assert_eq!(update(&mut world, json!({"team": "x"})).unwrap(), 0);
}

#[test]
fn staff_of_another_council_cannot_be_assigned_or_changed() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let assigned = world.staff(|tx, scope, random| {
        people::add_council(tx, "camden", "Camden")?;
        let al = staff::add(tx, scope, &"camden".into(), "al", CardEdit::default(), random)?;
        assignments::assign(tx, scope, &ada, &al, NOW, random)
    });
    assert!(matches!(assigned, Err(ServiceError::DifferentCouncils)));
    let camden = StaffScope::of_council("camden".into());
    let jo = world.jo.clone();
    let reached = world
        .staff(|tx, _, random| super::update(tx, &camden, &jo, CardEdit::default(), NOW, random));
    assert!(matches!(reached, Err(ServiceError::NotFound(_))), "and cannot reach ours");
}

#[test]
fn typed_number_stays_on_the_card_and_is_not_sent_to_phones() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    let save = |world: &mut World, number: Value, typed: &str| {
        let phones = json!([{"number": number, "kind": "mobile"}]);
        let typed = [("+447700900123".to_owned(), typed.to_owned())].into();
        let edit = CardEdit::new(fields(json!({"phones": phones}))).unwrap();
        let edit = edit.with_typed_numbers(typed);
        world.staff(|tx, scope, random| super::update(tx, scope, &jo, edit, NOW + 1, random))
    };
    assert_eq!(save(&mut world, json!("+447700900123"), "07700 900123").unwrap(), 1);
    assert_eq!(save(&mut world, json!("+447700900123"), "07700 900 123").unwrap(), 0);
    let typed = world.run(|tx| tx.staff(&jo)).unwrap().card.typed_numbers;
    assert_eq!(typed.values().collect::<Vec<_>>(), ["07700 900 123"]);
    let pulled = world.phone(&ada).sync(&mut world, vec![]).changes;
    let phones = json!([{"number": "+447700900123", "kind": "mobile"}]);
    assert_eq!(pulled.last().unwrap().fields["phones"], phones);
    save(&mut world, json!("+447700900124"), "07700 900123").unwrap();
    let typed = world.run(|tx| tx.staff(&jo)).unwrap().card.typed_numbers;
    assert!(typed.is_empty(), "its number is not on the card any more");
}

#[test]
fn form_saves_what_changed_and_reports_what_a_colleague_changed_too() {
    let mut world = World::new();
    let jo = world.jo.clone();
    let shown = world.run(|tx| tx.staff(&jo)).unwrap().card;
    update(&mut world, json!({"email": "b@example.org", "about": "q"})).unwrap();
    let submitted =
        CardEdit::new(fields(json!({"email": "c@example.org", "team": "y", "text_ok": false})));
    let mut form = CardForm { shown, submitted: submitted.unwrap(), ..CardForm::default() };
    let save = |world: &mut World, form: &CardForm| {
        world.staff(|tx, scope, random| save_form(tx, scope, &jo, form, NOW + 2, random)).unwrap()
    };
    let SaveOutcome::Conflicting(holder, conflicts) = save(&mut world, &form) else { panic!() };
    assert_eq!(conflicts.iter().map(|it| &*it.field).collect::<Vec<_>>(), ["email"]);
    let saved = holder.card();
    assert_eq!((saved.text("about"), saved.text("team")), ("q", ""));
    form.choices.insert("email".into(), false);
    assert_eq!(save(&mut world, &form), SaveOutcome::Saved(1));
    let card = world.run(|tx| tx.staff(&jo)).unwrap().card;
    assert_eq!((card.text("email"), card.text("team")), ("b@example.org", "y"));
    assert_eq!(card.value("text_ok"), &Value::Null, "a box that was never ticked is not written");
}
