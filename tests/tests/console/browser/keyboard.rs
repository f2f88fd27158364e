//! A form used with the keyboard alone.

use promise_tests::harness::{TestPhone, TestServer};
use thirtyfour::{Key, TypingData};

use super::driver::Browser;
use crate::visitor::{PASSWORD, code, person};

impl Browser {
    fn type_keys(&self, keys: impl Into<TypingData>) {
        let keys: TypingData = keys.into();
        self.run(self.driver().action_chain().send_keys(keys).perform()).unwrap();
    }

    /// Returns the id of the element with the focus, or else its text.
    fn focused(&self) -> String {
        let script = "const e = document.activeElement; \
                      return e.id || e.name || e.textContent.trim();";
        self.script(script).as_str().unwrap().to_owned()
    }

    /// Presses Tab until this element has the focus. The focus must be visible.
    fn tab_to(&self, wanted: &str) {
        let mut passed = Vec::new();
        for _ in 0..80 {
            self.type_keys(Key::Tab);
            let focused = self.focused();
            let seen = self.script(
                "const s = getComputedStyle(document.activeElement); \
                 const r = document.activeElement.getBoundingClientRect(); \
                 return (s.outlineStyle !== 'none' || s.boxShadow !== 'none') \
                 && r.bottom > 0 && r.top < innerHeight;",
            );
            assert_eq!(seen, true, "{focused} does not show that it has the focus");
            if focused == wanted {
                return;
            }
            passed.push(focused);
        }
        panic!("{wanted} is not reached: {passed:?}");
    }
}

#[test]
fn number_is_changed_with_keyboard_alone() {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let phone = TestPhone::paired(&server, &ada);
    let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
    browser.tab_to("Sign out");
    browser.type_keys(Key::Enter);
    server.clock.set(60_000);
    browser.wait_for_text("Password");
    browser.tab_to("name");
    browser.type_keys("j.okoro");
    browser.tab_to("password");
    browser.type_keys(PASSWORD);
    browser.type_keys(Key::Enter);
    browser.wait_for_text("Enter your code");
    browser.tab_to("code");
    let now = chrono::Utc::now().timestamp_millis() + 60_000;
    browser.type_keys(code(&browser.secret, now));
    browser.type_keys(Key::Enter);
    browser.wait_for_text("Your young people");
    assert_eq!(
        browser.focused(),
        browser.script("return document.body.textContent.trim()").as_str().unwrap()
    );
    browser.type_keys(Key::Tab);
    assert_eq!(browser.focused(), "Skip to main content");
    browser.tab_to("My card");
    browser.type_keys(Key::Enter);
    browser.wait_for_text("Phone numbers");
    browser.tab_to("phone-0-number");
    browser.type_keys("not a number");
    browser.type_keys(Key::Enter);
    browser.wait_for_text("There is a problem");
    assert_eq!(browser.focused(), "summary", "the summary is read first");
    browser.type_keys(Key::Tab);
    browser.type_keys(Key::Enter);
    assert_eq!(browser.focused(), "phone-0-number", "its link leads to the field");
    browser.run(async {
        let chain = browser.driver().action_chain();
        chain.key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await.unwrap();
    });
    browser.type_keys("07700 900789");
    browser.tab_to("Save for every phone");
    browser.type_keys(Key::Space);
    browser.wait_for_text("0 of 1 phones have it");
    phone.sync().unwrap();
    browser.wait_for_text("The phone has it: 1 of 1");
    assert_eq!(phone.contacts().list().unwrap()[0].phones[0].number, "+447700900789");
}
