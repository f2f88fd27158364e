//! The operator's commands, from an empty folder to a card on a phone.

use std::process::ExitCode;

use promise_server::cli::{self, Output};
use tempfile::TempDir;

pub(crate) struct Operator(pub(crate) TempDir);

impl Operator {
    /// Runs a command. Returns the exit code and everything that it printed.
    pub(crate) fn run(&self, arguments: &[&str]) -> (ExitCode, String) {
        let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), &b""[..]);
        let mut output = Output { out: &mut out, err: &mut err, input: &mut input };
        let data = self.0.path().to_str().unwrap();
        let code = cli::run([&["promise-server", "--data", data], arguments].concat(), &mut output);
        (code, String::from_utf8([out, err].concat()).unwrap().trim().to_owned())
    }

    /// Runs a command that must succeed.
    pub(crate) fn run_ok(&self, arguments: &[&str]) -> String {
        let (code, printed) = self.run(arguments);
        assert_eq!(code, ExitCode::SUCCESS, "{arguments:?}: {printed}");
        printed
    }
}

#[test]
fn commands_lead_from_empty_folder_to_card_on_phone() {
    let operator = Operator(tempfile::tempdir().unwrap());
    operator.run_ok(&["council", "add", "barnet", "Barnet"]);
    let ada = operator.run_ok(&["person", "add", "--council", "barnet", "--reference", "C-17"]);
    assert!(operator.run_ok(&["person", "list", "--council", "barnet"]).contains("C-17"));
    operator.run_ok(&["staff", "add", "--council", "barnet", "--handle", "jo", "--name", "Jo"]);
    operator.run_ok(&["assign", "--person", &ada, "--staff", "jo"]);
    let number = ["contact", "set", "--staff", "jo", "--phone", "07700 900123"];
    assert_eq!(operator.run_ok(&number), "Saved. It reaches 1 young person.");
    assert_eq!(operator.run_ok(&number), "Saved. It reaches 0 young people.");
    let check = ["contact", "check", "--staff", "jo"];
    assert_eq!(operator.run_ok(&check), "Saved. It reaches 1 young person.");
    assert_eq!(operator.run_ok(&check), "Saved. It reaches 0 young people.");
    let (code, printed) = operator.run(&["contact", "set", "--staff", "jo", "--clear", "phones"]);
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    let (code, printed) = operator.run(&check);
    assert!(code == ExitCode::from(2) && printed.contains("nothing to check"), "{printed}");
    for forged in ["verified_on", "deleted"] {
        let (code, printed) = operator.run(&["contact", "set", "--staff", "jo", "--clear", forged]);
        assert_ne!(code, ExitCode::SUCCESS, "{forged}: {printed}");
    }
    let (code, printed) = operator.run(&["contact", "set", "--staff", "jo", "--email", "jo@"]);
    assert_ne!(code, ExitCode::SUCCESS, "{printed}");
    let address = ["--server", "HTTPS://P.example.org:443/", "--no-wait"];
    let invited = operator.run_ok(&[&["invite", "--person", &ada], &address[..]].concat());
    let code = invited.lines().next().unwrap().strip_prefix("Code: ").unwrap();
    assert!(code.parse::<promise_protocol::PairingCode>().is_ok());
    assert!(invited.contains('█'), "a code to scan");
    assert!(invited.contains("\nServer: https://p.example.org\n"), "{invited}");
    for malformed in ["p.example.org", "http://p.example.org"] {
        let line = ["invite", "--person", &ada, "--server", malformed];
        let (code, printed) = operator.run(&line);
        assert!(code == ExitCode::from(2) && printed.contains("write it like"), "{printed}");
    }
    assert_eq!(operator.run_ok(&["phones", "list", "--person", &ada]), "");
    operator.run_ok(&["unassign", "--person", &ada, "--staff", "jo"]);
}

#[test]
fn unassigned_people_set_the_exit_code() {
    let operator = Operator(tempfile::tempdir().unwrap());
    operator.run_ok(&["council", "add", "barnet", "Barnet"]);
    let unassigned = ["unassigned", "--council", "barnet"];
    assert_eq!(
        operator.run_ok(&unassigned),
        "",
        "a council without people has no unassigned people"
    );
    let ada = operator.run_ok(&["person", "add", "--council", "barnet", "--reference", "C-17"]);
    let taken = operator.run(&["person", "add", "--council", "barnet", "--reference", "C-17"]);
    assert!(taken.0 == ExitCode::from(1) && taken.1.contains("person list"), "{}", taken.1);
    let (code, printed) = operator.run(&unassigned);
    assert_eq!(code, ExitCode::from(1));
    assert!(printed.starts_with(&format!("{ada}  C-17  never had an adviser")), "{printed}");
    operator.run_ok(&["staff", "add", "--council", "barnet", "--handle", "jo", "--name", "Jo"]);
    operator.run_ok(&["assign", "--person", &ada, "--staff", "jo"]);
    assert_eq!(operator.run_ok(&unassigned), "");
    let printed = operator.run_ok(&["staff", "off", "--staff", "jo"]);
    assert!(printed.starts_with("Switched off. Young people who were theirs: 1."), "{printed}");
    let (code, printed) = operator.run(&unassigned);
    assert!(code == ExitCode::from(1) && printed.contains("Jo left"), "{printed}");
    let (code, printed) = operator.run(&["assign", "--person", &ada, "--staff", "jo"]);
    assert!(code == ExitCode::from(1) && printed.contains("staff on"), "{printed}");
    operator.run_ok(&["staff", "on", "--staff", "jo"]);
    assert_eq!(operator.run_ok(&unassigned), "");
}

#[test]
fn publish_asks_first_and_repeats_nothing() {
    let operator = Operator(tempfile::tempdir().unwrap());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/council");
    operator.run_ok(&["council", "add", "riverbridge", "Riverbridge"]);
    let publish = ["publish", folder, "--council", "riverbridge"];
    let printed = operator.run_ok(&[&publish[..], &["--dry-run"]].concat());
    assert!(printed.contains("dry run"), "{printed}");
    let (code, printed) = operator.run(&publish);
    assert_eq!(code, ExitCode::from(1), "no answer is no");
    assert!(
        printed.contains("Publish this?") && printed.contains("nothing was published"),
        "{printed}"
    );
    let at_once = [&publish[..], &["--yes"]].concat();
    assert!(operator.run_ok(&at_once).ends_with("Published as edition 1."));
    assert!(operator.run_ok(&at_once).contains("nothing to do"));
    let (code, printed) = operator.run(&["publish", folder, "--council", "camden", "--yes"]);
    assert_eq!(code, ExitCode::from(2), "{printed}");
}

#[test]
fn refused_command_prints_what_to_do() {
    let operator = Operator(tempfile::tempdir().unwrap());
    let cases: [(&[&str], u8, &str); 7] = [
        (&["person", "add", "--council", "nowhere"], 1, "council add"),
        (&["invite", "--person", "nobody"], 1, "person list"),
        (&["phones", "revoke", "pixel", "--reason", "lost_or_stolen"], 2, "phones list"),
        (&["contact", "set", "--staff", "jo"], 2, "--help"),
        (&["contact", "set", "--staff", "jo", "--phone", "call me"], 2, "07700 900123"),
        (&["serve", "--listen", "0.0.0.0:0"], 1, "--behind-proxy"),
        (&["publish", "/nowhere", "--council", "barnet", "--yes"], 1, "nothing was published"),
    ];
    for (arguments, code, hint) in cases {
        let (exit, printed) = operator.run(arguments);
        assert_eq!(exit, ExitCode::from(code), "{arguments:?}: {printed}");
        assert!(printed.contains(hint), "{arguments:?}: {printed}");
    }
}

#[test]
fn appointment_is_added_changed_and_cancelled_once() {
    let operator = Operator(tempfile::tempdir().unwrap());
    operator.run_ok(&["council", "add", "barnet", "Barnet"]);
    let ada = operator.run_ok(&["person", "add", "--council", "barnet"]);
    let about = |command| ["appointment", command, "--person", ada.as_str()];
    let add = |rest: &[&str]| operator.run(&[&about("add")[..], rest].concat());
    for malformed in ["2027-06-30", "2027-06-30T14:00:00", "tomorrow"] {
        let (code, printed) = add(&["--title", "Review", "--at", malformed]);
        assert_eq!(code, ExitCode::from(2), "{malformed}: {printed}");
    }
    assert_eq!(add(&[]).0, ExitCode::from(2), "an appointment is something");
    let (code, id) = add(&["--title", "Review", "--at", "2027-10-31T01:30:00+00:00"]);
    assert!(code == ExitCode::SUCCESS && promise_protocol::ids::is_record_id(&id), "{id}");
    let change = |id: &str, place: &str| {
        let rest = ["--appointment", id, "--place", place];
        operator.run(&[&about("change")[..], &rest].concat()).0
    };
    assert_eq!(change(&id, "Room 2"), ExitCode::SUCCESS);
    assert_ne!(change(&id, &"x".repeat(301)), ExitCode::SUCCESS);
    assert_ne!(change("nothing", "Room 2"), ExitCode::SUCCESS);
    let cancel = [&about("cancel")[..], &["--appointment", &id]].concat();
    operator.run_ok(&cancel);
    assert_ne!(operator.run(&cancel).0, ExitCode::SUCCESS, "it is gone");
}
