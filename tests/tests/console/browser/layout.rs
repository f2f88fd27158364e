//! Where lines break and what stays in sight, measured as a browser lays pages out.

use promise_tests::harness::TestServer;
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::Key;

use super::driver::Browser;
use crate::visitor::person;

/// Widths at which lines once broke in the wrong place.
const WIDTHS: [u32; 2] = [320, 1100];

/// An e-mail address on a page. Its halves are before and after the `@`.
#[derive(Deserialize)]
struct ShownAddress {
    /// The lines of each part, by the part's text.
    parts: Vec<(String, Vec<f64>)>,
    halves: Vec<ShownHalf>,
}

#[derive(Deserialize)]
struct ShownHalf {
    text: String,
    is_broken: bool,
    /// How wide its parts are together, in pixels.
    width: f64,
    /// How wide the box around it is inside.
    room: f64,
}

fn addresses(browser: &Browser) -> Vec<ShownAddress> {
    let found = browser.script(
        "const range_of = node => { const range = document.createRange(); \
         range.selectNodeContents(node); return range; }; \
         const lines = node => [...range_of(node).getClientRects()].map(r => r.top); \
         const width_of = node => range_of(node).getBoundingClientRect().width; \
         const texts = e => { const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT); \
         const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode); return nodes; }; \
         const half = e => { let box = e.parentElement; \
         while (getComputedStyle(box).display === 'inline') box = box.parentElement; \
         const style = getComputedStyle(box); \
         const is_broken = new Set(texts(e).flatMap(lines)).size > 1; \
         const width = texts(e).map(width_of).reduce((sum, width) => sum + width, 0); \
         return { text: e.textContent, is_broken, width, \
         room: box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) }; }; \
         return [...document.querySelectorAll('bdi')].filter(e => e.textContent.includes('@')) \
         .map(e => ({ parts: texts(e).map(node => [node.data, lines(node)]), \
         halves: [...e.querySelectorAll('.unbroken')].map(half) }));",
    );
    serde_json::from_value(found).unwrap()
}

/// Checks that the page shows an e-mail address, that no line breaks inside of a name in it, and none
/// inside of a half that fits on a line. Which halves fit depends on the fonts of the machine.
#[track_caller]
fn assert_addresses_break_before_signs(browser: &Browser, page: &str) {
    for width in WIDTHS {
        browser.wide(width);
        let addresses = addresses(browser);
        assert!(!addresses.is_empty(), "{page} at {width}");
        for ShownAddress { parts, halves } in addresses {
            assert!(parts.len() > 2 && halves.len() == 2, "{page} at {width}: {parts:?}");
            assert!(
                parts.iter().all(|(_, lines)| lines.len() == 1),
                "{page} at {width}: {parts:?}"
            );
            for ShownHalf { text, is_broken, width: wide, room } in halves {
                // Layout rounds to parts of a pixel.
                let fits = wide < room - 1.0;
                assert!(!(is_broken && fits), "{page} at {width}: {text}: {wide} in {room}");
            }
        }
    }
    browser.wide(1280);
}

#[test]
fn email_address_breaks_only_before_its_signs() {
    let address = "alexandra.papadimitriou@riverbridge.example";
    let server = TestServer::start();
    server.publish(&TestServer::council_folder());
    let alex = server.add_staff("alex", &["--name", "Alex Papadimitriou", "--email", address]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &alex);
    for handle in ["mo", "adam"] {
        server.add_staff(handle, &["--name", handle]);
    }
    let browser = Browser::signed_up(&server, "mo", "manager", true);
    let page = format!("/console/people/{ada}");
    browser.go(&page);
    assert_addresses_break_before_signs(&browser, &page);
    browser.go("/console/directory");
    assert_addresses_break_before_signs(&browser, "/console/directory");
    let card = format!("/console/cards/{alex}");
    browser.go(&card);
    assert_addresses_break_before_signs(&browser, &card);
    drop(browser);
    let line = ["staff", "sign-in", "--staff", "alex", "--role", "adviser", "--name", address];
    server.run(&line);
    let browser = Browser::signed_up(&server, "adam", "administrator", true);
    assert_addresses_break_before_signs(&browser, "/console/staff");
}

#[test]
fn menu_of_a_manager_is_one_line() {
    let server = TestServer::start();
    server.add_staff("mo", &["--name", "Mo Ang"]);
    let browser = Browser::signed_up(&server, "mo", "manager", true);
    for width in [1100, 1280, 1600] {
        browser.wide(width);
        let tops = browser
            .script("return [...document.querySelectorAll('.places li')].map(e => e.offsetTop);");
        let Value::Array(tops) = tops else { panic!("{tops}") };
        assert!(tops.len() > 7 && tops.iter().all(|top| *top == tops[0]), "{width}: {tops:?}");
        let left = |css: &str| {
            let script = format!(
                "return document.querySelector({}).getBoundingClientRect().left;",
                json!(css)
            );
            browser.script(&script)
        };
        assert_eq!(left(".places a"), left("h1"), "the menu begins where the page does");
    }
    browser.follow("Account");
    assert_eq!(browser.attribute(".account", "aria-current"), "page");
}

#[test]
fn preview_has_a_list_of_its_sections() {
    let server = TestServer::start();
    server.publish(&TestServer::council_folder());
    server.add_staff("ed", &["--name", "Ed Moss"]);
    let browser = Browser::signed_up(&server, "ed", "editor", true);
    browser.go("/console/promise/preview");
    let lost = browser.script(
        "return [...document.querySelectorAll('.contents a')] \
         .filter(a => document.querySelector(a.hash).textContent.trim() !== a.textContent.trim()) \
         .length;",
    );
    assert_eq!(lost, 0);
    let count = |css: &str| {
        browser.script(&format!("return document.querySelectorAll({}).length;", json!(css)))
    };
    assert_eq!(count(".contents a"), count(".phone-screen section"));
    let is_in_sight = |css: &str| {
        let script = format!(
            "const r = document.querySelector({}).getBoundingClientRect(); \
             return r.top > -2 && r.top < innerHeight / 2;",
            json!(css)
        );
        browser.script(&script) == true
    };
    for width in WIDTHS {
        browser.wide(width);
        browser.script("document.querySelector('.contents a[href=\"#section-5\"]').focus();");
        let press = |key: Key| {
            browser.run(browser.driver().action_chain().send_keys(key).perform()).unwrap();
        };
        press(Key::Enter);
        assert!(is_in_sight("#section-5"), "{width}");
        assert_eq!(is_in_sight(".contents"), width > 1000, "it stays in sight beside the phone");
        if width < 1000 {
            press(Key::Tab);
            let focused = browser.script("return document.activeElement.textContent;");
            assert_eq!(focused, "Back to the list of sections");
            press(Key::Enter);
            assert!(is_in_sight(".contents"), "{width}");
        }
    }
}
