//! A leaver: an administrator deactivates them, a manager assigns their young people to a
//! colleague, the phones show it, and an auditor reads the log.

use promise_tests::harness::{TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

struct Office {
    server: TestServer,
    phone: TestPhone,
    /// The leaver's browser, signed in.
    leaver: Browser,
    manager: Browser,
}

/// Jo looks after Ada, whose phone has Jo's number, and after Bea.
fn office(scripts: bool) -> Office {
    let server = TestServer::start();
    let number = ["--name", "Jo Okoro", "--team", "North", "--phone", "07700 900123:mobile"];
    let jo = server.add_staff("j.okoro", &number);
    server.add_staff("k.lee", &["--name", "Kim Lee", "--phone", "07700 900456:mobile"]);
    server.add_staff("mo", &["--name", "Mo Ang"]);
    let ada = person(&server, "CL-0001");
    for person in [&ada, &person(&server, "CL-0002")] {
        server.assign(person, &jo);
    }
    let phone = TestPhone::paired(&server, &ada);
    phone.sync().unwrap();
    assert_eq!(phone.contacts().list().unwrap()[0].phones[0].number, "+447700900123");
    let leaver = Browser::signed_up(&server, "j.okoro", "adviser", scripts);
    let manager = Browser::signed_up(&server, "mo", "manager", scripts);
    Office { server, phone, leaver, manager }
}

/// The manager's part, from the banner to the phone.
fn check_everyone_is_assigned(office: &Office) {
    let Office { phone, manager, .. } = office;
    manager.go("/console/account");
    manager.wait_for_text("2 young people have no adviser today.");
    manager.follow("See who they are");
    manager.wait_for_text("Jo Okoro no longer works here.");
    manager.press("main form .button");
    assert!(manager.contains("There is a problem") && manager.contains("Choose at least one"));
    manager.follow("Choose all 2");
    manager.run(manager.find("#to").send_keys("Kim")).unwrap();
    manager.press("main form .button");
    assert!(
        manager.contains("Check before you give them an adviser") && manager.contains("CL-0002"),
        "{}",
        manager.text()
    );
    manager.press("main form .button");
    manager.wait_for_text("They have an adviser.");
    assert!(!manager.text().contains("no adviser today"), "{}", manager.text());
    phone.sync().unwrap();
    let contacts = phone.contacts().list().unwrap();
    let shown: Vec<_> =
        contacts.iter().map(|it| (it.display_name.as_str(), it.phones.len())).collect();
    assert_eq!(shown, [("Kim Lee", 1)], "the new one, and nothing of the old one");
    manager.follow("Teams");
    manager.follow("Kim Lee");
    assert!(
        manager.contains("2 young people") && manager.contains("CL-0001"),
        "{}",
        manager.text()
    );
}

/// The same with a selection from the list, and a new young person.
fn check_person_is_added(office: &Office) {
    let manager = &office.manager;
    manager.follow("Young people");
    manager.follow("Add a young person");
    manager.press("main form .button");
    manager.wait_for_text("Enter the reference");
    manager.fill("reference", "CL-0003");
    manager.run(manager.find("#adviser").send_keys("Kim")).unwrap();
    manager.press("main form .button");
    assert!(manager.contains("Added.") && manager.contains("Kim Lee"), "{}", manager.text());
}

#[test]
fn leaver_is_deactivated_and_everyone_reassigned() {
    let office = office(true);
    let Office { server, phone, leaver, .. } = &office;
    server.add_staff("adam", &["--name", "Adam Administrator"]);
    server.add_staff("audrey", &["--name", "Audrey Auditor"]);
    leaver.follow("CL-0001");

    let administrator = Browser::signed_up(server, "adam", "administrator", true);
    administrator.follow("Jo Okoro");
    administrator.follow("Switch them off");
    assert!(
        administrator.contains("Young people they look after")
            && !administrator.text().contains("CL-"),
        "{}",
        administrator.text()
    );
    administrator.press("main form .button");
    administrator.wait_for_text("They are switched off, and signed out everywhere.");
    drop(administrator);

    leaver.follow("My card");
    leaver.wait_for_text("Password");
    assert!(!leaver.text().contains("Jo Okoro"), "nothing is shown any more: {}", leaver.text());
    phone.sync().unwrap();
    let contact = &phone.contacts().list().unwrap()[0];
    assert_eq!((contact.display_name.as_str(), contact.phones.len()), ("Jo Okoro", 0));
    assert!(contact.valid_to.is_some());

    check_everyone_is_assigned(&office);
    check_person_is_added(&office);

    let auditor = Browser::signed_up(server, "audrey", "auditor", true);
    auditor.wait_for_text("The log was not checked yet");
    auditor.fill("person", "CL-0001");
    auditor.run(auditor.find("#act").send_keys("Gave an adviser")).unwrap();
    auditor.press("main form .button");
    assert!(
        auditor.contains("Mo Ang (Manager)") && auditor.contains("Kim Lee"),
        "who gave whom to whom, by name: {}",
        auditor.text()
    );
    assert!(!auditor.text().contains("CL-0002"));
    auditor.follow("Check the log");
    auditor.press("main form .button");
    assert!(auditor.contains("The log is whole") && auditor.contains("by Audrey Auditor"));
    let printed = server.run(&["audit", "verify", "--council", "riverbridge"]);
    assert!(printed.starts_with("Whole: "), "{printed}");
}

#[test]
fn leaver_is_replaced_without_javascript() {
    let office = office(false);
    office.server.run(&["staff", "off", "--staff", "j.okoro"]);
    check_everyone_is_assigned(&office);
    check_person_is_added(&office);
}
