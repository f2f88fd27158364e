//! Who can I ring right now?
//!
//! [`answer()`] is pure: it takes what the phone holds and a moment, and knows no clock. A moment has no time
//! zone, so neither the phone's zone nor, with the council's clock, its time makes a difference. All hours
//! and days are those of London.
//!
//! Where the data leave a doubt, the answer is the one that promises less: a line that is shown as open
//! and rings in an empty office is worse than one that is not shown, because 999 and the emergency team
//! always are.
//!
//! - A stretch of hours counts from the first moment at which the clocks show its beginning until the first
//!   at which they show its end, so the doubled hour of October counts once. What the clocks skip in March
//!   is left out.
//! - A stretch counts on the day on which it begins. Past midnight it ends if the next day is a closed
//!   day, a day of leave or after the last one.
//! - On closed days a line follows its rule, and so does a contact that has one. A contact without a rule
//!   does not work, unless its hours are all hours of the week.
//! - A contact without hours may answer: it is among those who answer later, with that reason. A contact
//!   without a number is left out, and so are the person's own contacts: nothing says when they answer.
//! - 999 is open whatever its hours say, and there although no council publishes it.
//!
//! `schedule` turns hours and days into moments, `people` finds the advisers and who covers, `lines` what a
//! line is, and `lists` puts the answer together. `tests/src/ring_now` checks it against every minute.

mod answer;
mod input;
mod lines;
mod lists;
mod people;
mod schedule;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::london;

use self::lists::Lists;

pub use answer::{LaterEntry, RingEntry, RingNow, RingPlace, RingWho, WhyNotNow, WhyNow};
pub use input::{Helper, Input};

/// Returns whom to ring at a moment, in the order in which to try, and until when the answer holds.
pub fn answer(input: &Input, at: DateTime<Utc>) -> RingNow {
    let lists = Lists::new(input, at);
    let next_change = next_change(input, at, &lists);
    let Lists { ring, text, later } = lists;
    RingNow { ring, text, later, next_change }
}

/// Returns the first moment after this one at which the lists are others: when someone begins or stops
/// to answer, or a day on which the reasons change.
fn next_change(input: &Input, at: DateTime<Utc>, lists: &Lists) -> Option<DateTime<Utc>> {
    let turn = lists.next_turn();
    let days = days_that_matter(input).into_iter().map(london::start_of_day);
    days.filter(|midnight| at < *midnight)
        .take_while(|midnight| turn.is_none_or(|turn| *midnight < turn))
        .find(|midnight| Lists::new(input, *midnight) != *lists)
        .or(turn)
}

/// The days with which anything begins or is over, in order.
fn days_that_matter(input: &Input) -> BTreeSet<NaiveDate> {
    let (mut first_days, mut last_days) = (Vec::new(), Vec::new());
    for helper in &input.helpers {
        first_days.extend(helper.valid_from);
        first_days.extend(helper.leave.iter().map(|leave| leave.from));
        first_days.extend(helper.cover_days.iter().map(|days| days.from));
        last_days.extend(helper.valid_to);
        last_days.extend(helper.leave.iter().map(|leave| leave.to));
        last_days.extend(helper.cover_days.iter().map(|days| days.to));
    }
    first_days.extend(input.closed_days.iter().map(|day| day.date));
    last_days.extend(input.closed_days.iter().map(|day| day.date));
    let days_after = last_days.into_iter().filter_map(|day| day.succ_opt());
    first_days.into_iter().chain(days_after).collect()
}
