//! The pages of the address book and of a young person's contacts, as in `accessibility`.

use promise_tests::harness::{COUNCIL, TestPhone, TestServer};

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};
use crate::visitor::person;

/// Somebody who can be added, the entry that is there, and a card without a number.
const CONTACTS: &str = "BEGIN:VCARD\nFN:Riverbridge Surgery\nROLE:Doctors\nTEL:020 7946 0008\n\
    NOTE:Closed at noon\nEND:VCARD\nBEGIN:VCARD\nFN:Night line at Elm House\nTEL:020 7946 0001\n\
    TEL:020 7946 0009\nEND:VCARD\nBEGIN:VCARD\nFN:My sister\nEND:VCARD\n";

#[test]
fn pages_of_the_address_book() {
    let (server, axe) = (TestServer::start(), axe());
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro", "--role", "Personal adviser"]);
    server.add_staff("mo", &["--name", "Mo Ang"]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let phone = TestPhone::paired(&server, &ada);
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    browser.go("/console/address-book");
    check_page(&browser, "book-empty", &axe);
    let contacts = format!("/console/people/{ada}/contacts");
    browser.go(&format!("{contacts}/new"));
    check_page(&browser, "entry-new", &axe);
    browser.fill("display_name", "Night line at Elm House");
    browser.press("main form .button");
    check_page(&browser, "entry-new-error", &axe);
    browser.fill("role", "Supported housing");
    browser.fill("phone-0-number", "020 7946 0001");
    browser.press("main form .button");
    browser.wait_for_text("0 of 1 phones have it");
    check_page(&browser, "entry-phones", &axe);
    phone.sync().unwrap();
    browser.go(&format!("{contacts}/new"));
    browser.fill("display_name", "Elm House");
    browser.fill("phone-0-number", "020 7946 0001");
    browser.press("main form .button");
    check_page(&browser, "entry-similar", &axe);
    browser.go(&format!("{contacts}/only"));
    check_page(&browser, "entry-only", &axe);
    browser.go(&format!("{contacts}/give"));
    browser.press("main form .button");
    check_page(&browser, "give-error", &axe);
    browser.go(&contacts);
    check_page(&browser, "contacts", &axe);
    let entries = server.transact(|tx| Ok(tx.book_entries(&COUNCIL.into())?));
    let entry = entries[0].id.clone();
    browser.go(&format!("{contacts}/{entry}/end"));
    browser.press("main form .button");
    check_page(&browser, "end-error", &axe);
    browser.fill("note", "You moved out. The duty line helps until you have somebody new.");
    browser.press("main form .button");
    browser.wait_for_text("Their phone shows the last day and the word why.");
    check_page(&browser, "contacts-ended", &axe);
    browser.go("/console/address-book");
    check_page(&browser, "book", &axe);
    let card = format!("/console/address-book/{entry}");
    browser.go(&card);
    check_page(&browser, "entry", &axe);
    browser.go(&format!("{card}/leave"));
    check_page(&browser, "entry-leave", &axe);
    browser.go("/console/address-book/import");
    check_page(&browser, "cards", &axe);
    browser.press("main form .button");
    check_page(&browser, "cards-error", &axe);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("contacts.vcf");
    std::fs::write(&file, CONTACTS).unwrap();
    browser.run(browser.find("#file").send_keys(file.to_str().unwrap())).unwrap();
    browser.press("main form .button");
    browser.wait_for_text("1 can be added");
    check_page(&browser, "cards-check", &axe);
    browser.press("#add.button");
    check_page(&browser, "cards-check-error", &axe);
    let manager = Browser::signed_up(&server, "mo", "manager", true);
    manager.go(&format!("{card}/remove"));
    check_page(&manager, "entry-remove", &axe);
    manager.press("main form .button");
    check_page(&manager, "entry-remove-error", &axe);
}
