//! A member of staff's card: one edit reaches every phone it concerns.

mod delivery_status;

pub use delivery_status::{DeliveryStatus, PhoneDelivery, delivery_status};

use std::collections::BTreeMap;

use promise_protocol::schema::{self, Owner};
use serde_json::Value;

use crate::{
    Random, ServiceError, StaffScope,
    assignments::{self, CONTACT},
    audit::{self, Subject},
    staff_writes,
};
use promise_database::Tx;

/// Where a card keeps a number as it was typed.
pub const TYPED: &str = "typed";

/// Checks the fields of a card.
pub fn validate(card: &BTreeMap<String, Value>) -> Result<(), ServiceError> {
    for (field, value) in card {
        let refused = |refusal| ServiceError::InvalidField { field: field.clone(), refusal };
        if field == schema::DELETED {
            return Err(refused(schema::Refusal::UnknownField));
        }
        schema::check_wire(Owner::Adviser, CONTACT, "card", field, value).map_err(refused)?;
    }
    Ok(())
}

/// Changes fields of a card (`null` empties one), and in the same transaction the contact of
/// every young person whom the member of staff looks after. Answers how many people that reached.
pub fn update(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    validate(&fields)?;
    let staff = scope.card_holder(tx, staff)?;
    let names: Vec<&str> = fields
        .iter()
        .filter(|(name, value)| staff.card.get(*name).unwrap_or(&Value::Null) != *value)
        .map(|(name, _)| name.as_str())
        .collect();
    let detail = format!("{} {}", staff.id, names.join(" "));
    audit::record(
        tx,
        scope,
        Subject::Council(&staff.council),
        "changed_card",
        &detail,
        now_millis,
    )?;
    let mut card = staff.card;
    card.extend(fields);
    tx.set_card(&staff.id, &card)?;
    if staff.deactivated_at.is_some() {
        // Phones show that they are gone, and no number of theirs.
        return Ok(0);
    }
    // Whoever covers is on the phone before the leave that names them.
    assignments::arrange_cover(tx, scope, &staff.id, now_millis, random)?;
    let mut reached = 0;
    for assigned in tx.assignments_of_staff(&staff.id)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        let shown = assignments::fields_for(tx, &person.id, &card)?;
        let contact = &assigned.contact;
        let wrote =
            staff_writes::write_to(tx, scope, &person, CONTACT, contact, shown, now_millis)?;
        reached += usize::from(wrote.is_some());
    }
    Ok(reached)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assignments,
        fixture::{NOW, World, fields},
        people, staff,
    };
    use serde_json::json;

    fn update(world: &mut World, card: Value) -> Result<usize, ServiceError> {
        let jo = world.jo.clone();
        world
            .staff(|tx, scope, random| super::update(tx, scope, &jo, fields(card), NOW + 1, random))
    }

    #[test]
    fn one_edit_reaches_everybody_they_look_after_and_nobody_else() {
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
    fn a_card_that_does_not_fit_changes_nothing() {
        let mut world = World::new();
        let ada = world.ada.clone();
        for card in [
            json!({"phones": "07700 900123", "team": "x"}),
            json!({"deleted": true}),
            json!({"nickname": "Jojo"}),
            json!({"shoe_size": 7}),
        ] {
            assert!(matches!(update(&mut world, card), Err(ServiceError::InvalidField { .. })));
        }
        assert_eq!(world.rev(&ada), 1);
    }

    #[test]
    fn an_ended_assignment_takes_the_contact_off_the_phone() {
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
    fn staff_of_another_council_are_not_assigned() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let assigned = world.staff(|tx, scope, random| {
            people::add_council(tx, "camden", "Camden")?;
            let al = staff::add(tx, scope, "camden", "al", BTreeMap::new(), random)?;
            assignments::assign(tx, scope, &ada, &al, NOW, random)
        });
        assert!(matches!(assigned, Err(ServiceError::DifferentCouncils)));
        let camden = StaffScope::of_council("camden");
        let jo = world.jo.clone();
        let reached = world
            .staff(|tx, _, random| super::update(tx, &camden, &jo, BTreeMap::new(), NOW, random));
        assert!(matches!(reached, Err(ServiceError::NotFound(_))), "and cannot reach ours");
    }
}
