//! A member of staff's card: one edit reaches every phone it concerns.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use promise_protocol::schema::{self, Owner};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    Random, ServiceError, StaffScope,
    audit::{self, About},
    cover, staff_words,
};
use promise_database::{Assignment, Tx};

/// Where a card keeps a number as it was typed.
pub const TYPED: &str = "typed";

/// The collection that shows cards on phones.
pub const COLLECTION: &str = "contact";

/// Checks the fields of a card.
pub fn check(card: &BTreeMap<String, Value>) -> Result<(), ServiceError> {
    for (field, value) in card {
        let refused = |refusal| ServiceError::Refused { field: field.clone(), refusal };
        if field == schema::DELETED {
            return Err(refused(schema::Refusal::UnknownField));
        }
        schema::check_wire(Owner::Adviser, COLLECTION, "card", field, value).map_err(refused)?;
    }
    Ok(())
}

/// What a card looks like now, in a few characters: two people who change it at the same time
/// are found out by it.
pub fn version(card: &BTreeMap<String, Value>) -> String {
    let json = serde_json::to_vec(card).unwrap_or_default();
    HEXLOWER.encode(&Sha256::digest(json)).chars().take(16).collect()
}

/// Changes fields of a card (`null` empties one), and in the same transaction the contact of
/// every young person whom the member of staff looks after. Answers how many people that reached.
pub fn set(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    check(&fields)?;
    let staff = scope.card_holder(tx, staff)?;
    let names: Vec<&str> = fields
        .iter()
        .filter(|(name, value)| staff.card.get(*name).unwrap_or(&Value::Null) != *value)
        .map(|(name, _)| name.as_str())
        .collect();
    let detail = format!("{} {}", staff.id, names.join(" "));
    audit::note(tx, scope, About::Council(&staff.council), "changed_card", &detail, now_millis)?;
    let mut card = staff.card;
    card.extend(fields);
    tx.set_card(&staff.id, &card)?;
    if staff.deactivated_at.is_some() {
        // Phones show that they are gone, and no number of theirs.
        return Ok(0);
    }
    // Whoever covers is on the phone before the leave that names them.
    cover::arrange(tx, scope, &staff.id, now_millis, random)?;
    let mut reached = 0;
    for assigned in tx.assignments_of_staff(&staff.id)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        let shown = on_phones_of(tx, &person.id, &card)?;
        let contact = &assigned.contact;
        let wrote =
            staff_words::write_to(tx, scope, &person, COLLECTION, contact, shown, now_millis)?;
        reached += usize::from(wrote.is_some());
    }
    Ok(reached)
}

/// A card as one person's phones show it: whoever covers is a contact of theirs there, and how a
/// number was typed stays here.
pub(super) fn on_phones_of(
    tx: &mut dyn Tx,
    person: &str,
    card: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, ServiceError> {
    let mut shown = card.clone();
    if let Some(Value::Array(phones)) = shown.get_mut("phones") {
        for phone in phones.iter_mut().filter_map(Value::as_object_mut) {
            phone.remove(TYPED);
        }
    }
    if let Some(Value::Array(leaves)) = shown.get_mut("leave") {
        for leave in leaves.iter_mut().filter_map(Value::as_object_mut) {
            let cover = leave.get("cover").and_then(Value::as_str).map(str::to_owned);
            let Some(cover) = cover else { continue };
            match tx.assignment(person, &cover)? {
                Some(assignment) => leave.insert("cover".into(), assignment.contact.into()),
                None => leave.remove("cover"),
            };
        }
    }
    Ok(shown)
}

/// The days on which a contact counts, as its cells say them.
pub(super) fn days(assignment: &Assignment) -> [(String, Value); 2] {
    let last = assignment.ends.and_then(|ends| ends.pred_opt());
    let day = |day: Option<NaiveDate>| day.map_or(Value::Null, |day| day.to_string().into());
    [("valid_from".into(), day(assignment.starts)), ("valid_to".into(), day(last))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fixture::{NOW, World, fields},
        people,
    };
    use serde_json::json;

    fn set(world: &mut World, card: Value) -> Result<usize, ServiceError> {
        let jo = world.jo.clone();
        world.staff(|tx, scope, random| super::set(tx, scope, &jo, fields(card), NOW + 1, random))
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
        let reached =
            world.staff(|tx, _, random| super::set(tx, &camden, &jo, BTreeMap::new(), NOW, random));
        assert!(matches!(reached, Err(ServiceError::NotFound(_))), "and cannot reach ours");
    }
}
