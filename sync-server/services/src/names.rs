//! Names of staff members by id.

use promise_database::{Actor, Tx};
use promise_protocol::ids::StaffId;

use crate::ServiceError;

/// Returns the name on a staff member's card. Returns `""` if the id is unknown or the card has no
/// name.
pub fn display_name(tx: &mut dyn Tx, staff: &StaffId) -> Result<String, ServiceError> {
    let member = tx.staff(staff)?;
    Ok(member.and_then(|it| it.card.display_name().map(str::to_owned)).unwrap_or_default())
}

/// Returns the name on the card of the staff member who did something. Returns `""` for the
/// operator and for a phone.
pub(crate) fn actor_name(tx: &mut dyn Tx, actor: &Actor) -> Result<String, ServiceError> {
    actor.staff().map_or_else(|| Ok(String::new()), |staff| display_name(tx, staff))
}
