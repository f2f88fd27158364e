//! The person's recovery phrases.

use zeroize::Zeroizing;

use super::StoreError;

/// The 128 bits of a recovery phrase, wiped from memory when dropped.
pub type Entropy = Zeroizing<[u8; 16]>;

/// Stores recovery phrases as their entropy. A phone keeps the earlier ones: another phone that
/// does not know of a change still writes under their keys.
pub trait RecoveryStore {
    /// Lists the phrases, the one that was added last first.
    fn recovery_phrases(&mut self) -> Result<Vec<Entropy>, StoreError>;
    /// Adds a phrase. One that is here already keeps its place.
    fn add_recovery_phrase(&mut self, entropy: &Entropy) -> Result<(), StoreError>;
    /// Returns `true` if the person has shown that they wrote this phrase down.
    fn is_written_down(&mut self, entropy: &Entropy) -> Result<bool, StoreError>;
    /// Records that the person has shown that they wrote this phrase down.
    fn set_written_down(&mut self, entropy: &Entropy) -> Result<(), StoreError>;
}
