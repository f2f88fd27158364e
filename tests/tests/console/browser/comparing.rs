//! The page on which an adviser compares the number of a new phone, as a browser shows it.

use std::time::{Duration, Instant};

use promise_core::{CancelHandle, PairingOffer, PocketPhone};
use promise_tests::harness::{TestPhone, TestServer};
use serde_json::{Value, json};

use super::driver::Browser;
use crate::visitor::person;

/// A narrow phone and a desk.
const WIDTHS: [u32; 2] = [320, 1280];

/// Jo's browser on the page that shows a new code.
struct Desk {
    server: TestServer,
    browser: Browser,
    code: String,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
        browser.go(&format!("/console/people/{ada}/invite"));
        browser.press("main form .button");
        let code = browser.run(browser.find("#code").text()).unwrap();
        Self { server, browser, code }
    }

    fn offer(&self, phone: &TestPhone) -> PairingOffer {
        PocketPhone::pair(phone, &self.server.url(), &self.code, &CancelHandle::new()).unwrap()
    }
}

/// The value of a style of the first such element.
fn style(browser: &Browser, css: &str, name: &str) -> Value {
    let (css, name) = (json!(css), json!(name));
    browser.script(&format!("return getComputedStyle(document.querySelector({css}))[{name}];"))
}

#[test]
fn number_is_as_large_as_a_code_and_breaks_only_between_its_groups() {
    let desk = Desk::new();
    let browser = &desk.browser;
    let sizes = WIDTHS.map(|width| {
        browser.wide(width);
        style(browser, "#code", "fontSize")
    });
    let phone = TestPhone::new();
    let digits = desk.offer(&phone).details().digits;
    browser.follow("Next: compare the number");
    browser.wait_for_text(&digits);
    for (width, size) in WIDTHS.into_iter().zip(sizes) {
        browser.wide(width);
        assert_eq!(style(browser, "#number", "fontSize"), size, "{width}");
        for text in ["", "200%"] {
            browser.script(&format!("document.documentElement.style.fontSize = '{text}';"));
            let lines = browser.script(
                "return [...document.querySelectorAll('#number .unbroken')].map(group => { \
                 const range = document.createRange(); range.selectNodeContents(group); \
                 return [group.textContent, range.getClientRects().length]; });",
            );
            let groups: Vec<Value> = digits.split(' ').map(|group| json!([group, 1])).collect();
            assert_eq!(lines, Value::Array(groups), "{width} {text}");
            let over = browser.script("return document.documentElement.scrollWidth - innerWidth;");
            assert!(over.as_i64().unwrap() <= 0, "{over} pixels beside {width} {text}");
        }
        browser.script("document.documentElement.style.fontSize = '';");
    }
    browser.force_colors();
    assert_eq!(style(browser, "#number", "borderTopStyle"), "solid");
    let [border, paper] = ["borderTopColor", "backgroundColor"];
    assert_ne!(style(browser, "#number", border), style(browser, "#number", paper));
}

/// Cuts the browser off from every server, or connects it again.
fn set_offline(browser: &Browser, offline: bool) {
    browser.send_command("Network.enable", json!({}));
    let conditions = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    browser.send_command("Network.emulateNetworkConditions", conditions);
    let begun = Instant::now();
    while browser.script("return navigator.onLine;") == offline {
        assert!(begun.elapsed() < Duration::from_secs(5), "offline: {offline}");
    }
}

#[test]
fn page_that_waits_goes_on_looking_after_looks_that_failed() {
    let desk = Desk::new();
    let browser = &desk.browser;
    browser.follow("Next: compare the number");
    browser.wait_for_text("Wait until the code is typed");
    set_offline(browser, true);
    // Two looks.
    std::thread::sleep(Duration::from_secs(5));
    assert!(browser.text().contains("Wait until the code is typed"), "{}", browser.text());
    set_offline(browser, false);
    let phone = TestPhone::new();
    let digits = desk.offer(&phone).details().digits;
    browser.wait_for_text(&digits);
}
