//! Database generations. A new database starts its first one, and a restore starts another.

use promise_protocol::{
    Author, AuthorKind,
    fault_injection::{Fault, is_injected},
    ids::random_id,
};

use crate::{Random, ServiceError, random};
use promise_database::{Generation, Tx};

/// Returns the current generation. A new database starts its first one.
pub fn ensure(tx: &mut dyn Tx, random: &mut dyn Random) -> Result<Generation, ServiceError> {
    match tx.generation()? {
        Some(generation) => Ok(generation),
        None => begin(tx, random),
    }
}

/// Starts a new generation, so that phones send back what a restored backup lacks. It has a new
/// author of staff stamps, so that no stamp is issued twice.
pub fn begin(tx: &mut dyn Tx, random: &mut dyn Random) -> Result<Generation, ServiceError> {
    let mut generation = Generation {
        // Eight characters of base32hex carry 40 bits, as many as an author has.
        id: random_id(random::bytes(random)?).chars().take(8).collect(),
        staff_author: Author::new(AuthorKind::Staff, random::bytes(random)?),
    };
    if is_injected(Fault::RestoreKeepsGeneration)
        && let Some(old) = tx.generation()?
    {
        generation.id = old.id;
    }
    tx.set_generation(&generation)?;
    Ok(generation)
}

/// Returns the current generation, which [`ensure`] started before the server accepts requests.
pub(crate) fn current(tx: &mut dyn Tx) -> Result<Generation, ServiceError> {
    tx.generation()?.ok_or(ServiceError::NoGeneration)
}
