//! A member of staff's card: one edit reaches every phone it concerns.

use std::collections::BTreeMap;

use promise_protocol::schema::{self, Owner};
use serde_json::Value;

use super::{ServiceError, StaffScope, staff_words};
use crate::store::Tx;

/// The collection that shows cards on phones.
pub const COLLECTION: &str = "contact";

/// Checks the fields of a card.
pub fn check(card: &BTreeMap<String, Value>) -> Result<(), ServiceError> {
    for (field, value) in card {
        let refused = |refusal| ServiceError::Refused { field: field.clone(), refusal };
        if field == schema::DELETED {
            return Err(refused(schema::Refusal::UnknownField));
        }
        schema::check_sent(Owner::Adviser, COLLECTION, "card", field, value).map_err(refused)?;
    }
    Ok(())
}

/// Changes fields of a card (`null` empties one), and in the same transaction the contact of
/// every young person whom the member of staff looks after. Answers how many people that reached.
pub fn set(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    check(&fields)?;
    let staff = scope.staff(tx, staff)?;
    let mut card = staff.card;
    card.extend(fields);
    tx.set_card(&staff.id, &card)?;
    let mut reached = 0;
    for assigned in tx.assignments_of(&staff.id)? {
        let (person, contact) = (&assigned.person, &assigned.contact);
        let wrote =
            staff_words::write(tx, scope, person, COLLECTION, contact, card.clone(), now_millis)?;
        reached += usize::from(wrote.is_some());
    }
    Ok(reached)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{
        fixture::{NOW, World, fields},
        people,
    };
    use serde_json::json;

    fn set(world: &mut World, card: Value) -> Result<usize, ServiceError> {
        let jo = world.jo.clone();
        world.staff(|tx, scope, _| super::set(tx, scope, &jo, fields(card), NOW + 1))
    }

    #[test]
    fn one_edit_reaches_everybody_they_look_after_and_nobody_else() {
        let mut world = World::new();
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        let phones = json!([{"number": "+447700900123", "kind": "mobile"}]);
        assert_eq!(set(&mut world, json!({"phones": phones})).unwrap(), 1);
        assert_eq!(set(&mut world, json!({"phones": phones})).unwrap(), 0, "nothing changed");
        assert_eq!((world.rev(&ada), world.rev(&bea)), (2, 0));
        let pulled = world.phone(&ada).sync(&mut world, vec![]).changes;
        let newest = pulled.last().unwrap();
        assert_eq!(newest.fields, fields(json!({"phones": phones})), "only what changed");
    }

    #[test]
    fn a_card_that_does_not_fit_changes_nothing() {
        let mut world = World::new();
        let ada = world.ada.clone();
        for card in [
            json!({"phones": "07700 900123", "team": "x"}),
            json!({"deleted": true}),
            json!({"nickname": "Jojo"}),
            json!({"shoe_size": 7}),
        ] {
            assert!(matches!(set(&mut world, card), Err(ServiceError::Refused { .. })));
        }
        assert_eq!(world.rev(&ada), 1);
    }

    #[test]
    fn an_ended_assignment_takes_the_contact_off_the_phone() {
        let mut world = World::new();
        let (ada, jo) = (world.ada.clone(), world.jo.clone());
        let mut phone = world.phone(&ada);
        phone.sync(&mut world, vec![]);
        world.staff(|tx, scope, _| people::unassign(tx, scope, &ada, &jo, NOW)).unwrap();
        let [gone] = &phone.sync(&mut world, vec![]).changes[..] else { panic!("one change") };
        let empty = json!({"deleted": true, "display_name": null, "email": null});
        assert_eq!(gone.fields, fields(empty));
        assert_eq!(set(&mut world, json!({"team": "x"})).unwrap(), 0);
    }

    #[test]
    fn staff_of_another_council_are_not_assigned() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let assigned = world.staff(|tx, scope, random| {
            people::add_council(tx, "camden", "Camden")?;
            let al = people::add_staff(tx, scope, "camden", "al", BTreeMap::new(), random)?;
            people::assign(tx, scope, &ada, &al, NOW, random)
        });
        assert!(matches!(assigned, Err(ServiceError::OtherCouncil)));
        let camden = StaffScope::of_council("camden");
        let jo = world.jo.clone();
        let reached = world.staff(|tx, _, _| super::set(tx, &camden, &jo, BTreeMap::new(), NOW));
        assert!(matches!(reached, Err(ServiceError::Unknown(_))), "and cannot reach ours");
    }
}
