//! An adviser's work in the browser, with JavaScript and without.

use promise_core::{AskAbout, CancelHandle, PocketPhone, PromiseError};
use promise_protocol::access::{StaffAction, StaffRole};
use promise_tests::harness::{TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

struct Desk {
    server: TestServer,
    browser: Browser,
    ada: String,
    jo: String,
}

fn desk(scripts: bool) -> Desk {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro", "--role", "Personal adviser"]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", scripts);
    Desk { server, browser, ada, jo }
}

/// Types a number in the browser, reads it on the phone, and then on the page that shows which
/// phones have it.
fn check_number_reaches_phone(scripts: bool) {
    let Desk { server, browser, ada, .. } = desk(scripts);
    let phone = TestPhone::paired(&server, &ada);
    phone.sync().unwrap();
    browser.follow("My card");
    browser.fill("phone-0-number", "07700 900");
    browser.press("main > form > .button");
    assert!(browser.contains("There is a problem") && browser.contains("such as 07700 900123"));
    browser.fill("phone-0-number", "07700 900456");
    browser.press("#prefer-0");
    browser.press("main > form > .button");
    assert!(
        browser.contains("Your card is saved") && browser.contains("0 of 1 phones have it"),
        "{}",
        browser.text()
    );
    phone.sync().unwrap();
    let contact = &phone.contacts().list().unwrap()[0];
    assert_eq!(
        (contact.phones[0].number.as_str(), contact.phones[0].prefer),
        ("+447700900456", true)
    );
    if scripts {
        browser.wait_for_text("The phone has it: 1 of 1");
    } else {
        browser.follow("Check again");
        assert!(browser.contains("The phone has it: 1 of 1"), "{}", browser.text());
    }
    // Back to the form after saving it: it shows the current values, and nothing is sent twice.
    browser.follow("My card");
    browser.press("main > form > .button");
    browser.wait_for_text("1 of 1");
    browser.back();
    browser.wait_for_text("Phone numbers");
    assert_eq!(browser.attribute("#phone-0-number", "value"), "07700 900456");
    browser.follow("Account");
    assert!(browser.contains("10 left"));
}

#[test]
fn number_typed_in_browser_reaches_the_phone() {
    check_number_reaches_phone(true);
}

#[test]
fn number_typed_without_javascript_reaches_the_phone() {
    check_number_reaches_phone(false);
}

/// Pairs a phone, answers an ask, plans an appointment, hands over, and revokes the phone.
fn check_adviser_day(scripts: bool) {
    let Desk { server, browser, ada, jo } = desk(scripts);
    server.add_staff("k.lee", &["--name", "Kim Lee", "--role", "Personal adviser"]);
    browser.follow("CL-0001");
    browser.follow("Connect a phone");
    browser.press("main form .button");
    let code = browser.run(browser.find("#code").text()).unwrap();
    let phone = TestPhone::new();
    let cancel = CancelHandle::new();
    let offer = PocketPhone::pair(&phone, &server.url(), &code, &cancel).unwrap();
    browser.follow("Next: compare the number");
    browser.wait_for_text(&offer.details().digits);
    browser.press("main form .button");
    phone.finish_pairing(&offer, &cancel).unwrap();
    phone.asks().write("Can we meet on Friday?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();

    browser.go("/console/people");
    assert!(
        browser.contains("1 waits") && browser.contains("Wait for an answer (1)"),
        "{}",
        browser.text()
    );
    browser.follow("CL-0001");
    browser.follow("Answer");
    browser.fill("reply", "Yes, at two.");
    browser.press("main form .button");
    assert!(
        browser.contains("Answered.") && browser.contains("Yes, at two."),
        "{}",
        browser.text()
    );
    browser.follow("New appointment");
    for (field, text) in [
        ("title", "Coffee"),
        ("date-day", "27"),
        ("date-month", "3"),
        ("date-year", "2027"),
        ("time", "2.30pm"),
        ("place", "Library"),
    ] {
        browser.fill(field, text);
    }
    browser.press("main form .button");
    assert!(browser.contains("27 March 2027, 14:30, Library"), "{}", browser.text());
    phone.sync().unwrap();
    assert_eq!(phone.asks().list().unwrap()[0].reply.as_deref(), Some("Yes, at two."));
    assert_eq!(phone.appointments().list().unwrap()[0].title, "Coffee");
    phone.sync().unwrap();
    let log = phone.access_log().unwrap();
    let own =
        log.iter().find(|entry| entry.role == StaffRole::Adviser.into()).expect("Jo is told of");
    assert!(own.looked > 0 && own.by.is_some(), "{own:?}");
    for act in [StaffAction::AnsweredAsk, StaffAction::ChangedAppointment] {
        assert!(own.did.contains(&act), "{act:?} is not in {own:?}");
    }

    browser.follow("Hand over");
    browser.press("#person-0");
    browser.run(browser.find("#to").send_keys("Kim")).unwrap();
    let day = chrono::Utc::now() + chrono::TimeDelta::days(9);
    for (field, part) in [("day-day", "%-d"), ("day-month", "%-m"), ("day-year", "%Y")] {
        browser.fill(field, &day.format(part).to_string());
    }
    browser.press("main form .button");
    assert!(
        browser.contains("Check before you hand over") && browser.contains("Kim Lee"),
        "{}",
        browser.text()
    );
    browser.press("main form .button");
    assert!(
        browser.contains("Handed over.") && browser.contains("A colleague’s from"),
        "{}",
        browser.text()
    );
    phone.sync().unwrap();
    let contacts = phone.contacts().list().unwrap();
    assert_eq!(contacts.len(), 2, "old and new side by side");
    let old = contacts.iter().find(|contact| contact.valid_to.is_some()).unwrap();
    let new = contacts.iter().find(|contact| contact.valid_from.is_some()).unwrap();
    assert_eq!((old.display_name.as_str(), new.display_name.as_str()), ("Jo Okoro", "Kim Lee"));
    assert_eq!(old.replaced_by.as_ref(), Some(&new.id));

    browser.follow("CL-0001");
    browser.follow("Take this phone off");
    browser.press("main form .button");
    assert!(browser.contains("Choose why you take the phone off"), "{}", browser.text());
    browser.press("#why-1");
    browser.press("main form .button");
    assert!(browser.contains("and keeps what is on it."), "{}", browser.text());
    assert_eq!(phone.sync(), Err(PromiseError::Released));
    let printed = server.run(&["audit", "verify", "--council", "riverbridge"]);
    assert!(printed.starts_with("Whole: "), "{printed}");
    let log = server.run(&["audit", "list", "--council", "riverbridge"]);
    for act in ["looked", "changed", "invited", "handed_over", "released_phone", "signed_in"] {
        assert!(log.lines().any(|line| line.contains(act) && line.contains(&jo)), "{act}\n{log}");
    }
    assert!(log.contains(&ada) && !log.contains("Friday"), "the log names, and does not tell");
}

#[test]
fn adviser_day_works_in_the_browser() {
    check_adviser_day(true);
}

#[test]
fn adviser_day_works_without_javascript() {
    check_adviser_day(false);
}
