//! The one place that asks the time.

use chrono::{DateTime, Utc};

/// A clock. Everything that needs the time is given one, so that a test can be in 2066.
pub trait Clock: Send + Sync {
    /// What the clock shows.
    fn now(&self) -> DateTime<Utc>;

    /// What the clock shows, in milliseconds since 1970.
    fn now_millis(&self) -> i64 {
        self.now().timestamp_millis()
    }
}

/// The phone's own clock, right or wrong. Stamps correct it by what servers say.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
