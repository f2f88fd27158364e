//! Random councils and files, and an oracle that decides about each young person and staff member by
//! itself, day by day, from the rows as they were made.

use std::collections::BTreeSet;

use chrono::{Days as DayCount, TimeDelta};

use super::*;

const PEOPLE: usize = 5;
const STAFF: usize = 5;
const CASES: u64 = 3_000;

/// The worker who is in no file. Those below are the staff.
const UNKNOWN: usize = STAFF;
/// The worker without an account here.
const NO_ACCOUNT: usize = STAFF + 1;
/// The staff member who left by the directory.
const LEAVER: usize = 3;
/// The staff member without a card.
const NO_CARD: usize = 4;

/// Numbers that depend on a seed alone.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn index(&mut self, sides: usize) -> usize {
        usize::try_from(self.roll(u64::try_from(sides).unwrap())).unwrap()
    }

    /// A day up to so many days before or after today.
    fn day(&mut self, before: i64, after: i64) -> NaiveDate {
        let span = u64::try_from(before + after + 1).unwrap();
        today() + TimeDelta::days(i64::try_from(self.roll(span)).unwrap() - before)
    }
}

fn today() -> NaiveDate {
    day("2026-11-30")
}

/// A row as it was made.
struct Row {
    person: usize,
    worker: usize,
    /// `None` if a day is unreadable.
    days: Option<(NaiveDate, Option<NaiveDate>)>,
}

impl Row {
    fn random(dice: &mut Dice) -> Self {
        let starts = dice.day(90, 20);
        let last = match dice.roll(3) {
            0 => None,
            1 => Some(starts.max(today() - DayCount::new(1 + dice.roll(60)))),
            _ => Some(starts.max(today() + DayCount::new(dice.roll(20)))),
        };
        Self {
            person: dice.index(PEOPLE + 1),
            worker: if dice.roll(8) == 0 { STAFF + dice.index(2) } else { dice.index(STAFF) },
            days: (dice.roll(12) > 0).then_some((starts, last)),
        }
    }

    fn text(&self) -> String {
        let Self { person, worker, .. } = self;
        let (starts, last) = match self.days {
            Some((starts, last)) => {
                (starts.to_string(), last.map(|last| last.to_string()).unwrap_or_default())
            }
            None => ("soon".to_owned(), String::new()),
        };
        format!("CL-{person},w{worker},PA,{starts},{last}")
    }

    fn is_over(&self) -> bool {
        matches!(self.days, Some((_, Some(last))) if last < today())
    }

    fn covers(&self, day: NaiveDate) -> bool {
        self.days.is_some_and(|(starts, last)| starts <= day && last.is_none_or(|last| day <= last))
    }

    fn has_ended_lately(&self) -> bool {
        matches!(self.days, Some((_, Some(last)))
            if last < today() && last >= today() - DayCount::new(31))
    }
}

struct World {
    state: State,
    rows: Vec<Row>,
}

impl World {
    fn random(seed: u64) -> Self {
        let mut dice = Dice(seed);
        dice.roll(2);
        let mut assignments = Vec::new();
        for person in 0..PEOPLE {
            for staff in 0..STAFF {
                if dice.roll(4) == 0 {
                    let covers = (dice.roll(4) == 0).then(|| staff_id((staff + 1) % STAFF));
                    let open = Assignment::open(&person_id(person), &staff_id(staff), "c");
                    let ends = covers.as_ref().map(|_| today() + DayCount::new(7));
                    assignments.push(Assignment { covers, ends, ..open });
                }
            }
        }
        let known = |index| KnownStaff {
            id: staff_id(index),
            name: String::new(),
            addresses: [format!("s{index}@x.uk")].into(),
            can_advise: index != NO_CARD,
            has_left: false,
            leave: Vec::new(),
        };
        let people = (0..PEOPLE).map(|index| KnownPerson {
            id: person_id(index),
            reference: Some(format!("CL-{index}")),
        });
        let state = State {
            today: today(),
            people: people.collect(),
            staff: (0..STAFF).map(known).collect(),
            assignments,
        };
        let count = 1 + dice.roll(14);
        Self { state, rows: (0..count).map(|_| Row::random(&mut dice)).collect() }
    }

    fn plan(&self, state: &State) -> Plan {
        let rows: Vec<String> = self.rows.iter().map(Row::text).collect();
        let workers = (0..STAFF).chain([NO_ACCOUNT]);
        let professionals: Vec<String> =
            workers.clone().map(|worker| format!("w{worker},{worker}\n")).collect();
        let directory: Vec<String> = workers
            .map(|worker| format!("{worker},s{worker}@x.uk,{}\n", worker != LEAVER))
            .collect();
        let extract = read([
            &involvements(&rows),
            &format!("prof_professional_id,prof_staff_id\n{}", professionals.concat()),
            &format!("employeeId,mail,accountEnabled\n{}", directory.concat()),
        ]);
        Plan::new(state, &extract.unwrap(), &CountedRoles::default(), false).unwrap()
    }

    fn rows_of(&self, person: usize, worker: usize) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.person == person && row.worker == worker)
    }

    fn own(&self, person: usize, staff: usize) -> Option<&Assignment> {
        let mut own = self.state.assignments.iter().filter(|it| it.covers.is_none());
        own.find(|it| it.person == person_id(person) && it.staff == staff_id(staff))
    }

    /// Returns `true` if a row that is not over is missing something, so that absence says nothing.
    fn has_doubt(&self, person: usize) -> bool {
        let of_person = self.rows.iter().filter(|row| row.person == person);
        let mut open = of_person.filter(|row| !row.is_over());
        open.any(|row| row.worker >= STAFF || row.days.is_none())
    }

    fn fate(&self, person: usize, staff: usize) -> Fate {
        let rows = || self.rows_of(person, staff);
        let is_live = rows().any(|row| row.days.is_some() && !row.is_over());
        let is_own = self.own(person, staff).is_some();
        if is_live {
            return match (is_own, matches!(staff, LEAVER | NO_CARD)) {
                (true, _) => Fate::Stays,
                (false, true) => Fate::Refused,
                (false, false) => Fate::Begins,
            };
        }
        if !is_own {
            return Fate::None;
        }
        let is_unreadable = rows().any(|row| row.days.is_none());
        let may_be_anyone = self.rows_of(person, UNKNOWN).any(|row| !row.is_over());
        let has_ended = rows().any(Row::has_ended_lately);
        if is_unreadable || may_be_anyone || (!has_ended && self.has_doubt(person)) {
            Fate::Held
        } else if has_ended {
            Fate::Ends
        } else {
            Fate::Missing
        }
    }
}

/// What becomes of a young person and a staff member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    None,
    Stays,
    Begins,
    Refused,
    Ends,
    Missing,
    Held,
}

fn person_id(index: usize) -> PersonId {
    format!("p{index}").into()
}

fn staff_id(index: usize) -> StaffId {
    format!("s{index}").into()
}

/// What a plan makes of a young person and a staff member.
fn planned(world: &World, plan: &Plan, person: usize, staff: usize) -> Fate {
    let pair = Pair { person: person_id(person), staff: staff_id(staff) };
    let of_pair = |change: &&Change| match change {
        Change::SwitchOff { .. } => false,
        Change::End { person, staff }
        | Change::SetDays { person, staff, .. }
        | Change::Assign { person, staff, .. } => (person, staff) == (&pair.person, &pair.staff),
    };
    let mut changes = plan.changes.iter().filter(of_pair);
    let change = changes.next();
    assert_eq!(changes.next(), None, "one change at most");
    let lists = [plan.missing.contains(&pair), plan.held.contains(&pair)];
    match (change, lists) {
        (Some(Change::End { .. }), [false, false]) => Fate::Ends,
        (Some(Change::Assign { .. }), [false, false]) => Fate::Begins,
        (Some(Change::SetDays { .. }), [false, false]) => Fate::Stays,
        (None, [true, false]) => Fate::Missing,
        (None, [false, true]) => Fate::Held,
        (None, [false, false]) if world.own(person, staff).is_some() => Fate::Stays,
        (None, [false, false]) => {
            let mut live =
                world.rows_of(person, staff).filter(|row| row.days.is_some() && !row.is_over());
            if live.next().is_some() { Fate::Refused } else { Fate::None }
        }
        both => panic!("{both:?}"),
    }
}

#[test]
fn random_plans_are_those_of_the_oracle() {
    let mut seen = BTreeSet::new();
    for seed in 0..CASES {
        let world = World::random(seed);
        let plan = world.plan(&world.state);
        let after = applied(&world.state, &plan.changes);
        for person in 0..PEOPLE {
            for staff in 0..STAFF {
                let fate = world.fate(person, staff);
                seen.insert(fate);
                let of = planned(&world, &plan, person, staff);
                assert_eq!(of, fate, "seed {seed}, person {person}, staff {staff}: {plan:#?}");
                check_days(&world, &after, (person, staff), seed);
            }
        }
        let refused = plan.refused.iter().filter(|row| {
            row.problem == RowProblem::NotAnAdviser || row.problem == RowProblem::WorkerLeft
        });
        let cannot = |row: &&Row| {
            let is_open = row.days.is_some() && !row.is_over();
            row.person < PEOPLE && matches!(row.worker, LEAVER | NO_CARD) && is_open
        };
        assert_eq!(refused.count(), world.rows.iter().filter(cannot).count(), "seed {seed}");
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
}

/// Compares each of the next days with the rows: on the days of an involvement the adviser is there, and
/// on none after the last.
fn check_days(world: &World, after: &State, (person, staff): (usize, usize), seed: u64) {
    if !matches!(world.fate(person, staff), Fate::Begins | Fate::Stays)
        || matches!(staff, LEAVER | NO_CARD)
    {
        return;
    }
    let mut all = after.assignments.iter().filter(|it| it.covers.is_none());
    let own = all.find(|it| it.person == person_id(person) && it.staff == staff_id(staff));
    let own = own.unwrap();
    for offset in 0..45 {
        let day = today() + DayCount::new(offset);
        let rows = || world.rows_of(person, staff).filter(|row| !row.is_over());
        if rows().any(|row| row.covers(day)) {
            assert!(own.is_active_on(day), "seed {seed}: {own:?} on {day}");
        }
        let is_after_all =
            rows().filter_map(|row| row.days).all(|(_, last)| last.is_some_and(|last| last < day));
        if is_after_all {
            assert!(!own.is_active_on(day), "seed {seed}: {own:?} on {day}");
        }
    }
}

#[test]
fn random_import_changes_nothing_when_it_is_repeated() {
    for seed in 0..CASES {
        let world = World::random(seed);
        let first = world.plan(&world.state);
        let after = applied(&world.state, &first.changes);
        let second = world.plan(&after);
        // Days that hang on those of another assignment may follow a night later.
        let more = |change: &Change| !matches!(change, Change::SetDays { .. });
        assert!(!second.changes.iter().any(more), "seed {seed}: {:?}", second.changes);
        let settled = world.plan(&applied(&after, &second.changes));
        assert_eq!(settled.changes, [], "seed {seed}");
        assert_eq!(settled.missing, first.missing, "seed {seed}");
        assert_eq!(settled.held, first.held, "seed {seed}");
    }
}

#[test]
fn random_plan_without_rows_ends_nothing() {
    for seed in 0..500 {
        let mut world = World::random(seed);
        world.rows = vec![Row { person: PEOPLE, worker: 0, days: Some((today(), None)) }];
        let plan = world.plan(&world.state);
        assert_eq!(plan.changes, [], "seed {seed}");
        let own = world.state.assignments.iter().filter(|it| it.covers.is_none()).count();
        assert_eq!(plan.missing.len(), own, "seed {seed}");
    }
}
