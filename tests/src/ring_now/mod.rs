//! Random councils, and who answers: the product's answer against an oracle that knows every minute.

mod calendar;
mod days;
mod oracle;
mod random;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use promise_core::ring_now::answer;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use oracle::Oracle;
use random::Council;

pub use calendar::Calendar;

/// The days on which a council's answers are checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    first: NaiveDate,
    days: u32,
}

impl Span {
    fn start(self) -> DateTime<Utc> {
        self.first.and_time(NaiveTime::MIN).and_utc()
    }

    fn minutes(self) -> u32 {
        self.days * 24 * 60
    }

    fn day(self, number: u32) -> NaiveDate {
        self.first + Days::new(number.into())
    }
}

/// Checks the council of this seed at every minute. An error says what was wrong.
pub fn check_every_minute(seed: u64, calendar: &Calendar) -> Result<(), String> {
    let council = Council::random(&mut ChaCha8Rng::seed_from_u64(seed), calendar.span());
    let oracle = Oracle::new(&council, calendar);
    let mut minutes = 0..calendar.span().minutes();
    minutes.try_for_each(|minute| check(seed, &council, &oracle, (minute, 0)))
}

/// Checks the council of this seed at random moments, not only at whole minutes.
pub fn check_moments(seed: u64, calendar: &Calendar, number: u32) -> Result<(), String> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let council = Council::random(&mut random, calendar.span());
    let oracle = Oracle::new(&council, calendar);
    let end = calendar.span().minutes();
    (0..number).try_for_each(|_| {
        let moment = (random.random_range(0..end), random.random_range(0..60_000));
        check(seed, &council, &oracle, moment)
    })
}

/// Checks so many milliseconds after a minute.
fn check(
    seed: u64,
    council: &Council,
    oracle: &Oracle<'_>,
    (minute, millis): (u32, i64),
) -> Result<(), String> {
    let at = oracle.moment(minute) + TimeDelta::milliseconds(millis);
    let (found, expected) = (answer(&council.input, at), oracle.answer(minute));
    if found == expected {
        return Ok(());
    }
    let input = &council.input;
    Err(format!("seed {seed} at {at}: {found:#?} instead of {expected:#?} for {input:#?}"))
}
