//! What is true of a contact on each day: looked up day by day, with no arithmetic on periods.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use promise_core::{RingPlace, WhyNotNow, ring_now::Helper};
use promise_protocol::{ContactId, cover::Absences, pack::ClosedDays, values::Opening};

use super::random::Council;

/// What is true of someone on a day.
#[derive(Debug)]
pub(super) struct DayFacts {
    /// Whether they are in the answer.
    pub(super) is_listed: bool,
    pub(super) place: RingPlace,
    /// Whom they cover for, and the last day on which they do.
    pub(super) covers: Option<(ContactId, NaiveDate)>,
    /// Why they do not answer, at the times at which they do not.
    pub(super) why_not: WhyNotNow,
}

impl Council {
    pub(super) fn closed_day(&self, day: NaiveDate) -> Option<&str> {
        let mut days = self.input.closed_days.iter();
        days.find(|closed| closed.date == day).map(|closed| closed.name.as_str())
    }

    pub(super) fn helper_facts(&self, helper: &Helper, day: NaiveDate) -> DayFacts {
        let advisers = self.advisers(day);
        let covers = self.covers(helper, &advisers, day);
        let is_cover = covers.as_ref().is_some_and(|(away, _)| advisers.contains(away));
        let is_adviser = advisers.contains(&helper.id);
        DayFacts {
            is_listed: !is_over(helper, day) && !helper.phones.is_empty(),
            place: match (is_cover, is_adviser) {
                (true, _) => RingPlace::Cover,
                (false, true) => RingPlace::Adviser,
                (false, false) => RingPlace::Helper,
            },
            covers,
            why_not: self.why_not(helper, day),
        }
    }

    fn why_not(&self, helper: &Helper, day: NaiveDate) -> WhyNotNow {
        if let Some(first_day) = helper.valid_from.filter(|from| *from > day) {
            WhyNotNow::NotYet { first_day }
        } else if is_away(helper, day) {
            let mut last_day = day;
            while let Some(next) = last_day.succ_opt().filter(|next| is_away(helper, *next)) {
                last_day = next;
            }
            WhyNotNow::OnLeave { last_day, cover: self.cover(helper, day) }
        } else {
            self.why_closed(&helper.hours, helper_rule(helper), day)
        }
    }

    pub(super) fn why_closed(
        &self,
        hours: &[Opening],
        rule: ClosedDays,
        day: NaiveDate,
    ) -> WhyNotNow {
        match self.closed_day(day) {
            _ if hours.is_empty() => WhyNotNow::HoursUnknown,
            Some(name) if rule == ClosedDays::Closed => {
                WhyNotNow::ClosedDay { name: name.to_owned() }
            }
            _ => WhyNotNow::OutOfHours,
        }
    }

    /// Adds whoever came after an adviser who is over, as often as there are contacts.
    fn advisers(&self, day: NaiveDate) -> BTreeSet<ContactId> {
        let helpers = &self.input.helpers;
        let named = helpers.iter().filter(|helper| helper.role == "Personal adviser");
        let mut advisers: BTreeSet<ContactId> = named.map(|helper| helper.id.clone()).collect();
        for _ in helpers {
            let over = helpers.iter().filter(|it| advisers.contains(&it.id) && is_over(it, day));
            let after: Vec<ContactId> = over.filter_map(|it| it.replaced_by.clone()).collect();
            let known = |id: &ContactId| helpers.iter().any(|helper| helper.id == *id);
            advisers.extend(after.into_iter().filter(known));
        }
        advisers
    }

    /// Whom a helper covers for: the first adviser in the order of the contacts, or the first contact.
    fn covers(
        &self,
        helper: &Helper,
        advisers: &BTreeSet<ContactId>,
        day: NaiveDate,
    ) -> Option<(ContactId, NaiveDate)> {
        let is_covered = |away: &&Helper| self.is_covered_by(away, helper, day);
        let covered: Vec<&Helper> = self.input.helpers.iter().filter(is_covered).collect();
        let adviser = covered.iter().find(|away| advisers.contains(&away.id));
        let away: &Helper = adviser.or(covered.first())?;
        let mut last_day = day;
        while let Some(next) =
            last_day.succ_opt().filter(|next| self.is_covered_by(away, helper, *next))
        {
            last_day = next;
        }
        Some((away.id.clone(), last_day))
    }

    fn is_covered_by(&self, away: &Helper, helper: &Helper, day: NaiveDate) -> bool {
        self.cover(away, day).is_some_and(|cover| cover == helper.id)
    }

    /// Who is at work on a day in place of a helper.
    fn cover(&self, helper: &Helper, day: NaiveDate) -> Option<ContactId> {
        if !is_valid(helper.valid_from, helper.valid_to, day) {
            return None;
        }
        let person = self.people.iter().find(|person| helper.id.as_str() == person.id)?;
        let leave = person.leave.iter().filter(|leave| leave.from <= day && day <= leave.to);
        let mut covers = leave.filter_map(|leave| leave.cover.as_deref());
        covers
            .find_map(|cover| self.follow(cover, day, &mut vec![person.id.as_str()]))
            .map(Into::into)
    }

    fn follow<'a>(&'a self, id: &str, day: NaiveDate, asked: &mut Vec<&'a str>) -> Option<&'a str> {
        let person: &Absences = self.people.iter().find(|person| person.id == id)?;
        if asked.contains(&id) {
            return None;
        }
        asked.push(&person.id);
        let mut is_away = false;
        for leave in person.leave.iter().filter(|leave| leave.from <= day && day <= leave.to) {
            is_away = true;
            let next = leave.cover.as_deref();
            if let Some(found) = next.and_then(|next| self.follow(next, day, asked)) {
                return Some(found);
            }
        }
        let can_be_rung = person.can_be_named && is_valid(person.from, person.to, day);
        (!is_away && can_be_rung).then_some(&*person.id)
    }
}

/// What a closed day means for a contact: what their rule says. Without one they are off, unless their hours
/// are all hours of the week.
pub(super) fn helper_rule(helper: &Helper) -> ClosedDays {
    if let Some(rule) = helper.on_closed_days {
        return rule;
    }
    let mut week = vec![false; 7 * 24 * 60];
    for opening in &helper.hours {
        let opens = opening.opens.signed_duration_since(chrono::NaiveTime::MIN).num_minutes();
        for day in &opening.days {
            let from = *day as i64 * 24 * 60 + opens;
            for minute in from..from + i64::from(opening.minutes()) {
                let minute = usize::try_from(minute).unwrap_or_default();
                week[minute % (7 * 24 * 60)] = true;
            }
        }
    }
    if week.contains(&false) { ClosedDays::Closed } else { ClosedDays::AsUsual }
}

pub(super) fn is_away(helper: &Helper, day: NaiveDate) -> bool {
    helper.leave.iter().any(|leave| leave.from <= day && day <= leave.to)
}

pub(super) fn is_valid(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// Returns `true` if they are the one to ring neither on this day nor on a later one.
fn is_over(helper: &Helper, day: NaiveDate) -> bool {
    match (helper.valid_from, helper.valid_to) {
        (_, Some(to)) if to < day => true,
        (Some(from), Some(to)) => to < from,
        _ => false,
    }
}
