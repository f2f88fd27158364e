//! Two administrators and the holder of a sign-in, in three browsers: one asks, the other agrees with a
//! code, and the holder reads of it.

use promise_tests::harness::TestServer;

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};
use crate::visitor::{PASSWORD, code, link};

const MINUTE: i64 = 60_000;

/// Walks through it, and calls `look` on each new page with its name.
fn journey(scripts: bool, look: &dyn Fn(&Browser, &str)) {
    let server = TestServer::start();
    for (handle, name) in [("adam", "Adam Stone"), ("eve", "Eve Hall"), ("pat", "Pat Reid")] {
        server.add_staff(handle, &["--name", name]);
    }
    let pat = Browser::signed_up(&server, "pat", "publisher", scripts);
    drop(pat);
    let adam = Browser::signed_up(&server, "adam", "administrator", scripts);
    let eve = Browser::signed_up(&server, "eve", "administrator", scripts);
    adam.follow("Pat Reid");
    adam.follow("Make a new link to sign in");
    adam.press("main form .button");
    adam.wait_for_text("Say why");
    look(&adam, "two-reason-missing");
    adam.fill("reason", "Pat lost their phone");
    adam.press("main form .button");
    adam.wait_for_text("Another administrator must agree");
    assert!(adam.contains("Who can agree: Eve Hall"), "{}", adam.text());
    look(&adam, "two-asked");

    eve.go("/console/staff");
    eve.wait_for_text("Waiting for another administrator");
    look(&eve, "two-waiting");
    eve.follow("New password and authenticator");
    assert!(eve.contains("Pat lost their phone") && eve.contains("Adam Stone"), "{}", eve.text());
    look(&eve, "two-request");
    eve.fill("code", "000000");
    eve.press("main form .button");
    eve.wait_for_text("This code is not right");
    look(&eve, "two-request-error");
    server.clock.set(MINUTE);
    let now = chrono::Utc::now().timestamp_millis() + MINUTE;
    eve.fill("code", &code(&eve.secret, now));
    eve.press("main form .button");
    eve.wait_for_text("Give this link to them");
    let shown = eve.run(eve.find("#link").text());
    let shown = shown.unwrap();
    let welcome = &shown[shown.find("/console/welcome").unwrap()..];

    let mut pat = Browser::open(&server);
    pat.go(welcome);
    pat.fill("password", PASSWORD);
    pat.press(".button");
    server.clock.set(0);
    pat.set_up_authenticator();
    pat.press("a.button");
    pat.wait_for_text("Your sign-in was changed");
    assert!(pat.contains("Adam Stone") && pat.contains("Eve Hall"), "{}", pat.text());
    look(&pat, "two-notice");
    pat.go("/console/promise");
    pat.wait_for_text("Your sign-in was changed");
    pat.press("main form .button");
    pat.wait_for_text("Promise");
    assert!(!pat.text().contains("Your sign-in was changed"), "{}", pat.text());

    adam.go("/console/staff");
    adam.follow("Pat Reid");
    assert!(adam.contains("Decided by Eve Hall"), "{}", adam.text());
    look(&adam, "two-history");
    adam.follow("Emergency: make a new link alone");
    look(&adam, "emergency");
    adam.fill("reason", "Pat cannot wait");
    adam.press("main form .button");
    adam.wait_for_text("Give this link to them");
    eve.go("/console/account");
    eve.wait_for_text("Nobody has looked at it yet");
    eve.follow("See what happened");
    assert!(eve.contains("Pat cannot wait"), "{}", eve.text());
    look(&eve, "emergencies");
    eve.follow("Emergency reset: Pat Reid");
    look(&eve, "emergency-review");
    eve.press("main form .button");
    eve.wait_for_text("It is noted that you looked at it");
    assert!(!eve.text().contains("Nobody has looked at it yet"), "{}", eve.text());
}

#[test]
fn two_administrators_reset_a_sign_in_on_accessible_pages() {
    let axe = axe();
    journey(true, &|browser, name| check_page(browser, name, &axe));
}

#[test]
fn two_administrators_reset_a_sign_in_without_javascript() {
    journey(false, &|_, _| {});
}

#[test]
fn held_account_is_explained_on_an_accessible_page() {
    let (server, axe) = (TestServer::start(), axe());
    server.add_staff("pat", &["--name", "Pat Reid"]);
    drop(Browser::signed_up(&server, "pat", "publisher", true));
    let mut pat = Browser::open(&server);
    pat.go(&link(&server, "pat", "manager"));
    pat.fill("password", PASSWORD);
    pat.press(".button");
    pat.set_up_authenticator();
    pat.press("a.button");
    pat.wait_for_text("Your sign-in was changed");
    assert!(pat.contains("whoever runs the server") && pat.contains("Manager"), "{}", pat.text());
    pat.press("main form .button.second");
    pat.wait_for_text("Your account is held");
    check_page(&pat, "held", &axe);
}
