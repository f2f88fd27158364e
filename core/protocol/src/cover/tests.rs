//! Chains of cover, and random ones against an oracle.

use serde_json::Map;

use super::*;

fn december(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

fn leave(from: u32, to: u32, cover: &str) -> Leave {
    let cover = Some(cover.to_owned()).filter(|cover| !cover.is_empty());
    Leave { from: december(from), to: december(to), cover, unknown: Map::new() }
}

fn person(id: &str, leave: &[Leave]) -> Absences {
    let leave = leave.to_vec();
    Absences { id: id.to_owned(), leave, from: None, to: None, can_be_named: true }
}

fn shown(days: &[CoverDays]) -> Vec<(u32, u32, &str)> {
    use chrono::Datelike;
    days.iter()
        .map(|days| (days.from.day(), days.to.day(), days.cover.as_deref().unwrap_or("duty")))
        .collect()
}

/// Returns the days of the first person's first leave.
fn days_of_first(people: &[Absences]) -> Vec<CoverDays> {
    days(people, &people[0].id, &people[0].leave[0])
}

#[test]
fn cover_of_cover_is_found_while_the_cover_is_away() {
    let people =
        [person("a", &[leave(1, 14, "b")]), person("b", &[leave(7, 21, "c")]), person("c", &[])];
    assert_eq!(shown(&days_of_first(&people)), [(1, 6, "b"), (7, 14, "c")]);
    let links = chain(&people, "a", &people[0].leave[0]);
    assert_eq!(shown(&links), [(1, 14, "b"), (7, 14, "c")]);
}

#[test]
fn cover_who_is_away_without_cover_leaves_the_duty_line() {
    let people = [person("a", &[leave(1, 14, "b")]), person("b", &[leave(7, 9, "")])];
    assert_eq!(shown(&days_of_first(&people)), [(1, 6, "b"), (7, 9, "duty"), (10, 14, "b")]);
    let unknown = [person("a", &[leave(1, 14, "gone")])];
    assert_eq!(shown(&days_of_first(&unknown)), [(1, 14, "duty")]);
}

#[test]
fn circles_of_two_and_three_end_at_the_duty_line() {
    let two = [person("a", &[leave(1, 9, "b")]), person("b", &[leave(1, 9, "a")])];
    assert_eq!(shown(&days_of_first(&two)), [(1, 9, "duty")]);
    let three = [
        person("a", &[leave(1, 9, "b")]),
        person("b", &[leave(3, 9, "c")]),
        person("c", &[leave(5, 9, "a")]),
    ];
    assert_eq!(shown(&days_of_first(&three)), [(1, 2, "b"), (3, 4, "c"), (5, 9, "duty")]);
    let itself = [person("a", &[leave(1, 9, "a")])];
    assert_eq!(shown(&days_of_first(&itself)), [(1, 9, "duty")]);
    assert_eq!(chain(&three, "a", &three[0].leave[0]).len(), 2, "and never comes back");
}

#[test]
fn hidden_or_expired_cover_is_not_named_and_is_followed() {
    let hidden = |leave: &[Leave]| Absences { can_be_named: false, ..person("b", leave) };
    let people = [person("a", &[leave(1, 9, "b")]), hidden(&[leave(5, 9, "c")]), person("c", &[])];
    assert_eq!(shown(&days_of_first(&people)), [(1, 4, "duty"), (5, 9, "c")]);
    let until = Absences { to: Some(december(3)), ..person("b", &[]) };
    let people = [person("a", &[leave(1, 9, "b")]), until];
    assert_eq!(shown(&days_of_first(&people)), [(1, 3, "b"), (4, 9, "duty")]);
}

/// Numbers that depend on the seed only.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % end
    }
}

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "unknown"];

fn random_people(random: &mut Random) -> Vec<Absences> {
    let mut people = Vec::new();
    for name in &NAMES[..5] {
        let leave: Vec<Leave> = (0..random.below(4))
            .map(|_| {
                let from = 1 + random.below(20);
                let cover = NAMES.get(random.below(7) as usize).copied().unwrap_or_default();
                leave(from, from + random.below(10), cover)
            })
            .collect();
        let day = |random: &mut Random| december(1 + random.below(30));
        people.push(Absences {
            from: (random.below(5) == 0).then(|| day(random)),
            to: (random.below(5) == 0).then(|| day(random)),
            can_be_named: random.below(8) > 0,
            ..person(name, &leave)
        });
    }
    people
}

/// Everyone who can be reached from a leave's cover through people who are away on the day.
fn reachable(people: &[Absences], away: &str, leave: &Leave, day: NaiveDate) -> BTreeSet<String> {
    let is_away = |id: &str| {
        let person = people.iter().find(|person| person.id == id);
        person.is_some_and(|it| it.leave.iter().any(|it| it.from <= day && day <= it.to))
    };
    let mut reached: BTreeSet<String> = leave.cover.clone().into_iter().collect();
    for _ in 0..people.len() {
        for person in people.iter().filter(|it| it.id != away && is_away(&it.id)) {
            if reached.contains(&person.id) {
                let active = person.leave.iter().filter(|it| it.from <= day && day <= it.to);
                reached.extend(active.filter_map(|leave| leave.cover.clone()));
            }
        }
    }
    let can_be_rung = |id: &String| {
        let person = people.iter().find(|person| &person.id == id);
        person.is_some_and(|it| {
            let has_begun = it.from.is_none_or(|from| from <= day);
            it.can_be_named && has_begun && it.to.is_none_or(|to| day <= to)
        })
    };
    reached.retain(|id| id != away && !is_away(id) && can_be_rung(id));
    reached
}

#[test]
fn random_chains_end_and_name_only_people_at_work() {
    for seed in 0..20_000 {
        let people = random_people(&mut Random(seed));
        for (away, leave) in people.iter().flat_map(|it| it.leave.iter().map(move |l| (it, l))) {
            let found = days(&people, &away.id, leave);
            let mut day = leave.from;
            for part in &found {
                assert_eq!(part.from, day, "seed {seed}: no day is left out or twice");
                while day <= part.to {
                    let at_work = reachable(&people, &away.id, leave, day);
                    match &part.cover {
                        Some(cover) => assert!(at_work.contains(cover), "seed {seed} {day}"),
                        None => assert!(at_work.is_empty(), "seed {seed} {day}: {at_work:?}"),
                    }
                    day = day.succ_opt().unwrap();
                }
            }
            assert_eq!(found.last().map(|last| last.to), Some(leave.to), "seed {seed}");
            let links = chain(&people, &away.id, leave);
            for cover in found.iter().filter_map(|part| part.cover.as_ref()) {
                let is_linked = |link: &CoverDays| link.cover.as_ref() == Some(cover);
                assert!(links.iter().any(is_linked), "seed {seed}: {cover} is in the chain");
            }
        }
    }
}
