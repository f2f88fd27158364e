use chrono::{Days, NaiveDate};
use promise_protocol::ids::PersonId;

use super::*;
use crate::{
    StaffRole, audit,
    fixture::{NOW, World},
    people::{reference, timescales::find},
};

const COLUMNS: &str = "clea_table_id,clea_person_id,clea_pathway_plan_review_date,\
    clea_care_leaver_latest_contact,clea_care_leaver_activity\n";

/// A council that publishes visits, in which Ada's reference is CL-1 and Bea's CL-2.
fn world() -> (World, PersonId) {
    let mut world = World::new();
    world.publish_visits();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    for (person, typed) in [(&ada, "CL-1"), (&bea, "CL-2")] {
        world.staff(|tx, scope, _| reference::set(tx, scope, person, typed, NOW)).unwrap();
    }
    (world, ada)
}

fn before(days: u64) -> NaiveDate {
    calendar::today(NOW).checked_sub_days(Days::new(days)).unwrap()
}

fn after(days: u64) -> NaiveDate {
    calendar::today(NOW).checked_add_days(Days::new(days)).unwrap()
}

/// Reads rows of `person,review,contact`. Reviews are the days of the visits.
fn read(rows: &[String]) -> Result<CareLeavers, UnreadableFile> {
    let rows: Vec<String> = rows.iter().map(|row| format!("1,{row},ABSENC\n")).collect();
    let timescales = ImportedTimescales { reviews: "visit".into(), contacts: None };
    CareLeavers::read(format!("{COLUMNS}{}", rows.concat()).as_bytes(), timescales)
}

fn import(world: &mut World, rows: &[String]) -> Plan {
    let file = read(rows).unwrap();
    world.staff(|tx, scope, _| apply(tx, scope, &"barnet".into(), &file, NOW)).unwrap()
}

/// Records days of Ada's visits by hand.
fn record(world: &mut World, last: NaiveDate, next: Option<NaiveDate>) {
    let days = RecordedDays::new(Some(last), next, calendar::today(NOW)).unwrap();
    let ada = world.ada.clone();
    world.staff(|tx, scope, _| save(tx, scope, &ada, "visit", days, NOW)).unwrap();
}

/// The last and the next day of Ada's visits.
fn recorded_days(world: &mut World) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let ada = world.ada.clone();
    let visit = world.staff(|tx, scope, _| find(tx, scope, &ada, "visit", NOW)).unwrap();
    (visit.last_on, visit.next_on)
}

#[test]
fn imported_day_is_in_the_log_once_and_repeating_changes_nothing() {
    let (mut world, ada) = world();
    let rows = [format!("cl\u{2011}1,{} 00:00:00.000,", before(9)), "CL-7,soon,".to_owned()];
    let plan = import(&mut world, &rows);
    assert_eq!((plan.rows, plan.not_here, plan.moved.len()), (2, 1, 1));
    assert!(!plan.needs_attention(), "{plan:?}");
    assert_eq!(recorded_days(&mut world), (Some(before(9)), None));
    let rev = world.rev(&ada);
    let plan = import(&mut world, &rows);
    assert_eq!((plan.moved.len(), plan.same, world.rev(&ada)), (0, 1, rev));
    let log =
        world.staff(|tx, scope, _| audit::list(tx, scope, &"barnet".into(), u64::MAX, 99)).unwrap();
    let changes = log.iter().filter(|entry| entry.detail.starts_with("timescale "));
    assert_eq!(changes.count(), 1, "{log:?}");
}

#[test]
fn later_day_that_an_adviser_recorded_stays() {
    let (mut world, _) = world();
    record(&mut world, before(3), Some(after(9)));
    let plan = import(&mut world, &[format!("CL-1,{},", before(30))]);
    assert_eq!((plan.moved.len(), plan.later_here), (0, 1));
    assert_eq!(recorded_days(&mut world), (Some(before(3)), Some(after(9))));
}

#[test]
fn planned_day_is_emptied_unless_it_is_after_the_last_one() {
    for (next, emptied) in [(before(5), true), (before(6), true), (before(4), false)] {
        let (mut world, _) = world();
        record(&mut world, before(30), Some(next));
        let plan = import(&mut world, &[format!("CL-1,{},", before(5))]);
        assert_eq!(plan.moved[0].emptied, emptied.then_some(next));
        let next = (!emptied).then_some(next);
        assert_eq!(recorded_days(&mut world), (Some(before(5)), next));
    }
}

#[test]
fn day_that_cannot_be_is_refused_with_its_row_and_the_rest_counts() {
    let (mut world, _) = world();
    let rows = [
        format!("CL-1,{},", after(1)),
        "CL-1,soon,".to_owned(),
        "CL-2,1900-01-01,".to_owned(),
        format!(",{},", before(1)),
        format!("CL-1,{},", before(8)),
        format!("CL-1,{},", before(7)),
        "CL-1,NULL,".to_owned(),
        format!("CL-1,{},,,", before(1)),
    ];
    let plan = import(&mut world, &rows);
    let refused = plan.refused.iter();
    let refused: Vec<_> = refused.map(|it| (it.row, it.reference.as_deref(), it.problem)).collect();
    let expected = [
        (2, Some("CL-1"), DayProblem::ToCome),
        (3, Some("CL-1"), DayProblem::NotADay),
        (4, Some("CL-2"), DayProblem::LongAgo),
        (5, None, DayProblem::NoPerson),
        (9, None, DayProblem::Damaged),
    ];
    assert_eq!(refused, expected);
    assert_eq!(recorded_days(&mut world), (Some(before(7)), None), "the latest of its rows");
}

#[test]
fn contacts_are_read_only_if_a_timescale_takes_them() {
    let file = format!("{COLUMNS}1,CL-1,2025-01-02,2025-02-03,ABSENC\n");
    let read = |contacts: Option<&str>| {
        let contacts = contacts.map(str::to_owned);
        let timescales = ImportedTimescales { reviews: "review".into(), contacts };
        CareLeavers::read(file.as_bytes(), timescales).unwrap()
    };
    let without = format!("{:?}", read(None));
    assert!(without.contains("2025-01-02") && !without.contains("2025-02-03"), "{without}");
    let with = read(Some("visit"));
    assert_eq!(with.rows[0].days, ["2025-01-02", "2025-02-03"]);
    assert!(!format!("{with:?}").contains("ABSENC"), "{with:?}");
}

#[test]
fn file_with_a_month_first_and_an_unknown_timescale_change_nothing() {
    let (mut world, _) = world();
    let month_first = read(&["CL-1,2025-01-02,".to_owned(), "CL-1,11/30/2024,".to_owned()]);
    assert_eq!(month_first, Err(UnreadableFile::MonthFirst { row: 3 }));
    assert_eq!(read(&[]), Err(UnreadableFile::NoRows));
    let timescales = ImportedTimescales { reviews: "review".into(), contacts: None };
    let file = format!("{COLUMNS}1,CL-1,2025-01-02,,\n");
    let file = CareLeavers::read(file.as_bytes(), timescales).unwrap();
    let unknown = world.staff(|tx, scope, _| apply(tx, scope, &"barnet".into(), &file, NOW));
    assert!(matches!(unknown, Err(ServiceError::NotFound(Entity::Timescale))), "{unknown:?}");
    let ids = world.staff(|tx, scope, _| published_ids(tx, scope, &"barnet".into()));
    assert_eq!(ids.unwrap(), ["visit"]);
    assert_eq!(recorded_days(&mut world), (None, None));
}

#[test]
fn plan_writes_nothing_and_only_who_gives_people_imports_reviews() {
    let file = read(&[format!("CL-1,{},", before(9))]).unwrap();
    for role in StaffRole::ALL {
        let (mut world, _) = world();
        let scope = world.jo_as(role);
        let planned = world.staff(|tx, _, _| plan(tx, &scope, &"barnet".into(), &file, NOW));
        assert_eq!(planned.is_ok(), role == StaffRole::Manager, "{role}: {planned:?}");
        assert_eq!(recorded_days(&mut world), (None, None));
        let applied = world.staff(|tx, _, _| apply(tx, &scope, &"barnet".into(), &file, NOW));
        assert_eq!(applied.is_ok(), role == StaffRole::Manager, "{role}: {applied:?}");
    }
}
