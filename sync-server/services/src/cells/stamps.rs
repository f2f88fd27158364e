//! Stamps of what staff and the server itself write.

use promise_protocol::{Reading, Stamp};

use crate::{ServiceError, generation};
use promise_database::Tx;

/// The stamp of what is written for a person now. It follows the server's clock and the last stamp
/// taken here, and never a phone's: a phone with a wild clock must not push staff's stamps into the
/// future.
pub(crate) fn next(tx: &mut dyn Tx, person: &str, now_millis: i64) -> Result<Stamp, ServiceError> {
    // Read now: one transaction can take several.
    let person = tx.person(person)?.ok_or(ServiceError::NotFound("person"))?;
    let reading = Reading::after(person.staff_reading, now_millis);
    tx.set_staff_reading(&person.id, reading)?;
    Ok(Stamp::new(reading, generation::current(tx)?.staff_author))
}
