//! A night line of a hostel, from an adviser's browser to three phones: added once, changed once, and rung
//! when it answers.

use chrono::{DateTime, Datelike, Utc};
use promise_core::{LaterEntry, RingNow, RingPlace, RingWho, WhyNotNow, WhyNow};
use promise_services::calendar::today;
use promise_tests::harness::{COUNCIL, TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

const LINE: &str = "Night line at Elm House";
const WORKER: &str = "Sam Key";
const WHY: &str = "Sam has left Elm House. Jo helps you until there is somebody new.";

/// The places of two rules for closed days in the form.
const AS_USUAL: usize = 1;
const NOT_SAID: usize = 3;

/// The lines of the council's directory that are open at any time.
const ALWAYS: [&str; 5] = ["999", "nhs-111", "samaritans", "childline", "refuge"];

/// Jo, who looks after three young people with a phone each.
struct Desk {
    server: TestServer,
    browser: Browser,
    people: [String; 3],
    phones: [TestPhone; 3],
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        server.publish(&TestServer::council_folder());
        let card = [
            ["--name", "Jo Okoro"],
            ["--role", "Personal adviser"],
            ["--phone", "07700 900123:mobile:prefer"],
            ["--hours", "mon-fri 09:00-17:00"],
        ];
        let jo = server.add_staff("j.okoro", &card.concat());
        let people = ["CL-0001", "CL-0002", "CL-0003"].map(|name| person(&server, name));
        let phones = people.each_ref().map(|person| {
            server.assign(person, &jo);
            TestPhone::paired(&server, person)
        });
        let browser = Browser::signed_up(&server, "j.okoro", "adviser", true);
        Self { server, browser, people, phones }
    }

    fn contacts(&self, index: usize) -> String {
        format!("/console/people/{}/contacts", self.people[index])
    }

    /// Jo adds someone to the address book, from the page of the first young person, with one of the rules
    /// for closed days.
    fn add(&self, fields: &[(&str, &str)], rule: usize) {
        self.browser.go(&self.contacts(0));
        self.browser.follow("Add somebody to the address book");
        for (field, text) in fields {
            self.browser.fill(field, text);
        }
        self.browser.press(&format!("#on_closed_days-{rule}"));
        self.browser.press("main form .button");
        self.browser.wait_for_text("0 of 1 phones have it");
    }

    /// Jo ends a contact of the first young person, whose last day was yesterday.
    fn end(&self, name: &str, why: &str) {
        let entries = self.server.transact(|tx| Ok(tx.book_entries(&COUNCIL.into())?));
        let entry = entries.iter().find(|entry| entry.name() == name).expect("it is in the book");
        self.browser.go(&format!("{}/{}/end", self.contacts(0), entry.id));
        let yesterday = today(Utc::now().timestamp_millis()).pred_opt().unwrap();
        self.browser.fill("day-day", &yesterday.day().to_string());
        self.browser.fill("day-month", &yesterday.month().to_string());
        self.browser.fill("day-year", &yesterday.year().to_string());
        self.browser.fill("note", why);
        self.browser.press("main form .button");
        self.browser.wait_for_text("Their phone shows the last day and the word why.");
        self.browser.wait_for_text(why);
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The name of a contact, or the id of a line.
fn named(who: &RingWho) -> &str {
    match who {
        RingWho::Contact { name, .. } => name,
        RingWho::Line { id, .. } => id,
        RingWho::EmergencyServices => "built in",
    }
}

fn rung(answer: &RingNow) -> Vec<&str> {
    answer.ring.iter().map(|entry| named(&entry.who)).collect()
}

fn later<'a>(answer: &'a RingNow, name: &str) -> &'a LaterEntry {
    answer.later.iter().find(|entry| named(&entry.who) == name).expect("they answer later")
}

/// Checks whom a phone says to ring at four moments.
fn check_whom_to_ring(phone: &TestPhone) {
    let ask = |moment: &str| phone.ring_now(at(moment)).unwrap();
    let tuesday = ask("2027-02-02T14:00:00Z");
    assert_eq!(rung(&tuesday), [&["Jo Okoro", "duty"], &ALWAYS[..]].concat());
    assert_eq!(later(&tuesday, LINE).why, WhyNotNow::OutOfHours);
    assert_eq!(later(&tuesday, LINE).next, Some(at("2027-02-02T22:00:00Z")));
    let friday = ask("2027-02-05T18:30:00Z");
    assert_eq!(rung(&friday), [&["emergency-team"], &ALWAYS[..]].concat());
    assert_eq!(later(&friday, LINE).next, Some(at("2027-02-05T22:00:00Z")));
    // The hostel has someone up on Christmas Day, and Jo does not work.
    let christmas = ask("2026-12-25T03:00:00Z");
    assert_eq!(rung(&christmas), [&[LINE, "emergency-team"], &ALWAYS[..]].concat());
    assert_eq!(christmas.ring[0].why, WhyNow::Working { until: at("2026-12-25T08:00:00Z") });
    let closed = WhyNotNow::ClosedDay { name: "Christmas Day".to_owned() };
    assert_eq!(later(&christmas, "Jo Okoro").why, closed);
    // Half past one, twice: by summer time and by winter time.
    let doubled = ask("2027-10-31T00:30:00Z");
    assert_eq!(doubled, ask("2027-10-31T01:30:00Z"));
    assert_eq!(rung(&doubled), [&[LINE, "emergency-team"], &ALWAYS[..]].concat());
    let line = &doubled.ring[0];
    assert_eq!((line.place, line.numbers[0].number.as_str()), (RingPlace::Helper, "+442079460002"));
    let morning = at("2027-10-31T08:00:00Z");
    assert_eq!(
        (&line.why, doubled.next_change),
        (&WhyNow::Working { until: morning }, Some(morning))
    );
    for answer in [tuesday, friday, christmas, doubled] {
        assert!(!answer.later.iter().any(|entry| named(&entry.who) == WORKER), "{answer:?}");
    }
}

#[test]
fn night_line_of_a_hostel_reaches_three_phones_and_is_rung_at_night() {
    let desk = Desk::new();
    let Desk { browser, phones, .. } = &desk;
    let line = [
        ("display_name", LINE),
        ("role", "Supported housing"),
        ("phone-0-number", "020 7946 0001"),
        ("working_pattern", "mon-sun 22:00-08:00 next day"),
    ];
    desk.add(&line, AS_USUAL);
    for index in [1, 2] {
        browser.go(&desk.contacts(index));
        browser.follow("Give them a contact from the address book");
        browser.run(browser.find("#entry").send_keys("Night line")).unwrap();
        browser.press("main form .button");
        browser.wait_for_text("Given. It is on their phone with the next sync.");
    }
    for phone in phones {
        phone.sync().unwrap();
    }
    browser.follow("Address book");
    browser.follow(LINE);
    browser.fill("phone-0-number", "020 7946 0002");
    browser.press("main > form > .button");
    browser.wait_for_text("0 of 3 phones have it");
    for phone in phones {
        assert_eq!(phone.sync().unwrap().requests, 1);
    }
    browser.wait_for_text("All 3 phones have it: 3 of 3");

    let worker = [
        ("display_name", WORKER),
        ("role", "Key worker"),
        ("phone-0-number", "07700 900789"),
        ("working_pattern", "mon-fri 09:00-17:00"),
    ];
    desk.add(&worker, NOT_SAID);
    phones[0].sync().unwrap();
    let worker = || {
        let mut contacts = phones[0].contacts().list().unwrap().into_iter();
        contacts.find(|contact| contact.display_name == WORKER).expect("their name stays")
    };
    assert_eq!(worker().phones[0].number, "+447700900789");
    desk.end(WORKER, WHY);
    phones[0].sync().unwrap();
    assert_eq!((worker().end_note.as_deref(), worker().phones), (Some(WHY), Vec::new()));
    for phone in phones {
        check_whom_to_ring(phone);
    }
}
