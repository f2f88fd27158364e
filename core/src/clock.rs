//! The clock. Only this module reads the system time.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rustix::time::{ClockId, clock_gettime};

/// A clock that starts with the phone, goes on while it sleeps, and cannot be set.
#[cfg(target_vendor = "apple")]
const SINCE_BOOT: ClockId = ClockId::Monotonic;
#[cfg(not(target_vendor = "apple"))]
const SINCE_BOOT: ClockId = ClockId::Boottime;

/// A clock. Everything that needs the time takes one, so that a test can set it.
pub trait Clock: Send + Sync {
    /// Returns the current time.
    fn now(&self) -> DateTime<Utc>;

    /// Returns the current time in milliseconds since 1970.
    fn now_millis(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// Returns the time since the phone was started, also while it slept. Setting the phone's clock does
    /// not change it.
    fn since_boot(&self) -> Duration;
}

/// The phone's own clock, right or wrong. Stamps are corrected by the server's time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn since_boot(&self) -> Duration {
        Duration::try_from(clock_gettime(SINCE_BOOT)).unwrap_or_default()
    }
}
