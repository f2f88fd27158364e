//! The pages of labels, of checked details, of visits and reviews, and of cover that is away too, as in
//! `accessibility`.

use promise_tests::harness::TestServer;

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};
use crate::visitor::person;

fn fill_date(browser: &Browser, field: &str, date: [&str; 3]) {
    for (part, text) in ["day", "month", "year"].into_iter().zip(date) {
        browser.fill(&format!("{field}-{part}"), text);
    }
}

#[test]
fn pages_of_labels_and_checked_details() {
    let (server, axe) = (TestServer::start(), axe());
    let details = ["--name", "Jo Okoro", "--phone", "07700 900123", "--email", "jo@example.org"];
    let jo = server.add_staff("j.okoro", &details);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    browser.go(&format!("/console/people/{ada}/label"));
    check_page(&browser, "label", &axe);
    browser.fill("label", "a whole name and more than that");
    browser.press("main form .button");
    check_page(&browser, "label-error", &axe);
    browser.fill("label", "Q.Z. tall");
    browser.press("main form .button");
    browser.wait_for_text("The label is saved.");
    check_page(&browser, "person-labelled", &axe);
    browser.go("/console/people");
    check_page(&browser, "people-labelled", &axe);
    let card = format!("/console/cards/{jo}");
    browser.go(&card);
    server.run(&["contact", "set", "--staff", "j.okoro", "--phone", "07700 900456"]);
    browser.press("#details-check .button");
    check_page(&browser, "card-check-changed", &axe);
    browser.go(&card);
    browser.press("#details-check .button");
    browser.wait_for_text("Checked.");
    browser.go(&card);
    check_page(&browser, "card-checked", &axe);
}

#[test]
fn pages_of_visits_and_reviews() {
    let (server, axe) = (TestServer::start(), axe());
    server.publish(&TestServer::council_folder());
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    server.add_staff("m.ang", &["--name", "Mo Ang"]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    let form = format!("/console/people/{ada}/timescales/adviser-visit");
    browser.go(&form);
    check_page(&browser, "timescale", &axe);
    fill_date(&browser, "last", ["31", "2", "2026"]);
    browser.press("main form .button");
    check_page(&browser, "timescale-error", &axe);
    fill_date(&browser, "last", ["5", "1", "2026"]);
    browser.press("main form .button");
    browser.wait_for_text("It is recorded.");
    check_page(&browser, "person-overdue", &axe);
    browser.go("/console/people?show=overdue");
    check_page(&browser, "people-overdue", &axe);
    drop(browser);
    let browser = Browser::signed_up(&server, "m.ang", "manager", true);
    browser.go("/console/team");
    check_page(&browser, "team-overdue", &axe);
}

#[test]
fn pages_of_leave_whose_cover_is_away_too() {
    let (server, axe) = (TestServer::start(), axe());
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    for (handle, name) in [("k.lee", "Kim Lee"), ("c.ray", "Cy Ray"), ("m.ang", "Mo Ang")] {
        server.add_staff(handle, &["--name", name]);
    }
    server.assign(&person(&server, "CL-0001"), &jo);
    let leave = |handle: &str, from: &str, to: &str, cover: &str| {
        let days = ["--from", from, "--to", to, "--cover", cover, "--yes"];
        server.run(&[&["contact", "leave", "--staff", handle][..], &days].concat());
    };
    leave("k.lee", "2099-12-07", "2099-12-21", "c.ray");
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    browser.go(&format!("/console/cards/{jo}/leave"));
    fill_date(&browser, "from", ["1", "12", "2099"]);
    fill_date(&browser, "to", ["14", "12", "2099"]);
    browser.run(browser.find("#cover").send_keys("Kim")).unwrap();
    browser.press("main > form .button");
    check_page(&browser, "leave-cover-away", &axe);
    browser.press("main form .button");
    check_page(&browser, "leave-saved", &axe);
    drop(browser);
    let browser = Browser::signed_up(&server, "m.ang", "manager", true);
    browser.go("/console/team");
    check_page(&browser, "team-cover", &axe);
}
