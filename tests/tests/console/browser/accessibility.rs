//! Every page: no violation that axe-core finds, in light and dark; nothing wider than the window
//! at 320 pixels and with text twice as large; and a screenshot at each width, and in forced colours.

use std::{fs, path::Path, process::Command, sync::Once};

use promise_core::{AskAbout, CancelHandle, PocketPhone};
use promise_tests::harness::{TestPhone, TestServer};
use serde_json::json;

use super::driver::Browser;
use crate::visitor::{PASSWORD, link, person};

const WIDTHS: [u32; 3] = [320, 768, 1280];

fn console() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/console"))
}

pub(super) fn axe() -> String {
    static ONCE: Once = Once::new();
    let file = console().join("node_modules/axe-core/axe.min.js");
    ONCE.call_once(|| {
        if !file.exists() {
            let mut npm = Command::new("npm");
            let done = npm.args(["ci", "--silent"]).current_dir(console()).status();
            assert!(done.expect("npm runs").success(), "npm ci in tests/console");
        }
    });
    fs::read_to_string(file).expect("axe-core is there")
}

/// Checks the page that the browser shows.
pub(super) fn check_page(browser: &Browser, name: &str, axe: &str) {
    for dark in [false, true] {
        browser.dark(dark);
        for width in WIDTHS {
            browser.wide(width);
            let over = browser.script("return document.documentElement.scrollWidth - innerWidth;");
            assert!(over.as_i64().unwrap() <= 0, "{name}: {over} pixels beside {width}");
            let mode = if dark { "dark" } else { "light" };
            if !dark || width == 1280 {
                picture(browser, &format!("{name}-{width}-{mode}"), width);
            }
            if width == 1280 || (width == 320 && !dark) {
                check(browser, &format!("{name} {width} {mode}"), axe);
            }
        }
    }
    browser.force_colors();
    picture(browser, &format!("{name}-1280-forced-colors"), 1280);
    browser.wide(640);
    browser.script("document.documentElement.style.fontSize = '200%';");
    let over = browser.script("return document.documentElement.scrollWidth - innerWidth;");
    assert!(over.as_i64().unwrap() <= 0, "{name}: {over} pixels beside, with large text");
    browser.script("document.documentElement.style.fontSize = '';");
    browser.dark(false);
    browser.wide(1280);
}

fn check(browser: &Browser, name: &str, axe: &str) {
    // The policy without inline script applies to the page, and not to the debugger.
    browser.send_command("Runtime.evaluate", json!({"expression": axe}));
    let run = "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify( \
               r.violations.map(v => [v.id, v.help, v.nodes.map(n => [n.html, n.failureSummary])])))";
    let found = browser.send_command(
        "Runtime.evaluate",
        json!({"expression": run, "awaitPromise": true, "returnByValue": true}),
    );
    let found = found["result"]["value"].as_str().unwrap_or("nothing").to_owned();
    assert_eq!(found, "[]", "{name}");
}

pub(super) fn picture(browser: &Browser, name: &str, width: u32) {
    let height = browser.script("return document.documentElement.scrollHeight;").as_u64().unwrap();
    let clip = json!({"x": 0, "y": 0, "width": width, "height": height.min(4000), "scale": 1});
    let shot = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
    let shot = browser.send_command("Page.captureScreenshot", shot);
    let bytes = data_encoding::BASE64.decode(shot["data"].as_str().unwrap().as_bytes()).unwrap();
    let folder = console().join("screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
}

#[test]
fn pages_of_signing_in() {
    let (server, axe) = (TestServer::start(), axe());
    server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let mut browser = Browser::open(&server);
    browser.go("/console/welcome/made-up");
    check_page(&browser, "old-link", &axe);
    browser.go(&link(&server, "j.okoro", "adviser"));
    check_page(&browser, "welcome", &axe);
    browser.fill("password", "short");
    browser.press(".button");
    check_page(&browser, "welcome-error", &axe);
    browser.fill("password", PASSWORD);
    browser.press(".button");
    check_page(&browser, "authenticator", &axe);
    browser.set_up_authenticator();
    check_page(&browser, "codes", &axe);
    browser.press("a.button");
    browser.follow("Account");
    check_page(&browser, "account", &axe);
    server.clock.set(11 * 60_000);
    browser.press("main form .button");
    check_page(&browser, "again", &axe);
    browser.fill("password", PASSWORD);
    browser.press("main form .button");
    check_page(&browser, "resume", &axe);
    browser.go("/console/accessibility");
    check_page(&browser, "accessibility", &axe);
    browser.press(".out button");
    check_page(&browser, "sign-in", &axe);
    browser.fill("name", "nobody");
    browser.press("main .button");
    check_page(&browser, "sign-in-error", &axe);
    browser.fill("name", "j.okoro");
    browser.fill("password", PASSWORD);
    browser.press("main .button");
    check_page(&browser, "code", &axe);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a walk through every page, one line each")]
fn pages_of_an_adviser() {
    let (server, axe) = (TestServer::start(), axe());
    let jo = server.add_staff(
        "j.okoro",
        &[
            "--name",
            "Jo Okoro",
            "--role",
            "Personal adviser",
            "--phone",
            "07700 900123:mobile:prefer",
            "--phone",
            "020 7946 0000:duty:ext=12",
            "--email",
            "jo.okoro@example.org",
            "--hours",
            "mon-fri 09:00-17:00",
            "--language",
            "en",
            "--language",
            "ti",
        ],
    );
    server.add_staff("k.lee", &["--name", "Kim Lee", "--role", "Personal adviser"]);
    let names =
        ["CL-0001", "CL-0002", "CL-0003 with a rather long reference of the council", "CL-0004"];
    let people = names.map(|name| person(&server, name));
    for person in &people {
        server.assign(person, &jo);
    }
    let phones = [&people[0], &people[1]].map(|person| TestPhone::paired(&server, person));
    phones[0]
        .asks()
        .write("Can we meet on Friday? I want to talk about college.", AskAbout::Anything)
        .unwrap();
    for phone in &phones {
        phone.sync().unwrap();
    }
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    check_page(&browser, "people", &axe);
    browser.go("/console/people?q=nobody");
    check_page(&browser, "people-none", &axe);
    let page = format!("/console/people/{}", people[0]);
    browser.go(&format!("{page}/appointments/new"));
    check_page(&browser, "appointment", &axe);
    browser.press("main form .button");
    check_page(&browser, "appointment-error", &axe);
    for (field, text) in [
        ("title", "Pathway plan review"),
        ("date-day", "27"),
        ("date-month", "3"),
        ("date-year", "2027"),
        ("time", "14:30"),
        ("place", "Library, Room 2"),
    ] {
        browser.fill(field, text);
    }
    browser.press("main form .button");
    check_page(&browser, "person", &axe);
    browser.follow("Pathway plan review");
    check_page(&browser, "appointment-change", &axe);
    browser.go(&page);
    browser.follow("Answer");
    check_page(&browser, "ask", &axe);
    browser.go(&page);
    browser.follow("Take this phone off");
    check_page(&browser, "unpair", &axe);
    browser.go(&format!("/console/people/{}", people[3]));
    check_page(&browser, "person-no-phone", &axe);
    browser.follow("Connect a phone");
    check_page(&browser, "invite", &axe);
    browser.press("main form .button");
    check_page(&browser, "invite-code", &axe);
    browser.send_command("Emulation.setEmulatedMedia", json!({"media": "print"}));
    picture(&browser, "invite-code-print", 700);
    browser.send_command("Emulation.setEmulatedMedia", json!({"media": ""}));
    check_comparing(&browser, &server, &axe);
    browser.go(&format!("/console/people/{}/relink", people[3]));
    check_page(&browser, "relink", &axe);
    for (name, check) in [("relink-error", "7K3F"), ("relink-code", "7K3F-9M2D")] {
        browser.fill("check", check);
        browser.press("main form .button");
        check_page(&browser, name, &axe);
    }
    let card = format!("/console/cards/{jo}");
    browser.go(&format!("{card}/leave"));
    check_page(&browser, "leave", &axe);
    browser.press("main form .button");
    check_page(&browser, "leave-error", &axe);
    browser.go(&card);
    check_page(&browser, "card", &axe);
    browser.fill("phone-0-number", "call me");
    browser.press("main > form > .button");
    check_page(&browser, "card-error", &axe);
    browser.fill("phone-0-number", "07700 900456");
    server.run(&["contact", "set", "--staff", "j.okoro", "--phone", "07700 900999:mobile"]);
    browser.press("main > form > .button");
    check_page(&browser, "conflict", &axe);
    browser.press("#phones-mine");
    browser.press("main form > .button");
    check_page(&browser, "spread-waiting", &axe);
    phones[0].sync().unwrap();
    browser.wait_for_text("1 of 2 phones have it");
    check_page(&browser, "spread", &axe);
    // A second phone by a code of staff is limited.
    let _second = TestPhone::paired(&server, &people[1]);
    browser.go(&format!("/console/people/{}", people[1]));
    check_page(&browser, "person-limited-phone", &axe);
    browser.follow("About this yes");
    check_page(&browser, "confirm-phone", &axe);
    browser.go("/console/hand-over");
    check_page(&browser, "hand-over", &axe);
    browser.press("main form .button");
    check_page(&browser, "hand-over-error", &axe);
    browser.press("#person-0");
    browser.run(browser.find("#to").send_keys("Kim")).unwrap();
    let day = chrono::Utc::now() + chrono::TimeDelta::days(9);
    for (field, part) in [("day-day", "%-d"), ("day-month", "%-m"), ("day-year", "%Y")] {
        browser.fill(field, &day.format(part).to_string());
    }
    browser.press("main form .button");
    check_page(&browser, "hand-over-check", &axe);
    browser.press("main form .button");
    check_page(&browser, "people-handed-over", &axe);
    browser.go(&page);
    check_page(&browser, "person-handed-over", &axe);
    browser.go("/console/people/nobody");
    check_page(&browser, "nothing-here", &axe);
    browser.go("/console/log");
    check_page(&browser, "not-your-role", &axe);
}

/// The page on which an adviser compares the number of a new phone, from the page that shows its code.
fn check_comparing(browser: &Browser, server: &TestServer, axe: &str) {
    let code = browser.run(browser.find("#code").text()).unwrap();
    browser.follow("Next: compare the number");
    // The page loads itself again unless something on it has the focus.
    browser.script("document.querySelector('.tasks a').focus();");
    check_page(browser, "compare-wait", axe);
    let (phone, cancel) = (TestPhone::new(), CancelHandle::new());
    let offer = PocketPhone::pair(&phone, &server.url(), &code, &cancel).unwrap();
    browser.follow("Look again");
    browser.wait_for_text(&offer.details().digits);
    check_page(browser, "compare", axe);
    browser.press("button[name=no]");
    check_page(browser, "compare-refused", axe);
}

#[test]
fn pages_of_other_roles() {
    let (server, axe) = (TestServer::start(), axe());
    for handle in ["adam", "audrey", "mo", "ed"] {
        server.add_staff(handle, &["--name", handle]);
    }
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    server.assign(&person(&server, "CL-0001"), &jo);
    let browser = Browser::signed_up(&server, "adam", "administrator", true);
    check_page(&browser, "staff", &axe);
    browser.follow("Jo Okoro");
    browser.follow("Make a new link to sign in");
    check_page(&browser, "staff-sign-in", &axe);
    browser.press("main form .button");
    check_page(&browser, "staff-link", &axe);
    drop(browser);
    let browser = Browser::signed_up(&server, "audrey", "auditor", true);
    check_page(&browser, "log", &axe);
    drop(browser);
    let browser = Browser::signed_up(&server, "mo", "manager", true);
    check_page(&browser, "manager", &axe);
    browser.follow("Cards");
    check_page(&browser, "cards", &axe);
    browser.follow("Hand over");
    check_page(&browser, "hand-over-whose", &axe);
    drop(browser);
    let browser = Browser::signed_up(&server, "ed", "editor", true);
    check_page(&browser, "editor", &axe);
}
