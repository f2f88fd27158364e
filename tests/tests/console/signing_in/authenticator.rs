//! What the page says about a code of the authenticator that is refused.

use data_encoding::BASE32_NOPAD;
use promise_tests::harness::TestServer;

use super::{MINUTE, server, sign_in};
use crate::visitor::{PASSWORD, Page, Visitor, link};

/// Somewhat less than five minutes, so that the seconds that a test takes do not matter.
const ALMOST_FIVE_MINUTES: i64 = 5 * MINUTE - 15_000;

/// A server, and the browser in which Jo set up an authenticator.
fn enrolled() -> (TestServer, Visitor) {
    let server = server();
    let first = Visitor::signed_up(&server, "j.okoro", "adviser");
    (server, first)
}

/// Gives the password in a new browser, and then this code.
fn type_code(server: &TestServer, code: &str) -> Page {
    let visitor = Visitor::new(server);
    sign_in(&visitor, PASSWORD);
    visitor.get("/console/sign-in/code");
    visitor.post("/console/sign-in/code", &[("code", code.to_owned())])
}

/// How many failed attempts the log has.
fn failures(server: &TestServer) -> usize {
    server.run(&["audit", "list", "--council", "riverbridge"]).matches("sign_in_failed").count()
}

/// A code of six digits that is not the authenticator's for half an hour around now.
fn wrong_code(first: &Visitor) -> String {
    let right: Vec<String> = (-60..60).map(|step| first.code(step * 30_000)).collect();
    let mut codes = (0..1_000_000).map(|number| format!("{number:06}"));
    codes.find(|code| !right.contains(code)).unwrap()
}

#[track_caller]
fn assert_refused(page: &Page, text: &str) {
    assert_eq!(page.status, 422, "{}", page.html);
    assert!(page.contains(text), "no “{text}” in {}", page.html);
}

#[test]
fn authenticator_code_already_used_is_named_also_after_a_restart() {
    let (mut server, first) = enrolled();
    server.clock.set(MINUTE);
    let code = first.code(MINUTE);
    assert_eq!(type_code(&server, &code).status, 303);
    assert_refused(&type_code(&server, &code), "This code was typed before");
    server.stop();
    server.resume();
    assert_refused(&type_code(&server, &code), "This code was typed before");
    assert_eq!(failures(&server), 2);
}

#[test]
fn authenticator_code_of_five_minutes_ago_is_called_old() {
    let (server, first) = enrolled();
    let page = type_code(&server, &first.code(-ALMOST_FIVE_MINUTES));
    assert_refused(&page, "This code is 5 minutes old");
    assert_refused(&page, "seems 5 minutes slow");
    assert_eq!(failures(&server), 1);
}

#[test]
fn authenticator_code_of_a_fast_clock_is_named_and_spent() {
    let (mut server, first) = enrolled();
    let code = first.code(5 * MINUTE);
    assert_refused(&type_code(&server, &code), "Your phone’s clock seems 5 minutes fast");
    assert_eq!(failures(&server), 1);
    server.stop();
    server.resume();
    server.clock.set(5 * MINUTE);
    assert_refused(&type_code(&server, &code), "This code was typed before");
    server.clock.set(6 * MINUTE);
    assert_eq!(type_code(&server, &first.code(6 * MINUTE)).status, 303);
}

#[test]
fn authenticator_code_that_is_wrong_says_nothing_about_the_clock() {
    let (server, first) = enrolled();
    let page = type_code(&server, &wrong_code(&first));
    assert_refused(&page, "This code is not right");
    assert!(!page.contains("clock") && !page.contains("typed before"), "{}", page.html);
    assert_eq!(failures(&server), 1);
}

#[test]
fn authenticator_code_is_not_judged_without_the_password() {
    let (server, first) = enrolled();
    for code in [first.code(0), first.code(5 * MINUTE), first.code(-5 * MINUTE)] {
        let visitor = Visitor::new(&server);
        sign_in(&visitor, "not this one at all");
        let page = visitor.post("/console/sign-in/code", &[("code", code)]);
        assert_eq!(page.to.as_deref(), Some("/console/sign-in?to=%2Fconsole"), "{}", page.html);
    }
}

#[test]
fn setting_up_an_authenticator_names_the_clock_and_keeps_the_secret() {
    let server = server();
    let visitor = Visitor::new(&server);
    let page = visitor.choose_password(&link(&server, "j.okoro", "adviser"));
    let secret = page.field("secret").unwrap();
    *visitor.secret.borrow_mut() = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    for (code, text) in [
        (visitor.code(5 * MINUTE), "Your phone’s clock seems 5 minutes fast"),
        (visitor.code(-ALMOST_FIVE_MINUTES), "This code is 5 minutes old"),
    ] {
        let fields = [("secret", secret.clone()), ("code", code)];
        let page = visitor.post("/console/sign-in/authenticator", &fields);
        assert_refused(&page, text);
        assert_eq!(page.field("secret").as_deref(), Some(secret.as_str()));
    }
    let fields = [("secret", secret), ("code", visitor.code(0))];
    let page = visitor.post("/console/sign-in/authenticator", &fields);
    assert!(page.contains("recovery codes"), "{}", page.html);
}
