//! What was looked at is what is taken.

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

fn of(role: StaffRole, name: &str) -> StaffScope {
    StaffScope::of_member("barnet".into(), name.into(), role, today(NOW))
}

fn ed() -> StaffScope {
    of(StaffRole::Editor, "ed")
}

fn upload(world: &mut World, csv: &str) -> Plan {
    let sheet = read_sheet(csv.as_bytes()).unwrap();
    world.staff(|tx, _, _| store(tx, &ed(), &sheet, NOW)).unwrap();
    look(world)
}

fn look(world: &mut World) -> Plan {
    world.staff(|tx, _, _| plan(tx, &ed(), NOW)).unwrap().unwrap()
}

fn take_it(
    world: &mut World,
    plan: &Plan,
    missing: Missing,
    left: &[usize],
) -> Result<Applied, ServiceError> {
    let (looked, left) =
        ((plan.version.clone(), plan.missing_version.clone()), left.iter().copied());
    let left: BTreeSet<usize> = left.collect();
    world.staff(|tx, _, _| apply(tx, &ed(), (&looked.0, &looked.1), missing, &left, NOW))
}

fn held(world: &mut World) -> Vec<promise_protocol::pack::Opportunity> {
    let work = world.staff(|tx, _, _| drafts::load(tx, &ed())).unwrap();
    work.content.opportunities.opportunities.0
}

fn ids(world: &mut World) -> String {
    held(world).into_iter().map(|it| it.id).collect::<Vec<_>>().join(" ")
}

/// A draft with `a`, `b` and `c`.
fn world() -> World {
    let mut world = World::new();
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,X\nb,job,B,\nc,job,C,\n");
    assert_eq!(take_it(&mut world, &plan, Missing::Keep, &[]).unwrap().added, 3);
    world
}

fn changed_meanwhile<R>(done: &Result<R, ServiceError>) -> bool {
    matches!(done, Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)))
}

#[test]
fn a_sheet_says_what_it_would_change() {
    let mut world = world();
    let plan = upload(
        &mut world,
        "ref;kind;title;organisation;colour\na;job;A;Y;red\nb;job;B;;\nd;job;D;;\ne;jobb;E;;\nd;job;D;;\nx;job;a!;y;",
    );
    let lines = |it: &[InvalidRow]| it.iter().map(|row| row.line).collect::<Vec<_>>();
    assert_eq!(plan.added.iter().map(|it| it.line).collect::<Vec<_>>(), [4, 7]);
    assert_eq!(plan.changed[0].columns, [("organisation", "X".to_owned(), "Y".to_owned())]);
    assert_eq!((plan.unchanged.len(), lines(&plan.wrong)), (1, vec![5, 6]));
    assert_eq!(plan.wrong[1].issues[0].kind.name(), "duplicate-id");
    assert_eq!(plan.missing.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["c"]);
    assert_eq!((&*plan.unknown[0], plan.alike.len()), ("colour", 0), "Y is not what the draft has");
    assert_eq!(ids(&mut world), "a b c", "nothing is changed yet");
}

#[test]
fn the_same_under_another_name_is_found() {
    let mut world = world();
    let plan =
        upload(&mut world, "ref,kind,title,organisation\nx,job,a!,x\ny,job,New,\nz,job,new,");
    let alike = |it: &PossibleDuplicate| (it.line, it.other.clone());
    assert_eq!(
        plan.alike.iter().map(alike).collect::<Vec<_>>(),
        [(2, "a".into()), (4, "y".into())]
    );
    let done = take_it(&mut world, &plan, Missing::Keep, &[2]).unwrap();
    assert_eq!((done.added, ids(&mut world).as_str()), (2, "a b c y z"));
}

#[test]
fn good_rows_are_taken_and_bad_ones_wait_to_be_mended() {
    let mut world = world();
    let plan = upload(&mut world, "ref,kind,title,organisation\nd,job,D,\ne,jobb,E,\nf,job,,\n");
    let done = take_it(&mut world, &plan, Missing::Keep, &[]).unwrap();
    assert_eq!((done.added, done.wrong), (1, 2));
    let still =
        world.staff(|tx, _, _| correct_row(tx, &ed(), 3, &[("kind", "jobbb".into())].into(), NOW));
    let still = still.unwrap();
    assert_eq!((still[0].field(), still[0].kind.name()), (Some("kind"), "unknown-word"));
    let done =
        world.staff(|tx, _, _| correct_row(tx, &ed(), 3, &[("kind", "job".into())].into(), NOW));
    assert_eq!(done.unwrap(), []);
    let plan = look(&mut world);
    assert_eq!((plan.added[0].line, plan.wrong[0].line), (3, 4));
    assert_eq!(take_it(&mut world, &plan, Missing::Keep, &[]).unwrap().wrong, 1);
    let done =
        world.staff(|tx, _, _| correct_row(tx, &ed(), 4, &[("title", "F".into())].into(), NOW));
    assert_eq!(done.unwrap(), []);
    let plan = look(&mut world);
    take_it(&mut world, &plan, Missing::Keep, &[]).unwrap();
    assert_eq!(ids(&mut world), "a b c d e f");
    let gone = world.staff(|tx, _, _| super::plan(tx, &ed(), NOW)).unwrap();
    assert!(gone.is_none(), "nothing is left to do with it");
}

#[test]
fn what_changed_meanwhile_is_looked_at_again() {
    let mut world = world();
    let edit = |world: &mut World, id: &'static str| {
        world
            .staff(|tx, _, _| {
                drafts::edit(
                    tx,
                    &of(StaffRole::Editor, "ann"),
                    "x",
                    NOW,
                    |pack: &mut Opportunities| {
                        let table = &mut pack.opportunities.0;
                        table.iter_mut().find(|it| it.id == id).unwrap().summary.push('x');
                        Ok(())
                    },
                )
            })
            .unwrap();
    };
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,Y\nb,job,B,\n");
    edit(&mut world, "b");
    edit(&mut world, "c");
    let other = take_it(&mut world, &plan, Missing::Remove, &[]);
    assert!(changed_meanwhile(&other), "what would go was changed");
    assert_eq!(
        take_it(&mut world, &plan, Missing::Keep, &[]).unwrap().changed,
        1,
        "they never meet"
    );
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,Z\n");
    edit(&mut world, "a");
    assert!(changed_meanwhile(&take_it(&mut world, &plan, Missing::Keep, &[])));
    let plan = look(&mut world);
    take_it(&mut world, &plan, Missing::Keep, &[]).unwrap();
    let a = held(&mut world).remove(0);
    assert_eq!(
        (&*a.organisation, &*a.summary),
        ("Z", "x"),
        "what the sheet does not speak of stays"
    );
    let plan = upload(&mut world, "ref,kind,title,organisation\na,job,A,1\n");
    upload(&mut world, "ref,kind,title,organisation\na,job,A,2\n");
    assert!(changed_meanwhile(&take_it(&mut world, &plan, Missing::Keep, &[])), "another sheet");
}

#[test]
fn what_the_sheet_does_not_have_is_kept_closed_or_removed() {
    let sheet = "ref,kind,title,organisation\nb,job,B,\n";
    let mut world = world();
    let plan = upload(&mut world, sheet);
    let done = take_it(&mut world, &plan, Missing::Close, &[]).unwrap();
    assert_eq!(done.gone, 2);
    let status: Vec<OpportunityStatus> = held(&mut world).into_iter().map(|it| it.status).collect();
    assert_eq!(
        status,
        [OpportunityStatus::Closed, OpportunityStatus::Open, OpportunityStatus::Closed]
    );
    let plan = upload(&mut world, sheet);
    assert_eq!(take_it(&mut world, &plan, Missing::Remove, &[]).unwrap().gone, 2);
    assert_eq!(ids(&mut world), "b");
    let log = world.run(|tx| tx.entries_before(&"barnet".into(), &AuditFilter::default(), None, 1));
    assert_eq!(log[0].detail, "opportunities imported: removed a, c");
}

#[test]
fn the_table_as_it_is_downloaded_changes_nothing() {
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
    let before = held(&mut world);
    let rows: Vec<Texts> = before.iter().map(to_texts).collect();
    let columns: Vec<&'static str> = columns().collect();
    let csv = to_csv(&columns, rows.iter().map(|row| (row, None)), false);
    let plan = upload(&mut world, &String::from_utf8(csv).unwrap());
    assert_eq!((plan.unchanged.len(), plan.changed.len(), plan.wrong.len()), (4, 0, 0));
    assert_eq!((plan.added.len(), plan.missing.len(), plan.unknown.len()), (0, 0, 0));
}

#[test]
fn a_sheet_is_its_editors_alone_and_not_for_long() {
    let mut world = world();
    upload(&mut world, "ref,kind,title\nd,job,D\n");
    let mut seen = |scope: StaffScope, now| world.staff(|tx, _, _| plan(tx, &scope, now));
    assert!(seen(of(StaffRole::Editor, "ann"), NOW).unwrap().is_none());
    assert!(seen(ed(), NOW + RETENTION_MILLIS).unwrap().is_none());
    assert!(matches!(seen(of(StaffRole::Manager, "ed"), NOW), Err(ServiceError::NotAllowed)));
    assert!(seen(ed(), NOW).unwrap().is_some());
    world.staff(|tx, _, _| crate::retention::run(tx, NOW + RETENTION_MILLIS + 1)).unwrap();
    assert!(world.run(|tx| tx.import(&"barnet".into(), &Actor::Staff("ed".into()))).is_none());
}
