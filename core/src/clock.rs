//! The clock. Only this module reads the system time.

use chrono::{DateTime, Utc};

/// A clock. Everything that needs the time takes one, so that a test can set it.
pub trait Clock: Send + Sync {
    /// Returns the current time.
    fn now(&self) -> DateTime<Utc>;

    /// Returns the current time in milliseconds since 1970.
    fn now_millis(&self) -> i64 {
        self.now().timestamp_millis()
    }
}

/// The phone's own clock, right or wrong. Stamps are corrected by the server's time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
