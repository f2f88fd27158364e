//! Random councils: people with hours, leave, cover and hand-overs, lines, and closed days.

use chrono::{NaiveDate, NaiveTime};
use promise_core::{
    RingPlace,
    ring_now::{Helper, Input},
};
use promise_protocol::{
    cover::{self, Absences},
    pack::{ClosedDay, ClosedDays, Line},
    values::{Leave, Opening, Weekday},
};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, json};

use super::Span;

const COUNCIL: &str = "Riverbridge";

/// The ids that contacts have, and one that none has.
const IDS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "unknown"];

/// A council, and what the oracle knows of it besides the input.
pub(super) struct Council {
    pub(super) input: Input,
    /// Everyone with leave, also those whom the person hides.
    pub(super) people: Vec<Absences>,
    /// The place of each line.
    pub(super) places: Vec<RingPlace>,
}

impl Council {
    pub(super) fn random(random: &mut ChaCha8Rng, span: Span) -> Self {
        let step = *[1, 5, 15, 30, 60].choose(random).unwrap_or(&15);
        let mut helpers: Vec<Helper> = IDS
            .iter()
            .take(random.random_range(0..8))
            .map(|id| helper(random, span, step, id))
            .collect();
        let people: Vec<Absences> = helpers
            .iter()
            .map(|helper| Absences {
                id: helper.id.to_string(),
                leave: helper.leave.clone(),
                from: helper.valid_from,
                to: helper.valid_to,
                can_be_named: random.random_ratio(7, 8),
            })
            .collect();
        for (helper, person) in helpers.iter_mut().zip(&people) {
            let days = |leave| cover::days(&people, &person.id, leave);
            helper.cover_days = person.leave.iter().flat_map(days).collect();
        }
        let mut shown = people.iter().map(|person| person.can_be_named);
        helpers.retain(|_| shown.next().unwrap_or_default());
        let (mut lines, mut places) = (Vec::new(), Vec::new());
        for number in 0..random.random_range(0..7) {
            let (line, place) = line(random, step, number);
            lines.push(line);
            places.push(place);
        }
        let closed_days = (0..random.random_range(0..24)).map(|_| {
            let closed = json!({"date": day(random, span), "name": format!("Day {}", random.random_range(0..3))});
            serde_json::from_value(closed).expect("a closed day")
        });
        let mut closed_days: Vec<ClosedDay> = closed_days.collect();
        closed_days.sort_by_key(|closed| closed.date);
        closed_days.dedup_by_key(|closed| closed.date);
        let input = Input { council: COUNCIL.to_owned(), helpers, lines, closed_days };
        Self { input, people, places }
    }
}

fn day(random: &mut ChaCha8Rng, span: Span) -> NaiveDate {
    span.day(random.random_range(0..span.days))
}

fn helper(random: &mut ChaCha8Rng, span: Span, step: u32, id: &str) -> Helper {
    let leave = (0..random.random_range(0..4)).map(|_| {
        let first = random.random_range(0..span.days);
        // Now and then the days are in the wrong order: such a leave is none.
        let last = (first + random.random_range(0..40)).saturating_sub(3);
        let cover =
            random.random_ratio(4, 5).then(|| (*IDS.choose(random).unwrap_or(&"a")).to_owned());
        Leave { from: span.day(first), to: span.day(last), cover, unknown: Map::new() }
    });
    let leave = leave.collect();
    let number = json!({"number": "+447700900123", "kind": "mobile"});
    let text = json!({"number": "+447700900124", "kind": "text"});
    let phones = match random.random_range(0..10) {
        0 => json!([]),
        1 => json!([text]),
        2 => json!([text, number]),
        _ => json!([number]),
    };
    let role = *["Personal adviser", "Housing officer"].choose(random).unwrap_or(&"Advocate");
    Helper {
        id: id.into(),
        name: format!("Name of {id}"),
        role: role.to_owned(),
        phones: serde_json::from_value(phones).expect("numbers"),
        hours: hours(random, step),
        on_closed_days: random
            .random_ratio(1, 2)
            .then(|| *ClosedDays::ALL.choose(random).unwrap_or(&ClosedDays::Closed)),
        leave,
        cover_days: Vec::new(),
        valid_from: random.random_ratio(1, 4).then(|| day(random, span)),
        valid_to: random.random_ratio(1, 3).then(|| day(random, span)),
        replaced_by: random
            .random_ratio(1, 2)
            .then(|| (*IDS.choose(random).unwrap_or(&"a")).into()),
    }
}

fn line(random: &mut ChaCha8Rng, step: u32, number: u32) -> (Line, RingPlace) {
    let closed = *ClosedDays::ALL.choose(random).unwrap_or(&ClosedDays::Closed);
    let by_rule = match closed {
        ClosedDays::OpenAllDay => RingPlace::EmergencyTeam,
        ClosedDays::Closed | ClosedDays::AsUsual => RingPlace::DutyLine,
    };
    let (phone, kind, organisation, place) = match random.random_range(0..9) {
        0 => ("+442079460101", "duty", "Another council", RingPlace::DutyLine),
        1 => ("+441632960102", "oohs", "riverbridge", RingPlace::EmergencyTeam),
        2 => ("+442079460101", "landline", COUNCIL, by_rule),
        3 => ("+442079460101", "mobile", "", by_rule),
        4 => ("999", "landline", "", RingPlace::EmergencyServices),
        5 => ("116123", "landline", "", RingPlace::National),
        6 => ("85258", "text", "A charity", RingPlace::National),
        7 => ("112", "landline", "", RingPlace::EmergencyServices),
        _ => ("+448001111", "landline", "A charity", RingPlace::National),
    };
    let line = json!({
        "id": format!("line-{number}"), "role": "A line", "display_name": {"en": "A line"},
        "organisation": organisation, "phones": [{"number": phone, "kind": kind}],
        "hours": hours(random, step), "on_closed_days": closed,
    });
    (serde_json::from_value(line).expect("a line"), place)
}

fn hours(random: &mut ChaCha8Rng, step: u32) -> Vec<Opening> {
    if random.random_ratio(1, 8) {
        let (opens, closes) = (NaiveTime::MIN, NaiveTime::MIN);
        return vec![Opening { days: Weekday::ALL.to_vec(), opens, closes, unknown: Map::new() }];
    }
    (0..random.random_range(0..5)).map(|_| opening(random, step)).collect()
}

/// Random hours whose times are multiples of `step` minutes, often near the hour at which the clocks
/// change.
fn opening(random: &mut ChaCha8Rng, step: u32) -> Opening {
    let days = Weekday::ALL.into_iter().filter(|_| random.random_ratio(1, 2)).collect();
    let mut time = || {
        let end = if random.random_ratio(1, 4) { 3 * 60 } else { 24 * 60 };
        let minute = random.random_range(0..end / step) * step;
        let minute = if random.random_ratio(1, 8) { 0 } else { minute };
        NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default()
    };
    let (opens, closes) = (time(), time());
    Opening { days, opens, closes, unknown: Map::new() }
}
