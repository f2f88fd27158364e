//! The sign-in that `cargo demo` prints at its end works.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use promise_tests::demo::PASSWORD;

use crate::visitor::Visitor;

#[test]
fn demo_prints_a_working_sign_in() {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(demo.stdout.take().unwrap()).lines().map(Result::unwrap);
    // It serves until its input ends.
    let printed: Vec<String> = lines.take_while(|line| !line.starts_with("Press Enter")).collect();
    let found = |part: &str| {
        let line = printed.iter().find_map(|line| Some(line.split_once(part)?.1.trim().to_owned()));
        line.unwrap_or_else(|| panic!("no {part} in\n{}", printed.join("\n")))
    };
    assert_eq!(found("Password of everybody:"), PASSWORD);
    let address = found("in the console:");
    let visitor = Visitor::at(address.strip_suffix("/console").unwrap().to_owned());
    for (name, first) in [("j.okoro", "/console/people"), ("audrey.vane", "/console/log")] {
        let code = found(&format!("  {name} ")).split_whitespace().last().unwrap().to_owned();
        visitor.get("/console/sign-in");
        let fields = [("name", name.to_owned()), ("password", PASSWORD.to_owned())];
        assert_eq!(visitor.post("/console/sign-in", &fields).status, 303);
        visitor.get("/console/sign-in/code");
        assert_eq!(visitor.post("/console/sign-in/code", &[("code", code)]).status, 303);
        assert_eq!(visitor.get("/console").to.as_deref(), Some(first));
        let page = visitor.get(first);
        assert_eq!(page.status, 200, "{}", page.html);
        assert!(name != "j.okoro" || page.contains("CL-0001"), "{}", page.html);
        if name == "j.okoro" {
            let book = visitor.get("/console/address-book");
            assert!(book.contains("Night line at Elm House"), "{}", book.html);
        }
        visitor.post("/console/sign-out", &[]);
    }
    drop(demo.stdin.take());
    assert!(demo.wait().unwrap().success());
}
