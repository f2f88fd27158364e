//! Who is the adviser, and who covers for whom, on a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use promise_protocol::ContactId;

use super::input::Helper;

/// Whom a helper covers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covering<'a> {
    /// The contact who is away.
    pub(super) away: &'a ContactId,
    /// The last of the consecutive days on which the helper covers for them.
    pub(super) last_day: NaiveDate,
    /// Whether the contact who is away is an adviser.
    pub(super) is_for_adviser: bool,
}

/// The advisers of a day: the personal advisers, and who came after one whose last day is over. A ring of
/// contacts who replace each other is followed once.
pub(super) fn advisers(helpers: &[Helper], today: NaiveDate) -> BTreeSet<&ContactId> {
    let named = helpers.iter().filter(|helper| helper.is_personal_adviser());
    let mut advisers: BTreeSet<&ContactId> = named.clone().map(|helper| &helper.id).collect();
    let mut over: Vec<&Helper> = named.filter(|helper| helper.is_over(today)).collect();
    while let Some(before) = over.pop() {
        let after = before.replaced_by.as_ref().and_then(|id| find(helpers, id.as_str()));
        if let Some(after) = after.filter(|after| advisers.insert(&after.id)) {
            over.extend(Some(after).filter(|after| after.is_over(today)));
        }
    }
    advisers
}

/// Who covers on a day, each with whom they cover for: an adviser before another contact.
pub(super) fn covering<'a>(
    helpers: &'a [Helper],
    advisers: &BTreeSet<&ContactId>,
    today: NaiveDate,
) -> BTreeMap<&'a ContactId, Covering<'a>> {
    let mut covering = BTreeMap::new();
    for is_for_adviser in [true, false] {
        let away = helpers.iter().filter(|it| advisers.contains(&it.id) == is_for_adviser);
        for helper in away {
            let Some(cover) = cover_on(helpers, helper, today) else { continue };
            covering.entry(&cover.id).or_insert_with(|| Covering {
                away: &helper.id,
                last_day: last_day_of(helpers, helper, cover, today),
                is_for_adviser,
            });
        }
    }
    covering
}

/// Who is at work on a day in place of a helper.
pub(super) fn cover_on<'a>(
    helpers: &'a [Helper],
    away: &Helper,
    day: NaiveDate,
) -> Option<&'a Helper> {
    let mut days = away.cover_days.iter().filter(|days| days.from <= day && day <= days.to);
    let cover = days.find_map(|days| find(helpers, days.cover.as_deref()?))?;
    away.is_valid_on(day).then_some(cover)
}

/// The last of the consecutive days from this one on which `cover` is at work in place of `away`.
fn last_day_of(helpers: &[Helper], away: &Helper, cover: &Helper, today: NaiveDate) -> NaiveDate {
    let after = |day: NaiveDate| day.succ_opt();
    let starts = away.cover_days.iter().map(|days| days.from);
    let ends = away.cover_days.iter().map(|days| days.to).chain(away.valid_to).filter_map(after);
    let changes: BTreeSet<NaiveDate> = starts.chain(ends).filter(|day| today < *day).collect();
    let other =
        |day: &NaiveDate| cover_on(helpers, away, *day).is_none_or(|other| other.id != cover.id);
    changes.into_iter().find(other).and_then(|day| day.pred_opt()).unwrap_or(today)
}

/// The last of the consecutive days from this one on which a helper is away. `None` if they are not.
pub(super) fn last_day_away(helper: &Helper, today: NaiveDate) -> Option<NaiveDate> {
    let end_of = |day: NaiveDate| {
        let leave = helper.leave.iter().filter(move |leave| leave.includes(day));
        leave.map(|leave| leave.to).max()
    };
    let mut last = end_of(today)?;
    while let Some(later) = last.succ_opt().and_then(end_of) {
        last = later;
    }
    Some(last)
}

fn find<'a>(helpers: &'a [Helper], id: &str) -> Option<&'a Helper> {
    helpers.iter().find(|helper| helper.id.as_str() == id)
}
