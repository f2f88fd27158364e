//! Entries that are merged, removed, or cover for each other while they are on phones.

use super::*;
use crate::assignments::cover_clash::CoverClash;

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

#[test]
fn leave_of_an_entry_whose_cover_is_away_too_needs_a_confirmation() {
    let mut office = Office::new();
    let (ada, hostel, manager) =
        (office.ada.clone(), office.hostel.clone(), office.manager.clone());
    let (desk, surgery) = (office.add("Desk"), office.add("Surgery"));
    for entry in [&hostel, &desk, &surgery] {
        office.give(&ada, entry).unwrap();
    }
    let day = |days: i64| today(NOW + days * DAY_MILLIS);
    let mut save = |entry: &EntryId, days: (i64, i64), cover: &EntryId, seen: &[CoverClash]| {
        let (from, to) = (day(days.0), day(days.1));
        let leave = Leave { from, to, cover: Some(cover.as_str().to_owned()), unknown: Map::new() };
        let change = (LeaveChange::Add(leave), seen);
        let saved = office
            .world
            .staff(|tx, _, random| cards::change_leave(tx, &manager, entry, change, NOW, random));
        saved.unwrap()
    };
    assert_eq!(save(&desk, (3, 9), &surgery, &[]), LeaveOutcome::Saved(1));
    let asked = save(&hostel, (1, 5), &desk, &[]);
    let LeaveOutcome::NeedsConfirmation(clashes) = asked else { panic!("{asked:?}") };
    let [clash] = &clashes[..] else { panic!("{clashes:?}") };
    assert_eq!((clash.from, clash.to, &clash.adviser), (day(3), day(5), &CardId::from(&hostel)));
    assert_eq!((&*clash.cover_name, clash.instead.as_deref()), ("Desk", Some("Surgery")));
    assert_eq!(save(&hostel, (1, 5), &desk, &clashes), LeaveOutcome::Saved(1));
}

#[test]
fn entry_of_one_young_person_can_be_covered_for_and_clash_too() {
    let mut office = Office::new();
    let (ada, manager, desk) = (office.ada.clone(), office.manager.clone(), office.add("Desk"));
    let solicitor = night_line("+442079460003");
    let added = office.world.staff(|tx, _, random| {
        let entry = add(tx, &manager, Reach::Person(ada.clone()), solicitor, NOW, random)?;
        give(tx, &manager, (&ada, &entry), None, NOW, random)?;
        Ok(entry)
    });
    let solicitor = added.unwrap();
    let (from, to) = (today(NOW), today(NOW + DAY_MILLIS));
    let mut save = |entry: &EntryId, cover: Option<&EntryId>| {
        let cover = cover.map(|cover| cover.as_str().to_owned());
        let change = LeaveChange::Add(Leave { from, to, cover, unknown: Map::new() });
        let saved = office.world.staff(|tx, _, random| {
            cards::change_leave(tx, &manager, entry, (change, &[]), NOW, random)
        });
        saved.unwrap()
    };
    assert_eq!(save(&desk, None), LeaveOutcome::Saved(0));
    let asked = save(&solicitor, Some(&desk));
    assert!(matches!(&asked, LeaveOutcome::NeedsConfirmation(clashes) if clashes.len() == 1));
}

#[test]
fn entry_that_is_gone_says_what_became_of_it() {
    let mut office = Office::new();
    let (hostel, manager) = (office.hostel.clone(), office.manager.clone());
    let (desk, surgery) = (office.add("Desk"), office.add("Surgery"));
    let of = |office: &mut Office, scope: &StaffScope, entry: &EntryId| {
        office.world.staff(|tx, _, _| gone(tx, scope, entry))
    };
    assert_eq!(of(&mut office, &manager, &hostel).unwrap(), None, "it is there");
    assert_eq!(of(&mut office, &manager, &EntryId::new("made-up")).unwrap(), None);
    let merged = office.world.staff(|tx, _, _| {
        merge(tx, &manager, (&hostel, &desk), NOW)?;
        merge(tx, &manager, (&desk, &surgery), NOW)
    });
    merged.unwrap();
    let Some(Gone::Merged(left)) = of(&mut office, &manager, &hostel).unwrap() else {
        panic!("it was merged")
    };
    assert_eq!(left.id, surgery);
    let why = "It closed. Your adviser helps.";
    office.world.staff(|tx, _, _| remove(tx, &manager, &surgery, why, NOW)).unwrap();
    for entry in [&hostel, &surgery] {
        assert_eq!(of(&mut office, &manager, entry).unwrap(), Some(Gone::Removed));
    }
    let jo = office.jo.clone();
    assert!(matches!(of(&mut office, &jo, &hostel), Err(ServiceError::NotAllowed)));
}
