//! Reminders for the platform's own notifications.

use chrono::{DateTime, Utc};

use super::{PocketPhone, PromiseError};
use crate::{brain::PlannedReminder, collections::reminders};

impl PocketPhone {
    /// Lists the reminders from one moment until before another, the soonest first: of appointments on the evening
    /// before and two hours before; of visits and reviews on the evening before the planned day; of opportunities that
    /// the person saved and that close, three days before and on the day; and on the days that they chose, in the
    /// morning. Times of day are London's. A limit of a visit or review reminds of nothing, also when it has passed:
    /// show it with [`PocketPhone::timescales`].
    ///
    /// Give them to the platform in place of those that it has: a reminder that is not listed any more is cancelled,
    /// and one with another moment moves. The text says nothing, so that a lock screen may show it. While the app
    /// lock is on, and after the quiet PIN, reminders do not tell what they are about.
    pub fn reminders(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<PlannedReminder>, PromiseError> {
        let view = self.view();
        self.transact(|tx| {
            let now = self.server_now(tx)?;
            reminders::list(tx, (from, to), now, view)
        })
    }
}
