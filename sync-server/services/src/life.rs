//! Beginning a life of the database: when it is new, and when it was put back from a backup.

use promise_protocol::{
    Author, AuthorKind,
    fault_injection::{Fault, is_injected},
    ids::random_id,
};

use super::{Random, ServiceError, random};
use promise_database::{Generation, Tx};

/// The current life. A new database begins its first.
pub fn current(tx: &mut dyn Tx, random: &mut dyn Random) -> Result<Generation, ServiceError> {
    match tx.generation()? {
        Some(life) => Ok(life),
        None => begin(tx, random),
    }
}

/// Begins a new life: a new generation, so that phones hand back what the backup lacks, and a new
/// author of staff stamps, so that none is issued twice.
pub fn begin(tx: &mut dyn Tx, random: &mut dyn Random) -> Result<Generation, ServiceError> {
    let mut life = Generation {
        // Eight characters of base32hex carry the 40 bits that an author has, too.
        id: random_id(random::bytes(random)?).chars().take(8).collect(),
        staff_author: Author::new(AuthorKind::Staff, random::bytes(random)?),
    };
    if is_injected(Fault::RestoreKeepsGeneration)
        && let Some(old) = tx.generation()?
    {
        life.id = old.id;
    }
    tx.set_generation(&life)?;
    Ok(life)
}

/// The current life, which a database that serves has.
pub(super) fn known(tx: &mut dyn Tx) -> Result<Generation, ServiceError> {
    tx.generation()?.ok_or(ServiceError::NotFound("generation: begin a life of the database first"))
}
