//! Who answers at each minute: every stretch of every day is painted onto the minutes of a calendar.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use promise_core::{LaterEntry, RingEntry, RingNow, RingPlace, RingWho, WhyNow};
use promise_protocol::{
    pack::{ClosedDays, Line},
    values::{Opening, PhoneNumber, Weekday},
};

use super::{
    calendar::Calendar,
    days::{DayFacts, helper_rule, is_away, is_valid},
    random::Council,
};

const PLACES: [RingPlace; 7] = [
    RingPlace::Adviser,
    RingPlace::Cover,
    RingPlace::Helper,
    RingPlace::DutyLine,
    RingPlace::EmergencyTeam,
    RingPlace::EmergencyServices,
    RingPlace::National,
];

/// Stands for a minute that is not in the calendar.
const NONE: u32 = u32::MAX;

/// The answers of one council.
pub(super) struct Oracle<'a> {
    calendar: &'a Calendar,
    everyone: Vec<Someone>,
    /// For each minute, the first one after it with another answer.
    changes: Vec<u32>,
}

/// A contact or a line.
struct Someone {
    who: RingWho,
    numbers: Vec<PhoneNumber>,
    texts: Vec<PhoneNumber>,
    days: Vec<DayFacts>,
    /// Whether they answer at each minute.
    answers: Vec<bool>,
    /// For each minute, the first one after it at which that is otherwise.
    turns: Vec<u32>,
}

impl<'a> Oracle<'a> {
    pub(super) fn new(council: &Council, calendar: &'a Calendar) -> Self {
        let helpers = council.input.helpers.iter().map(|helper| {
            let rule = helper_rule(helper);
            let is_there = |day| {
                let is_closed = rule == ClosedDays::Closed && council.closed_day(day).is_some();
                is_valid(helper.valid_from, helper.valid_to, day)
                    && !is_away(helper, day)
                    && !is_closed
            };
            let days = calendar.days().map(|day| council.helper_facts(helper, day));
            let who = RingWho::Contact {
                id: helper.id.clone(),
                name: helper.name.clone(),
                role: helper.role.clone(),
            };
            let is_open_all_day = |day| {
                let is_closed_day = council.closed_day(day).is_some();
                rule == ClosedDays::OpenAllDay && is_closed_day && is_there(day)
            };
            let answers = paint(calendar, &helper.hours, is_there, is_open_all_day);
            Someone::new(who, &helper.phones, days.collect(), answers)
        });
        let lines = council.input.lines.iter().zip(&council.places);
        let lines = lines.map(|(line, place)| Someone::line(council, calendar, line, *place));
        let everyone: Vec<Someone> = helpers.chain(lines).collect();
        let changes = changes(calendar, &everyone);
        Self { calendar, everyone, changes }
    }

    pub(super) fn moment(&self, minute: u32) -> DateTime<Utc> {
        self.calendar.moment(minute)
    }

    pub(super) fn answer(&self, minute: u32) -> RingNow {
        let index = minute as usize;
        let next_change = self.later(self.changes[index]);
        let mut answer =
            RingNow { ring: Vec::new(), text: Vec::new(), later: Vec::new(), next_change };
        for place in PLACES {
            for someone in &self.everyone {
                let day = &someone.days[self.calendar.day_numbers()[index] as usize];
                if day.is_listed && day.place == place {
                    self.add(&mut answer, someone, day, index);
                }
            }
            if place == RingPlace::EmergencyServices && !self.has_999() {
                answer.ring.push(built_in());
            }
        }
        answer
    }

    fn add(&self, answer: &mut RingNow, someone: &Someone, day: &DayFacts, index: usize) {
        let (who, place) = (someone.who.clone(), day.place);
        let (numbers, texts) = (someone.numbers.clone(), someone.texts.clone());
        let turn = self.later(someone.turns[index]);
        if !someone.answers[index] {
            let why = day.why_not.clone();
            answer.later.push(LaterEntry { who, place, why, next: turn, numbers, texts });
            return;
        }
        let why = match (&day.covers, turn, &who) {
            (Some((contact, last_day)), until, _) => {
                WhyNow::Covers { contact: contact.clone(), last_day: *last_day, until }
            }
            (None, None, _) => WhyNow::Always,
            (None, Some(until), RingWho::Contact { .. }) => WhyNow::Working { until },
            (None, Some(until), _) => WhyNow::Open { until },
        };
        let list = if numbers.is_empty() { &mut answer.text } else { &mut answer.ring };
        list.push(RingEntry { who, place, why, numbers, texts });
    }

    fn later(&self, minute: u32) -> Option<DateTime<Utc>> {
        (minute != NONE).then(|| self.moment(minute))
    }

    fn has_999(&self) -> bool {
        self.everyone.iter().any(|someone| someone.numbers.iter().any(|it| it.number == "999"))
    }
}

impl Someone {
    fn new(who: RingWho, phones: &[PhoneNumber], days: Vec<DayFacts>, answers: Vec<bool>) -> Self {
        let turns = turns(&answers);
        let numbers = phones.iter().filter(|phone| phone.can_be_rung()).cloned().collect();
        let texts = phones.iter().filter(|phone| !phone.can_be_rung()).cloned().collect();
        Self { who, numbers, texts, days, answers, turns }
    }

    fn line(council: &Council, calendar: &Calendar, line: &Line, place: RingPlace) -> Self {
        let rule = line.on_closed_days;
        let is_closed = |day| council.closed_day(day).is_some();
        let is_there = |day| rule != ClosedDays::Closed || !is_closed(day);
        let is_open_all_day = |day| rule == ClosedDays::OpenAllDay && is_closed(day);
        let answers = if place == RingPlace::EmergencyServices {
            vec![true; calendar.len()]
        } else {
            paint(calendar, &line.hours, is_there, is_open_all_day)
        };
        let days = calendar.days().map(|day| DayFacts {
            is_listed: true,
            place,
            covers: None,
            why_not: council.why_closed(&line.hours, rule, day),
        });
        let who = RingWho::Line {
            id: line.id.clone(),
            name: line.display_name.clone(),
            role: line.role.clone(),
            about: line.about.clone(),
        };
        Self::new(who, &line.phones, days.collect(), answers)
    }
}

/// Paints each stretch that begins on a day on which they are there, where its minutes are on such a day
/// too; and the days on which they are open all day.
fn paint(
    calendar: &Calendar,
    hours: &[Opening],
    is_there: impl Fn(NaiveDate) -> bool,
    is_open_all_day: impl Fn(NaiveDate) -> bool,
) -> Vec<bool> {
    let numbers = calendar.day_numbers();
    let days: Vec<NaiveDate> = calendar.days().collect();
    let there: Vec<bool> = days.iter().map(|day| is_there(*day)).collect();
    let all_day: Vec<bool> = days.iter().map(|day| is_open_all_day(*day)).collect();
    let mut answers: Vec<bool> = numbers.iter().map(|day| all_day[*day as usize]).collect();
    let first = days[0] - Days::new(2);
    for day in first.iter_days().take(days.len() + 2).filter(|day| is_there(*day)) {
        let weekday = Weekday::ALL[day.weekday().num_days_from_monday() as usize];
        for opening in hours.iter().filter(|opening| opening.days.contains(&weekday)) {
            let ends = if opening.closes <= opening.opens { day + Days::new(1) } else { day };
            let from = calendar.minute(day.and_time(opening.opens));
            let to = calendar.minute(ends.and_time(opening.closes));
            for minute in from..to {
                let Ok(minute) = usize::try_from(minute) else { continue };
                if numbers.get(minute).is_some_and(|day| there[*day as usize]) {
                    answers[minute] = true;
                }
            }
        }
    }
    answers
}

/// For each minute, the first one after it at which the value is another one.
fn turns<T: PartialEq>(values: &[T]) -> Vec<u32> {
    let mut turns = vec![NONE; values.len()];
    for index in (1..values.len()).rev() {
        turns[index - 1] = if values[index] == values[index - 1] {
            turns[index]
        } else {
            u32::try_from(index).unwrap_or(NONE)
        };
    }
    turns
}

/// Compares the answers of all minutes by their hashes: an answer is made of who answers or does not,
/// until when, and what is true of the day.
fn changes(calendar: &Calendar, everyone: &[Someone]) -> Vec<u32> {
    let mut hashes = vec![0_u64; calendar.len()];
    for someone in everyone {
        let listed = |day: &DayFacts, of: u64| if day.is_listed { of } else { 0 };
        let days: Vec<[u64; 2]> = someone
            .days
            .iter()
            .map(|day| {
                let answering = hash(&format!("{:?} {:?}", day.place, day.covers));
                let silent = hash(&format!("{:?} {:?}", day.place, day.why_not));
                [listed(day, silent), listed(day, answering)]
            })
            .collect();
        let minutes = calendar.day_numbers().iter().zip(&someone.answers).zip(&someone.turns);
        for (all, ((day, answers), turn)) in hashes.iter_mut().zip(minutes) {
            let of_day = days[*day as usize][usize::from(*answers)];
            let turn = if of_day == 0 { 0 } else { u64::from(*turn) };
            *all = all.rotate_left(7) ^ (of_day ^ turn).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    turns(&hashes)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    // Zero stands for someone who is not listed.
    hasher.finish() | 1
}

fn built_in() -> RingEntry {
    let number = serde_json::json!({"number": "999", "kind": "landline"});
    RingEntry {
        who: RingWho::EmergencyServices,
        place: RingPlace::EmergencyServices,
        why: WhyNow::Always,
        numbers: vec![serde_json::from_value(number).expect("a number")],
        texts: Vec::new(),
    }
}
