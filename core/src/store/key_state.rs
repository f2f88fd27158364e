//! Which key the sealed cells on the server are under.

use super::StoreError;

/// The key that this phone seals under when it sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyState {
    /// The key's check value; `None` before anything sealed was sent.
    pub check: Option<String>,
    /// `true` once the server has accepted this key as the one in use. Cells under other keys are
    /// cleared only then.
    pub confirmed: bool,
}

/// Stores the key state.
pub trait KeyStateStore {
    /// Returns the key state; the default before it was ever set.
    fn key_state(&mut self) -> Result<KeyState, StoreError>;
    /// Replaces the key state.
    fn set_key_state(&mut self, state: &KeyState) -> Result<(), StoreError>;
}
