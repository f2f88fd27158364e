//! Counting tries, and the delays after wrong ones.
//!
//! A try is counted before its PIN is checked, so that ending the app in between gives none away. A
//! right PIN takes back its own try and no other: who knows the quiet PIN could otherwise type it after
//! every fourth wrong one, and try all PINs without a delay. Instead the count falls by one an hour.
//!
//! Time is the time since the phone was started. Setting the clock, back or forward, does not change it.
//! After a restart of the phone it begins again at zero, and counts for what it is: a delay then takes
//! longer, and never less.

use std::time::Duration;

use crate::store::PinTries;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;

/// How long it takes until one wrong try counts no more.
const FORGOTTEN_AFTER: u64 = 60 * MINUTE;

/// The delay after so many wrong tries, in milliseconds.
fn delay(count: u32) -> u64 {
    match count {
        0..=4 => 0,
        5 => 30 * SECOND,
        6 => MINUTE,
        7 => 5 * MINUTE,
        8 => 15 * MINUTE,
        _ => 60 * MINUTE,
    }
}

/// Returns how long the person must wait before the next try.
pub(crate) fn wait(tries: &PinTries, since_boot: Duration) -> Duration {
    let elapsed = elapsed(tries, millis(since_boot));
    Duration::from_millis(tries.wait_millis.saturating_sub(elapsed))
}

/// Counts a try, as if it were wrong. Call it only after [`wait`] returned zero.
pub(crate) fn begin(tries: &mut PinTries, since_boot: Duration) {
    let now = millis(since_boot);
    let forgotten = elapsed(tries, now) / FORGOTTEN_AFTER;
    let left = tries.count.saturating_sub(u32::try_from(forgotten).unwrap_or(u32::MAX));
    let count = left.saturating_add(1);
    *tries = PinTries { count, at_millis: now, wait_millis: delay(count) };
}

/// Takes back the try that [`begin`] counted, because its PIN was right. `before` are the tries as they
/// were then.
pub(crate) fn take_back(tries: &mut PinTries, before: &PinTries) {
    // The part of an hour that had passed still counts.
    let part = elapsed(before, tries.at_millis) % FORGOTTEN_AFTER;
    tries.count = tries.count.saturating_sub(1);
    tries.at_millis = tries.at_millis.saturating_sub(part);
    tries.wait_millis = 0;
}

/// Returns how much time has passed since the last try at least.
fn elapsed(tries: &PinTries, now: u64) -> u64 {
    // Before: the phone was started since.
    now.checked_sub(tries.at_millis).unwrap_or(now)
}

fn millis(since_boot: Duration) -> u64 {
    u64::try_from(since_boot.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = FORGOTTEN_AFTER;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// Tries wrong PINs as fast as the delays allow. Returns the delay before each.
    fn wrong(tries: &mut PinTries, now: &mut u64, times: usize) -> Vec<u64> {
        let mut waits = Vec::new();
        for _ in 0..times {
            let waiting = millis(wait(tries, at(*now)));
            waits.push(waiting / SECOND);
            *now += waiting;
            begin(tries, at(*now));
        }
        waits
    }

    #[test]
    fn delays_grow_after_the_fifth_wrong_try_up_to_an_hour() {
        let (mut tries, mut now) = (PinTries::default(), 7 * HOUR);
        let waits = wrong(&mut tries, &mut now, 12);
        assert_eq!(waits, [0, 0, 0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600]);
    }

    #[test]
    fn no_more_than_nine_tries_and_one_an_hour_are_possible() {
        let (mut tries, mut now) = (PinTries::default(), 0);
        let mut count = 0;
        while now < 24 * HOUR {
            count += 1;
            wrong(&mut tries, &mut now, 1);
        }
        assert!(count <= 9 + 24, "{count}");
    }

    #[test]
    fn right_pin_between_wrong_ones_gives_no_further_try() {
        let (mut tries, mut now) = (PinTries::default(), 0);
        let mut count = 0;
        while now < 24 * HOUR {
            wrong(&mut tries, &mut now, 1);
            count += 1;
            now += millis(wait(&tries, at(now)));
            let before = tries.clone();
            begin(&mut tries, at(now));
            take_back(&mut tries, &before);
            assert_eq!(wait(&tries, at(now)), Duration::ZERO, "after a right one none waits");
        }
        assert!(count <= 9 + 24, "{count}");
    }

    #[test]
    fn wrong_tries_are_forgotten_one_an_hour_although_right_ones_come_between() {
        let (mut tries, mut now) = (PinTries::default(), 0);
        wrong(&mut tries, &mut now, 4);
        for _ in 0..8 {
            now += HOUR / 2;
            let before = tries.clone();
            begin(&mut tries, at(now));
            take_back(&mut tries, &before);
        }
        assert_eq!(tries.count, 0);
    }

    #[test]
    fn restart_of_the_phone_makes_a_delay_longer_and_never_shorter() {
        let (mut tries, mut now) = (PinTries::default(), 50 * HOUR);
        wrong(&mut tries, &mut now, 5);
        assert_eq!(wait(&tries, at(now + 10 * SECOND)), at(20 * SECOND));
        assert_eq!(wait(&tries, at(0)), at(30 * SECOND), "just started");
        assert_eq!(wait(&tries, at(12 * SECOND)), at(18 * SECOND));
        assert_eq!(wait(&tries, at(31 * SECOND)), Duration::ZERO);
    }
}
