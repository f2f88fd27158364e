mod ending;
mod merging;

use std::{collections::BTreeMap, slice::from_ref};

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
        self.world.staff(|tx, _, random| give(tx, manager, (person, entry), None, NOW, random))
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
    for phone in &mut phones {
        phone.sync(&mut office.world, vec![]);
    }
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
    let given =
        office.world.staff(|tx, _, random| give(tx, &jo, (&bea, &hostel), None, NOW, random));
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
    assert_eq!(found(json!({"display_name": "Another", "phones": number})), from_ref(&hostel));
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
