//! What pages show in forced colours, such as a contrast theme of Windows: shadows are gone, and
//! every background is the same.

use promise_core::AskAbout;
use promise_tests::harness::{TestPhone, TestServer};
use serde_json::{Value, json};

use super::driver::Browser;
use crate::visitor::person;

/// Returns for each element whether it is the current place, and what forced colours leave of its
/// style.
fn marks(browser: &Browser, css: &str) -> Vec<(bool, String)> {
    let script = format!(
        "return [...document.querySelectorAll({})].map(e => {{ const s = getComputedStyle(e); \
         const line = s.borderBottomStyle === 'none' ? 0 : parseFloat(s.borderBottomWidth); \
         return [e.hasAttribute('aria-current'), [line, s.fontWeight, s.textDecorationLine].join()] }});",
        json!(css)
    );
    let Value::Array(found) = browser.script(&script) else { panic!("{css}") };
    let mark = |found: Value| serde_json::from_value(found).unwrap();
    found.into_iter().map(mark).collect()
}

/// Checks that the current place looks different from each other one.
#[track_caller]
fn assert_current_is_marked(browser: &Browser, css: &str) {
    let marks = marks(browser, css);
    let current: Vec<_> = marks.iter().filter(|(is_current, _)| *is_current).collect();
    let [(_, current)] = current.as_slice() else { panic!("{css}: {marks:?}") };
    assert!(marks.len() > 1, "{css}: {marks:?}");
    let others = marks.iter().filter(|(is_current, _)| !is_current);
    assert!(others.clone().all(|(_, other)| other != current), "{css}: {marks:?}");
}

/// The value of a style of the first such element.
fn style(browser: &Browser, css: &str, name: &str) -> String {
    let script = format!(
        "return getComputedStyle(document.querySelector({})).getPropertyValue({});",
        json!(css),
        json!(name)
    );
    browser.script(&script).as_str().unwrap().to_owned()
}

#[test]
fn current_place_and_tags_are_marked_in_forced_colours() {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let phone = TestPhone::paired(&server, &ada);
    phone.asks().write("Can we meet on Friday?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    browser.force_colors();
    browser.go("/console/people");
    assert_current_is_marked(&browser, ".places a");
    assert_current_is_marked(&browser, ".filters a");
    assert_eq!(style(&browser, ".tag", "border-top-style"), "solid");
    let [border, paper] =
        ["border-top-color", "background-color"].map(|name| style(&browser, ".tag", name));
    assert_ne!(border, paper, "a border that is seen");
    browser.go("/console/account");
    assert_current_is_marked(&browser, ".places a, .account");
    browser.go(&format!("/console/people/{ada}"));
    browser.follow("Take this phone off");
    let width = |css: &str| style(&browser, css, "border-top-width");
    let danger = width(".danger");
    browser.back();
    assert!(danger != width(".button.second") && danger != "0px", "{danger}");
    // Scanners need a white background behind a QR code, also in a dark theme.
    assert_eq!(style(&browser, "body", "background-color"), "rgb(0, 0, 0)");
    browser.follow("Connect a phone");
    browser.press("main form .button");
    assert_eq!(style(&browser, ".qr", "background-color"), "rgb(255, 255, 255)");
}

#[test]
fn progress_and_focus_are_seen_in_forced_colours() {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let people = ["CL-0001", "CL-0002"].map(|name| person(&server, name));
    for person in &people {
        server.assign(person, &jo);
    }
    let phones = people.map(|person| TestPhone::paired(&server, &person));
    phones[0].sync().unwrap();
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    browser.force_colors();
    browser.go(&format!("/console/cards/{jo}/phones"));
    browser.wait_for_text("1 of 2 phones have it");
    browser.script(
        "document.querySelector('.skip').focus(); document.querySelector('.skip').click();",
    );
    browser.script("document.querySelector('main').focus({focusVisible: true});");
    let outline = ["outline-style", "outline-width"].map(|name| style(&browser, "main", name));
    assert_eq!(outline, ["solid", "3px"]);
    let [outline, paper] =
        ["outline-color", "background-color"].map(|name| style(&browser, "main", name));
    assert_ne!(outline, paper);
}
