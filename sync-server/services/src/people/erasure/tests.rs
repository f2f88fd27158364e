//! Tests of what erasure deletes and what it keeps.

use promise_protocol::ids::PersonId;
use promise_protocol::{CellKey, RevocationReason};
use serde_json::json;

use super::*;
use crate::Entity;
use crate::{
    assignments, cards,
    devices::{self, authentication, pairing},
    fixture::{NOW, World, card_edit, fields},
    people::asks,
};
use promise_database::Actor;

fn request(person: &PersonId) -> EraseRequest {
    EraseRequest { protocol: PROTOCOL, person: person.to_string() }
}

#[test]
fn erasure_deletes_everything_of_one_person_only() {
    let mut world = World::new();
    let (ada, bea, jo) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    let (mut adas, mut beas) = (world.phone(&ada), world.phone(&bea));
    let paired = world.pair(&ada);
    for phone in [&mut adas, &mut beas] {
        for n in 0..2 {
            let edit = phone.change(NOW + n, "ask", "a1", json!({"text": "hello"}));
            phone.sync(&mut world, vec![edit]);
        }
    }
    world.staff(|tx, scope, _| erase(tx, scope, &ada, NOW)).unwrap();

    let key = CellKey::new("ask", "a1", "text");
    for (person, left) in [(&ada, 0), (&bea, 1)] {
        let held = world.run(|tx| Ok((tx.record(person, "ask", "a1")?, tx.history(person, &key)?)));
        assert_eq!((held.0.len(), held.1.len()), (left, left));
        assert_eq!(world.run(|tx| tx.devices(person)).len(), left);
    }
    assert!(world.run(|tx| tx.assignments_of_staff(&jo)).is_empty());
    let caller = world.staff(|tx, _, _| authentication::authenticate(tx, &paired.token));
    assert!(matches!(caller, Err(ServiceError::Revoked(_))));
    let answer = adas.send(&mut world, vec![], crate::sync::Limits::default());
    assert!(matches!(answer, Err(ServiceError::Revoked(_))), "a scope from before is of no use");
    beas.sync(&mut world, vec![]);
}

#[test]
fn erased_person_is_not_found_by_staff() {
    let mut world = World::new();
    let (ada, jo, contact) = (world.ada.clone(), world.jo.clone(), world.contact.clone());
    let phone = world.phone(&ada);
    world.staff(|tx, scope, _| erase(tx, scope, &ada, NOW)).unwrap();
    let mut unknown = |job: &dyn Fn(&mut dyn Tx, &StaffScope) -> Result<(), ServiceError>| {
        let done = world.staff(|tx, scope, _| job(tx, scope));
        assert!(
            matches!(done, Err(ServiceError::NotFound(Entity::Person | Entity::Phone))),
            "{done:?}"
        );
    };
    let os = || crate::OsRandom;
    unknown(&|tx, scope| erase(tx, scope, &ada, NOW));
    unknown(&|tx, scope| assignments::assign(tx, scope, &ada, &jo, NOW, &mut os()).map(drop));
    unknown(&|tx, scope| assignments::unassign(tx, scope, &ada, &jo, NOW));
    unknown(&|tx, scope| pairing::invite(tx, scope, &ada, 30, NOW, &mut os()).map(drop));
    unknown(&|tx, scope| asks::list(tx, scope, &ada).map(drop));
    unknown(&|tx, scope| devices::list(tx, scope, &ada).map(drop));
    let (device, lost) = (phone.scope.device(), RevocationReason::LostOrStolen);
    unknown(&|tx, scope| devices::revoke(tx, scope, device, lost, NOW));
    unknown(&|tx, scope| {
        let fields = fields(json!({"team": "x"}));
        crate::staff_writes::write(tx, scope, &ada, "contact", &contact, fields, NOW).map(drop)
    });
    let reached = world.staff(|tx, scope, random| {
        cards::update(tx, scope, &jo, card_edit(json!({"team": "Leaving care"})), NOW, random)
    });
    assert_eq!(reached.unwrap(), 0);
    assert!(world.run(|tx| tx.record(&ada, "contact", &contact)).is_empty());
    let left = world.staff(|tx, scope, _| list_erased(tx, scope, &"barnet".into())).unwrap();
    assert_eq!(left, [ErasedPerson { id: ada.clone(), council: "barnet".into(), erased_at: NOW }]);
    let camden = StaffScope::of_council("camden".into());
    assert_eq!(world.staff(|tx, _, _| find_erased(tx, &camden, &ada)).unwrap(), None);
    assert!(world.staff(|tx, _, _| list_erased(tx, &camden, &"barnet".into())).unwrap().is_empty());
}

/// The lost record's id must stay erased too: another phone of that record still holds it.
#[test]
fn erasure_of_relinked_person_erases_the_lost_record_too() {
    let mut world = World::new();
    let bea = world.bea.clone();
    let lost = PersonId::from("lost");
    let phone = world.phone(&bea);
    world.run(|tx| {
        tx.person_for_update(&bea)?;
        tx.set_relinked_id(&bea, &lost)
    });
    let mut erase = |person: &PersonId| {
        world.staff(|tx, _, _| erase_own(tx, &phone.scope, &request(person), NOW))
    };
    assert!(matches!(erase(&bea), Err(ServiceError::WrongPerson)), "phones do not use this id");
    erase(&lost).unwrap();
    for id in [&bea, &lost] {
        assert!(world.run(|tx| tx.erased_person(id)).is_some(), "{id}");
    }
}

#[test]
fn phone_erases_only_its_own_person() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let scope = world.phone(&ada).scope;
    let mut erase =
        |request: EraseRequest| world.staff(|tx, _, _| erase_own(tx, &scope, &request, NOW));
    assert!(matches!(erase(request(&bea)), Err(ServiceError::WrongPerson)));
    assert!(matches!(erase(request(&"".into())), Err(ServiceError::WrongPerson)));
    let later = EraseRequest { protocol: PROTOCOL + 1, ..request(&ada) };
    assert!(matches!(erase(later), Err(ServiceError::UnsupportedProtocol)));
    erase(request(&ada)).unwrap();
    assert_eq!(world.run(|tx| tx.person(&ada)), None);
    assert!(world.run(|tx| tx.person(&bea)).is_some());
    let entry = world.run(|tx| tx.last_entry(&"barnet".into())).unwrap();
    assert_eq!((entry.action.as_str(), entry.actor), ("erased", Actor::OwnPhone));
    assert_eq!(entry.detail, format!("by {}", scope.device()));
}
