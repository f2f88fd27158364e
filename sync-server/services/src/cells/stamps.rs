//! Stamps of what staff and the server write.

use promise_database::Tx;
use promise_protocol::{Reading, Stamp, ids::PersonId};

use crate::{Entity, ServiceError, generation};

/// Returns the next stamp for what staff write about a person. It follows the server's clock and
/// the last stamp returned here, never a phone's: a phone with a wrong clock must not push staff
/// stamps into the future.
pub(crate) fn next(
    tx: &mut dyn Tx,
    person: &PersonId,
    now_millis: i64,
) -> Result<Stamp, ServiceError> {
    // Read each time: one transaction can take several stamps.
    let person = tx.person(person)?.ok_or(ServiceError::NotFound(Entity::Person))?;
    let reading = Reading::after(person.staff_reading, now_millis);
    tx.set_staff_reading(&person.id, reading)?;
    Ok(Stamp::new(reading, generation::current(tx)?.staff_author))
}
