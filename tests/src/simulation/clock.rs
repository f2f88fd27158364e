//! Clocks of phones, right and wrong.

use rand::Rng;

pub(super) const FORTY_YEARS: i64 = 40 * 365 * 24 * 3600 * 1000;
const DAY: i64 = 24 * 3600 * 1000;

/// A phone's clock, relative to the real time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PhoneClock {
    ahead: i64,
    frozen_at: Option<i64>,
}

impl PhoneClock {
    /// The time that the clock shows.
    pub(super) fn shows(self, really: i64) -> i64 {
        self.frozen_at.unwrap_or(really + self.ahead)
    }

    /// A clock that is this far ahead.
    pub(super) fn ahead_by(millis: i64) -> Self {
        Self { ahead: millis, frozen_at: None }
    }

    /// Disturbs the clock: it jumps, stands still, or is set right.
    pub(super) fn disturb(&mut self, really: i64, rng: &mut impl Rng) {
        let shows = self.shows(really);
        match rng.random_range(0..7) {
            0 => *self = Self { ahead: FORTY_YEARS, frozen_at: None },
            1 => *self = Self { ahead: -FORTY_YEARS, frozen_at: None },
            2 => *self = Self { ahead: rng.random_range(-DAY..DAY), frozen_at: None },
            // Just below and above what a server accepts.
            3 => *self = Self { ahead: rng.random_range(300_000..900_000), frozen_at: None },
            4 | 5 => self.frozen_at = Some(shows),
            _ => *self = Self::default(),
        }
    }
}
