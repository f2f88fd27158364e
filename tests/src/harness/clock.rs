//! Clocks that a test can set wrong.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};

/// The system's clock, shifted by so many milliseconds. Clones share the shift.
#[derive(Clone, Debug, Default)]
pub struct Shifted(Arc<AtomicI64>);

impl Shifted {
    /// Sets how far the clock is ahead of the right time, negative if behind.
    pub fn set(&self, millis: i64) {
        self.0.store(millis, Ordering::SeqCst);
    }

    /// Returns how far it is ahead of the right time, in milliseconds.
    pub fn shift(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn now_millis(&self) -> i64 {
        Utc::now().timestamp_millis() + self.shift()
    }
}

impl promise_services::clock::Clock for Shifted {
    fn now_millis(&self) -> i64 {
        Shifted::now_millis(self)
    }
}

/// The same clock for a phone.
#[derive(Clone, Debug, Default)]
pub struct ShiftedPhone(pub Shifted);

impl promise_core::clock::Clock for ShiftedPhone {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.now_millis()).unwrap_or_default()
    }

    fn since_boot(&self) -> Duration {
        promise_core::clock::Clock::since_boot(&promise_core::clock::SystemClock)
    }
}
