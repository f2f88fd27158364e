//! The nightly import of visits and reviews at the command line.

use std::{fs, process::ExitCode};

use chrono::{Days, NaiveDate, Utc};

use crate::commands::Operator;

const COLUMNS: &str = "clea_person_id;clea_care_leaver_latest_contact;\
    clea_pathway_plan_review_date;clea_care_leaver_activity";

/// The example council with CL-1. Returns their id.
fn council() -> (Operator, String) {
    let operator = Operator(tempfile::tempdir().unwrap());
    operator.run_ok(&["council", "add", "riverbridge", "Riverbridge"]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/council");
    operator.run_ok(&["publish", folder, "--council", "riverbridge", "--yes"]);
    let add = ["person", "add", "--council", "riverbridge", "--reference", "CL-1"];
    let person = operator.run_ok(&add);
    (operator, person)
}

/// Runs an import of these rows.
fn import(operator: &Operator, rows: &[&str], more: &[&str]) -> (ExitCode, String) {
    let path = operator.0.path().join("care_leavers.csv");
    let rows: Vec<String> = rows.iter().map(|row| format!("{row};CANARY-F2\n")).collect();
    fs::write(&path, format!("{COLUMNS}\n{}", rows.concat())).unwrap();
    let file = ["--council", "riverbridge", "--care-leavers", path.to_str().unwrap()];
    operator.run(&[&["timescale", "import"][..], &file, more].concat())
}

fn before(days: u64) -> NaiveDate {
    Utc::now().date_naive() - Days::new(days)
}

#[test]
fn dry_run_prints_what_the_import_then_does_once() {
    let (operator, person) = council();
    let (contact, review) = (before(4), before(30));
    let row = format!("CL-1;{contact};{review}");
    let rows = [row.as_str(), "CANARY-771;soon;"];
    let both = ["--reviews", "plan-review", "--contacts", "adviser-visit"];
    let dry = [&both[..], &["--dry-run"]].concat();
    let (code, printed) = import(&operator, &rows, &dry);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    let line = format!("CL-1  plan-review: last {review} instead of no day");
    assert!(printed.contains(&line) && printed.contains("Nothing was changed"), "{printed}");
    assert!(printed.contains("Would move forward: 2."), "{printed}");
    for expected in ["Moved forward: 2. The same here: 0.", "Moved forward: 0. The same here: 2."] {
        let (code, printed) = import(&operator, &rows, &both);
        assert_eq!(code, ExitCode::SUCCESS, "{printed}");
        assert!(printed.contains(expected), "{printed}");
        assert!(printed.contains("Rows: 2. About people who are not here: 1."), "{printed}");
    }
    let listed = operator.run_ok(&["timescale", "list", "--person", &person]);
    for (timescale, day) in [("adviser-visit", contact), ("plan-review", review)] {
        assert!(listed.contains(&format!("{timescale}  last {day}  next -")), "{listed}");
    }
}

#[test]
fn database_keeps_nothing_else_of_the_care_leavers() {
    let (operator, _) = council();
    let (contact, review) = (before(1_003), before(1_004));
    let row = format!("CL-1;{contact};{review}");
    let (code, printed) =
        import(&operator, &[&row, "CANARY-771;;2024-01-02"], &["--reviews", "plan-review"]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    let mut kept = String::new();
    for entry in fs::read_dir(operator.0.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|extension| extension != "csv") {
            kept.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
        }
    }
    assert!(kept.contains(&review.to_string()), "the database is there");
    let contact = contact.to_string();
    for canary in ["CANARY-771", "canary-771", "CANARY-F2", contact.as_str()] {
        assert!(!kept.contains(canary), "{canary}");
    }
}

#[test]
fn refused_day_is_printed_with_its_row_and_exits_with_three() {
    let (operator, person) = council();
    let later = (Utc::now().date_naive() + Days::new(2)).to_string();
    let rows = [format!("CL-1;;{later}"), format!("CL-1;;{}", before(9)), "CL-1;;soon".to_owned()];
    let rows = rows.each_ref().map(String::as_str);
    let (code, printed) = import(&operator, &rows, &["--reviews", "plan-review"]);
    assert_eq!(code, ExitCode::from(3), "{printed}");
    let column = "clea_pathway_plan_review_date";
    for line in [
        format!("care-leavers: row 2: CL-1: {column}: the day is after today"),
        format!("care-leavers: row 4: CL-1: {column}: this is not a day"),
        "Moved forward: 1.".to_owned(),
    ] {
        assert!(printed.contains(&line), "{line}: {printed}");
    }
    let listed = operator.run_ok(&["timescale", "list", "--person", &person]);
    assert!(listed.contains(&format!("plan-review  last {}", before(9))), "{listed}");
}

#[test]
fn unknown_timescale_is_refused_with_the_published_ones() {
    let (operator, _) = council();
    let rows = ["CL-1;2025-01-02;2025-01-02"];
    let cases: [(&[&str], &str); 3] = [
        (&["--reviews", "reviews"], "publishes adviser-visit, plan-review"),
        (&["--reviews", "plan-review", "--contacts", "calls"], "no timescale calls"),
        (&["--reviews", "plan-review", "--contacts", "plan-review"], "two timescales"),
    ];
    for (more, hint) in cases {
        let (code, printed) = import(&operator, &rows, more);
        assert_eq!(code, ExitCode::from(2), "{printed}");
        assert!(printed.contains(hint), "{printed}");
    }
}
