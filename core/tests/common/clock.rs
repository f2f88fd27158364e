//! A clock that a test sets.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use promise_core::clock::Clock;

/// Where every test's clock starts, in milliseconds since 1970.
pub const NOW: i64 = 1_777_800_000_000;

/// A clock that stands still until the test moves it.
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(NOW))
    }
}

impl TestClock {
    /// Moves it forward by so many milliseconds, or back if negative.
    pub fn turn(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// Sets it.
    pub fn set(&self, millis: i64) {
        self.0.store(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
