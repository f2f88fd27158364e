//! Random bytes.

use crate::ServiceError;

/// A source of random bytes: the operating system in a server, a seed in a simulation.
pub trait Random {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError>;
}

/// The operating system's random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError> {
        getrandom::fill(bytes).map_err(|_| ServiceError::NoRandomness)
    }
}

/// Returns `N` random bytes.
pub(crate) fn bytes<const N: usize>(random: &mut dyn Random) -> Result<[u8; N], ServiceError> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// Generates the id of a record, a person or a staff member.
pub(crate) fn record_id<T: From<String>>(random: &mut dyn Random) -> Result<T, ServiceError> {
    Ok(promise_protocol::ids::random_id(bytes(random)?).into())
}
