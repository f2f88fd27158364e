//! What applying does besides the changes is what the plan foresaw: cover for leave, and who has no adviser.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    applying::{CHANGED, Council, decision},
    *,
};
use crate::{
    assignments::unassigned,
    cards,
    fixture::{NOW, card_edit},
};

const DIRECTORY: &str = "employeeId,mail,accountEnabled\n1,kit@x.uk,true\n2,lou@x.uk,true\n";

/// Puts leave from 20 to 30 November 2025 on a card. [`NOW`] is the 24th.
fn put_on_leave(council: &mut Council, staff: &StaffId, cover: Option<&StaffId>) {
    let mut leave = json!({"from": "2025-11-20", "to": "2025-11-30"});
    if let Some(cover) = cover {
        leave["cover"] = json!(cover);
    }
    let edit = card_edit(json!({"leave": [leave]}));
    let changed =
        council.world.staff(|tx, scope, random| cards::update(tx, scope, staff, edit, NOW, random));
    changed.unwrap();
}

fn assignments(council: &mut Council) -> Vec<Assignment> {
    council.world.run(|tx| tx.assignments_in(&"barnet".into()))
}

/// Plans and applies an import, and compares the plan with what the database holds then.
fn import(council: &mut Council, rows: &[&str], directory: &str) -> Plan {
    let before = assignments(council);
    let plan = council.plan_with(&StaffScope::operator(), rows, directory).unwrap();
    council.apply(&decision(&plan)).unwrap();
    let after = assignments(council).into_iter().filter(|it| !before.contains(it));
    let covers = after.filter_map(|it| {
        let (adviser, starts, ends) = (it.covers?, it.starts?, it.ends?);
        Some(PlannedCover { person: it.person, colleague: it.staff, adviser, starts, ends })
    });
    let mut covers: Vec<PlannedCover> = covers.collect();
    covers.sort();
    assert_eq!(plan.covers, covers);
    let listed =
        council.world.staff(|tx, scope, _| unassigned::list(tx, scope, &"barnet".into(), NOW));
    let listed: BTreeSet<PersonId> = listed.unwrap().into_iter().map(|it| it.person).collect();
    let foreseen = plan.without_adviser.iter().map(|it| it.person.clone());
    assert_eq!(foreseen.collect::<BTreeSet<_>>(), listed);
    plan
}

/// Returns why Cleo would have no adviser.
fn why(council: &Council, plan: &Plan) -> Option<WhyUnassigned> {
    plan.without_adviser.iter().find(|it| it.person == council.cleo).map(|it| it.why)
}

#[test]
fn cover_for_a_new_adviser_on_leave_is_foreseen() {
    let mut council = Council::new();
    let (lou, jo) = (council.lou.clone(), council.world.jo.clone());
    put_on_leave(&mut council, &lou, Some(&jo));
    let plan = import(&mut council, &CHANGED, DIRECTORY);
    let cover = PlannedCover {
        person: council.cleo.clone(),
        colleague: jo,
        adviser: lou,
        starts: day("2025-11-20"),
        ends: day("2025-12-01"),
    };
    assert_eq!(plan.covers, [cover]);
    assert_eq!(why(&council, &plan), None);
}

#[test]
fn cover_by_a_colleague_of_a_colleague_is_foreseen() {
    let mut council = Council::new();
    let (lou, jo, kit) = (council.lou.clone(), council.world.jo.clone(), council.kit.clone());
    put_on_leave(&mut council, &lou, Some(&jo));
    put_on_leave(&mut council, &jo, Some(&kit));
    let plan = import(&mut council, &CHANGED, DIRECTORY);
    let mut colleagues: Vec<StaffId> = plan.covers.into_iter().map(|it| it.colleague).collect();
    colleagues.sort();
    let mut expected = [jo, kit];
    expected.sort();
    assert_eq!(colleagues, expected, "Kit is not the adviser any more, and covers");
}

#[test]
fn new_adviser_on_leave_without_cover_leaves_a_person_without_one() {
    let mut council = Council::new();
    let lou = council.lou.clone();
    put_on_leave(&mut council, &lou, None);
    let plan = import(&mut council, &CHANGED, DIRECTORY);
    assert_eq!((plan.covers.len(), why(&council, &plan)), (0, Some(WhyUnassigned::AdviserAway)));
    assert!(plan.needs_attention());
}

#[test]
fn leaver_of_the_directory_covers_for_no_new_adviser() {
    let mut council = Council::new();
    let (lou, jo) = (council.lou.clone(), council.world.jo.clone());
    put_on_leave(&mut council, &lou, Some(&jo));
    let plan = import(&mut council, &CHANGED, &format!("{DIRECTORY}3,jo,false\n"));
    assert_eq!(plan.leavers, [jo]);
    assert_eq!((plan.covers.len(), why(&council, &plan)), (0, Some(WhyUnassigned::AdviserAway)));
}

#[test]
fn colleague_who_is_an_adviser_too_needs_no_cover() {
    let mut council = Council::new();
    let (lou, kit) = (council.lou.clone(), council.kit.clone());
    put_on_leave(&mut council, &lou, Some(&kit));
    let plan = import(&mut council, &["CL-1,k,PA,2025-01-01,", "CL-1,l,PA,2025-11-24,"], DIRECTORY);
    assert_eq!((plan.covers.len(), why(&council, &plan)), (0, None));
}

#[test]
fn colleague_who_covers_and_becomes_the_adviser_covers_no_more() {
    let mut council = Council::new();
    let (lou, kit) = (council.lou.clone(), council.kit.clone());
    put_on_leave(&mut council, &kit, Some(&lou));
    let plan = import(&mut council, &CHANGED, DIRECTORY);
    assert_eq!((plan.covers.len(), why(&council, &plan)), (0, None));
    assert!(assignments(&mut council).iter().all(|it| it.covers.is_none()));
}
