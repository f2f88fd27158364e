//! Two advisers with thirty young people each.

use promise_tests::harness::{TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

fn caseload(server: &TestServer, staff: &str, prefix: &str) -> Vec<TestPhone> {
    (1..=30)
        .map(|number| {
            let person = person(server, &format!("{prefix}-{number:04}"));
            server.assign(&person, staff);
            let phone = TestPhone::paired(server, &person);
            phone.sync().unwrap();
            phone
        })
        .collect()
}

#[test]
fn card_reaches_thirty_phones_in_one_sync_each() {
    let mut server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let kim = server.add_staff("k.lee", &["--name", "Kim Lee"]);
    let jos = caseload(&server, &jo, "CL");
    // One address may pair thirty phones at once; a restarted server has counted none.
    server.stop();
    server.resume();
    let kims = caseload(&server, &kim, "KL");
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    let other = Browser::signed_up(&server, "k.lee", "adviser", true);
    browser.go(&format!("/console/cards/{jo}"));
    browser.fill("phone-0-number", "07700 900456");
    browser.press("main form > .button");
    assert!(browser.contains("0 of 30 phones have it"), "{}", browser.text());
    for (count, phone) in jos.iter().enumerate() {
        let synced = phone.sync().unwrap();
        assert_eq!(synced.requests, 1);
        assert_eq!(phone.contacts().list().unwrap()[0].phones[0].number, "+447700900456");
        if count == 14 {
            browser.wait_for_text("15 of 30 phones have it");
        }
    }
    browser.wait_for_text("All 30 phones have it: 30 of 30");
    for phone in &kims {
        assert!(phone.sync().unwrap().changed.is_empty(), "nobody else's phones");
    }
    other.go(&format!("/console/cards/{kim}/phones"));
    assert!(other.contains("All 30 phones have it: 30 of 30"), "{}", other.text());
}
