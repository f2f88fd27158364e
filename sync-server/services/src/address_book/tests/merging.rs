//! Entries that are merged, removed, or cover for each other while they are on phones.

use super::*;

#[test]
fn merged_entry_on_a_hundred_phones_keeps_each_contact() {
    let mut office = Office::new();
    let (hostel, manager) = (office.hostel.clone(), office.manager.clone());
    let surgery = office.add("Surgery");
    let mut contacts = Vec::new();
    for _ in 0..100 {
        let person = office
            .world
            .staff(|tx, scope, random| people::add(tx, scope, &"barnet".into(), None, random));
        let person = person.unwrap();
        let contact = office.give(&person, &hostel).unwrap();
        contacts.push((person, contact));
    }
    let (both, of_both) = contacts[0].clone();
    office.give(&both, &surgery).unwrap();
    let merged = office.world.staff(|tx, _, _| merge(tx, &manager, (&hostel, &surgery), NOW + 1));
    assert_eq!(merged.unwrap(), 100);
    for (person, contact) in &contacts[1..] {
        let shown = office.contacts(person).remove(contact).unwrap();
        assert_eq!(
            (shown.text("display_name"), shown.text("email")),
            ("Surgery", "desk@example.org")
        );
        assert_eq!((shown.text("role"), &shown.fields["phones"]), ("", &Value::Null));
    }
    let shown = office.contacts(&both);
    assert!(shown[&of_both].is_deleted(), "one of the two is enough");
    assert_eq!(shown.values().filter(|it| !it.is_deleted()).count(), 1);
    let instead = office.world.staff(|tx, _, _| successor(tx, &manager, &hostel)).unwrap();
    assert_eq!(instead.map(|entry| entry.id).as_ref(), Some(&surgery));
    let gone = office.world.staff(|tx, _, _| manager.entry(tx, &hostel));
    assert!(matches!(gone, Err(ServiceError::NotFound(Entity::AddressBookEntry))), "{gone:?}");
    let saved = office.world.staff(|tx, _, random| {
        cards::update(tx, &manager, &surgery, card_edit(json!({"team": "Desk"})), NOW + 2, random)
    });
    assert_eq!(saved.unwrap(), 100, "everyone has the other entry");
}

#[test]
fn removed_entry_ends_with_a_word_on_every_phone() {
    let mut office = Office::new();
    let (ada, bea, hostel) = (office.ada.clone(), office.bea.clone(), office.hostel.clone());
    let manager = office.manager.clone();
    let contacts = [&ada, &bea].map(|person| office.give(person, &hostel).unwrap());
    let note = "Elm House closed. Your adviser helps.";
    let removed = office.world.staff(|tx, _, _| remove(tx, &manager, &hostel, note, NOW));
    assert_eq!(removed.unwrap(), 2);
    for (person, contact) in [&ada, &bea].into_iter().zip(&contacts) {
        let shown = office.contacts(person).remove(contact).unwrap();
        assert_eq!(shown.text(schema::END_NOTE), note);
        assert_eq!(shown.text("valid_to"), today(NOW).to_string());
    }
    assert!(office.world.staff(|tx, _, _| list(tx, &manager)).unwrap().is_empty());
    let later = End { last_day: today(NOW + DAY_MILLIS), note: note.to_owned() };
    let again = office.world.staff(|tx, _, _| end(tx, &manager, (&ada, &hostel), &later, NOW));
    assert!(matches!(again, Err(ServiceError::NotFound(_))), "{again:?}");
    office.world.staff(|tx, _, _| delete(tx, &manager, (&ada, &hostel), NOW)).unwrap();
    assert!(office.contacts(&ada)[&contacts[0]].is_deleted());
}

#[test]
fn entry_that_covers_is_named_where_the_person_has_both() {
    let mut office = Office::new();
    let (ada, bea, hostel) = (office.ada.clone(), office.bea.clone(), office.hostel.clone());
    let manager = office.manager.clone();
    let desk = office.add("Desk");
    let contacts = [&ada, &bea].map(|person| office.give(person, &hostel).unwrap());
    let (from, to) = (today(NOW), today(NOW + DAY_MILLIS));
    let leave = Leave { from, to, cover: Some(desk.as_str().to_owned()), unknown: Map::new() };
    let saved = office.world.staff(|tx, _, random| {
        cards::change_leave(tx, &manager, &hostel, (LeaveChange::Add(leave), &[]), NOW, random)
    });
    assert_eq!(saved.unwrap(), LeaveOutcome::Saved(2));
    let cover = |office: &mut Office, person: &PersonId, contact: &String| {
        office.contacts(person)[contact].fields["leave"][0]["cover"].clone()
    };
    assert_eq!(cover(&mut office, &ada, &contacts[0]), Value::Null);
    let of_desk = office.give(&ada, &desk).unwrap();
    assert_eq!(cover(&mut office, &ada, &contacts[0]), json!(of_desk));
    assert_eq!(cover(&mut office, &bea, &contacts[1]), Value::Null);
    office.world.staff(|tx, _, _| delete(tx, &manager, (&ada, &desk), NOW)).unwrap();
    assert_eq!(cover(&mut office, &ada, &contacts[0]), Value::Null);
}
