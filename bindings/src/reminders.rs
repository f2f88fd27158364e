//! Reminders for the platform's own notifications.

use promise_core::{PlannedReminder, PromiseError};
use promise_protocol::ffi_types::Instant;

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The reminders from one moment until before another, the soonest first: of appointments, of planned visits and
    /// reviews, of closing days of saved opportunities, and on the days that the person chose. Give them to the
    /// platform in place of those that it has. The text says nothing, so that a lock screen may show it.
    pub fn reminders(
        &self,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<PlannedReminder>, PromiseError> {
        guard(|| self.0.reminders(from, to))
    }
}
