//! Who is at work in place of a person on leave.
//!
//! The colleague who covers may be on leave too, and name another one, who may name the first. The
//! phone, the console and the server follow such chains with the same functions, which end in a
//! person who is at work or in none: then a young person rings the duty line.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::values::Leave;

/// A person with their leave: a contact on a phone, or a staff member.
#[derive(Clone, Debug, PartialEq)]
pub struct Absences {
    /// Their id, by which the `cover` of a leave names them.
    pub id: String,
    /// When they are away, and who covers.
    pub leave: Vec<Leave>,
    /// The first day on which they can be rung.
    pub from: Option<NaiveDate>,
    /// The last day on which they can be rung.
    pub to: Option<NaiveDate>,
    /// `false` if they may not be named. Their own cover still counts.
    pub can_be_named: bool,
}

/// Days of a leave on which the same person is at work in place of the one who is away.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CoverDays {
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// The id of the person who is at work; `None` if there is none, and the duty line is rung.
    pub cover: Option<String>,
}

/// Returns the days of a leave of `away`, from its first to its last, each with the person who is
/// at work in place of them: the colleague who covers, or if that colleague is on leave too, the one
/// who covers for them, and so on. There is none if the chain ends without one, or comes back to a
/// person who is in it.
pub fn days(people: &[Absences], away: &str, leave: &Leave) -> Vec<CoverDays> {
    let mut days: Vec<CoverDays> = Vec::new();
    for (from, to) in periods(people, leave) {
        let cover = follow(people, leave, from, &mut BTreeSet::from([away]));
        match days.last_mut().filter(|last| last.cover.as_deref() == cover) {
            Some(last) => last.to = to,
            None => days.push(CoverDays { from, to, cover: cover.map(str::to_owned) }),
        }
    }
    days
}

/// Returns everyone through whom the chains of a leave of `away` lead, with the days on which they
/// do: the colleague who covers, the one who covers for that colleague, and so on. The order is that
/// of the chain.
pub fn chain(people: &[Absences], away: &str, leave: &Leave) -> Vec<CoverDays> {
    let mut found = Vec::new();
    let mut open = vec![(leave.clone(), BTreeSet::from([away.to_owned()]))];
    while let Some((leave, seen)) = open.pop() {
        let Some(cover) = leave.cover.clone().filter(|cover| !seen.contains(cover)) else {
            continue;
        };
        let link = CoverDays { from: leave.from, to: leave.to, cover: Some(cover.clone()) };
        if found.contains(&link) {
            continue;
        }
        found.push(link);
        let seen: BTreeSet<String> = seen.into_iter().chain([cover.clone()]).collect();
        let theirs = people.iter().filter(|person| person.id == cover);
        for next in theirs.flat_map(|person| &person.leave) {
            let (from, to) = (next.from.max(leave.from), next.to.min(leave.to));
            if from <= to {
                open.push((Leave { from, to, ..next.clone() }, seen.clone()));
            }
        }
    }
    found
}

/// Follows the cover of one leave. `asked` holds everyone in the chain so far, so that no chain
/// visits a person twice.
fn follow<'a>(
    people: &'a [Absences],
    leave: &'a Leave,
    day: NaiveDate,
    asked: &mut BTreeSet<&'a str>,
) -> Option<&'a str> {
    let cover = leave.cover.as_deref()?;
    let person = people.iter().find(|person| person.id == cover)?;
    if !asked.insert(cover) {
        return None;
    }
    let mut away = person.leave.iter().filter(|leave| leave.includes(day)).peekable();
    if away.peek().is_some() {
        return away.find_map(|leave| follow(people, leave, day, asked));
    }
    let can_be_rung = person.can_be_named
        && person.from.is_none_or(|from| from <= day)
        && person.to.is_none_or(|to| day <= to);
    can_be_rung.then_some(cover)
}

/// Splits the days of a leave where anything begins or ends that may change who is at work.
fn periods(people: &[Absences], leave: &Leave) -> Vec<(NaiveDate, NaiveDate)> {
    let next = |day: NaiveDate| day.checked_add_days(Days::new(1));
    let mut starts = BTreeSet::from([leave.from]);
    for person in people {
        let firsts = person.leave.iter().map(|leave| leave.from).chain(person.from);
        let lasts = person.leave.iter().map(|leave| leave.to).chain(person.to);
        starts.extend(firsts.chain(lasts.filter_map(next)));
    }
    let starts: Vec<NaiveDate> = starts.into_iter().filter(|day| leave.includes(*day)).collect();
    let ends = starts.iter().skip(1).filter_map(NaiveDate::pred_opt).chain([leave.to]);
    starts.iter().copied().zip(ends).collect()
}

#[cfg(test)]
mod tests;
