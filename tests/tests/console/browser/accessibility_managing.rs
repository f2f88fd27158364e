//! The pages of managers, administrators and auditors: see [`super::accessibility`].

use std::path::Path;

use promise_core::AskAbout;
use promise_server::config::Settings;
use promise_tests::harness::{COUNCIL, TestPhone, TestServer};

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};
use crate::visitor::person;

/// A council with two teams, leave, a leaver, asks, and a person who never had an adviser.
fn council(folder: &Path) -> TestServer {
    let settings = Settings { unusual_access: 2, ..Settings::in_folder(folder.join("data")) };
    let server = TestServer::with(settings);
    server.run(&["council", "add", COUNCIL, "Riverbridge Council"]);
    let adviser = |handle: &str, name: &str, team: &str| {
        server.add_staff(handle, &["--name", name, "--team", team, "--role", "Personal adviser"])
    };
    let jo = adviser("j.okoro", "Jo Okoro", "North");
    let kim = adviser("k.lee", "Kim Lee", "North");
    let alex = adviser(
        "alexandra.papadimitriou",
        "Alexandra Papadimitriou-Whittingham",
        "Unaccompanied young people",
    );
    adviser("sam", "Sam New", "");
    let mut people = Vec::new();
    for (index, staff) in [&jo, &jo, &jo, &kim, &kim, &alex].into_iter().enumerate() {
        let person = person(&server, &format!("CL-{index:04}"));
        server.assign(&person, staff);
        people.push(person);
    }
    person(&server, "CL-0100 with a rather long reference of the council");
    let phone = TestPhone::paired(&server, &people[0]);
    phone.asks().write("Can we meet on Friday?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    TestPhone::paired(&server, &people[3]).sync().unwrap();
    server.run(&["staff", "off", "--staff", "j.okoro"]);
    let today = promise_services::calendar::today(chrono::Utc::now().timestamp_millis());
    server.transact(|tx| {
        let leave = serde_json::json!([{"from": today, "to": today + chrono::TimeDelta::days(5)}]);
        let scope = promise_services::StaffScope::operator();
        let edit = promise_services::cards::CardEdit::new([("leave".to_owned(), leave)].into())?;
        let now = chrono::Utc::now().timestamp_millis();
        let alex = promise_protocol::ids::StaffId::from(alex.as_str());
        let random = &mut promise_services::OsRandom;
        promise_services::cards::update(tx, &scope, &alex, edit, now, random)
    });
    for (handle, name) in
        [("mo", "Mo Ang"), ("adam", "Adam Ministrator"), ("audrey", "Audrey Auditor")]
    {
        server.add_staff(handle, &["--name", name]);
    }
    server
}

#[test]
fn pages_of_a_manager() {
    let folder = tempfile::tempdir().unwrap();
    let (server, axe) = (council(folder.path()), axe());
    let browser = Browser::signed_up(&server, "mo", "manager", true);
    check_page(&browser, "people-of-all", &axe);
    browser.follow("Teams");
    check_page(&browser, "team", &axe);
    browser.follow("See who they are");
    check_page(&browser, "alarm", &axe);
    browser.press("main form .button");
    check_page(&browser, "alarm-error", &axe);
    browser.follow("Choose all");
    browser.run(browser.find("#to").send_keys("Kim")).unwrap();
    browser.press("main form .button");
    check_page(&browser, "alarm-check", &axe);
    browser.press("main form .button");
    check_page(&browser, "alarm-done", &axe);
    browser.go("/console/people?show=no-adviser");
    check_page(&browser, "people-without-adviser", &axe);
    browser.go("/console/people/new");
    check_page(&browser, "person-new", &axe);
    browser.press("main form .button");
    check_page(&browser, "person-new-error", &axe);
    browser.fill("reference", "CL-0200");
    browser.press("main form .button");
    check_page(&browser, "person-added", &axe);
    browser.follow("Change the reference");
    check_page(&browser, "person-reference", &axe);
    browser.fill("reference", "CL-0000");
    browser.press("main form .button");
    check_page(&browser, "person-reference-error", &axe);
    browser.go("/console/people");
    browser.follow("CL-0200");
    browser.follow("Give an adviser");
    check_page(&browser, "person-give", &axe);
    browser.press("main form .button");
    check_page(&browser, "person-give-error", &axe);
    browser.back();
    browser.back();
    browser.follow("Download everything we hold");
    check_page(&browser, "subject", &axe);
    browser.follow("Downloads");
    check_page(&browser, "export", &axe);
    browser.fill("from-day", "40");
    browser.press("main form .button");
    check_page(&browser, "export-error", &axe);
}

#[test]
fn pages_of_an_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let (server, axe) = (council(folder.path()), axe());
    let browser = Browser::signed_up(&server, "adam", "administrator", true);
    check_page(&browser, "staff-list", &axe);
    browser.follow("Add a colleague");
    check_page(&browser, "staff-new", &axe);
    browser.press("main form .button");
    check_page(&browser, "staff-new-error", &axe);
    for (field, text) in [("display_name", "Eve Editor"), ("name", "eve")] {
        browser.fill(field, text);
    }
    browser.press("#role-2");
    browser.press("main form .button");
    check_page(&browser, "staff-new-link", &axe);
    browser.go("/console/staff");
    browser.follow("Eve Editor");
    check_page(&browser, "colleague", &axe);
    browser.follow("Change their role");
    check_page(&browser, "staff-role", &axe);
    browser.go("/console/staff");
    browser.follow("Eve Editor");
    browser.follow("Change the address by which");
    check_page(&browser, "staff-handle", &axe);
    browser.fill("handle", "k.lee");
    browser.press("main form .button");
    check_page(&browser, "staff-handle-error", &axe);
    browser.go("/console/staff");
    browser.follow("Kim Lee");
    browser.follow("Switch them off");
    check_page(&browser, "staff-off", &axe);
    browser.press("main form .button");
    check_page(&browser, "colleague-off", &axe);
    browser.follow("Switch them on again");
    check_page(&browser, "staff-on", &axe);
    browser.go("/console/staff");
    browser.follow("Adam Ministrator");
    check_page(&browser, "colleague-oneself", &axe);
    browser.follow("Change their role");
    browser.press("#role-0");
    browser.press("main form .button");
    check_page(&browser, "staff-role-last", &axe);
}

#[test]
fn pages_of_an_auditor() {
    let folder = tempfile::tempdir().unwrap();
    let (server, axe) = (council(folder.path()), axe());
    let browser = Browser::signed_up(&server, "audrey", "auditor", true);
    check_page(&browser, "log-unchecked", &axe);
    browser.fill("person", "nobody");
    browser.press("main form .button");
    check_page(&browser, "log-error", &axe);
    browser.go("/console/log?act=switched_off");
    check_page(&browser, "log-filtered", &axe);
    browser.go("/console/log?act=erased");
    check_page(&browser, "log-nothing", &axe);
    browser.go("/console/log/check");
    check_page(&browser, "log-check-never", &axe);
    browser.press("main form .button");
    check_page(&browser, "log-check", &axe);
    let file = rusqlite::Connection::open(server.database()).unwrap();
    let change = "DROP TRIGGER audit_is_not_changed; UPDATE audit SET at = 0 WHERE number = 3;";
    file.execute_batch(change).unwrap();
    browser.press("main form .button");
    check_page(&browser, "log-check-broken", &axe);
    browser.go("/console/people");
    for name in ["CL-0000", "CL-0001"] {
        browser.follow(name);
        browser.back();
    }
    browser.go("/console/log");
    check_page(&browser, "log-unusual-access", &axe);
    browser.go("/console/team");
    check_page(&browser, "team-read-only", &axe);
    browser.follow("have no adviser today");
    check_page(&browser, "alarm-read-only", &axe);
    browser.follow("Downloads");
    check_page(&browser, "export-of-an-auditor", &axe);
}
