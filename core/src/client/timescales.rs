//! Visits and reviews.

use promise_protocol::london;

use super::{PocketPhone, PromiseError};
use crate::collections::timescales::{self, TimescaleStatus};

impl PocketPhone {
    /// Lists visits and reviews: when they were last, when the next ones are planned, and by when they have
    /// to be, by law and by the council's promise. Empty unless the app lock is open.
    pub fn timescales(&self) -> Result<Vec<TimescaleStatus>, PromiseError> {
        self.read_private(|tx| {
            let today = london::day(self.server_now(tx)?);
            timescales::list(tx, today)
        })
    }
}
