//! What a phone keeps.
//!
//! [`Store`] runs transactions, and [`Tx`] is what one transaction can do: the sum of small traits,
//! one for each topic, each in its file beside the records it stores. [`SqliteStore`] implements
//! them for phones; `conformance` holds the rules that every implementation must keep. One action of
//! the person, or one response of the server, is one transaction.

mod app_lock;
mod cells;
mod clears;
#[cfg(test)]
mod conformance;
mod documents;
mod earlier;
mod error;
mod key_state;
mod numbers_before;
mod packs;
mod pictures;
mod quarantine;
mod recovery;
mod resend;
mod search;
mod seen_devices;
mod sqlite;
mod staff_changes;
mod sync_state;
mod undecryptable;

pub use app_lock::{AppLockStore, PinHash, PinSalt, PinTries, StoredLock};
pub use cells::CellStore;
pub use clears::ClearStore;
pub use documents::{DocumentKind, DocumentStore};
pub use earlier::{EarlierKind, EarlierRecord, EarlierStore};
pub use error::StoreError;
pub use key_state::{KeyState, KeyStateStore};
pub use numbers_before::{NumbersBefore, NumbersBeforeStore};
pub use packs::{EditionPacks, PackStore};
pub use pictures::{PictureStatus, PictureStore};
pub use quarantine::{QuarantineStore, QuarantinedCell};
pub use recovery::{Entropy, RecoveryStore};
pub use resend::{PendingCounts, ResendStore};
pub use search::{SearchIndex, SearchKind, SearchResult};
pub use seen_devices::SeenDeviceStore;
pub use sqlite::{SqliteStore, begin_wipe, is_wipe_unfinished, set_aside, wipe};
pub use staff_changes::StaffChangeStore;
pub use sync_state::{Pairing, ServerAccess, SyncState, SyncStateStore};
pub use undecryptable::UndecryptableStore;

/// Runs transactions on what a phone keeps.
pub trait Store {
    /// Runs `work` in one transaction. Everything it wrote is kept if it returns `Ok`, and nothing
    /// if it returns `Err`.
    fn transact<R, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E>;
}

/// What one transaction can do.
pub trait Tx:
    SyncStateStore
    + CellStore
    + ResendStore
    + StaffChangeStore
    + NumbersBeforeStore
    + EarlierStore
    + RecoveryStore
    + KeyStateStore
    + AppLockStore
    + UndecryptableStore
    + ClearStore
    + QuarantineStore
    + PackStore
    + PictureStore
    + SeenDeviceStore
    + DocumentStore
    + SearchIndex
{
}

impl<T> Tx for T where
    T: SyncStateStore
        + CellStore
        + ResendStore
        + StaffChangeStore
        + NumbersBeforeStore
        + EarlierStore
        + RecoveryStore
        + KeyStateStore
        + AppLockStore
        + UndecryptableStore
        + ClearStore
        + QuarantineStore
        + PackStore
        + PictureStore
        + SeenDeviceStore
        + DocumentStore
        + SearchIndex
{
}
