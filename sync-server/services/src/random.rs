//! Where chance comes from.

use super::ServiceError;

/// Gives random bytes: the system's in a server, seeded ones in a simulation.
pub trait Random {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError>;
}

/// The system's random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError> {
        getrandom::fill(bytes).map_err(|_| ServiceError::NoRandomness)
    }
}

/// So many random bytes.
pub(super) fn bytes<const N: usize>(random: &mut dyn Random) -> Result<[u8; N], ServiceError> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// A new name for a record, a person or a member of staff.
pub(super) fn record_id(random: &mut dyn Random) -> Result<String, ServiceError> {
    Ok(promise_protocol::ids::random_id(bytes(random)?))
}
