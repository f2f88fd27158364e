//! "These details are right": the button on a card, and where an old check shows.

use promise_database::ContactCard;
use promise_protocol::london;
use promise_services::{OsRandom, StaffScope, calendar, cards};
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

const DAY: i64 = 24 * 60 * 60 * 1000;
const OLD: &str = "More than six months ago";

/// A council with Jo, who is Ada's adviser and has a number.
struct Desk {
    server: TestServer,
    jo: String,
    ada: String,
    visitor: Visitor,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let details =
            ["--name", "Jo Okoro", "--phone", "07700 900123", "--email", "jo@example.org"];
        let jo = server.add_staff("j.okoro", &details);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
        Self { server, jo, ada, visitor }
    }

    fn manager(&self) -> Visitor {
        self.server.add_staff("m.ang", &["--name", "Mo Ang"]);
        Visitor::signed_up(&self.server, "m.ang", "manager")
    }

    fn card(&self) -> String {
        format!("/console/cards/{}", self.jo)
    }

    fn press(&self, visitor: &Visitor) -> Page {
        let was = visitor.get(&self.card()).field("was").unwrap();
        visitor.post(&format!("{}/check", self.card()), &[("was", was)])
    }

    /// Confirms the details so many days ago.
    fn confirm(&self, days_ago: i64) {
        let now = chrono::Utc::now().timestamp_millis() - days_ago * DAY;
        self.server.transact(|tx| {
            let jo = self.jo.as_str().into();
            let shown: ContactCard = tx.staff(&jo)?.unwrap().card;
            cards::confirm_details(tx, &StaffScope::operator(), &jo, &shown, now, &mut OsRandom)
        });
    }
}

#[test]
fn confirmed_details_show_the_day_on_card_and_phone_until_a_number_changes() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    phone.sync().unwrap();
    let contact = || phone.contacts().list().unwrap().remove(0);
    let card = desk.visitor.get(&desk.card());
    for shown in ["Not checked yet.", "07700 900123 (Mobile)", "jo@example.org"] {
        assert!(card.contains(shown), "{shown}: {}", card.html);
    }
    assert!(!card.contains(OLD), "details that were never checked are no warning");

    let before = london::day(chrono::Utc::now());
    let pressed = desk.press(&desk.visitor);
    assert_eq!(pressed.to.as_deref(), Some(&*format!("{}/phones?done=checked", desk.card())));
    assert!(desk.visitor.get(&pressed.to.unwrap()).contains("Checked. The day is on the phones"));
    let after = london::day(chrono::Utc::now());
    let words = |day: chrono::NaiveDate| day.format("Checked on %-d %B %Y.").to_string();
    let card = desk.visitor.get(&desk.card());
    assert!(card.contains(&words(before)) || card.contains(&words(after)), "{}", card.html);
    phone.sync().unwrap();
    let checked = contact().verified_on.unwrap();
    assert!((before..=after).contains(&checked), "{checked}");

    // The form of the card has no such field, and saving something else keeps the day.
    let was = card.field("was").unwrap();
    let number = |number: &str, team: &str, was: String| {
        vec![
            ("was", was),
            ("display_name", "Jo Okoro".to_owned()),
            ("email", "jo@example.org".to_owned()),
            ("phone-0-number", number.to_owned()),
            ("phone-0-kind", "mobile".to_owned()),
            ("team", team.to_owned()),
            ("verified_on", "2020-01-01".to_owned()),
        ]
    };
    let saved = desk.visitor.post(&desk.card(), &number("07700 900123", "North", was));
    assert_eq!(saved.status, 303, "{}", saved.html);
    phone.sync().unwrap();
    assert_eq!((contact().verified_on, contact().team.as_deref()), (Some(checked), Some("North")));
    let was = desk.visitor.get(&desk.card()).field("was").unwrap();
    let saved = desk.visitor.post(&desk.card(), &number("07700 900456", "North", was));
    assert_eq!(saved.status, 303, "{}", saved.html);
    phone.sync().unwrap();
    assert_eq!(contact().verified_on, None);
    assert!(desk.visitor.get(&desk.card()).contains("Not checked yet."));
}

#[test]
fn check_older_than_six_months_is_flagged_on_every_page_that_shows_the_details() {
    let desk = Desk::new();
    let manager = desk.manager();
    let person = format!("/console/people/{}", desk.ada);
    let pages = || {
        [
            desk.visitor.get(&desk.card()),
            desk.visitor.get("/console/people"),
            desk.visitor.get(&person),
            manager.get(&desk.card()),
            manager.get("/console/cards"),
            manager.get(&person),
        ]
    };
    for page in pages() {
        assert!(page.contains("Not checked yet.") && !page.contains(OLD), "{}", page.html);
    }
    assert!(!manager.get("/console/people").contains("Not checked yet."), "it has no details");
    // Six calendar months have 181 to 184 days.
    desk.confirm(185);
    for page in pages() {
        assert!(page.contains(OLD) && page.contains("Checked on "), "{}", page.html);
    }
    desk.confirm(180);
    let [card, list, rest @ ..] = pages();
    assert!(!list.contains("Checked on "), "nothing is due: {}", list.html);
    for page in [card].iter().chain(&rest) {
        assert!(!page.contains(OLD) && page.contains("Checked on "), "{}", page.html);
    }
}

#[test]
fn details_that_a_colleague_changed_are_shown_again_instead_of_confirmed() {
    let desk = Desk::new();
    let manager = desk.manager();
    let was = manager.get(&desk.card()).field("was").unwrap();
    desk.server.run(&["contact", "set", "--staff", "j.okoro", "--phone", "07700 900456"]);
    let path = format!("{}/check", desk.card());
    let again = manager.post(&path, &[("was", was)]);
    assert_eq!(again.status, 409, "{}", again.html);
    for shown in ["Somebody changed these details", "07700 900456", "Not checked yet."] {
        assert!(again.contains(shown), "{shown}: {}", again.html);
    }
    assert!(again.html.contains("href=\"#details-check\""));
    assert_eq!(desk.press(&manager).status, 303, "a manager checks any card");
    let today = calendar::today(chrono::Utc::now().timestamp_millis());
    let jo = desk.server.transact(|tx| Ok(tx.staff(&desk.jo.as_str().into())?.unwrap()));
    let check = cards::DetailsCheck::of_card(&jo.card, today);
    assert!(matches!(check, cards::DetailsCheck::Recent(_)), "{check:?}");
    let log = desk.server.run(&["audit", "list", "--council", "riverbridge"]);
    assert!(
        log.lines().any(|line| line.contains("manager") && line.ends_with("verified_on")),
        "{log}"
    );
}

#[test]
fn card_without_a_number_and_an_address_has_nothing_to_check() {
    let desk = Desk::new();
    desk.server
        .run(&["contact", "set", "--staff", "j.okoro", "--clear", "phones", "--clear", "email"]);
    let card = desk.visitor.get(&desk.card());
    assert!(!card.contains("These details are right"), "{}", card.html);
    assert_eq!(desk.press(&desk.visitor).status, 409);
    assert!(!desk.visitor.get("/console/people").contains("Not checked yet."));
}
