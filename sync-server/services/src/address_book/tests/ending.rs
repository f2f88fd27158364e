//! Contacts that end, come back, and stand in an order.

use super::*;

fn end_on(day: i64, note: &str) -> End {
    End { last_day: today(NOW + day * DAY_MILLIS), note: note.to_owned() }
}

#[test]
fn ended_contact_keeps_its_name_and_the_word_why_and_loses_its_numbers() {
    let mut office = Office::new();
    let (ada, hostel, jo) = (office.ada.clone(), office.hostel.clone(), office.jo.clone());
    let contact = office.give(&ada, &hostel).unwrap();
    let note = "You moved out. The duty line helps.";
    let both = (ada.clone(), hostel.clone());
    let ended = |office: &mut Office, end_with: &End| {
        let (ada, hostel) = &both;
        office.world.staff(|tx, _, _| end(tx, &jo, (ada, hostel), end_with, NOW))
    };
    let refused = ended(&mut office, &end_on(-2, note));
    assert!(matches!(refused, Err(ServiceError::InvalidLastDay)), "{refused:?}");
    let refused = ended(&mut office, &end_on(2, " "));
    assert!(matches!(refused, Err(ServiceError::InvalidField { .. })), "{refused:?}");
    ended(&mut office, &end_on(2, note)).unwrap();
    let shown = office.contacts(&ada).remove(&contact).unwrap();
    assert_eq!(shown.text("valid_to"), today(NOW + 2 * DAY_MILLIS).to_string());
    assert_eq!(shown.text(schema::END_NOTE), note);
    assert!(!shown.fields["phones"].is_null(), "it helps for two more days");
    let mut after = |days: u64| {
        let now = NOW + i64::try_from(days).unwrap() * DAY_MILLIS;
        office.world.staff(|tx, _, _| delete_ended(tx, now)).unwrap();
        office.contacts(&ada).remove(&contact).unwrap()
    };
    assert!(!after(2).fields["phones"].is_null());
    let over = after(3);
    assert_eq!(
        (over.text("display_name"), &over.fields["phones"]),
        ("Night line at Elm House", &Value::Null)
    );
    assert_eq!(over.text(schema::END_NOTE), note);
    assert!(!after(3 + ENDED_CONTACT_DAYS).is_deleted());
    assert!(after(4 + ENDED_CONTACT_DAYS).is_deleted());
}

#[test]
fn numbers_are_emptied_in_the_first_night_after_the_end_only() {
    let mut office = Office::new();
    let (ada, hostel, jo) = (office.ada.clone(), office.hostel.clone(), office.jo.clone());
    office.give(&ada, &hostel).unwrap();
    office.world.staff(|tx, _, _| end(tx, &jo, (&ada, &hostel), &end_on(0, "Moved"), NOW)).unwrap();
    let written = |office: &mut Office| {
        let last = office.world.run(|tx| tx.last_entry(&"barnet".into())).unwrap();
        (office.world.rev(&ada), last.number)
    };
    let mut before = written(&mut office);
    for (night, is_written) in [(0, false), (1, true), (2, false), (3, false)] {
        let now = NOW + night * DAY_MILLIS;
        office.world.staff(|tx, _, _| delete_ended(tx, now)).unwrap();
        let after = written(&mut office);
        assert_eq!(after != before, is_written, "night {night}");
        before = after;
    }
}

#[test]
fn card_that_is_edited_after_the_end_does_not_come_back() {
    let mut office = Office::new();
    let (ada, hostel, jo) = (office.ada.clone(), office.hostel.clone(), office.jo.clone());
    let contact = office.give(&ada, &hostel).unwrap();
    office
        .world
        .staff(|tx, _, _| end(tx, &jo, (&ada, &hostel), &end_on(-1, "Moved"), NOW))
        .unwrap();
    let saved = office.world.staff(|tx, _, random| {
        cards::update(tx, &jo, &hostel, night_line("+442079460002"), NOW + 1, random)
    });
    assert_eq!(saved.unwrap(), 0);
    assert!(office.contacts(&ada)[&contact].fields["phones"].is_null());
    assert_eq!(office.give(&ada, &hostel).unwrap(), contact, "given again, it is the same contact");
    let shown = office.contacts(&ada).remove(&contact).unwrap();
    assert_eq!(shown.fields["phones"][0]["number"], json!("+442079460002"));
    assert_eq!((shown.text(schema::END_NOTE), shown.text("valid_to")), ("", ""));
}

#[test]
fn end_that_is_taken_back_brings_the_card_back() {
    let mut office = Office::new();
    let (ada, hostel, jo) = (office.ada.clone(), office.hostel.clone(), office.jo.clone());
    let contact = office.give(&ada, &hostel).unwrap();
    let before = office.contacts(&ada).remove(&contact).unwrap();
    let note = end_on(-1, "By mistake");
    office.world.staff(|tx, _, _| end(tx, &jo, (&ada, &hostel), &note, NOW)).unwrap();
    office.world.staff(|tx, _, _| reopen(tx, &jo, (&ada, &hostel), NOW)).unwrap();
    let after = office.contacts(&ada).remove(&contact).unwrap();
    for (field, value) in &before.fields {
        assert_eq!(after.fields.get(field), Some(value), "{field}");
    }
    assert_eq!((after.text(schema::END_NOTE), after.text("valid_to")), ("", ""));
}

#[test]
fn order_is_kept_for_staff_and_entries_alike() {
    let mut office = Office::new();
    let (ada, hostel, jo) = (office.ada.clone(), office.hostel.clone(), office.jo.clone());
    let contact = office.give(&ada, &hostel).unwrap();
    let of_jo = office.world.contact.clone();
    let order = [contact.clone(), of_jo.clone()];
    office.world.staff(|tx, _, _| set_order(tx, &jo, &ada, &order, NOW)).unwrap();
    let rev = office.world.rev(&ada);
    office.world.staff(|tx, _, _| set_order(tx, &jo, &ada, &order, NOW)).unwrap();
    assert_eq!(office.world.rev(&ada), rev, "nothing changed");
    let place = |office: &mut Office, id: &String| {
        office.contacts(&ada)[id].fields.get(schema::POSITION).cloned()
    };
    assert_eq!(place(&mut office, &contact), Some(json!(1)));
    assert_eq!(place(&mut office, &of_jo), Some(json!(2)));
    office
        .world
        .staff(|tx, _, random| {
            cards::update(tx, &jo, &hostel, night_line("+442079460002"), NOW + 1, random)
        })
        .unwrap();
    assert_eq!(place(&mut office, &contact), Some(json!(1)), "an edit keeps the order");
    let gone = ["nothing".to_owned()];
    let refused = office.world.staff(|tx, _, _| set_order(tx, &jo, &ada, &gone, NOW));
    assert!(matches!(refused, Err(ServiceError::NotFound(_))), "{refused:?}");
}
