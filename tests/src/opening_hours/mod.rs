//! Random weeks of opening hours, in many spellings, against an oracle that looks at every minute.

mod oracle;
mod spelling;

use chrono::NaiveTime;
use promise_protocol::{
    opening_hours,
    pack::{ClosedDays, Line},
    values::{Opening, Weekday},
};
use promise_services::directory::coverage;
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, json};

pub use oracle::London;

/// The council whose lines are made.
const COUNCIL: &str = "Riverbridge";

/// A random week: the council's lines, and others that must not count.
#[derive(Debug)]
pub struct Week {
    lines: Vec<Line>,
    /// The hours of the council's own lines, and what closed days do to them.
    own: Vec<(Opening, ClosedDays)>,
}

/// Makes the week of this seed and checks it. An error says what was wrong.
pub fn check_seed(seed: u64) -> Result<(), String> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let step = *[1, 5, 15, 30, 60].choose(&mut random).unwrap_or(&15);
    let week = Week::random(&mut random, step);
    for (opening, _) in &week.own {
        spelling::check(opening, &mut random).map_err(|wrong| format!("seed {seed}: {wrong}"))?;
    }
    let found = coverage(&week.lines, COUNCIL);
    let expected = oracle::coverage(&week.own);
    if found == expected {
        Ok(())
    } else {
        Err(format!("seed {seed}: {found:?} instead of {expected:?} for {:#?}", week.own))
    }
}

/// Checks the gaps of the week of this seed at every minute of a year in London, with both changes
/// of the clocks.
pub fn check_year(seed: u64, year: &London) -> Result<(), String> {
    // Steps of 20 minutes leave no gap that is too short to be listed.
    let week = Week::random(&mut ChaCha8Rng::seed_from_u64(seed), 20);
    let gaps = coverage(&week.lines, COUNCIL).gaps;
    let openings: Vec<Opening> = week.own.iter().map(|(opening, _)| opening.clone()).collect();
    year.check(&openings, &gaps).map_err(|wrong| format!("seed {seed}: {wrong} {openings:#?}"))
}

impl Week {
    fn random(random: &mut ChaCha8Rng, step: u32) -> Self {
        let (mut lines, mut own) = (Vec::new(), Vec::new());
        for _ in 0..random.random_range(0..4) {
            let hours: Vec<Opening> =
                (0..random.random_range(0..6)).map(|_| opening(random, step)).collect();
            let closed = *ClosedDays::ALL.choose(random).unwrap_or(&ClosedDays::Closed);
            let is_own = random.random_ratio(4, 5);
            let (number, kind, organisation) = match (is_own, random.random_range(0..3)) {
                (true, 0) => ("+442079460101", "landline", "riverbridge"),
                (true, 1) => ("+442079460101", "landline", ""),
                (true, _) => ("+441632960102", "oohs", "Another council"),
                (false, 0) => ("+447700900101", "text", COUNCIL),
                (false, 1) => ("999", "landline", ""),
                (false, _) => ("+448001111", "landline", "A charity"),
            };
            if is_own {
                own.extend(hours.iter().map(|opening| (opening.clone(), closed)));
                // A line without hours may still be open all day on closed days.
                if hours.is_empty() {
                    let never = Opening { days: Vec::new(), ..opening(random, step) };
                    own.push((never, closed));
                }
            }
            let line = json!({
                "id": "x", "role": "x", "display_name": {"en": "x"}, "organisation": organisation,
                "phones": [{"number": number, "kind": kind}], "hours": hours,
                "on_closed_days": closed,
            });
            lines.push(serde_json::from_value(line).expect("a line"));
        }
        Self { lines, own }
    }
}

/// Random hours whose times are multiples of `step` minutes.
fn opening(random: &mut ChaCha8Rng, step: u32) -> Opening {
    let mut days: Vec<Weekday> =
        Weekday::ALL.into_iter().filter(|_| random.random_ratio(2, 3)).collect();
    if days.is_empty() {
        days.push(*Weekday::ALL.choose(random).unwrap_or(&Weekday::Mon));
    }
    let mut time = |midnight| {
        let minute = random.random_range(0..24 * 60 / step) * step;
        let minute = if random.random_ratio(midnight, 10) { 0 } else { minute };
        NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default()
    };
    let (opens, closes) = (time(1), time(2));
    Opening { days, opens, closes, unknown: Map::new() }
}

/// Returns the line that a form shows for these hours.
fn line_of(opening: &Opening) -> String {
    opening_hours::format(opening)
}
