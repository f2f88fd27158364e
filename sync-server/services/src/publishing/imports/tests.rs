use std::collections::BTreeSet;

use promise_protocol::pack::{Opportunities, OpportunityStatus};

use super::*;
use crate::{
    StaffRole,
    calendar::today,
    fixture::{NOW, World},
    publishing::drafts::{self, DraftRefusal},
};
use promise_database::{Actor, AuditFilter};
use promise_edition::{
    opportunities::{columns, to_csv, to_texts},
    read_sheet,
};

fn scope_of(role: StaffRole, name: &str) -> StaffScope {
    StaffScope::of_member("barnet".into(), name.into(), role, today(NOW))
}

fn ed() -> StaffScope {
    scope_of(StaffRole::Editor, "ed")
}

fn upload(world: &mut World, csv: &str) -> Plan {
    let sheet = read_sheet(csv.as_bytes()).unwrap();
    world.staff(|tx, _, _| store(tx, &ed(), &sheet, NOW)).unwrap();
    load_plan(world)
}

fn load_plan(world: &mut World) -> Plan {
    world.staff(|tx, _, _| plan(tx, &ed(), NOW)).unwrap().unwrap()
}

fn apply_plan(
    world: &mut World,
    plan: &Plan,
    missing: Missing,
    excluded: &[usize],
) -> Result<Applied, ServiceError> {
    let seen = (plan.version.as_str(), plan.missing_version.as_str());
    let excluded: BTreeSet<usize> = excluded.iter().copied().collect();
    world.staff(|tx, _, _| apply(tx, &ed(), seen, missing, &excluded, NOW))
}

fn correct(
    tx: &mut dyn Tx,
    line: usize,
    texts: &Texts,
    now: i64,
) -> Result<Vec<Issue>, ServiceError> {
    let row = find_invalid_row(tx, &ed(), line, now)?;
    correct_row(tx, &ed(), &row.fingerprint(), texts, now)
}

fn opportunities(world: &mut World) -> Vec<promise_protocol::pack::Opportunity> {
    let draft = world.staff(|tx, _, _| drafts::load(tx, &ed())).unwrap();
    draft.content.opportunities.opportunities.0
}

fn ids(world: &mut World) -> String {
    opportunities(world).into_iter().map(|opportunity| opportunity.id).collect::<Vec<_>>().join(" ")
}

/// A draft with `a`, `b` and `c`.
fn world() -> World {
    let mut world = World::new();
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,X\nb,job,B,\nc,job,C,\n");
    assert_eq!(apply_plan(&mut world, &plan, Missing::Keep, &[]).unwrap().added, 3);
    world
}

fn changed_meanwhile<R>(result: &Result<R, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)))
}

#[test]
fn plan_lists_what_a_sheet_would_change() {
    let mut world = world();
    let plan = upload(
        &mut world,
        "ref;kind;title;organisation;colour\na;job;A;Y;red\nb;job;B;;\nd;job;D;;\ne;jobb;E;;\nd;job;D;;\nx;job;a!;y;",
    );
    let lines = |rows: &[InvalidRow]| rows.iter().map(|row| row.line).collect::<Vec<_>>();
    assert_eq!(plan.added.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 7]);
    assert_eq!(plan.changed[0].columns, [("organisation", "X".to_owned(), "Y".to_owned())]);
    assert_eq!((plan.unchanged.len(), lines(&plan.invalid)), (1, vec![5, 6]));
    assert_eq!(plan.invalid[1].issues[0].kind.name(), "duplicate-id");
    assert_eq!(
        plan.missing.iter().map(|opportunity| opportunity.id.as_str()).collect::<Vec<_>>(),
        ["c"]
    );
    assert_eq!(
        (&*plan.unknown[0], plan.duplicates.len()),
        ("colour", 0),
        "x has another organisation than a in the draft"
    );
    assert_eq!(ids(&mut world), "a b c", "nothing is changed yet");
}

#[test]
fn row_with_title_of_other_opportunity_is_a_possible_duplicate() {
    let mut world = world();
    let plan =
        upload(&mut world, "ref,kind,title,organisation\nx,job,a!,x\ny,job,New,\nz,job,new,");
    let duplicate = |row: &PossibleDuplicate| (row.line, row.other.clone());
    assert_eq!(
        plan.duplicates.iter().map(duplicate).collect::<Vec<_>>(),
        [(2, "a".into()), (4, "y".into())]
    );
    let applied = apply_plan(&mut world, &plan, Missing::Keep, &[2]).unwrap();
    assert_eq!((applied.added, ids(&mut world).as_str()), (2, "a b c y z"));
}

#[test]
fn valid_rows_are_applied_and_invalid_ones_can_be_corrected() {
    let mut world = world();
    let plan = upload(&mut world, "ref,kind,title,organisation\nd,job,D,\ne,jobb,E,\nf,job,,\n");
    let applied = apply_plan(&mut world, &plan, Missing::Keep, &[]).unwrap();
    assert_eq!((applied.added, applied.invalid), (1, 2));
    let invalid = world.staff(|tx, _, _| correct(tx, 3, &[("kind", "jobbb".into())].into(), NOW));
    let issues = invalid.unwrap();
    assert_eq!((issues[0].field(), issues[0].kind.name()), (Some("kind"), "unknown-word"));
    let issues = world.staff(|tx, _, _| correct(tx, 3, &[("kind", "job".into())].into(), NOW));
    assert_eq!(issues.unwrap(), []);
    let plan = load_plan(&mut world);
    assert_eq!((plan.added[0].line, plan.invalid[0].line), (3, 4));
    assert_eq!(apply_plan(&mut world, &plan, Missing::Keep, &[]).unwrap().invalid, 1);
    let issues = world.staff(|tx, _, _| correct(tx, 4, &[("title", "F".into())].into(), NOW));
    assert_eq!(issues.unwrap(), []);
    let plan = load_plan(&mut world);
    apply_plan(&mut world, &plan, Missing::Keep, &[]).unwrap();
    assert_eq!(ids(&mut world), "a b c d e f");
    let discarded = world.staff(|tx, _, _| super::plan(tx, &ed(), NOW)).unwrap();
    assert!(discarded.is_none(), "every row is applied");
}

#[test]
fn draft_changed_since_the_plan_is_not_overwritten() {
    let mut world = world();
    let edit = |world: &mut World, id: &'static str| {
        world
            .staff(|tx, _, _| {
                drafts::edit(
                    tx,
                    &scope_of(StaffRole::Editor, "ann"),
                    "x",
                    NOW,
                    |pack: &mut Opportunities| {
                        let table = &mut pack.opportunities.0;
                        table
                            .iter_mut()
                            .find(|opportunity| opportunity.id == id)
                            .unwrap()
                            .summary
                            .push('x');
                        Ok(())
                    },
                )
            })
            .unwrap();
    };
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,Y\nb,job,B,\n");
    edit(&mut world, "b");
    edit(&mut world, "c");
    let other = apply_plan(&mut world, &plan, Missing::Remove, &[]);
    assert!(changed_meanwhile(&other), "a missing opportunity has changed");
    assert_eq!(
        apply_plan(&mut world, &plan, Missing::Keep, &[]).unwrap().changed,
        1,
        "b and c are not in what is applied"
    );
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,Z\n");
    edit(&mut world, "a");
    assert!(changed_meanwhile(&apply_plan(&mut world, &plan, Missing::Keep, &[])));
    let plan = load_plan(&mut world);
    apply_plan(&mut world, &plan, Missing::Keep, &[]).unwrap();
    let a = opportunities(&mut world).remove(0);
    assert_eq!(
        (&*a.organisation, &*a.summary),
        ("Z", "x"),
        "columns that are not in the sheet stay"
    );
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,1\n");
    upload(&mut world, "ref,kind,title,organisation\na,job,A,2\n");
    assert!(changed_meanwhile(&apply_plan(&mut world, &plan, Missing::Keep, &[])), "another sheet");
}

#[test]
fn opportunities_missing_in_sheet_are_kept_closed_or_removed() {
    let sheet = "ref,kind,title,organisation\nb,job,B,\n";
    let mut world = world();
    let plan = upload(&mut world, sheet);
    let applied = apply_plan(&mut world, &plan, Missing::Close, &[]).unwrap();
    assert_eq!(applied.cleared, 2);
    let status: Vec<OpportunityStatus> =
        opportunities(&mut world).into_iter().map(|opportunity| opportunity.status).collect();
    assert_eq!(
        status,
        [OpportunityStatus::Closed, OpportunityStatus::Open, OpportunityStatus::Closed]
    );
    let plan = upload(&mut world, sheet);
    assert_eq!(apply_plan(&mut world, &plan, Missing::Remove, &[]).unwrap().cleared, 2);
    assert_eq!(ids(&mut world), "b");
    let log = world.run(|tx| tx.entries_before(&"barnet".into(), &AuditFilter::default(), None, 1));
    assert_eq!(log[0].detail, "opportunities imported: removed a, c");
}

#[test]
fn downloaded_table_changes_nothing() {
    let mut world = world();
    let rich = serde_json::json!({
        "id": "rich--1", "kind": "job", "title": "=1+1", "summary": "a\nb; \"c\"", "phone": "+12025550143",
        "places": [{"name": "A", "lat": 1.5}, {"postcode": "NW4"}], "closes_at": "2027-05-01T16:00:30Z",
        "pay": {"min": 1221, "unit": "hour", "new": 1}, "who": ["eligible"], "status": "paused", "later": 7,
    });
    let rich: promise_protocol::pack::Opportunity = serde_json::from_value(rich).unwrap();
    world
        .staff(|tx, _, _| {
            drafts::edit(tx, &ed(), "x", NOW, |pack: &mut Opportunities| {
                pack.opportunities.0.push(rich);
                Ok(())
            })
        })
        .unwrap();
    let before = opportunities(&mut world);
    let rows: Vec<Texts> = before.iter().map(to_texts).collect();
    let columns: Vec<&'static str> = columns().collect();
    let csv = to_csv(&columns, rows.iter().map(|row| (row, None)), false);
    let plan = upload(&mut world, &String::from_utf8(csv).unwrap());
    assert_eq!((plan.unchanged.len(), plan.changed.len(), plan.invalid.len()), (4, 0, 0));
    assert_eq!((plan.added.len(), plan.missing.len(), plan.unknown.len()), (0, 0, 0));
}

#[test]
fn sheet_is_visible_to_its_editor_until_it_expires() {
    let mut world = world();
    upload(&mut world, "ref,kind,title\nd,job,D\n");
    let mut seen = |scope: StaffScope, now| world.staff(|tx, _, _| plan(tx, &scope, now));
    assert!(seen(scope_of(StaffRole::Editor, "ann"), NOW).unwrap().is_none());
    assert!(seen(ed(), NOW + RETENTION_MILLIS).unwrap().is_none());
    assert!(matches!(seen(scope_of(StaffRole::Manager, "ed"), NOW), Err(ServiceError::NotAllowed)));
    assert!(seen(ed(), NOW).unwrap().is_some());
    world.staff(|tx, _, _| crate::retention::run(tx, NOW + RETENTION_MILLIS + 1)).unwrap();
    let (actor, kind) = (Actor::Staff("ed".into()), ImportKind::Opportunities);
    assert!(world.run(|tx| tx.import(&"barnet".into(), &actor, kind)).is_none());
}

/// Rows with a break in a cell, and blank lines between them.
const BROKEN_LINES: &str = "ref,kind,title,summary\nd,job,D,\"one\ntwo\"\n\n\ne,jobb,E,\nf,job,F,";

#[test]
fn rows_do_not_depend_on_line_ends() {
    let mut versions = BTreeSet::new();
    for end in ["\n", "\r\n", "\r"] {
        let mut world = world();
        let plan = upload(&mut world, &(BROKEN_LINES.replace('\n', end) + end + end));
        let added = plan.added.iter().map(|row| (row.line, row.opportunity.id.as_str()));
        assert_eq!(added.collect::<Vec<_>>(), [(2, "d"), (7, "f")], "{end:?}");
        assert_eq!(plan.added[0].opportunity.summary, "one\ntwo");
        assert_eq!(plan.invalid.iter().map(|row| row.line).collect::<Vec<_>>(), [6]);
        versions.insert(plan.version.clone());
        let applied = apply_plan(&mut world, &plan, Missing::Keep, &[2]).unwrap();
        assert_eq!((applied.added, applied.excluded, applied.invalid), (1, 1, 1));
        assert_eq!(ids(&mut world), "a b c f", "{end:?}");
    }
    assert_eq!(versions.len(), 1, "the same records are the same sheet");
}

#[test]
fn corrected_row_is_found_by_its_record_and_not_by_its_line() {
    let mut world = world();
    let plan = upload(&mut world, "ref,kind,title\nd,jobb,D\ne,jobb,E\n");
    let fingerprint = plan.invalid[0].fingerprint();
    // In another tab, the sheet is uploaded again with the rows in another order.
    upload(&mut world, "ref,kind,title\r\ne,jobb,E\r\n\r\nd,jobb,D\r\n");
    let job: Texts = [("kind", "job".into())].into();
    let issues = world.staff(|tx, _, _| correct_row(tx, &ed(), &fingerprint, &job, NOW)).unwrap();
    assert_eq!(issues, []);
    let plan = load_plan(&mut world);
    assert_eq!((plan.added[0].line, plan.added[0].opportunity.id.as_str()), (4, "d"));
    assert_eq!(plan.invalid[0].texts["ref"], "e");
    let gone = world.staff(|tx, _, _| correct_row(tx, &ed(), &fingerprint, &job, NOW));
    assert!(changed_meanwhile(&gone), "it is mended already");
}

#[test]
fn promised_number_of_rows_is_applied() {
    let mut world = world();
    let sheet = "ref,kind,title,organisation\na,job,A,Y\nb,job,B,\nd,job,D,\ne,job,E,\nf,jobb,F,\n";
    let plan = upload(&mut world, sheet);
    let before = opportunities(&mut world);
    let applied = apply_plan(&mut world, &plan, Missing::Keep, &[5]).unwrap();
    let after = opportunities(&mut world);
    let is_changed = |new: &&promise_protocol::pack::Opportunity| {
        before.iter().any(|old| old.id == new.id && old != *new)
    };
    assert_eq!(applied.changed, after.iter().filter(is_changed).count());
    assert_eq!(applied.added, after.len() - before.len());
    let promised = plan.added.len() + plan.changed.len();
    assert_eq!(applied.added + applied.changed + applied.excluded, promised);
}
