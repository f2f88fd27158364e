//! The label by which the staff of a caseload tell young people apart.

use promise_tests::harness::{COUNCIL, TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

const LABEL: &str = "Q.Z. tall";

/// A council with Jo, who is Ada's adviser, and a manager without a caseload.
struct Desk {
    server: TestServer,
    ada: String,
    jo: Visitor,
    manager: Visitor,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        server.add_staff("m.ang", &["--name", "Mo Ang"]);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        let jo = Visitor::signed_up(&server, "j.okoro", "adviser");
        let manager = Visitor::signed_up(&server, "m.ang", "manager");
        Self { server, ada, jo, manager }
    }

    fn path(&self, page: &str) -> String {
        format!("/console/people/{}{page}", self.ada)
    }

    fn save(&self, visitor: &Visitor, label: &str) -> Page {
        visitor.get(&self.path("/label"));
        visitor.post(&self.path("/label"), &[("label", label.to_owned())])
    }
}

#[test]
fn label_shows_beside_the_reference_to_staff_of_the_caseload_only() {
    let desk = Desk::new();
    let saved = desk.save(&desk.jo, LABEL);
    assert_eq!(saved.to, Some(desk.path("?done=label")), "{}", saved.html);
    let person = desk.jo.get(&saved.to.unwrap());
    assert!(person.contains("The label is saved.") && person.contains("Change the label"));
    let isolated = format!("CL-0001 (\u{2068}{LABEL}\u{2069})");
    let own = ["", "/invite", "/label", "/appointments/new"];
    for page in own.map(|page| desk.path(page)) {
        let page = desk.jo.get(&page);
        assert!(page.contains(&isolated), "{}", page.html);
    }
    for page in ["/console/people", "/console/people?q=q.z", "/console/hand-over"] {
        let page = desk.jo.get(page);
        assert!(page.contains("CL-0001") && page.contains(LABEL), "{}", page.html);
    }

    let others = [desk.path(""), desk.path("/invite"), desk.path("/adviser"), desk.path("/export")];
    for page in
        others.iter().map(String::as_str).chain(["/console/people", "/console/people?q=q.z"])
    {
        let shown = desk.manager.get(page);
        assert!(shown.status == 200 && !shown.html.contains("Q.Z"), "{page}: {}", shown.html);
    }
    assert!(!desk.manager.get(&desk.path("")).contains("Change the label"));
    assert_eq!(desk.manager.get(&desk.path("/label")).status, 403);
    assert_eq!(desk.save(&desk.manager, "x").status, 403);
    let unchanged = desk.jo.get(&desk.path("/label"));
    assert_eq!(unchanged.field("label").as_deref(), Some(LABEL));
}

#[test]
fn label_is_validated_and_can_be_removed() {
    let desk = Desk::new();
    let long = desk.save(&desk.jo, &"x".repeat(21));
    assert!(long.status == 422 && long.contains("must be 20 characters or fewer"), "{}", long.html);
    assert_eq!(long.field("label").unwrap().len(), 21, "nothing is lost");
    assert_eq!(desk.save(&desk.jo, "J\u{202e}.S\u{0}.\n").status, 303);
    let form = desk.jo.get(&desk.path("/label"));
    assert_eq!(form.field("label").as_deref(), Some("J.S."));
    assert_eq!(desk.save(&desk.jo, "<b>J</b>").status, 303);
    assert!(!desk.jo.get("/console/people").html.contains("<b>J</b>"));
    assert_eq!(desk.save(&desk.jo, " ").status, 303);
    assert!(desk.jo.get(&desk.path("")).contains("Add a label"));
}

#[test]
fn label_is_found_by_what_looks_the_same() {
    let desk = Desk::new();
    assert_eq!(desk.save(&desk.jo, "Zoe\u{308} O\u{2019}Brien").status, 303);
    for typed in ["Zo%C3%AB", "ZOE%CC%88", "o%27brien", "%EF%BC%BAo%C3%AB%C2%A0o"] {
        let list = desk.jo.get(&format!("/console/people?q={typed}"));
        assert!(list.contains("CL-0001"), "{typed}");
    }
    assert!(!desk.jo.get("/console/people?q=zoa").contains("CL-0001"));
}

#[test]
fn people_are_found_by_label_and_reference_in_any_spelling() {
    let desk = Desk::new();
    assert_eq!(desk.save(&desk.jo, "Ş. Müller, أحمد").status, 303);
    for typed in ["s+mueller", "MULLER", "%D8%A7%D8%AD%D9%85%D8%AF", "cl0001", "cl+1", "CL-00"] {
        let list = desk.jo.get(&format!("/console/people?q={typed}"));
        assert_eq!(list.contains("CL-0001"), typed != "cl+1", "{typed}");
    }
}

#[test]
fn label_is_only_in_the_subject_access_file_and_not_in_logs_exports_commands_or_phones() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    phone.sync().unwrap();
    desk.save(&desk.jo, LABEL);
    for _ in 0..3 {
        phone.sync().unwrap();
    }
    let everything = phone.export().json().unwrap().to_string();
    assert!(!everything.contains("Q.Z") && everything.contains("changed_label"), "{everything}");

    for command in [
        &["person", "list", "--council", COUNCIL][..],
        &["phones", "list", "--person", &desk.ada],
        &["ask", "list", "--person", &desk.ada],
        &["audit", "list", "--council", COUNCIL],
        &["unassigned", "--council", COUNCIL],
    ] {
        let printed = desk.server.run(command);
        assert!(!printed.contains("Q.Z"), "{command:?}: {printed}");
    }
    let log = desk.server.run(&["audit", "list", "--council", COUNCIL]);
    assert!(log.contains("changed_label"), "{log}");

    desk.manager.get("/console/export");
    let caseload = desk.manager.post("/console/export/people", &[]);
    assert!(caseload.contains("CL-0001") && !caseload.contains("Q.Z"), "{}", caseload.html);
    for kind in ["json", "html"] {
        desk.manager.get(&desk.path("/export"));
        let file = desk.manager.post(&desk.path("/export"), &[("kind", kind.to_owned())]);
        assert!(file.status == 200 && file.contains(LABEL), "{kind}: {}", file.html);
    }
    desk.server.run(&["person", "erase", "--person", &desk.ada, "--yes"]);
    let left = desk.server.transact(|tx| Ok(tx.person_label(&desk.ada.as_str().into())?));
    assert_eq!(left, None);
    for file in std::fs::read_dir(desk.server.data()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let found = bytes.windows(LABEL.len()).any(|part| part == LABEL.as_bytes());
        assert!(!found, "a trace is left in {}", path.display());
    }
}
