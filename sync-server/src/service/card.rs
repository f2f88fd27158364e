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
