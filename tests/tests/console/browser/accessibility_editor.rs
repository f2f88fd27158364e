//! The pages of an editor and a publisher: see [`super::accessibility`].

use promise_tests::harness::TestServer;

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};

#[test]
#[expect(clippy::too_many_lines, reason = "a walk through every page, one line each")]
fn pages_of_an_editor_and_a_publisher() {
    let (server, axe) = (TestServer::start(), axe());
    for (handle, name) in [("e.moss", "Ed Moss"), ("p.lane", "Pat Lane"), ("e.hart", "Eve Hart")] {
        server.add_staff(handle, &["--name", name]);
    }
    let browser = Browser::signed_up(&server, "e.moss", "editor", true);
    check_page(&browser, "promise-nothing", &axe);
    server.publish(&TestServer::council_folder());
    browser.go("/console/promise");
    check_page(&browser, "promise", &axe);
    browser.go("/console/promise/title");
    check_page(&browser, "promise-title", &axe);
    browser.fill("title-en", "");
    browser.press("main form .button");
    check_page(&browser, "promise-title-error", &axe);
    browser.go("/console/promise/sections/health");
    check_page(&browser, "promise-section", &axe);
    browser.go("/console/promise/sections/health/remove");
    check_page(&browser, "promise-section-remove", &axe);
    browser.go("/console/promise/sections/health/pledges/new");
    check_page(&browser, "promise-pledge-new", &axe);
    browser.fill("title-en", "A gym near you");
    browser.press("main form .button");
    check_page(&browser, "promise-pledge-added", &axe);
    browser.go("/console/promise/pledges/health-check");
    check_page(&browser, "promise-pledge", &axe);
    for part in ["words", "who", "how", "law", "days"] {
        browser.go(&format!("/console/promise/pledges/health-check/part/{part}"));
        check_page(&browser, &format!("promise-pledge-{part}"), &axe);
    }
    browser.fill("valid_to-day", "31");
    browser.fill("valid_to-month", "2");
    browser.press("main form .button");
    check_page(&browser, "promise-pledge-days-error", &axe);
    browser.go("/console/promise/pledges/health-check/picture");
    check_page(&browser, "promise-picture", &axe);
    browser.press("main form .button");
    check_page(&browser, "promise-picture-error", &axe);
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/pictures/console.png");
    browser.run(browser.find("#file").send_keys(picture)).unwrap();
    browser.fill("alt", "A page that says which phones have it");
    browser.press("main form .button");
    check_page(&browser, "promise-pledge-pictured", &axe);
    browser.go("/console/promise/pledges/health-check/picture");
    check_page(&browser, "promise-picture-there", &axe);
    browser.go("/console/promise/pledges/health-check/section");
    check_page(&browser, "promise-pledge-section", &axe);
    browser.go("/console/promise/pledges/health-check/remove");
    check_page(&browser, "promise-pledge-remove", &axe);
    browser.go("/console/promise/languages");
    check_page(&browser, "promise-languages", &axe);
    browser.go("/console/promise/languages/ar");
    check_page(&browser, "promise-language", &axe);
    browser.go("/console/promise/languages/ar/pledge/health-check");
    check_page(&browser, "promise-translate", &axe);
    browser.fill("title-ar", "صحتك في خطتك");
    browser.press("main form .button");
    browser.go("/console/promise/preview?language=ar");
    check_page(&browser, "promise-preview-ar", &axe);
    browser.go("/console/promise/preview?easy=yes");
    check_page(&browser, "promise-preview-easy", &axe);
    browser.go("/console/promise");
    check_page(&browser, "promise-unfinished", &axe);

    // Two editors at the same time, and an edition that is published meanwhile.
    let words = "/console/promise/pledges/a-gym-near-you/part/words";
    browser.go(words);
    let other = Browser::signed_up(&server, "e.hart", "editor", true);
    other.go(words);
    other.fill("text-en", "We pay for a gym within two miles of where you live.");
    other.press("main form .button");
    drop(other);
    browser.fill("text-en", "We pay for any gym.");
    browser.press("main form .button");
    check_page(&browser, "promise-clash", &axe);
    browser.press("main form .button");
    browser.go("/console/promise/pledges/prescriptions/part/words");
    browser.fill("text-en", "You do not pay for your prescriptions. We do.");
    browser.press("main form .button");
    let folder = tempfile::tempdir().unwrap();
    for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
        let text = std::fs::read_to_string(TestServer::council_folder().join(file)).unwrap();
        let text =
            text.replace("title = \"Free prescriptions\"", "title = \"No prescription fees\"");
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    server.publish(folder.path());
    browser.go("/console/promise");
    check_page(&browser, "promise-behind", &axe);
    browser.follow("Bring up to date");
    check_page(&browser, "promise-rebase", &axe);
    browser.press("main form .button");
    check_page(&browser, "promise-rebase-conflict", &axe);
    browser.press("main form .button");
    check_page(&browser, "promise-rebased", &axe);
    browser.go("/console/promise/discard");
    check_page(&browser, "promise-discard", &axe);
    browser.go("/console/promise/changes");
    check_page(&browser, "promise-changes", &axe);
    browser.go("/console/promise/submit");
    check_page(&browser, "promise-submit", &axe);
    browser.press("main form .button");
    check_page(&browser, "promise-submitted", &axe);
    browser.go(words);
    check_page(&browser, "promise-submitted-refused", &axe);
    drop(browser);

    let browser = Browser::signed_up(&server, "p.lane", "publisher", true);
    check_page(&browser, "promise-publisher", &axe);
    browser.go("/console/promise/return");
    browser.press("main form .button");
    check_page(&browser, "promise-return-error", &axe);
    browser.go("/console/promise/publish");
    check_page(&browser, "promise-publish", &axe);
    browser.press("main form .button");
    check_page(&browser, "promise-published", &axe);
}
