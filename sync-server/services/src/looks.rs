//! Who opened the pages of many young people on one day: something to ask about.

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Europe::London;

use super::{Permission, ServiceError, StaffScope, audit::name_of, day};
use promise_database::Tx;

/// How many young people's pages in a day are many, where the settings say nothing. Advisers look
/// after about 25 (a caseload), so that a look at everybody one covers for is no alarm.
pub const MANY: usize = 40;

/// How many days back are looked at, today among them.
const DAYS: u64 = 7;

/// One member of staff on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManyLooks {
    /// Who.
    pub staff: String,
    /// Their name.
    pub name: String,
    /// The day in London.
    pub day: NaiveDate,
    /// How many young people's pages they opened.
    pub people: usize,
}

/// The moments at which a day begins and is over in London, in milliseconds since 1970.
pub fn span(day: NaiveDate) -> (i64, i64) {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    (midnight(day), midnight(next))
}

/// London's clocks change at one and two in the morning, so that every day has one midnight.
fn midnight(day: NaiveDate) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN).and_local_timezone(London).earliest();
    midnight.map_or(0, |midnight| midnight.timestamp_millis())
}

/// Who of the caller's council opened the pages of `many` young people or more on one of the last
/// days, the newest day first.
pub fn of_many(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    many: usize,
    now_millis: i64,
) -> Result<Vec<ManyLooks>, ServiceError> {
    if !scope.may(Permission::SeeLog) {
        scope.permit(Permission::SeeTeams)?;
    }
    let council = scope.own_council().unwrap_or_default();
    let today = day::today(now_millis);
    let mut found = Vec::new();
    for back in 0..DAYS {
        let Some(day) = today.checked_sub_days(Days::new(back)) else { break };
        let (from, to) = span(day);
        for (staff, people) in tx.unusual_access(council, from, to, many)? {
            let name = name_of(tx, &staff)?;
            found.push(ManyLooks { staff, name, day, people });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        StaffRole,
        audit::{self, About},
        fixture::{NOW, World},
        people,
    };

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn days_are_londons_also_when_the_clocks_change() {
        let hours = |day: &str| {
            let (from, to) = span(day.parse().unwrap());
            (to - from) / HOUR
        };
        assert_eq!(hours("2026-03-28"), 24);
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
    }

    #[test]
    fn many_pages_on_one_day_are_told_and_many_looks_at_one_page_are_not() {
        let mut world = World::new();
        let jo = world.jo.clone();
        let today = day::today(NOW);
        let adviser = StaffScope::of_member("barnet".into(), jo.clone(), StaffRole::Adviser, today);
        let auditor =
            StaffScope::of_member("barnet".into(), "al".into(), StaffRole::Auditor, today);
        let people: Vec<String> = (0..3)
            .map(|_| {
                world
                    .staff(|tx, scope, random| {
                        people::add_person(tx, scope, "barnet", None, random)
                    })
                    .unwrap()
            })
            .collect();
        let mut looks = |person: &str, at: i64| {
            let person = world.run(|tx| tx.person(person)).unwrap();
            let about = About::Person(&person);
            world.staff(|tx, _, _| audit::note(tx, &adviser, about, "looked", "", at)).unwrap();
        };
        for (index, person) in people.iter().enumerate() {
            // Two of them today, and one on the evening before.
            looks(person, if index == 2 { span(today).0 - 1 } else { NOW });
            looks(person, NOW - 24 * HOUR * 3);
        }
        looks(&people[0], NOW + 1);
        let mut told = |many| world.staff(|tx, _, _| of_many(tx, &auditor, many, NOW)).unwrap();
        let days = |told: Vec<ManyLooks>| -> Vec<(u64, usize)> {
            let ago = |day: NaiveDate| u64::try_from((today - day).num_days()).unwrap();
            told.into_iter().map(|it| (ago(it.day), it.people)).collect()
        };
        assert_eq!(days(told(3)), [(3, 3)]);
        assert_eq!(days(told(2)), [(0, 2), (3, 3)]);
        assert_eq!(days(told(4)), []);
        assert_eq!(told(3)[0].name, "Jo");
    }
}
