//! Comparing the number of a new phone, with a real server and real phones.

use std::time::{Duration, Instant};

use promise_core::{CancelHandle, PairingOffer, PocketPhone, PromiseError};
use promise_protocol::PairingCode;
use promise_server::config::Settings;
use promise_services::{OsRandom, StaffScope, devices::pairing};
use promise_tests::harness::{
    COUNCIL, TestPhone, TestServer,
    pairing::{new_phone, step},
};

use crate::visitor::{Page, Visitor, person};

/// A young person without a phone, and Jo, their adviser, signed in.
struct Desk {
    server: TestServer,
    visitor: Visitor,
    person: String,
}

impl Desk {
    fn new() -> Self {
        Self::of(TestServer::start())
    }

    fn of(server: TestServer) -> Self {
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
        let person = person(&server, "CL-0001");
        server.assign(&person, &jo);
        Self { server, visitor, person }
    }

    /// Makes a code in the console.
    fn code(&self) -> String {
        let path = format!("/console/people/{}/invite", self.person);
        self.visitor.get(&path);
        let made = self.visitor.post(&path, &[]);
        let code = made.html.split("id=\"code\">").nth(1).expect("the page shows a code");
        let code = code.split('<').next().unwrap().to_owned();
        assert!(made.html.contains(&self.path(&code)), "it leads to the number");
        code
    }

    fn path(&self, code: &str) -> String {
        format!("/console/people/{}/codes/{}", self.person, &code[..4])
    }

    fn page(&self, code: &str) -> Page {
        self.visitor.get(&self.path(code))
    }

    fn offer(&self, code: &str) -> (TestPhone, PairingOffer) {
        let phone = TestPhone::new();
        let offer =
            PocketPhone::pair(&phone, &self.server.url(), code, &CancelHandle::new()).unwrap();
        (phone, offer)
    }

    /// A phone that reached the server at this address sends the code. Returns the number that it shows.
    fn digits_at(&self, code: &str, address: &str) -> String {
        let (now, new) = (chrono::Utc::now().timestamp_millis(), new_phone());
        self.server.transact(|tx| {
            step(tx, &new.start(code, address), now, &mut OsRandom)?;
            step(tx, &new.open(code, address), now, &mut OsRandom)?;
            let id = code.parse::<PairingCode>().unwrap().invitation_id().to_owned();
            let found = pairing::find(tx, &StaffScope::operator(), &id, now)?;
            let pairing::WaitingState::Digits { digits, .. } = found.state else {
                panic!("it waits")
            };
            Ok(digits.to_string())
        })
    }
}

fn finish(phone: &TestPhone, offer: &PairingOffer) -> Result<(), PromiseError> {
    phone.finish_pairing(offer, &CancelHandle::new())
}

#[test]
fn adviser_and_young_person_see_the_same_number_and_the_adviser_is_named() {
    let desk = Desk::new();
    let started = Instant::now();
    let code = desk.code();
    assert!(desk.page(&code).contains("Wait until the code is typed"));
    let (phone, offer) = desk.offer(&code);
    let details = offer.details();
    assert_eq!(details.council, "Riverbridge Council");
    assert_eq!(details.invited_by.as_deref(), Some("Jo Okoro"));
    assert!(desk.page(&code).contains(&details.digits));
    let person = format!("/console/people/{}", desk.person);
    assert!(desk.visitor.get(&person).contains("A phone waits for your yes"));
    let posted = desk.visitor.post(&desk.path(&code), &[("digits", details.digits)]);
    assert_eq!(posted.status, 303);
    assert!(desk.page(&code).contains("Now they say yes on the phone"));
    finish(&phone, &offer).unwrap();
    // The rest of twenty seconds is for two people, one of whom types twelve characters.
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert_eq!(desk.page(&code).status, 303, "back to the young person");
    let log = desk.server.run(&["audit", "list", "--council", "riverbridge"]);
    for act in ["started_pairing", "confirmed_pairing", "paired"] {
        assert!(log.contains(act), "{act}: {log}");
    }
}

#[test]
fn phone_with_another_number_is_refused_and_has_nothing() {
    let desk = Desk::new();
    let code = desk.code();
    let (phone, offer) = desk.offer(&code);
    desk.page(&code);
    // An older number does nothing.
    desk.visitor.post(&desk.path(&code), &[("digits", "000 000".to_owned())]);
    assert!(desk.page(&code).contains(&offer.details().digits));
    let fields = [("digits", offer.details().digits), ("no", "1".to_owned())];
    desk.visitor.post(&desk.path(&code), &fields);
    assert!(desk.page(&code).contains("You or the phone said no"));
    assert_eq!(finish(&phone, &offer), Err(PromiseError::PairingRefused));
    assert_eq!(phone.council(), Ok(None));
}

#[test]
fn second_phone_with_the_code_is_shown_to_the_adviser() {
    let desk = Desk::new();
    let code = desk.code();
    let (phone, offer) = desk.offer(&code);
    let second =
        PocketPhone::pair(&TestPhone::new(), &desk.server.url(), &code, &CancelHandle::new());
    assert_eq!(second.err(), Some(PromiseError::TwoPhones));
    assert!(desk.page(&code).contains("Two phones used this code"));
    assert_eq!(finish(&phone, &offer), Err(PromiseError::TwoPhones));
}

/// Somebody passes everything on to the right server, and would have the token.
#[test]
fn phone_that_came_by_another_address_cannot_be_confirmed() {
    let desk = Desk::new();
    let (code, between) = (desk.code(), "https://promise.example.evil");
    let digits = desk.digits_at(&code, between);
    let page = desk.page(&code);
    assert!(page.contains(between) && page.contains("Somebody may be in between"));
    assert!(!page.contains(&digits) || !page.contains("Yes, the same number"));
    desk.visitor.post(&desk.path(&code), &[("digits", digits)]);
    assert!(desk.page(&code).contains("Somebody may be in between"), "no yes was taken");
}

/// Behind a proxy the console can have a host name of its own.
#[test]
fn phone_that_came_by_the_address_of_the_setting_is_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Some("HTTPS://Phones.example:443/".parse().unwrap());
    let settings = Settings { server, ..Settings::in_folder(folder.path().join("data")) };
    let server = TestServer::with(settings);
    server.run(&["council", "add", COUNCIL, "Riverbridge Council"]);
    let desk = Desk::of(server);
    let path = format!("/console/people/{}/invite", desk.person);
    desk.visitor.get(&path);
    let made = desk.visitor.post(&path, &[]);
    assert!(made.html.contains(">https://phones.example<"), "{}", made.html);

    let code = desk.code();
    let digits = desk.digits_at(&code, "https://phones.example");
    assert!(desk.page(&code).contains("Yes, the same number"));
    desk.visitor.post(&desk.path(&code), &[("digits", digits)]);
    assert!(desk.page(&code).contains("Now they say yes on the phone"));

    let code = desk.code();
    let digits = desk.digits_at(&code, &desk.server.url());
    assert!(desk.page(&code).contains("Somebody may be in between"), "the console's own address");
    desk.visitor.post(&desk.path(&code), &[("digits", digits)]);
    assert!(desk.page(&code).contains("Somebody may be in between"), "no yes was taken");
}

/// The command has no input, which is a no.
#[test]
fn command_that_waits_for_a_phone_sees_its_number() {
    let desk = Desk::new();
    let (server, code) = (&desk.server, desk.code());
    let (phone, offer, printed) = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| server.run(&["pairing", "confirm", "--code", &code]));
        // Some looks without a phone.
        std::thread::sleep(Duration::from_secs(2));
        let phone = TestPhone::new();
        let offer = PocketPhone::pair(&phone, &server.url(), &code, &CancelHandle::new()).unwrap();
        (phone, offer, waiting.join().unwrap())
    });
    assert!(printed.contains(&offer.details().digits), "{printed}");
    assert!(printed.contains(&server.url()) && printed.contains("Refused"), "{printed}");
    assert_eq!(finish(&phone, &offer), Err(PromiseError::PairingRefused));
}
