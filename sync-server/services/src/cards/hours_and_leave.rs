//! Hours and leave that contradict each other: days away on which no one could be reached anyway.

use chrono::{Days, NaiveDate};
use promise_database::ContactCard;
use promise_protocol::values::{Leave, Opening, Weekday};

/// Returns `true` if one of the days of a leave is among the hours on the card. A card without hours is
/// reachable on every day.
pub(super) fn has_hours_within(card: &ContactCard, leave: &Leave) -> bool {
    let hours = card.working_pattern();
    // A week has every day; a leave without an end would take for ever.
    let week =
        leave.from.checked_add_days(Days::new(6)).map_or(leave.to, |last| last.min(leave.to));
    let mut days = leave.from.iter_days().take_while(|day| *day <= week);
    hours.is_empty() || days.any(|day| hours.iter().any(|opening| is_open_on(opening, day)))
}

/// Returns `true` if the hours are open at some time of the day, also when they began the day before.
fn is_open_on(opening: &Opening, day: NaiveDate) -> bool {
    let opens = |day: NaiveDate| opening.days.contains(&Weekday::of(day));
    opens(day) || (opening.closes_next_day() && day.pred_opt().is_some_and(opens))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::fields;
    use serde_json::{Map, json};

    fn leave(from: &str, to: &str) -> Leave {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        Leave { from, to, cover: None, unknown: Map::new() }
    }

    #[test]
    fn leave_outside_the_hours_contradicts_them() {
        let card = |hours: serde_json::Value| {
            let fields = fields(json!({ "working_pattern": hours }));
            ContactCard { fields, ..ContactCard::default() }
        };
        let office = json!([{"days": ["mon", "fri"], "opens": "09:00", "closes": "17:00"}]);
        let night = json!([{"days": ["fri"], "opens": "22:00", "closes": "06:00"}]);
        // 28 November 2026 is a Saturday.
        let cases = [
            (card(office.clone()), "2026-11-28", "2026-11-29", false),
            (card(office.clone()), "2026-11-28", "2026-11-30", true),
            (card(office), "2026-11-28", "2027-11-30", true),
            (card(night.clone()), "2026-11-28", "2026-11-28", true),
            (card(night), "2026-11-29", "2026-12-03", false),
            (card(json!(null)), "2026-11-28", "2026-11-29", true),
        ];
        for (card, from, to, expected) in cases {
            let fits = has_hours_within(&card, &leave(from, to));
            assert_eq!(fits, expected, "{from} to {to}: {:?}", card.fields);
        }
    }
}
