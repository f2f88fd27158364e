//! Applying a plan: phones, leavers, the log, and what is not applied.

use std::slice::from_ref;

use promise_database::{AuditFilter, StaffMember};
use promise_protocol::{CellKey, schema};
use serde_json::{Value, json};

use super::*;
use crate::{
    StaffRole,
    assignments::{self, CONTACT, unassigned},
    audit::AuditAction,
    cards::{self, CardEdit},
    fixture::{NOW, World, card_edit},
    people, staff,
};

/// A council with Cleo (CL-1), whose adviser is Kit, and with Lou. Ada and Bea have no reference.
pub(super) struct Council {
    pub(super) world: World,
    pub(super) cleo: PersonId,
    pub(super) kit: StaffId,
    pub(super) lou: StaffId,
}

fn card(name: &str) -> CardEdit {
    card_edit(json!({"display_name": name}))
}

impl Council {
    pub(super) fn new() -> Self {
        let mut world = World::new();
        let made = world.staff(|tx, scope, random| {
            let barnet = CouncilId::new("barnet");
            let cleo = people::add(tx, scope, &barnet, Some("CL-1"), random)?;
            let kit = staff::add(tx, scope, &barnet, "kit@x.uk", card("Kit"), random)?;
            let lou = staff::add(tx, scope, &barnet, "lou@x.uk", card("Lou"), random)?;
            assignments::assign(tx, scope, &cleo, &kit, NOW, random)?;
            Ok((cleo, kit, lou))
        });
        let (cleo, kit, lou) = made.unwrap();
        Self { world, cleo, kit, lou }
    }

    fn plan_as(&mut self, scope: &StaffScope, rows: &[&str]) -> Result<Plan, ServiceError> {
        let directory = "employeeId,mail,accountEnabled\n1,kit@x.uk,true\n2,lou@x.uk,true\n";
        self.plan_with(scope, rows, directory)
    }

    pub(super) fn plan_with(
        &mut self,
        scope: &StaffScope,
        rows: &[&str],
        directory: &str,
    ) -> Result<Plan, ServiceError> {
        let professionals = "prof_professional_id,prof_staff_id\nk,1\nl,2\n";
        let extract = read([&involvements(rows), professionals, directory]).unwrap();
        let roles = CountedRoles::default();
        self.world.staff(|tx, _, _| plan(tx, scope, &"barnet".into(), &extract, &roles, NOW))
    }

    fn plan(&mut self, rows: &[&str]) -> Plan {
        self.plan_as(&StaffScope::operator(), rows).unwrap()
    }

    pub(super) fn apply(&mut self, decision: &Decision) -> Result<Applied, ServiceError> {
        self.apply_as(&StaffScope::operator(), decision)
    }

    fn apply_as(
        &mut self,
        scope: &StaffScope,
        decision: &Decision,
    ) -> Result<Applied, ServiceError> {
        self.world.staff(|tx, _, random| apply(tx, scope, &"barnet".into(), decision, NOW, random))
    }

    fn assigned(&mut self, person: &PersonId) -> Vec<StaffId> {
        let all = self.world.run(|tx| tx.assignments_of_person(person));
        all.into_iter().map(|it| it.staff).collect()
    }

    fn contact_field(&mut self, contact: &str, field: &str) -> Value {
        let (cleo, key) = (self.cleo.clone(), CellKey::new(CONTACT, contact, field));
        self.world.run(|tx| tx.cell(&cleo, &key)).map_or(Value::Null, |held| held.cell.value)
    }

    fn contact_of(&mut self, staff: &StaffId) -> String {
        let (cleo, staff) = (self.cleo.clone(), staff.clone());
        self.world.run(|tx| tx.assignment(&cleo, &staff)).unwrap().contact
    }

    fn log(&mut self, action: AuditAction) -> Vec<String> {
        let filter =
            AuditFilter { action: Some(action.as_str().to_owned()), ..AuditFilter::default() };
        let entries = self.world.run(|tx| tx.entries_after(&"barnet".into(), &filter, 0, 100));
        entries.into_iter().map(|entry| entry.detail).collect()
    }
}

pub(super) fn decision(plan: &Plan) -> Decision {
    Decision {
        changes: plan.changes.clone(),
        rows: plan.rows,
        version: plan.version.clone(),
        confirmed: Confirmed::default(),
    }
}

/// On 24 November 2025, which [`NOW`] is: Kit ended the day before, and Lou follows.
pub(super) const CHANGED: [&str; 2] = ["CL-1,k,PA,2025-01-01,2025-11-23", "CL-1,l,PA,2025-11-24,"];

#[test]
fn import_moves_a_person_on_their_phone_and_repeats_nothing() {
    let mut council = Council::new();
    let (cleo, lou, kit) = (council.cleo.clone(), council.lou.clone(), council.kit.clone());
    let old = council.contact_of(&kit);
    let plan = council.plan(&CHANGED);
    let applied = council.apply(&decision(&plan)).unwrap();
    assert_eq!(applied, Applied { assigned: 1, ended: 1, days: 0, switched_off: 0 });
    assert_eq!(council.assigned(&cleo), from_ref(&lou));
    assert_eq!(council.contact_field(&old, schema::DELETED), json!(true));
    let new = council.contact_of(&lou);
    assert_eq!(council.contact_field(&new, "display_name"), json!("Lou"));
    assert_eq!(council.log(AuditAction::AssignedAdviser), [lou.to_string()]);
    let imported = ["assigned 1, ended 1, days 0, switched off 0"];
    assert_eq!(council.log(AuditAction::ImportedAllocations), imported);
    let rev = council.world.rev(&cleo);
    let again = council.plan(&CHANGED);
    assert_eq!((again.changes.len(), again.unchanged, again.rows_before), (0, 1, Some(2)));
    assert_eq!(council.apply(&decision(&again)).unwrap(), Applied::default());
    assert_eq!(council.world.rev(&cleo), rev, "nothing new for the phone");
    assert_eq!(council.log(AuditAction::ImportedAllocations), imported, "nothing to record");
}

#[test]
fn person_whose_adviser_ended_without_a_successor_is_unassigned() {
    let mut council = Council::new();
    let cleo = council.cleo.clone();
    let plan = council.plan(&CHANGED[..1]);
    assert_eq!(plan.without_adviser.iter().filter(|it| it.is_new).count(), 1);
    council.apply(&decision(&plan)).unwrap();
    let listed =
        council.world.staff(|tx, scope, _| unassigned::list(tx, scope, &"barnet".into(), NOW));
    let of_cleo = listed.unwrap().into_iter().find(|it| it.person == cleo).unwrap();
    assert_eq!(of_cleo.reason, unassigned::Reason::AssignmentEnded);
}

#[test]
fn hand_over_to_come_has_its_days_on_the_phone() {
    let mut council = Council::new();
    let (kit, lou) = (council.kit.clone(), council.lou.clone());
    let rows = ["CL-1,k,PA,2025-01-01,2025-11-30", "CL-1,l,PA,2025-12-01,2026-05-31"];
    let plan = council.plan(&rows);
    let applied = council.apply(&decision(&plan)).unwrap();
    assert_eq!((applied.assigned, applied.ended, applied.days), (1, 0, 1));
    let (old, new) = (council.contact_of(&kit), council.contact_of(&lou));
    assert_eq!(council.contact_field(&old, "valid_to"), json!("2025-11-30"));
    assert_eq!(council.contact_field(&new, "valid_from"), json!("2025-12-01"));
    assert_eq!(council.contact_field(&new, "valid_to"), json!("2026-05-31"));
    assert!(council.plan(&rows).changes.is_empty());
}

#[test]
fn file_that_shrank_is_refused_until_its_rows_are_confirmed() {
    let mut council = Council::new();
    let live = "CL-1,k,PA,2025-01-01,";
    let filled = |rows: usize| [vec![live], vec!["X-1,k,PA,2025-01-01,"; rows - 1]].concat();
    let first = council.plan(&filled(100));
    council.apply(&decision(&first)).unwrap();
    let tenth = council.plan(&filled(90));
    council.apply(&decision(&tenth)).unwrap();
    let shrunk = council.plan(&[&filled(62)[..], &[CHANGED[1]]].concat());
    let mut wanted = decision(&shrunk);
    for confirmed in [None, Some(62), Some(90)] {
        wanted.confirmed.rows = confirmed;
        let refused = council.apply(&wanted);
        let expected = AllocationRefusal::FewerRows { before: 90, rows: 63 };
        assert!(matches!(refused, Err(ServiceError::Allocations(it)) if it == expected));
    }
    let (cleo, kit) = (council.cleo.clone(), council.kit.clone());
    assert_eq!(council.assigned(&cleo), [kit], "nothing was applied");
    wanted.confirmed.rows = Some(63);
    assert_eq!(council.apply(&wanted).unwrap().assigned, 1);
}

#[test]
fn many_losses_are_refused_until_their_number_is_confirmed() {
    let mut council = Council::new();
    let kit = council.kit.clone();
    let added = council.world.staff(|tx, scope, random| {
        for number in 2..=6 {
            let reference = format!("CL-{number}");
            let person = people::add(tx, scope, &"barnet".into(), Some(&reference), random)?;
            assignments::assign(tx, scope, &person, &kit, NOW, random)?;
        }
        Ok(())
    });
    added.unwrap();
    let rows: Vec<String> =
        (1..=6).map(|number| format!("CL-{number},k,PA,2025-01-01,2025-11-23")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let five = council.plan(&[&rows[..5], &["CL-6,k,PA,2025-01-01,"]].concat());
    assert_eq!(five.changes.len(), 5);
    let six = council.plan(&rows);
    let mut wanted = decision(&six);
    for confirmed in [None, Some(5), Some(7)] {
        wanted.confirmed.losses = confirmed;
        let refused = council.apply(&wanted);
        let expected = AllocationRefusal::ManyLosses { losses: 6, of: 7 };
        assert!(matches!(refused, Err(ServiceError::Allocations(it)) if it == expected));
    }
    wanted.confirmed.losses = Some(6);
    assert_eq!(council.apply(&wanted).unwrap().ended, 6);
}

#[test]
fn few_losses_need_no_confirmation() {
    let mut council = Council::new();
    let plan = council.plan(&CHANGED[..1]);
    assert_eq!(council.apply(&decision(&plan)).unwrap().ended, 1);
}

#[test]
fn change_after_the_plan_refuses_it() {
    let mut council = Council::new();
    let (cleo, lou) = (council.cleo.clone(), council.lou.clone());
    let plan = council.plan(&CHANGED);
    let assigned = council
        .world
        .staff(|tx, scope, random| assignments::assign(tx, scope, &cleo, &lou, NOW, random));
    assigned.unwrap();
    let refused = council.apply(&decision(&plan));
    let expected = AllocationRefusal::ChangedSinceRead;
    assert!(matches!(refused, Err(ServiceError::Allocations(it)) if it == expected));
}

#[test]
fn missing_assignment_ends_only_if_it_is_chosen() {
    let mut council = Council::new();
    let (cleo, kit) = (council.cleo.clone(), council.kit.clone());
    let plan = council.plan(&["X-1,k,PA,2025-01-01,"]);
    let missing = Pair { person: cleo.clone(), staff: kit.clone() };
    assert_eq!(plan.missing, [missing]);
    council.apply(&decision(&plan)).unwrap();
    assert_eq!(council.assigned(&cleo), from_ref(&kit));
    let mut wanted = decision(&council.plan(&["X-1,k,PA,2025-01-01,"]));
    wanted.changes.push(Change::End { person: cleo.clone(), staff: kit });
    assert_eq!(council.apply(&wanted).unwrap().ended, 1);
    assert!(council.assigned(&cleo).is_empty());
}

#[test]
fn leaver_of_the_directory_is_deactivated_by_the_operator_and_not_by_a_manager() {
    let mut council = Council::new();
    let (cleo, kit) = (council.cleo.clone(), council.kit.clone());
    let directory = "employeeId,mail,accountEnabled\n1,Kit@x.uk,False\n";
    let rows = ["CL-1,k,PA,2025-01-01,"];
    let manager = council.world.jo_as(StaffRole::Manager);
    let seen = council.plan_with(&manager, &rows, directory).unwrap();
    assert_eq!((seen.leavers.len(), seen.changes.len()), (1, 0));
    let forged =
        Decision { changes: vec![Change::SwitchOff { staff: kit.clone() }], ..decision(&seen) };
    let refused = council.apply_as(&manager, &forged);
    assert!(matches!(refused, Err(ServiceError::NotAllowed)), "{refused:?}");
    let plan = council.plan_with(&StaffScope::operator(), &rows, directory).unwrap();
    assert_eq!(council.apply(&decision(&plan)).unwrap().switched_off, 1);
    let left =
        council.world.run(|tx| tx.staff(&kit)).as_ref().is_some_and(StaffMember::is_deactivated);
    assert!(left);
    let listed =
        council.world.staff(|tx, scope, _| unassigned::list(tx, scope, &"barnet".into(), NOW));
    let of_cleo = listed.unwrap().into_iter().find(|it| it.person == cleo).unwrap();
    assert_eq!(of_cleo.reason, unassigned::Reason::AdviserLeft("Kit".into()));
    let again = council.plan_with(&StaffScope::operator(), &rows, directory).unwrap();
    assert!(again.leavers.is_empty() && again.changes.is_empty());
}

#[test]
fn successor_of_a_leaver_replaces_their_contact() {
    let mut council = Council::new();
    let (cleo, lou) = (council.cleo.clone(), council.lou.clone());
    let directory = "employeeId,mail,accountEnabled\n1,kit@x.uk,0\n2,lou@x.uk,1\n";
    let rows = ["CL-1,l,PA,2025-11-24,"];
    let plan = council.plan_with(&StaffScope::operator(), &rows, directory).unwrap();
    let applied = council.apply(&decision(&plan)).unwrap();
    assert_eq!((applied.assigned, applied.switched_off), (1, 1));
    assert_eq!(council.assigned(&cleo), [lou]);
}

#[test]
fn only_who_assigns_advisers_imports() {
    for role in StaffRole::ALL {
        let mut council = Council::new();
        let scope = council.world.jo_as(role);
        let planned = council.plan_as(&scope, &CHANGED);
        let wanted = decision(&council.plan(&CHANGED));
        let applied = council.apply_as(&scope, &wanted);
        if role == StaffRole::Manager {
            assert!(planned.is_ok() && applied.is_ok(), "{planned:?} {applied:?}");
        } else {
            assert!(matches!(planned, Err(ServiceError::NotAllowed)), "{role}");
            assert!(matches!(applied, Err(ServiceError::NotAllowed)), "{role}");
        }
    }
}

#[test]
fn address_on_a_card_gives_its_holder_nobody() {
    let mut council = Council::new();
    let lou = council.lou.clone();
    // A sign-in of another name, and the colleague's address on a card that Lou can change.
    let changed = council.world.staff(|tx, scope, random| {
        let edit = card_edit(json!({"email": "kit@x.uk"}));
        cards::update(tx, scope, &lou, edit, NOW, random)
    });
    changed.unwrap();
    let directory = "employeeId,mail,accountEnabled\n1,kit@x.uk,true\n2,l.ou@x.uk,true\n";
    let operator = StaffScope::operator();
    let rows = ["CL-1,k,PA,2025-01-01,", "CL-1,l,PA,2025-01-01,"];
    let plan = council.plan_with(&operator, &rows, directory).unwrap();
    assert_eq!((plan.unchanged, plan.changes.len()), (1, 0), "Kit is Kit");
    let refused: Vec<_> = plan.refused.iter().map(|it| it.problem).collect();
    assert_eq!(refused, [RowProblem::NoAccount]);
}

#[test]
fn manager_gives_nobody_to_a_colleague_without_a_card() {
    let mut council = Council::new();
    let (cleo, jo) = (council.cleo.clone(), council.world.jo.clone());
    let manager = council.world.jo_as(StaffRole::Manager);
    let editor = council.lou.clone();
    let invited = council.world.staff(|tx, scope, random| {
        let sign_in = ("lou@x.uk", StaffRole::Editor);
        crate::sign_in::invite(tx, scope, &editor, sign_in, 30, NOW, random)
    });
    invited.unwrap();
    let plan = council.plan(&["X-1,k,PA,2025-01-01,"]);
    for (staff, is_done) in [(editor, false), (jo, true)] {
        let person = cleo.clone();
        let changes = vec![Change::Assign { person, staff, starts: None, ends: None }];
        let done = council.apply_as(&manager, &Decision { changes, ..decision(&plan) });
        assert_eq!(done.is_ok(), is_done, "{done:?}");
    }
}
