//! Staff-written changes with the server's proof, kept to be resent after a restore.

use promise_protocol::Change;

use super::StoreError;

/// Stores staff-written changes. A restored server takes them back only with the proof that it once
/// gave with them.
pub trait StaffChangeStore {
    /// Keeps a change with its proof for as long as one of its cells is the confirmed one.
    ///
    /// When one field of an edit was written again, a server sends the rest with a proof of its own.
    /// The change with more fields is kept until this phone has seen what replaced the missing one.
    /// Of two changes where neither has all fields of the other, both are kept.
    fn keep_staff_change(&mut self, change: &Change) -> Result<(), StoreError>;
    /// Lists up to `limit` changes that are marked for resend, oldest first.
    fn pending_staff_changes(&mut self, limit: usize) -> Result<Vec<Change>, StoreError>;
}
