//! The nightly import at the command line: exit codes, and that it can be repeated.

use std::{fs, process::ExitCode};

use chrono::{Days, Utc};

use crate::commands::Operator;

const COLUMNS: &str = "invo_person_id;invo_professional_id;invo_professional_role_id;\
    invo_involvement_start_date;invo_involvement_end_date;invo_worker_change_reason";
const PROFESSIONALS: &str =
    "prof_professional_id,prof_staff_id,prof_professional_name\nk,1,Kit\nl,2,Lou\n";
const DIRECTORY: &str =
    "employeeId,mail,accountEnabled,mobilePhone\n1,Kit@x.uk,True,\n2,lou@x.uk,True,07700900123\n";

struct Council {
    operator: Operator,
}

impl Council {
    fn new() -> Self {
        let operator = Operator(tempfile::tempdir().unwrap());
        operator.run_ok(&["council", "add", "barnet", "Barnet"]);
        for handle in ["kit@x.uk", "lou@x.uk"] {
            let name = handle.split('@').next().unwrap();
            operator.run_ok(&[
                "staff",
                "add",
                "--council",
                "barnet",
                "--handle",
                handle,
                "--name",
                name,
            ]);
        }
        for reference in ["CL-1", "CL-2"] {
            let person = operator.run_ok(&[
                "person",
                "add",
                "--council",
                "barnet",
                "--reference",
                reference,
            ]);
            operator.run_ok(&["assign", "--person", &person, "--staff", "kit@x.uk"]);
        }
        Self { operator }
    }

    /// Runs an import of these rows.
    fn import(&self, act: &str, rows: &[&str], more: &[&str]) -> (ExitCode, String) {
        let rows: Vec<String> = rows.iter().map(|row| format!("{row};ABSENC\n")).collect();
        let involvements = format!("{COLUMNS}\n{}", rows.concat());
        self.import_files(act, [&involvements, PROFESSIONALS, DIRECTORY], more)
    }

    fn import_files(&self, act: &str, files: [&str; 3], more: &[&str]) -> (ExitCode, String) {
        let mut line = vec!["allocations".to_owned(), act.to_owned()];
        line.extend(["--council", "barnet"].map(str::to_owned));
        for (name, text) in ["involvements", "professionals", "directory"].into_iter().zip(files) {
            let path = self.operator.0.path().join(format!("{name}.csv"));
            fs::write(&path, text).unwrap();
            line.extend([format!("--{name}"), path.to_str().unwrap().to_owned()]);
        }
        line.extend(more.iter().map(|&word| word.to_owned()));
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        self.operator.run(&line)
    }
}

fn yesterday() -> String {
    // A day earlier than in London at most, and recent either way.
    (Utc::now().date_naive() - Days::new(1)).to_string()
}

#[test]
fn import_that_changes_nothing_exits_with_success_each_night() {
    let council = Council::new();
    let rows = ["CL-1;k;Personal Advisor;2020-01-01;", "CL-2;k;PA;2020-01-01;NULL"];
    for _ in 0..2 {
        let (code, printed) = council.import("apply", &rows, &[]);
        assert_eq!(code, ExitCode::SUCCESS, "{printed}");
        assert!(printed.contains("stay as they are: 2."), "{printed}");
        assert!(printed.contains("Begun: 0. Ended: 0."), "{printed}");
    }
}

#[test]
fn check_prints_what_apply_then_does_once() {
    let council = Council::new();
    let ended = format!("CL-1;k;PA;2020-01-01;{}", yesterday());
    let rows = [ended.as_str(), "CL-1;l;PA;2020-01-02;", "CL-2;k;PA;2020-01-01;"];
    let (code, printed) = council.import("check", &rows, &[]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    assert!(printed.contains("CL-1  kit  ends\nCL-1  lou  begins now\nNothing was"), "{printed}");
    for expected in ["Begun: 1. Ended: 1.", "Begun: 0. Ended: 0."] {
        let (code, printed) = council.import("apply", &rows, &[]);
        assert_eq!(code, ExitCode::SUCCESS, "{printed}");
        assert!(printed.contains(expected), "{printed}");
    }
    assert_eq!(council.operator.run_ok(&["unassigned", "--council", "barnet"]), "");
}

#[test]
fn what_needs_a_person_exits_with_three() {
    let council = Council::new();
    let ended = format!("CL-1;k;PA;2020-01-01;{}", yesterday());
    let (code, printed) = council.import("apply", &[&ended, "CL-2;k;PA;2026-13-01;"], &[]);
    assert_eq!(code, ExitCode::from(3), "{printed}");
    assert!(printed.contains("CL-1  kit  ends"), "{printed}");
    assert!(printed.contains("CL-1  will have no adviser: everything"), "{printed}");
    assert!(printed.contains("involvements: row 3: CL-2: the first day is not a day"), "{printed}");
    assert!(printed.contains("CL-2  kit  may be over, and is kept"), "{printed}");
    let (code, printed) = council.operator.run(&["unassigned", "--council", "barnet"]);
    assert_eq!(code, ExitCode::from(1), "{printed}");
    assert!(printed.contains("CL-1") && !printed.contains("CL-2"), "{printed}");
}

#[test]
fn missing_assignment_ends_with_the_flag_alone() {
    let council = Council::new();
    let rows = ["CL-2;k;PA;2020-01-01;"];
    let (code, printed) = council.import("apply", &rows, &[]);
    assert_eq!(code, ExitCode::from(3), "{printed}");
    assert!(printed.contains("CL-1  kit  is not in the files, and is kept"), "{printed}");
    assert!(printed.contains("Ended: 0."), "{printed}");
    let (_, printed) = council.import("apply", &rows, &["--end-missing"]);
    assert!(printed.contains("Ended: 1."), "{printed}");
}

#[test]
fn unusable_import_changes_nothing_and_exits_with_one() {
    let council = Council::new();
    let good = "CL-1;k;PA;2020-01-01;";
    let many = [good; 20];
    let (code, printed) =
        council.import("apply", &[&many[..], &["CL-2;k;PA;2020-01-01;"]].concat(), &[]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    let cases: [(&[&str], &str); 3] = [
        (&["CL-1;l;PA;2020-01-01;", "CL-2;k;PA;2020-01-01;"], "--confirm-rows"),
        (&["CL-1;l;KAPAD;2020-01-01;"], "the roles in the file are: KAPAD; name each"),
        (&["CL-1;l;PA;11/30/2026;"], "month first"),
    ];
    for (rows, hint) in cases {
        let (code, printed) = council.import("apply", rows, &[]);
        assert_eq!(code, ExitCode::from(1), "{printed}");
        assert!(printed.contains("nothing was changed") && printed.contains(hint), "{printed}");
    }
    let swapped = [PROFESSIONALS, PROFESSIONALS, DIRECTORY];
    let (code, printed) = council.import_files("apply", swapped, &[]);
    assert_eq!(code, ExitCode::from(1), "{printed}");
    assert!(
        printed.contains("involvements: sheet: columns are missing: invo_person_id"),
        "{printed}"
    );
    let (code, printed) =
        council.import("apply", &[good, "CL-2;k;PA;2020-01-01;"], &["--confirm-rows", "2"]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
}

#[test]
fn leaver_of_the_directory_is_switched_off() {
    let council = Council::new();
    let directory = DIRECTORY.replace("1,Kit@x.uk,True", "1,Kit@x.uk,False");
    let involvements = format!("{COLUMNS}\nCL-1;k;PA;2020-01-01;;\nCL-2;l;PA;2020-01-01;;\n");
    let files = [involvements.as_str(), PROFESSIONALS, directory.as_str()];
    let (code, printed) = council.import_files("apply", files, &[]);
    assert_eq!(code, ExitCode::from(3), "{printed}");
    assert!(printed.contains("kit  has left, and is switched off"), "{printed}");
    assert!(printed.contains("CL-1  will have no adviser: their adviser left"), "{printed}");
    let (code, printed) = council.operator.run(&["unassigned", "--council", "barnet"]);
    assert_eq!(code, ExitCode::from(1), "{printed}");
    assert!(printed.contains("CL-1  kit left") && !printed.contains("CL-2"), "{printed}");
}

#[test]
fn reference_and_handle_that_were_corrected_are_found_by_an_import() {
    let council = Council::new();
    let rows = ["CL-9;k;PA;2020-01-01;", "CL-2;m;PA;2020-01-01;", "CL-2;k;PA;2020-01-01;"];
    let run = |line: &[&str]| council.operator.run(line);
    let (code, printed) = council.import("check", &rows[..1], &[]);
    assert_eq!(code, ExitCode::from(3), "{printed}");
    assert!(printed.contains("About people who are not here: 1."), "{printed}");
    let people = council.operator.run_ok(&["person", "list", "--council", "barnet"]);
    let line = people.lines().find(|line| line.ends_with("CL-1")).unwrap();
    let person = line.split(' ').next().unwrap();
    let set_reference =
        |to: &str| run(&["person", "set-reference", "--person", person, "--reference", to]);
    let (code, printed) = set_reference("cl\u{2011}2");
    assert!(code == ExitCode::from(1) && printed.contains("person list"), "{printed}");
    assert_eq!(set_reference("CL-9"), (ExitCode::SUCCESS, "Saved.".to_owned()));
    let set_handle =
        |to: &str| run(&["staff", "set-handle", "--staff", "lou@x.uk", "--handle", to]);
    let (code, printed) = set_handle("Kit@x.uk");
    assert!(code == ExitCode::from(1) && printed.contains("exists already"), "{printed}");
    let (code, printed) = set_handle(" ");
    assert_eq!(code, ExitCode::from(2), "{printed}");
    let (code, printed) = set_handle("L.Moon@x.uk");
    assert!(code == ExitCode::SUCCESS && printed.starts_with("Saved."), "{printed}");
    let professionals = format!("{PROFESSIONALS}m,3,Lou\n");
    let directory = format!("{DIRECTORY}3,l.moon@x.uk,True,\n");
    let rows = rows.map(|row| format!("{row};ABSENC\n"));
    let involvements = format!("{COLUMNS}\n{}", rows.concat());
    let files = [involvements.as_str(), &professionals, &directory];
    let (code, printed) = council.import_files("apply", files, &[]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    assert!(printed.contains("CL-2  lou  begins now"), "{printed}");
    assert!(printed.contains("stay as they are: 2."), "{printed}");
}

#[test]
fn database_keeps_nothing_of_the_files() {
    let council = Council::new();
    let rows = ["CL-1;k;PA;2020-01-01;", "CL-2;k;PA;2020-01-01;", "CANARY-771;k;PA;2020-01-01;"];
    let (code, printed) = council.import("apply", &rows, &[]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    let mut kept = String::new();
    for entry in fs::read_dir(council.operator.0.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|extension| extension != "csv") {
            kept.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
        }
    }
    assert!(kept.contains("CL-2") && kept.contains("kit@x.uk"), "the database is there");
    for canary in ["CANARY-771", "ABSENC", "07700900123", "canary-771"] {
        assert!(!kept.contains(canary), "{canary}");
    }
}

#[test]
fn file_that_is_not_there_is_an_invalid_argument() {
    let council = Council::new();
    let (code, printed) = council.operator.run(&[
        "allocations",
        "check",
        "--council",
        "barnet",
        "--involvements",
        "/nowhere.csv",
        "--professionals",
        "/nowhere.csv",
        "--directory",
        "/nowhere.csv",
    ]);
    assert_eq!(code, ExitCode::from(2), "{printed}");
    assert!(printed.contains("cannot read /nowhere.csv"), "{printed}");
}
