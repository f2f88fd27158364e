//! Which key the sealed cells on the server are under.

use promise_protocol::{KeyStep, signature::PublicKey};

use super::StoreError;

/// The key that this phone seals under when it sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyState {
    /// The key's check value; `None` before anything sealed was sent.
    pub check: Option<String>,
    /// `true` once the server has accepted this key as the one in use. Cells under other keys are
    /// cleared only then.
    pub confirmed: bool,
    /// `true` if the server refused clears, because another key is in use there. None is sent again while this key
    /// is in use.
    pub clears_refused: bool,
    /// The first key of the history to which this phone holds; `None` before it had words of any history.
    pub first: Option<PublicKey>,
    /// The person's steps to other keys that the server has not accepted, the oldest first.
    pub proposed: Vec<KeyStep>,
    /// How often the key was to be changed without the recovery phrase. Nothing was changed.
    pub refused: u64,
    /// The stamp of the last of these changes, which may come again.
    pub last_refused: Option<String>,
}

/// Stores the key state.
pub trait KeyStateStore {
    /// Returns the key state; the default before it was ever set.
    fn key_state(&mut self) -> Result<KeyState, StoreError>;
    /// Replaces the key state.
    fn set_key_state(&mut self, state: &KeyState) -> Result<(), StoreError>;
}
