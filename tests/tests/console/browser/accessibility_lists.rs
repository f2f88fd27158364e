//! The pages of opportunities and the directory: see [`super::accessibility`].

use promise_tests::harness::TestServer;

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};

const SHEET: &str = "ref,kind,title,organisation,summary,closes,colour\n\
    new-1,job,Baker’s apprentice with a title that goes on for rather a long time,Crumb & Co,\
    You bake and you learn.,30/6/2099,red\n\
    new-2,discount,Money off your weekly shop,Greenbasket Foods,,ongoing,\n\
    d02,discount,Half-price cinema,Lantern Picture House,\"See any film, and bring two friends.\",\
    31/12/2098,\n\
    bad-1,jobb,No such kind,,,31/13/2027,\n\
    bad-2,job,,=1+1,,ongoing,\n\
    old-1,event,Long over,,,1/5/2020,\n";

fn desk() -> (TestServer, Browser, String) {
    let server = TestServer::start();
    server.add_staff("e.moss", &["--name", "Ed Moss"]);
    server.add_staff("e.hart", &["--name", "Eve Hart"]);
    server.publish(&TestServer::council_folder());
    let browser = Browser::signed_up(&server, "e.moss", "editor", true);
    (server, browser, axe())
}

#[test]
fn pages_of_opportunities() {
    let (server, browser, axe) = desk();
    browser.go("/console/opportunities");
    check_page(&browser, "opportunities", &axe);
    browser.go("/console/opportunities?q=nothing-like-it");
    check_page(&browser, "opportunities-none", &axe);
    browser.go("/console/opportunities/outdated");
    check_page(&browser, "opportunities-old-none", &axe);
    browser.go("/console/opportunities/new");
    check_page(&browser, "opportunity-new", &axe);
    browser.press("main form .button");
    check_page(&browser, "opportunity-new-error", &axe);
    browser.go("/console/opportunities/by-ref/d04");
    check_page(&browser, "opportunity", &axe);
    for part in ["words", "when", "apply", "where", "who", "money"] {
        browser.go(&format!("/console/opportunities/by-ref/d04/part/{part}"));
        check_page(&browser, &format!("opportunity-{part}"), &axe);
    }
    browser.go("/console/opportunities/by-ref/d04/part/when");
    browser.fill("closes-day", "31");
    browser.fill("closes-month", "2");
    browser.press("main form .button");
    check_page(&browser, "opportunity-when-error", &axe);
    browser.go("/console/opportunities/by-ref/d04/remove");
    check_page(&browser, "opportunity-remove", &axe);
    browser.press("main form .button");
    browser.go("/console/opportunities/by-ref/d04");
    check_page(&browser, "opportunity-removed", &axe);
    browser.go("/console/opportunities?when=removed");
    check_page(&browser, "opportunities-removed", &axe);

    browser.go("/console/opportunities/import");
    check_page(&browser, "import", &axe);
    browser.press("main form .button");
    check_page(&browser, "import-error", &axe);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.csv");
    std::fs::write(&file, SHEET).unwrap();
    browser.run(browser.find("#file").send_keys(file.to_str().unwrap())).unwrap();
    browser.press("main form .button");
    check_page(&browser, "import-check", &axe);
    for list in ["added", "changed", "unchanged", "missing", "invalid"] {
        browser.go(&format!("/console/opportunities/import/list/{list}"));
        check_page(&browser, &format!("import-list-{list}"), &axe);
    }
    browser.go("/console/opportunities/import/rows/5");
    check_page(&browser, "import-fix", &axe);
    browser.go("/console/opportunities/import/check");
    browser.press("#apply.button");
    check_page(&browser, "import-applied", &axe);
    browser.go("/console/opportunities/import");
    check_page(&browser, "import-waiting", &axe);
    browser.go("/console/opportunities?when=draft");
    check_page(&browser, "opportunities-draft", &axe);
    browser.go("/console/opportunities/outdated");
    check_page(&browser, "opportunities-old", &axe);
    browser.press("main form .button");
    check_page(&browser, "opportunities-old-check", &axe);

    let words = "/console/opportunities/by-ref/d01/part/where";
    browser.go(words);
    let other = Browser::signed_up(&server, "e.hart", "editor", true);
    other.go(words);
    other.fill("place-0-name", "Northgate");
    other.press("main form .button");
    drop(other);
    browser.fill("place-0-name", "Millside");
    browser.press("main form .button");
    check_page(&browser, "opportunity-clash", &axe);
    browser.go("/console/promise/submit");
    browser.press("main form .button");
    browser.go("/console/opportunities");
    check_page(&browser, "opportunities-submitted", &axe);
}

#[test]
fn pages_of_the_directory() {
    let (_server, browser, axe) = desk();
    browser.go("/console/directory");
    check_page(&browser, "directory", &axe);
    browser.go("/console/directory/lines/duty");
    check_page(&browser, "directory-line", &axe);
    browser.fill("phone-0-number", "call us");
    browser.fill("hours", "nine to five");
    browser.press("main form .button");
    check_page(&browser, "directory-line-error", &axe);
    browser.fill("phone-0-number", "020 7946 0111");
    browser.fill("hours", "mon-fri 09:00-17:00");
    browser.press("main form .button");
    check_page(&browser, "directory-check", &axe);
    browser.press("#keep.button");
    check_page(&browser, "directory-saved", &axe);
    browser.go("/console/directory/lines/emergency-team/words/ar");
    check_page(&browser, "directory-words", &axe);
    browser.go("/console/directory/lines/emergency-team/remove");
    check_page(&browser, "directory-remove", &axe);
    browser.press("main form .button");
    check_page(&browser, "directory-gaps", &axe);
    browser.go("/console/directory/new-line");
    check_page(&browser, "directory-new", &axe);
    browser.go("/console/directory/days");
    check_page(&browser, "directory-days", &axe);
    browser.press("main form .button");
    check_page(&browser, "directory-days-error", &axe);
    browser.go("/console/directory/days/2026-12-25");
    check_page(&browser, "directory-day", &axe);
    browser.go("/console/directory/days/2026-12-25/remove");
    check_page(&browser, "directory-day-remove", &axe);
    browser.press("main form .button");
    browser.go("/console/directory/bank-holidays");
    check_page(&browser, "directory-holidays", &axe);
}
