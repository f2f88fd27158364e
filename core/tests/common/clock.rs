//! A clock that a test sets.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

use chrono::{DateTime, Utc};
use promise_core::clock::Clock;

/// Where every test's clock starts, in milliseconds since 1970.
pub const NOW: i64 = 1_777_800_000_000;

/// A clock that stands still until the test moves it.
pub struct TestClock {
    now: AtomicI64,
    /// Milliseconds since the phone was started.
    since_boot: AtomicU64,
}

impl Default for TestClock {
    fn default() -> Self {
        Self { now: AtomicI64::new(NOW), since_boot: AtomicU64::new(3_600_000) }
    }
}

impl TestClock {
    /// Moves it forward by so many milliseconds, or back if negative.
    pub fn turn(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    /// Lets so many seconds pass, on this clock and since the phone was started.
    pub fn pass(&self, seconds: u32) {
        let millis = u64::from(seconds) * 1000;
        self.since_boot.fetch_add(millis, Ordering::SeqCst);
        self.turn(i64::from(seconds) * 1000);
    }

    /// Starts the phone again.
    pub fn boot(&self) {
        self.since_boot.store(0, Ordering::SeqCst);
    }

    /// Sets it.
    pub fn set(&self, millis: i64) {
        self.now.store(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.now.load(Ordering::SeqCst)).unwrap_or_default()
    }

    fn since_boot(&self) -> Duration {
        Duration::from_millis(self.since_boot.load(Ordering::SeqCst))
    }
}
