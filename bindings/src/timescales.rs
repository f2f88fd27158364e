//! Visits and reviews: the last, the next, and by when.

use promise_core::{PromiseError, TimescaleStatus};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// Visits and reviews: when they were last, when the next ones are planned, and by when they have to be.
    /// Show the law and the council's promise apart. The days are London's, so read again after midnight.
    pub fn timescales(&self) -> Result<Vec<TimescaleStatus>, PromiseError> {
        guard(|| self.0.timescales())
    }
}
