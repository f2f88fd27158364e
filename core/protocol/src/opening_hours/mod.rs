//! Opening hours as an adviser types them: `mon-thu 17:00-08:45 next day`.
//!
//! One line is one stretch: days, hours, `next day` if the stretch ends on the day after it begins,
//! and its length if that is unusual. Hours with an end before their start have two readings, 05:00
//! the next morning and 5 in the afternoon, so they are refused without `next day`. A stretch of
//! more than 16 hours is refused without its length, such as `(17 hours)`: it is more often a slip
//! than a shift. A whole day is `00:00-24:00`, and every hour of the week is `always`.
//!
//! | typed | read as |
//! |---|---|
//! | `mon-fri 09:00-17:00`, `Mon to Fri 9am – 5pm` | five stretches of 8 hours |
//! | `sat,sun 00:00-24:00` | two whole days |
//! | `mon-thu 17:00-08:45 next day` | each until the next morning |
//! | `fri 16:00-09:00 next day (17 hours)` | until Saturday morning, confirmed |
//! | `mon 09:00-09:00 next day (24 hours)` | until Tuesday morning, confirmed |

mod error;
mod length;
mod parse;

use chrono::NaiveTime;

use crate::values::{Opening, Weekday};

pub use error::OpeningHoursError;
pub use parse::parse;

/// Every hour of the week.
const ALWAYS: &str = "always";

/// Midnight at the end of a day.
const END_OF_DAY: &str = "24:00";

/// The longest stretch that needs no confirmation, in minutes. An emergency team's night, 17:00 to
/// 09:00, is as long.
const MAX_UNCONFIRMED: u32 = 16 * 60;

/// Writes opening hours in the form that [`parse()`] reads without a further confirmation.
pub fn format(opening: &Opening) -> String {
    let ranges = day_ranges(&opening.days);
    if opening.is_all_day() && ranges.concat() == Weekday::ALL {
        return ALWAYS.to_owned();
    }
    let days = match &ranges[..] {
        [range] => match &range[..] {
            [first, _, .., last] => format!("{first}-{last}"),
            few => join(few),
        },
        several => join(&several.concat()),
    };
    let closes = match opening.closes {
        NaiveTime::MIN => END_OF_DAY.to_owned(),
        closes => closes.format("%H:%M").to_string(),
    };
    let next_day = if opening.closes_next_day() { " next day" } else { "" };
    let length = if needs_length(opening) {
        format!(" ({})", length::format(opening.minutes()))
    } else {
        String::new()
    };
    format!("{days} {}-{closes}{next_day}{length}", opening.opens.format("%H:%M"))
}

/// Groups days into ranges of consecutive ones, from Monday to Sunday: Monday, Wednesday and
/// Thursday are `[[Mon], [Wed, Thu]]`. Order and repetition of the days do not matter.
pub fn day_ranges(days: &[Weekday]) -> Vec<Vec<Weekday>> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    days.chunk_by(|day, next| *day as usize + 1 == *next as usize).map(<[_]>::to_vec).collect()
}

/// Returns `true` if the stretch is so long that a line must name its length. A whole day is
/// written so that it cannot be a slip.
fn needs_length(opening: &Opening) -> bool {
    opening.minutes() > MAX_UNCONFIRMED && !opening.is_all_day()
}

fn join(days: &[Weekday]) -> String {
    days.iter().map(|day| day.as_str()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
