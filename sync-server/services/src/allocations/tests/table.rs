//! What a plan says, case by case. Today is Monday 30 November 2026.

use WhyUnassigned::{AdviserLeft, ComesLater, NotInFiles, Over, RowRefused};

use super::*;

const PROFESSIONALS: &str = "prof_professional_id,prof_staff_id\nw-jo,1001\nw-kit,1002\nw-lee,1003\n\
    w-ed,1004\nw-mo,1005\nw-new,1006\nw-gp,\nw-two,1001\nw-two,1002\nw-away,1999\n";

const DIRECTORY: &str = "employeeId,mail,accountEnabled\n1001,Jo@x.uk,True\n1002,kit@x.uk,True\n\
    1003,lee@x.uk,True\n1004,ed@x.uk,True\n1005,mo@x.uk,False\n1006,new@x.uk,True\n";

/// A row that counts, about a person who is not here.
const ELSEWHERE: &str = "X-9,w-jo,PA,2026-01-01,";

fn staff(name: &str) -> KnownStaff {
    KnownStaff {
        id: name.into(),
        name: name.to_owned(),
        addresses: [format!("{name}@x.uk")].into(),
        can_advise: !matches!(name, "lee" | "ed"),
        has_left: name == "lee",
        leave: Vec::new(),
    }
}

/// Ada, and five staff: Lee was deactivated here, Ed has no card, and Mo left by the directory.
fn state(before: &[&str]) -> State {
    let person = |id: &str, reference: &str| KnownPerson {
        id: id.into(),
        reference: Some(reference.to_owned()),
    };
    State {
        today: day("2026-11-30"),
        people: vec![person("ada", "CL-1")],
        staff: ["jo", "kit", "lee", "ed", "mo"].map(staff).into(),
        assignments: before.iter().map(|it| assignment(it)).collect(),
    }
}

/// Reads `person staff starts ends`, and whom it covers for.
fn assignment(text: &str) -> Assignment {
    let words: Vec<&str> = text.split(' ').collect();
    let date = |at: usize| words.get(at).filter(|it| **it != "-").map(|it| day(it));
    let open = Assignment::open(&PersonId::from(words[0]), &StaffId::from(words[1]), "c");
    let covers = words.get(4).map(|it| StaffId::from(*it));
    Assignment { starts: date(2), ends: date(3), covers, ..open }
}

fn plan(state: &State, rows: &[&str]) -> Plan {
    let rows = [&[ELSEWHERE], rows].concat();
    let extract = read([&involvements(&rows), PROFESSIONALS, DIRECTORY]).unwrap();
    Plan::new(state, &extract, &CountedRoles::default(), false).unwrap()
}

#[derive(Default)]
struct Case {
    name: &'static str,
    before: &'static [&'static str],
    /// The rows from the third line of the file on.
    rows: &'static [&'static str],
    changes: &'static [&'static str],
    missing: &'static [&'static str],
    held: &'static [&'static str],
    refused: &'static [(usize, RowProblem)],
    without: Option<WhyUnassigned>,
}

const OPEN: &str = "CL-1,w-jo,PA,2026-01-01,";
const ENDED: &str = "CL-1,w-jo,PA,2026-01-01,2026-11-29";
const JO: &[&str] = &["ada jo - -"];

#[rustfmt::skip]
fn certain_cases() -> Vec<Case> {
    vec![
        Case { name: "a new adviser", rows: &[OPEN], changes: &["assign ada jo - -"], ..Case::default() },
        Case { name: "as it is", before: JO, rows: &[OPEN], ..Case::default() },
        Case { name: "ended yesterday, nobody follows", before: JO, rows: &[ENDED],
            changes: &["end ada jo"], without: Some(Over), ..Case::default() },
        Case { name: "the last day is today", before: JO, rows: &["CL-1,w-jo,PA,2026-01-01,2026-11-30"],
            changes: &["days ada jo - 2026-12-01"], ..Case::default() },
        Case { name: "ended, and a colleague follows", before: JO,
            rows: &[ENDED, "CL-1,w-kit,PA,2026-11-30,"],
            changes: &["end ada jo", "assign ada kit - -"], ..Case::default() },
        Case { name: "a hand-over to come", before: JO,
            rows: &["CL-1,w-jo,PA,2026-01-01,2026-12-04", "CL-1,w-kit,PA,2026-12-05,"],
            changes: &["days ada jo - 2026-12-05", "assign ada kit 2026-12-05 -"], ..Case::default() },
        Case { name: "nobody until later", rows: &["CL-1,w-kit,PA,2026-12-10,"],
            changes: &["assign ada kit 2026-12-10 -"], without: Some(ComesLater), ..Case::default() },
        Case { name: "an end that was taken back", before: &["ada jo - 2027-01-01"], rows: &[OPEN],
            changes: &["days ada jo - -"], ..Case::default() },
        Case { name: "an end in 9999", before: JO, rows: &["CL-1,w-jo,PA,2026-01-01,9999-12-31"], ..Case::default() },
        Case { name: "an earlier involvement of the same worker", before: JO, rows: &[ENDED, OPEN], ..Case::default() },
        Case { name: "a role that does not count", before: JO,
            rows: &[OPEN, "CL-1,w-kit,Social worker,2026-01-01,"], ..Case::default() },
        Case { name: "a colleague who covers becomes the adviser",
            before: &["ada jo - -", "ada kit 2026-11-20 2026-12-10 jo"],
            rows: &[ENDED, "CL-1,w-kit,PA,2026-11-30,"],
            changes: &["end ada jo", "assign ada kit - -"], ..Case::default() },
        Case { name: "a cover is not the case system's", before: &["ada jo - -", "ada kit 2026-11-20 2026-12-10 jo"],
            rows: &[OPEN], ..Case::default() },
        Case { name: "a hand-over that was planned here",
            before: &["ada jo - 2026-12-05", "ada kit 2026-12-05 -"], rows: &[OPEN], ..Case::default() },
        Case { name: "a last day that has passed here too", before: &["ada jo - 2026-11-30", "ada kit - -"],
            rows: &[ENDED, "CL-1,w-kit,PA,2026-11-30,"], ..Case::default() },
        Case { name: "a planned hand-over that came early",
            before: &["ada jo - 2026-12-05", "ada kit 2026-12-05 -"],
            rows: &[ENDED, "CL-1,w-kit,PA,2026-11-30,"],
            changes: &["end ada jo", "days ada kit - -"], ..Case::default() },
    ]
}

#[rustfmt::skip]
fn doubtful_cases() -> Vec<Case> {
    use RowProblem as P;
    vec![
        Case { name: "no row", before: JO, missing: &["ada jo"], ..Case::default() },
        Case { name: "no row and no adviser", without: Some(NotInFiles), ..Case::default() },
        Case { name: "ended long ago, and given again here", before: JO,
            rows: &["CL-1,w-jo,PA,2024-01-01,2026-10-29"], missing: &["ada jo"], ..Case::default() },
        Case { name: "ended a month ago", before: JO, rows: &["CL-1,w-jo,PA,2024-01-01,2026-10-30"],
            changes: &["end ada jo"], without: Some(Over), ..Case::default() },
        Case { name: "a day that is none", before: JO, rows: &["CL-1,w-jo,PA,2026-01-01,soon"],
            held: &["ada jo"], refused: &[(3, P::LastDay)], ..Case::default() },
        Case { name: "an end, and a row that cannot be read", before: JO,
            rows: &[ENDED, "CL-1,w-jo,PA,2026-13-01,"],
            held: &["ada jo"], refused: &[(4, P::FirstDay)], ..Case::default() },
        Case { name: "a row about nobody", before: JO, rows: &[ENDED, ",w-kit,PA,2026-01-01,"],
            held: &["ada jo"], refused: &[(4, P::NoPerson)], ..Case::default() },
        Case { name: "cells in the wrong columns", before: JO, rows: &["CL-1,w-jo,PA,2026-01-01,,more,cells"],
            held: &["ada jo"], refused: &[(3, P::Damaged)], ..Case::default() },
        Case { name: "a worker who is in no file", before: JO, rows: &[ENDED, "CL-1,w-404,PA,2026-11-30,"],
            held: &["ada jo"], refused: &[(4, P::UnknownProfessional)], ..Case::default() },
        Case { name: "an earlier worker who is in no file", before: JO,
            rows: &[OPEN, "CL-1,w-404,PA,2020-01-01,2021-01-01"], ..Case::default() },
        Case { name: "a worker who is not in the directory", rows: &["CL-1,w-away,PA,2026-01-01,"],
            refused: &[(3, P::UnknownStaffNumber)], without: Some(RowRefused), ..Case::default() },
        Case { name: "a worker with two staff numbers", rows: &["CL-1,w-two,PA,2026-01-01,"],
            refused: &[(3, P::TwoStaffNumbers)], without: Some(RowRefused), ..Case::default() },
        Case { name: "a worker of another organisation", rows: &["CL-1,w-gp,PA,2026-01-01,"],
            refused: &[(3, P::NoStaffNumber)], without: Some(RowRefused), ..Case::default() },
        Case { name: "ended, and who follows has no account", before: JO,
            rows: &[ENDED, "CL-1,w-new,PA,2026-11-30,"], changes: &["end ada jo"],
            refused: &[(4, P::NoAccount)], without: Some(RowRefused), ..Case::default() },
        Case { name: "no row, and one whose worker has no account", before: JO,
            rows: &["CL-1,w-new,PA,2026-11-30,"], held: &["ada jo"], refused: &[(3, P::NoAccount)], ..Case::default() },
        Case { name: "ended, and no worker yet", before: JO, rows: &[ENDED, "CL-1,NULL,PA,2026-11-30,"],
            changes: &["end ada jo"], refused: &[(4, P::NoWorker)], without: Some(RowRefused), ..Case::default() },
        Case { name: "an adviser who left by the directory", before: &["ada mo - -"],
            rows: &["CL-1,w-mo,PA,2026-01-01,"],
            refused: &[(3, P::WorkerLeft)], without: Some(AdviserLeft), ..Case::default() },
        Case { name: "an adviser who was deactivated here", rows: &["CL-1,w-lee,PA,2026-01-01,"],
            refused: &[(3, P::WorkerLeft)], without: Some(RowRefused), ..Case::default() },
        Case { name: "a colleague without a card", rows: &["CL-1,w-ed,PA,2026-01-01,"],
            refused: &[(3, P::NotAnAdviser)], without: Some(RowRefused), ..Case::default() },
        Case { name: "a start that is years away", rows: &["CL-1,w-jo,PA,2029-01-01,"],
            refused: &[(3, P::TooFarAhead)], without: Some(RowRefused), ..Case::default() },
    ]
}

#[test]
fn plan_is_as_the_table_says() {
    for case in certain_cases().into_iter().chain(doubtful_cases()) {
        let plan = plan(&state(case.before), case.rows);
        let pairs = |pairs: &[Pair]| -> Vec<String> {
            pairs.iter().map(|it| format!("{} {}", it.person, it.staff)).collect()
        };
        let changes: Vec<String> = plan.changes.iter().map(Change::to_string).collect();
        let refused: Vec<_> = plan.refused.iter().map(|it| (it.row, it.problem)).collect();
        let without: Vec<_> = plan.without_adviser.iter().map(|it| it.why).collect();
        assert_eq!(changes, case.changes, "{}", case.name);
        assert_eq!(pairs(&plan.missing), case.missing, "{}", case.name);
        assert_eq!(pairs(&plan.held), case.held, "{}", case.name);
        assert_eq!(refused, case.refused, "{}", case.name);
        assert_eq!(without, case.without.into_iter().collect::<Vec<_>>(), "{}", case.name);
        assert_eq!(plan.leavers, [StaffId::from("mo")], "{}", case.name);
        assert_eq!(plan.not_here, 1, "{}", case.name);
    }
}

#[test]
fn refused_row_names_the_reference_of_its_person() {
    let plan = plan(&state(&[]), &["cl\u{2011}1,w-404,PA,2026-01-01,", ",w-jo,PA,2026-01-01,"]);
    let references: Vec<_> = plan.refused.iter().map(|it| it.reference.as_deref()).collect();
    assert_eq!(references, [Some("CL-1"), None]);
    assert!(plan.needs_attention());
}

#[test]
fn person_without_a_reference_is_left_alone() {
    let mut state = state(JO);
    state.people[0].reference = None;
    let plan = plan(&state, &[]);
    assert!(plan.changes.is_empty() && plan.missing.is_empty() && plan.held.is_empty());
}

#[test]
fn person_who_loses_the_only_adviser_is_new_without_one() {
    let lost = plan(&state(JO), &[ENDED]);
    assert!(lost.without_adviser[0].is_new && lost.needs_attention());
    let before = plan(&state(&[]), &[]);
    assert!(!before.without_adviser[0].is_new && !before.needs_attention());
}

#[test]
fn file_without_a_counted_role_is_refused_with_its_roles() {
    let rows =
        ["CL-1,w-jo,KAPAD,2026-01-01,", "X-1,w-jo,KAPAD,2026-01-01,", "X-2,w-jo,IRO,2026-01-01,"];
    let extract = read([&involvements(&rows), PROFESSIONALS, DIRECTORY]).unwrap();
    let refused = Plan::new(&state(JO), &extract, &CountedRoles::default(), false).unwrap_err();
    let roles = vec!["KAPAD".to_owned(), "IRO".to_owned()];
    assert_eq!(refused, AllocationRefusal::NoCountedRole { roles });
    let named = CountedRoles::new(["kapad"]);
    let plan = Plan::new(&state(JO), &extract, &named, false).unwrap();
    assert_eq!((plan.unchanged, plan.not_here), (1, 1));
}

#[test]
fn leaver_is_switched_off_only_by_who_may() {
    let extract = read([&involvements(&[ELSEWHERE]), PROFESSIONALS, DIRECTORY]).unwrap();
    let plan = |deactivates: bool| {
        Plan::new(&state(&[]), &extract, &CountedRoles::default(), deactivates).unwrap()
    };
    assert_eq!(plan(true).changes, [Change::SwitchOff { staff: "mo".into() }]);
    assert!(plan(false).changes.is_empty());
}

#[test]
fn account_that_is_on_under_another_address_has_not_left() {
    let mut state = state(&[]);
    state.staff[4].addresses.insert("m.o@x.uk".to_owned());
    let directory = format!("{DIRECTORY}1007,m.o@x.uk,true\n");
    let extract = read([&involvements(&[ELSEWHERE]), PROFESSIONALS, &directory]).unwrap();
    let plan = Plan::new(&state, &extract, &CountedRoles::default(), true).unwrap();
    assert!(plan.leavers.is_empty() && plan.changes.is_empty());
}

#[test]
fn address_of_two_accounts_is_given_nobody() {
    let mut state = state(&[]);
    state.staff[1].addresses.insert("jo@x.uk".to_owned());
    let plan = plan(&state, &[OPEN]);
    assert!(plan.changes.is_empty());
    assert_eq!(plan.refused[0].problem, RowProblem::TwoAccounts);
}
