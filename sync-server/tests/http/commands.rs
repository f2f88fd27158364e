//! What an operator types, from an empty folder to a phone's card.

use std::process::ExitCode;

use promise_server::cli::{self, Output};
use tempfile::TempDir;

struct Operator(TempDir);

impl Operator {
    /// Runs a command, and answers its exit code and everything it said.
    fn types(&self, words: &[&str]) -> (ExitCode, String) {
        let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), &b""[..]);
        let mut output = Output { out: &mut out, err: &mut err, input: &mut input };
        let data = self.0.path().to_str().unwrap();
        let code = cli::run([&["promise-server", "--data", data], words].concat(), &mut output);
        (code, String::from_utf8([out, err].concat()).unwrap().trim().to_owned())
    }

    /// Runs a command that must succeed.
    fn does(&self, words: &[&str]) -> String {
        let (code, said) = self.types(words);
        assert_eq!(code, ExitCode::SUCCESS, "{words:?}: {said}");
        said
    }
}

#[test]
fn an_operator_gets_from_nothing_to_a_card_on_a_phone() {
    let operator = Operator(tempfile::tempdir().unwrap());
    operator.does(&["council", "add", "barnet", "Barnet"]);
    let ada = operator.does(&["person", "add", "--council", "barnet", "--reference", "C-17"]);
    assert!(operator.does(&["person", "list", "--council", "barnet"]).contains("C-17"));
    operator.does(&["staff", "add", "--council", "barnet", "--handle", "jo", "--name", "Jo"]);
    operator.does(&["assign", "--person", &ada, "--staff", "jo"]);
    let number = ["contact", "set", "--staff", "jo", "--phone", "07700 900123"];
    assert_eq!(operator.does(&number), "Saved. It reaches 1 young person.");
    assert_eq!(operator.does(&number), "Saved. It reaches 0 young people.");
    let invited = operator.does(&["invite", "--person", &ada, "--server", "https://p.example.org"]);
    let code = invited.lines().next().unwrap().strip_prefix("Code: ").unwrap();
    assert!(code.parse::<promise_protocol::PairingCode>().is_ok());
    assert!(invited.contains('█'), "a code to scan");
    assert_eq!(operator.does(&["phones", "list", "--person", &ada]), "");
    operator.does(&["unassign", "--person", &ada, "--staff", "jo"]);
}

#[test]
fn who_has_no_adviser_is_told_with_an_exit_code_for_cron() {
    let operator = Operator(tempfile::tempdir().unwrap());
    operator.does(&["council", "add", "barnet", "Barnet"]);
    let unassigned = ["unassigned", "--council", "barnet"];
    assert_eq!(operator.does(&unassigned), "", "nobody, so nobody without");
    let ada = operator.does(&["person", "add", "--council", "barnet", "--reference", "C-17"]);
    let taken = operator.types(&["person", "add", "--council", "barnet", "--reference", "C-17"]);
    assert!(taken.0 == ExitCode::from(1) && taken.1.contains("person list"), "{}", taken.1);
    let (code, said) = operator.types(&unassigned);
    assert_eq!(code, ExitCode::from(1));
    assert!(said.starts_with(&format!("{ada}  C-17  never had an adviser")), "{said}");
    operator.does(&["staff", "add", "--council", "barnet", "--handle", "jo", "--name", "Jo"]);
    operator.does(&["assign", "--person", &ada, "--staff", "jo"]);
    assert_eq!(operator.does(&unassigned), "");
    let said = operator.does(&["staff", "off", "--staff", "jo"]);
    assert!(said.starts_with("Switched off. Young people who were theirs: 1."), "{said}");
    let (code, said) = operator.types(&unassigned);
    assert!(code == ExitCode::from(1) && said.contains("Jo left"), "{said}");
    let (code, said) = operator.types(&["assign", "--person", &ada, "--staff", "jo"]);
    assert!(code == ExitCode::from(1) && said.contains("staff on"), "{said}");
    operator.does(&["staff", "on", "--staff", "jo"]);
    assert_eq!(operator.does(&unassigned), "");
}

#[test]
fn publishing_asks_first_and_changes_nothing_twice() {
    let operator = Operator(tempfile::tempdir().unwrap());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/council");
    operator.does(&["council", "add", "riverbridge", "Riverbridge"]);
    let publish = ["publish", folder, "--council", "riverbridge"];
    let said = operator.does(&[&publish[..], &["--dry-run"]].concat());
    assert!(said.contains("dry run"), "{said}");
    let (code, said) = operator.types(&publish);
    assert_eq!(code, ExitCode::from(1), "no answer is no");
    assert!(said.contains("Publish this?") && said.contains("nothing was published"), "{said}");
    let at_once = [&publish[..], &["--yes"]].concat();
    assert!(operator.does(&at_once).ends_with("Published as edition 1."));
    assert!(operator.does(&at_once).contains("nothing to do"));
    let (code, said) = operator.types(&["publish", folder, "--council", "camden", "--yes"]);
    assert_eq!(code, ExitCode::from(2), "{said}");
}

#[test]
fn a_refusal_says_what_to_do() {
    let operator = Operator(tempfile::tempdir().unwrap());
    let cases: [(&[&str], u8, &str); 7] = [
        (&["person", "add", "--council", "nowhere"], 1, "council add"),
        (&["invite", "--person", "nobody"], 1, "person list"),
        (&["phones", "revoke", "pixel"], 2, "phones list"),
        (&["contact", "set", "--staff", "jo"], 2, "--help"),
        (&["contact", "set", "--staff", "jo", "--phone", "call me"], 2, "07700 900123"),
        (&["serve", "--listen", "0.0.0.0:0"], 1, "--behind-proxy"),
        (&["publish", "/nowhere", "--council", "barnet", "--yes"], 1, "nothing was published"),
    ];
    for (words, code, hint) in cases {
        let (exit, said) = operator.types(words);
        assert_eq!(exit, ExitCode::from(code), "{words:?}: {said}");
        assert!(said.contains(hint), "{words:?}: {said}");
    }
}
