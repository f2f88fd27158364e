use std::collections::BTreeMap;

use super::*;
use crate::{
    Entity, Existing, Record, StaffRole, assignments,
    calendar::{DAY_MILLIS, today},
    cards::{CardForm, CardHolder, CardId, LeaveChange, LeaveOutcome, PhoneCount, SaveOutcome},
    cells::records,
    fixture::{NOW, World, card_edit},
    people, staff,
};
use promise_protocol::{ids::StaffId, schema, values::Leave};
use serde_json::{Map, Value, json};

/// The council with a hostel in its book, and Jo, who is Ada's adviser, signed in.
struct Office {
    world: World,
    jo: StaffScope,
    manager: StaffScope,
    ada: PersonId,
    bea: PersonId,
    hostel: EntryId,
}

fn night_line(number: &str) -> CardEdit {
    card_edit(json!({
        "display_name": "Night line at Elm House",
        "role": "Supported housing",
        "phones": [{"number": number, "kind": "oohs"}],
    }))
}

impl Office {
    fn new() -> Self {
        let mut world = World::new();
        let jo = world.jo_as(StaffRole::Adviser);
        let mo = StaffId::new("mo");
        let manager = StaffScope::of_member("barnet".into(), mo, StaffRole::Manager, today(NOW));
        let hostel = world.staff(|tx, _, random| {
            add(tx, &jo, Reach::Council, night_line("+442079460001"), NOW, random)
        });
        let (ada, bea, hostel) = (world.ada.clone(), world.bea.clone(), hostel.unwrap());
        Self { world, jo, manager, ada, bea, hostel }
    }

    /// Gives an entry, as the manager.
    fn give(&mut self, person: &PersonId, entry: &EntryId) -> Result<String, ServiceError> {
        let manager = &self.manager;
        self.world
            .staff(|tx, _, random| super::give(tx, manager, (person, entry), None, NOW, random))
    }

    /// Adds an entry to the book, as the manager.
    fn add(&mut self, name: &str) -> EntryId {
        let card = card_edit(json!({"display_name": name, "email": "desk@example.org"}));
        let manager = &self.manager;
        let added =
            self.world.staff(|tx, _, random| add(tx, manager, Reach::Council, card, NOW, random));
        added.unwrap()
    }

    fn contacts(&mut self, person: &PersonId) -> BTreeMap<String, Record> {
        let list = self.world.staff(|tx, _, _| records::list(tx, person, "contact")).unwrap();
        list.into_iter().map(|record| (record.id.clone(), record)).collect()
    }
}

#[test]
fn entry_is_edited_once_and_changes_on_every_phone_that_has_it() {
    let mut office = Office::new();
    let (ada, bea, hostel) = (office.ada.clone(), office.bea.clone(), office.hostel.clone());
    let mut phones = [&ada, &bea].map(|person| {
        office.give(person, &hostel).unwrap();
        office.world.phone(person)
    });
    phones.iter_mut().for_each(|phone| drop(phone.sync(&mut office.world, vec![])));
    let jo = office.jo.clone();
    let saved = office.world.staff(|tx, _, random| {
        cards::update(tx, &jo, &hostel, night_line("+442079460002"), NOW + 1, random)
    });
    assert_eq!(saved.unwrap(), 2);
    let status = |office: &mut Office| {
        let (jo, hostel) = (office.jo.clone(), office.hostel.clone());
        office.world.staff(|tx, _, _| cards::delivery_status(tx, &jo, &hostel)).unwrap().1
    };
    let before = status(&mut office);
    assert_eq!(before.count(), PhoneCount { delivered: 0, all: 2 });
    // Jo looks after Ada alone. Of Bea's phone she learns that there is one.
    assert_eq!(before.phones.iter().map(|it| &it.person).collect::<Vec<_>>(), [&ada]);
    assert_eq!(before.elsewhere, PhoneCount { delivered: 0, all: 1 });
    for phone in &mut phones {
        let pulled = phone.sync(&mut office.world, vec![]).changes;
        let numbers = json!([{"number": "+442079460002", "kind": "oohs"}]);
        assert!(pulled.iter().any(|change| change.fields.get("phones") == Some(&numbers)));
    }
    assert_eq!(status(&mut office).count(), PhoneCount { delivered: 2, all: 2 });
}

#[test]
fn contact_from_the_book_is_written_like_an_advisers() {
    let mut office = Office::new();
    let (ada, bea) = (office.ada.clone(), office.bea.clone());
    let card = json!({"display_name": "Jo", "email": "jo@example.org"});
    let manager = office.manager.clone();
    let entry = office
        .world
        .staff(|tx, _, random| add(tx, &manager, Reach::Council, card_edit(card), NOW, random));
    let contact = office.give(&bea, &entry.unwrap()).unwrap();
    let of_adviser = office.world.contact.clone();
    let adviser = office.contacts(&ada).remove(&of_adviser).unwrap();
    let entry = office.contacts(&bea).remove(&contact).unwrap();
    assert_eq!((entry.fields, entry.id.len()), (adviser.fields, adviser.id.len()));
    let changes = |office: &mut Office, person: &PersonId| {
        let changes = office.world.run(|tx| tx.staff_changes(person));
        changes.into_iter().filter(|change| change.collection == "contact").count()
    };
    assert_eq!(changes(&mut office, &bea), changes(&mut office, &ada));
}

#[test]
fn entry_lets_no_one_see_a_young_person_and_is_no_adviser() {
    let mut office = Office::new();
    let (bea, hostel) = (office.bea.clone(), office.hostel.clone());
    office.give(&bea, &hostel).unwrap();
    let without = office.world.run(|tx| tx.count_unassigned(&"barnet".into(), today(NOW)));
    assert_eq!(without, 1, "Bea");
    let jo = office.jo.clone();
    let refused = office.world.staff(|tx, _, _| jo.person(tx, &bea));
    assert!(matches!(refused, Err(ServiceError::NotFound(Entity::Person))), "{refused:?}");
}

#[test]
fn entry_without_a_number_and_an_address_is_refused() {
    let mut office = Office::new();
    let (jo, hostel) = (office.jo.clone(), office.hostel.clone());
    let nameless = card_edit(json!({"display_name": "Elm House"}));
    let added =
        office.world.staff(|tx, _, random| add(tx, &jo, Reach::Council, nameless, NOW, random));
    assert!(matches!(added, Err(ServiceError::Unreachable)), "{added:?}");
    let emptied = card_edit(json!({"phones": null}));
    let saved =
        office.world.staff(|tx, _, random| cards::update(tx, &jo, &hostel, emptied, NOW, random));
    assert!(matches!(saved, Err(ServiceError::Unreachable)), "{saved:?}");
    // Two edits, each of which leaves a way, must not leave none together.
    let both =
        json!({"phones": [{"number": "+442079460001", "kind": "oohs"}], "email": "a@example.org"});
    office
        .world
        .staff(|tx, _, random| cards::update(tx, &jo, &hostel, card_edit(both), NOW, random))
        .unwrap();
    let shown = office.world.run(|tx| tx.book_entry(&hostel)).unwrap().card;
    let first = card_edit(json!({"email": null}));
    office
        .world
        .staff(|tx, _, random| cards::update(tx, &jo, &hostel, first, NOW, random))
        .unwrap();
    let submitted = card_edit(json!({"phones": null, "email": "a@example.org"}));
    let form = CardForm { shown, submitted, ..CardForm::default() };
    let saved =
        office.world.staff(|tx, _, random| cards::save_form(tx, &jo, &hostel, &form, NOW, random));
    assert!(matches!(saved, Err(ServiceError::Unreachable)), "{saved:?}");
}

#[test]
fn conflicting_edits_of_an_entry_are_shown_both() {
    let mut office = Office::new();
    let (jo, hostel) = (office.jo.clone(), office.hostel.clone());
    let shown = office.world.run(|tx| tx.book_entry(&hostel)).unwrap().card;
    let theirs = card_edit(json!({"team": "North"}));
    office
        .world
        .staff(|tx, _, random| cards::update(tx, &jo, &hostel, theirs, NOW, random))
        .unwrap();
    let submitted = card_edit(json!({"team": "South"}));
    let form = CardForm { shown, submitted, ..CardForm::default() };
    let saved =
        office.world.staff(|tx, _, random| cards::save_form(tx, &jo, &hostel, &form, NOW, random));
    let SaveOutcome::Conflicting(holder, conflicts) = saved.unwrap() else { panic!("no conflict") };
    assert_eq!((holder.id(), conflicts.len()), (CardId::from(&hostel), 1));
    assert!(matches!(*holder, CardHolder::Entry(_)));
}

#[test]
fn only_its_own_person_gets_an_entry_of_one_person() {
    let mut office = Office::new();
    let (ada, bea, jo) = (office.ada.clone(), office.bea.clone(), office.jo.clone());
    let solicitor = || night_line("+442079460003");
    let added = office
        .world
        .staff(|tx, _, random| add(tx, &jo, Reach::Person(ada.clone()), solicitor(), NOW, random));
    let entry = added.unwrap();
    assert!(office.give(&ada, &entry).is_ok());
    let given = office.give(&bea, &entry);
    assert!(matches!(given, Err(ServiceError::NotFound(_))), "{given:?}");
    let listed = office.world.staff(|tx, _, _| list(tx, &jo)).unwrap();
    assert_eq!(listed.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&office.hostel]);
    // A colleague who does not look after Ada neither reads nor changes it, nor adds one.
    let kim = office.world.staff(|tx, scope, random| {
        staff::add(tx, scope, &"barnet".into(), "kim", CardEdit::default(), random)
    });
    let kim = StaffScope::of_member("barnet".into(), kim.unwrap(), StaffRole::Adviser, today(NOW));
    let read = office.world.staff(|tx, _, _| kim.entry(tx, &entry));
    assert!(matches!(read, Err(ServiceError::NotFound(_))), "{read:?}");
    let added = office
        .world
        .staff(|tx, _, random| add(tx, &kim, Reach::Person(ada.clone()), solicitor(), NOW, random));
    assert!(matches!(added, Err(ServiceError::NotFound(_))), "{added:?}");
    let operator = StaffScope::operator();
    office.world.staff(|tx, _, _| people::erasure::erase(tx, &operator, &ada, NOW)).unwrap();
    assert_eq!(office.world.run(|tx| tx.book_entry(&entry)), None, "erased with the person");
}

#[test]
fn advisers_give_only_to_their_own_and_only_managers_merge_and_remove() {
    let mut office = Office::new();
    let (bea, hostel, jo) = (office.bea.clone(), office.hostel.clone(), office.jo.clone());
    let surgery = office.add("Surgery");
    let given = office
        .world
        .staff(|tx, _, random| super::give(tx, &jo, (&bea, &hostel), None, NOW, random));
    assert!(matches!(given, Err(ServiceError::NotFound(Entity::Person))), "{given:?}");
    let merged = office.world.staff(|tx, _, _| merge(tx, &jo, (&hostel, &surgery), NOW));
    assert!(matches!(merged, Err(ServiceError::NotAllowed)), "{merged:?}");
    let removed = office.world.staff(|tx, _, _| remove(tx, &jo, &hostel, "Closed", NOW));
    assert!(matches!(removed, Err(ServiceError::NotAllowed)), "{removed:?}");
    for role in [StaffRole::Auditor, StaffRole::Editor, StaffRole::Administrator] {
        let scope = StaffScope::of_member("barnet".into(), "x".into(), role, today(NOW));
        let read = office.world.staff(|tx, _, _| scope.entry(tx, &hostel));
        assert!(matches!(read, Err(ServiceError::NotAllowed)), "{role:?}");
    }
}

#[test]
fn entry_is_given_once() {
    let mut office = Office::new();
    let (ada, hostel) = (office.ada.clone(), office.hostel.clone());
    office.give(&ada, &hostel).unwrap();
    let again = office.give(&ada, &hostel);
    assert!(matches!(again, Err(ServiceError::AlreadyExists(Existing::GivenContact))), "{again:?}");
}

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
fn leave_outside_the_hours_of_an_entry_is_refused() {
    let mut office = Office::new();
    let (hostel, jo) = (office.hostel.clone(), office.jo.clone());
    let hours = json!([{"days": ["mon"], "opens": "09:00", "closes": "17:00"}]);
    let edit = card_edit(json!({ "working_pattern": hours }));
    office.world.staff(|tx, _, random| cards::update(tx, &jo, &hostel, edit, NOW, random)).unwrap();
    // 25 November 2025 is a Tuesday.
    let day: chrono::NaiveDate = "2025-11-25".parse().unwrap();
    let leave = Leave { from: day, to: day, cover: None, unknown: Map::new() };
    let saved = office.world.staff(|tx, _, random| {
        cards::change_leave(tx, &jo, &hostel, (LeaveChange::Add(leave), &[]), NOW, random)
    });
    assert_eq!(saved.unwrap(), LeaveOutcome::NeverAtWork);
}

#[test]
fn similar_entry_is_found_by_name_number_or_address() {
    let mut office = Office::new();
    let (hostel, jo) = (office.hostel.clone(), office.jo.clone());
    let mut found = |card: Value| {
        let found = office.world.staff(|tx, _, _| find_similar(tx, &jo, &card_edit(card)));
        found.unwrap().into_iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    let number = json!([{"number": "+442079460001", "kind": "duty"}]);
    assert_eq!(found(json!({"display_name": "Another", "phones": number})), [hostel.clone()]);
    assert_eq!(found(json!({"display_name": "night line at ELM house"})), [hostel]);
    assert!(found(json!({"display_name": "Surgery"})).is_empty());
}

#[test]
fn assignment_and_entry_end_apart() {
    let mut office = Office::new();
    let (ada, hostel, jo) = (office.ada.clone(), office.hostel.clone(), office.world.jo.clone());
    let contact = office.give(&ada, &hostel).unwrap();
    office.world.staff(|tx, scope, _| assignments::unassign(tx, scope, &ada, &jo, NOW)).unwrap();
    assert!(!office.contacts(&ada)[&contact].is_deleted());
}
