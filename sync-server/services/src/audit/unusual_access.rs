//! Staff who opened unusually many young people's records on one day.

use chrono::{Days, NaiveDate};
use promise_database::Tx;
use promise_protocol::ids::StaffId;

use crate::{Permission, ServiceError, StaffScope, calendar, names};

/// The default threshold: records of different people that a staff member opens in one day. A
/// caseload has about 25 people, so covering for a colleague stays below it.
pub const DEFAULT_THRESHOLD: usize = 40;

/// How many days are searched, including today.
const DAYS: u64 = 7;

/// One staff member on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusualAccess {
    /// The staff member.
    pub staff: StaffId,
    /// The name on their card.
    pub name: String,
    /// The day in London.
    pub day: NaiveDate,
    /// How many young people's records they opened.
    pub people: usize,
}

/// Returns who opened records of at least `threshold` young people of the caller's council on one
/// of the last seven days, newest day first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    threshold: usize,
    now_millis: i64,
) -> Result<Vec<UnusualAccess>, ServiceError> {
    if !scope.may(Permission::SeeLog) {
        scope.permit(Permission::SeeTeams)?;
    }
    let council = scope.require_council()?;
    let today = calendar::today(now_millis);
    let mut found = Vec::new();
    for back in 0..DAYS {
        let Some(day) = today.checked_sub_days(Days::new(back)) else { break };
        let (from, to) = calendar::day_bounds(day);
        for (staff, people) in tx.unusual_access(council, from, to, threshold)? {
            let name = names::display_name(tx, &staff)?;
            found.push(UnusualAccess { staff, name, day, people });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use promise_protocol::ids::PersonId;

    use super::*;
    use crate::{
        StaffRole,
        audit::{self, AuditAction, Subject},
        fixture::{NOW, World},
        people,
    };

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn many_people_viewed_on_one_day_are_listed_and_repeated_views_are_not() {
        let mut world = World::new();
        let jo = world.jo.clone();
        let today = calendar::today(NOW);
        let adviser = StaffScope::of_member("barnet".into(), jo.clone(), StaffRole::Adviser, today);
        let auditor =
            StaffScope::of_member("barnet".into(), "al".into(), StaffRole::Auditor, today);
        let people: Vec<PersonId> = (0..3)
            .map(|_| {
                world
                    .staff(|tx, scope, random| {
                        people::add(tx, scope, &"barnet".into(), None, random)
                    })
                    .unwrap()
            })
            .collect();
        let mut view = |person: &PersonId, at: i64| {
            let person = world.run(|tx| tx.person(person)).unwrap();
            let about = Subject::Person(&person);
            world
                .staff(|tx, _, _| audit::record(tx, &adviser, about, AuditAction::Viewed, "", at))
                .unwrap();
        };
        for (index, person) in people.iter().enumerate() {
            // Two views today, and one on the evening before.
            view(person, if index == 2 { calendar::day_bounds(today).0 - 1 } else { NOW });
            view(person, NOW - 24 * HOUR * 3);
        }
        view(&people[0], NOW + 1);
        let mut listed =
            |threshold| world.staff(|tx, _, _| list(tx, &auditor, threshold, NOW)).unwrap();
        let days = |found: Vec<UnusualAccess>| -> Vec<(u64, usize)> {
            let ago = |day: NaiveDate| u64::try_from((today - day).num_days()).unwrap();
            found.into_iter().map(|it| (ago(it.day), it.people)).collect()
        };
        assert_eq!(days(listed(3)), [(3, 3)]);
        assert_eq!(days(listed(2)), [(0, 2), (3, 3)]);
        assert_eq!(days(listed(4)), []);
        assert_eq!(listed(3)[0].name, "Jo");
    }
}
