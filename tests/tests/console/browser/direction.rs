//! Telephone numbers in Arabic, as a browser lays them out.

use promise_tests::harness::TestServer;
use serde_json::json;

use super::{accessibility::picture, driver::Browser};

const ARABIC: &str = "اتصل على 020 7946 0101 الآن";

/// For each place where the page shows the number, `true` if its groups stand in order.
const ORDER: &str = "
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const node = walker.currentNode, at = node.data.indexOf('020 7946 0101');
        if (at < 0) continue;
        const left = (from, to) => {
            const range = document.createRange();
            range.setStart(node, at + from);
            range.setEnd(node, at + to);
            return range.getBoundingClientRect().left;
        };
        found.push(left(0, 3) < left(4, 8) && left(4, 8) < left(9, 13));
    }
    return found;";

fn assert_in_order(browser: &Browser, name: &str) {
    let found = browser.script(ORDER);
    assert_eq!(found, json!([true]), "{name}");
    picture(browser, name, 1280);
    browser.wide(320);
    picture(browser, &format!("{name}-320"), 320);
    browser.wide(1280);
}

#[test]
fn number_in_arabic_reads_from_left_to_right_in_a_browser() {
    let server = TestServer::start();
    server.add_staff("e.moss", &["--name", "Ed Moss"]);
    server.publish(&TestServer::council_folder());
    let browser = Browser::signed_up(&server, "e.moss", "editor", true);
    browser.wide(1280);

    browser.go("/console/promise/languages/ar/pledge/health-check");
    browser.fill("title-ar", "صحتك");
    browser.fill("text-ar", ARABIC);
    browser.press("main form .button");
    browser.go("/console/promise/preview?language=ar");
    assert_in_order(&browser, "number-in-arabic-preview");

    browser.go("/console/opportunities/by-ref/d01/part/words");
    browser.fill("title", ARABIC);
    browser.press("main form .button");
    browser.go("/console/opportunities?q=7946");
    assert_in_order(&browser, "number-in-arabic-list");

    // Without isolation the browser reorders the groups.
    let plain = "document.querySelector('main').innerHTML = '<p dir=rtl>اتصل 020 7946 0101</p>';";
    browser.script(plain);
    assert_eq!(browser.script(ORDER), json!([false]));
}
