//! An adviser links a phone again after a restore lost its record.

use promise_core::{AskAbout, PromiseError};
use promise_protocol::access::StaffAction;
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

const MINUTE: i64 = 60_000;

/// A restored council, with Jo signed in, a phone that lost its record, and the new record of its
/// person.
struct Desk {
    server: TestServer,
    visitor: Visitor,
    phone: TestPhone,
    path: String,
    /// The id of the adviser.
    jo: String,
}

impl Desk {
    fn new() -> Self {
        let mut server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
        let backup = server.back_up("old.db");
        let phone = TestPhone::paired(&server, &person(&server, "CL-0001"));
        phone.sync().unwrap();
        phone.asks().write("Written before", AskAbout::Anything).unwrap();
        server.restore(&backup);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        // A restore ends every session. A code of the authenticator works once.
        server.clock.set(MINUTE);
        let visitor = Visitor::signed_in_again(&server, &visitor, "j.okoro");
        Self { server, visitor, phone, path: format!("/console/people/{ada}"), jo }
    }

    fn send(&self, check: &str) -> Page {
        let path = format!("{}/relink", self.path);
        self.visitor.get(&path);
        self.visitor.post(&path, &[("check", check.to_owned())])
    }
}

fn code(page: &Page) -> String {
    let code = page.html.split("id=\"code\">").nth(1).expect("the page shows a code");
    code.split('<').next().unwrap().to_owned()
}

#[test]
fn adviser_links_lost_phone_by_its_check_text() {
    let desk = Desk::new();
    let page = desk.visitor.get(&desk.path);
    assert!(
        page.contains("Link a phone that our computer does not know any more"),
        "{}",
        page.html
    );
    let check = desk.phone.relink_check().unwrap();
    let made = desk.send(&format!(" {} ", check.to_lowercase().replace('-', " ")));
    assert_eq!(made.status, 200, "{}", made.html);
    assert!(made.contains(&check.replace('-', "\u{2011}")), "it names the phone");
    desk.phone.relink(&code(&made)).unwrap();
    // The access log comes with a sync that has nothing else to bring.
    for _ in 0..3 {
        desk.phone.sync().unwrap();
    }
    let log = desk.phone.access_log().unwrap();
    let by_jo = log.iter().find(|entry| entry.by.as_deref() == Some("Jo Okoro")).unwrap();
    assert!(by_jo.did.contains(&StaffAction::InvitedPhone), "the young person sees it: {by_jo:?}");
    assert!(desk.visitor.get(&desk.path).contains("Written before"));
    // Another code for the same phone needs no typing.
    assert_eq!(made.field("check").as_deref(), Some(check.as_str()));
}

#[test]
fn invalid_check_text_is_refused_with_example_and_kept() {
    let desk = Desk::new();
    for typed in ["", "7K3F", "7K3F\u{2011}9M2", "7K3F-9M2D-1", "7K3F-9M2U"] {
        let page = desk.send(typed);
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.contains("There is a problem"), "{typed}");
        assert!(page.contains("the phone shows, such as 7K3F\u{2011}9M2D"), "{typed}");
        assert_eq!(page.field("check").as_deref(), Some(typed));
    }
}

#[test]
fn code_of_the_page_links_no_other_phone() {
    let desk = Desk::new();
    let made = desk.send("7K3F-9M2D");
    assert_eq!(desk.phone.relink(&code(&made)), Err(PromiseError::OtherPhone));
}

#[test]
fn linking_a_phone_needs_the_password_again() {
    let desk = Desk::new();
    let check = desk.phone.relink_check().unwrap();
    desk.server.clock.set(20 * MINUTE);
    let asked = desk.send(&check);
    assert!(asked.status == 401 && asked.contains("Type your password again"), "{}", asked.html);
}

#[test]
fn record_with_a_phone_of_its_own_is_refused_with_advice() {
    let desk = Desk::new();
    let ada = desk.path.rsplit('/').next().unwrap();
    TestPhone::paired(&desk.server, ada).sync().unwrap();
    let page = desk.send(&desk.phone.relink_check().unwrap());
    assert_eq!(page.status, 422);
    assert!(page.contains("Another phone uses this page already"), "{}", page.html);
}

/// The adviser left between making the code and its use.
#[test]
fn code_of_adviser_who_was_deactivated_links_no_phone() {
    let desk = Desk::new();
    let made = desk.send(&desk.phone.relink_check().unwrap());
    desk.server.run(&["staff", "off", "--staff", &desk.jo]);
    assert_eq!(desk.phone.relink(&code(&made)), Err(PromiseError::CodeExpired));
    let before = desk.phone.asks().list().unwrap();
    assert_eq!(before.len(), 1, "the phone keeps what it holds");
}

/// The label is the new record's own: the adviser sees on the page whom they link, and no phone gets it.
#[test]
fn label_of_new_record_is_on_the_page_and_not_on_the_phone() {
    let desk = Desk::new();
    let label = format!("{}/label", desk.path);
    desk.visitor.get(&label);
    desk.visitor.post(&label, &[("label", "Q.Z.".to_owned())]);
    let page = desk.visitor.get(&format!("{}/relink", desk.path));
    assert!(page.contains("Q.Z."), "{}", page.html);
    let made = desk.send(&desk.phone.relink_check().unwrap());
    desk.phone.relink(&code(&made)).unwrap();
    desk.phone.sync().unwrap();
    assert!(desk.visitor.get(&desk.path).contains("Q.Z."), "the record keeps it");
    let received = desk.phone.recording.messages().concat();
    assert!(!received.contains("Q.Z."));
    assert!(!desk.phone.export().json().unwrap().to_string().contains("Q.Z."));
}
