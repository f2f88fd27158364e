//! The lists of an answer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{ContactId, london, pack::Line, values::PhoneNumber};

use super::{
    answer::{LaterEntry, RingEntry, RingPlace, RingWho, WhyNotNow, WhyNow},
    input::{Helper, Input},
    lines,
    people::{self, Covering},
    schedule::{ClosedDates, Schedule, State},
};

/// Who answers at a moment and who does not.
#[derive(Debug, PartialEq)]
pub(super) struct Lists {
    pub(super) ring: Vec<RingEntry>,
    pub(super) text: Vec<RingEntry>,
    pub(super) later: Vec<LaterEntry>,
}

/// Someone with a number, and whether they answer.
struct Entry {
    who: RingWho,
    place: RingPlace,
    numbers: Vec<PhoneNumber>,
    texts: Vec<PhoneNumber>,
    answers: Answers,
}

enum Answers {
    Now(WhyNow),
    Later(WhyNotNow, Option<DateTime<Utc>>),
}

/// What is the same for every entry of a moment.
struct Moment<'a> {
    input: &'a Input,
    at: DateTime<Utc>,
    today: NaiveDate,
    closed_days: ClosedDates<'a>,
    advisers: BTreeSet<&'a ContactId>,
    covering: BTreeMap<&'a ContactId, Covering<'a>>,
}

impl Lists {
    pub(super) fn new(input: &Input, at: DateTime<Utc>) -> Self {
        let moment = Moment::new(input, at);
        let helpers = input.helpers.iter().filter_map(|helper| moment.helper(helper));
        let lines = input.lines.iter().filter_map(|line| moment.line(line));
        let mut entries: Vec<Entry> = helpers.chain(lines).collect();
        let mut published = entries.iter().flat_map(|entry| &entry.numbers);
        if !published.any(|phone| phone.number == lines::EMERGENCY_NUMBER) {
            entries.push(emergency_services());
        }
        // Stable: within a place the order is that of the screen.
        entries.sort_by_key(|entry| entry.place);
        let mut lists = Self { ring: Vec::new(), text: Vec::new(), later: Vec::new() };
        for entry in entries {
            lists.add(entry);
        }
        lists
    }

    /// The first moment at which someone begins or stops to answer.
    pub(super) fn next_turn(&self) -> Option<DateTime<Utc>> {
        let ends = self.ring.iter().chain(&self.text).filter_map(|entry| entry.why.until());
        ends.chain(self.later.iter().filter_map(|entry| entry.next)).min()
    }

    fn add(&mut self, Entry { who, place, numbers, texts, answers }: Entry) {
        match answers {
            Answers::Now(why) => {
                let list = if numbers.is_empty() { &mut self.text } else { &mut self.ring };
                list.push(RingEntry { who, place, why, numbers, texts });
            }
            Answers::Later(why, next) => {
                self.later.push(LaterEntry { who, place, why, next, numbers, texts });
            }
        }
    }
}

impl<'a> Moment<'a> {
    fn new(input: &'a Input, at: DateTime<Utc>) -> Self {
        let today = london::day(at);
        let closed_days = input.closed_days.iter().map(|day| (day.date, day.name.as_str()));
        let advisers = people::advisers(&input.helpers, today);
        let covering = people::covering(&input.helpers, &advisers, today);
        Self { input, at, today, closed_days: closed_days.collect(), advisers, covering }
    }

    /// `None` if they are not to be rung any more, or have no number.
    fn helper(&self, helper: &Helper) -> Option<Entry> {
        let (numbers, texts) = split(&helper.phones)?;
        if helper.is_over(self.today) {
            return None;
        }
        let schedule = Schedule {
            hours: &helper.hours,
            on_closed_days: helper.closed_days_rule(),
            leave: &helper.leave,
            from: helper.valid_from,
            to: helper.valid_to,
            closed_days: &self.closed_days,
        };
        let covering = self.covering.get(&helper.id);
        let answers = match schedule.state(self.at) {
            State::Answers { until } => Answers::Now(match (covering, until) {
                (Some(covering), until) => WhyNow::Covers {
                    contact: covering.away.clone(),
                    last_day: covering.last_day,
                    until,
                },
                (None, Some(until)) => WhyNow::Working { until },
                (None, None) => WhyNow::Always,
            }),
            State::Silent { next } => Answers::Later(self.why_not(helper, &schedule), next),
        };
        let who = RingWho::Contact {
            id: helper.id.clone(),
            name: helper.name.clone(),
            role: helper.role.clone(),
        };
        let is_cover = covering.is_some_and(|covering| covering.is_for_adviser);
        let place = if is_cover {
            RingPlace::Cover
        } else if self.advisers.contains(&helper.id) {
            RingPlace::Adviser
        } else {
            RingPlace::Helper
        };
        Some(Entry { who, place, numbers, texts, answers })
    }

    fn why_not(&self, helper: &Helper, schedule: &Schedule<'_>) -> WhyNotNow {
        let today = self.today;
        if let Some(first_day) = helper.valid_from.filter(|from| today < *from) {
            return WhyNotNow::NotYet { first_day };
        }
        if let Some(last_day) = people::last_day_away(helper, today) {
            let cover = people::cover_on(&self.input.helpers, helper, today);
            return WhyNotNow::OnLeave { last_day, cover: cover.map(|cover| cover.id.clone()) };
        }
        why_closed(schedule, today)
    }

    /// `None` if the line has no number.
    fn line(&self, line: &Line) -> Option<Entry> {
        let (numbers, texts) = split(&line.phones)?;
        let place = lines::place(line, &self.input.council);
        let schedule = Schedule {
            hours: &line.hours,
            on_closed_days: line.on_closed_days,
            leave: &[],
            from: None,
            to: None,
            closed_days: &self.closed_days,
        };
        let answers = match schedule.state(self.at) {
            _ if place == RingPlace::EmergencyServices => Answers::Now(WhyNow::Always),
            State::Answers { until: Some(until) } => Answers::Now(WhyNow::Open { until }),
            State::Answers { until: None } => Answers::Now(WhyNow::Always),
            State::Silent { next } => Answers::Later(why_closed(&schedule, self.today), next),
        };
        let who = RingWho::Line {
            id: line.id.clone(),
            name: line.display_name.clone(),
            role: line.role.clone(),
            about: line.about.clone(),
        };
        Some(Entry { who, place, numbers, texts, answers })
    }
}

fn emergency_services() -> Entry {
    Entry {
        who: RingWho::EmergencyServices,
        place: RingPlace::EmergencyServices,
        numbers: vec![lines::emergency_number()],
        texts: Vec::new(),
        answers: Answers::Now(WhyNow::Always),
    }
}

/// Why someone who is neither away nor to come does not answer.
fn why_closed(schedule: &Schedule<'_>, today: NaiveDate) -> WhyNotNow {
    if schedule.hours.is_empty() {
        return WhyNotNow::HoursUnknown;
    }
    match schedule.closed_name(today) {
        Some(name) => WhyNotNow::ClosedDay { name: name.to_owned() },
        None => WhyNotNow::OutOfHours,
    }
}

/// Splits numbers into those that can be rung and those that take only texts or WhatsApp, the preferred
/// one first. `None` if there are none.
fn split(phones: &[PhoneNumber]) -> Option<(Vec<PhoneNumber>, Vec<PhoneNumber>)> {
    let mut phones = phones.to_vec();
    phones.sort_by_key(|phone| !phone.prefer);
    let (numbers, texts): (Vec<_>, Vec<_>) = phones.into_iter().partition(PhoneNumber::can_be_rung);
    (!numbers.is_empty() || !texts.is_empty()).then_some((numbers, texts))
}
