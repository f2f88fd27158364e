//! Someone who helps and does not use the console: added once, given to young people, changed once, and on
//! every phone that has them.

mod merging;

use promise_core::Contact;
use promise_protocol::pack::ClosedDays;
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Visitor, person};

fn text(text: &str) -> String {
    text.to_owned()
}

/// A council with three young people of Jo's and one of Kim's, each with a phone.
struct Desk {
    server: TestServer,
    jo: Visitor,
    people: Vec<String>,
    phones: Vec<TestPhone>,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let kim = server.add_staff("k.lee", &["--name", "Kim Lee"]);
        let people: Vec<String> =
            (1..=4).map(|number| person(&server, &format!("CL-000{number}"))).collect();
        for (index, person) in people.iter().enumerate() {
            server.assign(person, if index < 3 { &jo } else { &kim });
        }
        let phones = people.iter().map(|person| TestPhone::paired(&server, person)).collect();
        let jo = Visitor::signed_up(&server, "j.okoro", "adviser");
        Self { server, jo, people, phones }
    }

    fn contacts(&self, index: usize) -> String {
        format!("/console/people/{}/contacts", self.people[index])
    }

    /// Jo adds the night line on the first young person's page. Returns the path of its card.
    fn add_night_line(&self) -> String {
        let path = format!("{}/new", self.contacts(0));
        assert_eq!(self.jo.get(&path).status, 200);
        let added = self.jo.post(&path, &night_line("020 7946 0001"));
        let to = added.to.expect("it is added");
        to.split_once("/phones").expect("the page of phones").0.to_owned()
    }

    /// Jo gives an entry to a young person.
    fn give(&self, index: usize, card: &str) {
        let path = format!("{}/give", self.contacts(index));
        assert!(self.jo.get(&path).contains("Night line at Elm House"));
        let entry = card.rsplit('/').next().unwrap().to_owned();
        assert!(self.jo.post(&path, &[("entry", entry)]).to.is_some());
    }

    /// Syncs a phone, and returns what it shows of the night line.
    fn night_line(&self, index: usize) -> Option<Contact> {
        self.phones[index].sync().unwrap();
        let contacts = self.phones[index].contacts().list().unwrap();
        contacts.into_iter().find(|contact| contact.role == "Supported housing")
    }
}

fn night_line(number: &str) -> Vec<(&'static str, String)> {
    vec![
        ("display_name", text("Night line at Elm House")),
        ("role", text("Supported housing")),
        ("phone-0-number", text(number)),
        ("phone-0-kind", text("oohs")),
        ("working_pattern", text("mon-sun 22:00-08:00 next day")),
    ]
}

#[test]
fn number_of_a_night_line_is_changed_once_for_three_phones() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    for index in [1, 2] {
        desk.give(index, &card);
    }
    for index in 0..3 {
        let shown = desk.night_line(index).expect("it is on the phone");
        assert_eq!(shown.phones[0].number, "+442079460001");
    }
    assert_eq!(desk.night_line(3), None, "Kim's young person was not given it");
    let was = desk.jo.get(&card).field("was").unwrap();
    let mut form = night_line("020 7946 0002");
    form.push(("was", was));
    let saved = desk.jo.post(&card, &form).to.expect("it is saved");
    assert!(desk.jo.get(&saved).contains("0 of 3 phones have it"));
    for index in 0..3 {
        assert_eq!(desk.night_line(index).unwrap().phones[0].number, "+442079460002");
    }
    let page = desk.jo.get(&format!("{card}/phones"));
    assert!(page.contains("All 3 phones have it: 3 of 3"), "{}", page.html);
}

#[test]
fn rule_for_closed_days_reaches_phones_and_a_conflict_shows_it_in_words() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    let rule = |index: usize| desk.night_line(index).expect("it is on the phone").on_closed_days;
    assert_eq!(rule(0), None);
    let form = |rule: &str, was: &str| {
        let mut form = night_line("020 7946 0001");
        form.extend([("on_closed_days", text(rule)), ("was", text(was))]);
        form
    };
    let page = desk.jo.get(&card);
    assert!(page.contains("On bank holidays and other closed days") && page.contains("Not said"));
    let was = page.field("was").unwrap();
    assert_eq!(desk.jo.post(&card, &form("sometimes", &was)).status, 422);
    assert!(desk.jo.post(&card, &form("as_usual", &was)).to.is_some());
    assert_eq!(rule(0), Some(ClosedDays::AsUsual));
    let conflict = desk.jo.post(&card, &form("open_all_day", &was));
    assert_eq!(conflict.status, 409);
    assert!(conflict.contains("Open as usual") && conflict.contains("Open all day"));
    let was = desk.jo.get(&card).field("was").unwrap();
    assert!(desk.jo.post(&card, &form("", &was)).to.is_some());
    assert_eq!(rule(0), None);
}

#[test]
fn adviser_sees_how_many_other_phones_have_an_entry_and_not_whose() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    let kim = Visitor::signed_up(&desk.server, "k.lee", "adviser");
    let entry = card.rsplit('/').next().unwrap().to_owned();
    let path = format!("{}/give", desk.contacts(3));
    kim.get(&path);
    assert!(kim.post(&path, &[("entry", entry)]).to.is_some());
    let page = desk.jo.get(&format!("{card}/phones"));
    assert!(page.contains("0 of 2 phones have it"), "{}", page.html);
    assert!(page.contains("CL-0001") && !page.contains("CL-0004"));
    assert!(page.contains("0 of 1 are phones of young people whom you do not look after."));
}

#[test]
fn entry_without_a_way_to_reach_it_is_not_added() {
    let desk = Desk::new();
    let path = format!("{}/new", desk.contacts(0));
    desk.jo.get(&path);
    let refused = desk.jo.post(&path, &[("display_name", text("Elm House"))]);
    assert_eq!(refused.status, 422);
    assert!(refused.contains("Enter a phone number or an e-mail address"));
    assert!(desk.jo.get("/console/address-book").contains("Nobody is in the address book yet."));
}

#[test]
fn entry_that_is_in_the_book_is_shown_before_it_is_added_again() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    let entry = card.rsplit('/').next().unwrap();
    let path = format!("{}/new", desk.contacts(1));
    desk.jo.get(&path);
    let form = night_line("020 7946 0001");
    let asked = desk.jo.post(&path, &form);
    assert_eq!((asked.status, asked.to.clone()), (200, None));
    assert!(
        asked.contains("Is it one of these?")
            && asked.contains("Give them Night line at Elm House")
    );
    let chosen = format!("{}/give?entry={entry}", desk.contacts(1));
    assert!(asked.contains(&chosen));
    assert!(desk.jo.get(&chosen).contains(&format!("value=\"{entry}\" selected")));
    let confirmed = [form, vec![("is-new", text("1"))]].concat();
    assert!(desk.jo.post(&path, &confirmed).to.is_some());
}

#[test]
fn entry_of_one_young_person_is_not_in_the_book() {
    let desk = Desk::new();
    let path = format!("{}/only", desk.contacts(0));
    desk.jo.get(&path);
    let solicitor = [
        ("display_name", text("Solicitor Sol")),
        ("email", text("sol@example.org")),
        ("seen", text("discreet")),
    ];
    let added = desk.jo.post(&path, &solicitor).to.expect("it is added");
    let card = added.split_once("/phones").unwrap().0;
    assert!(desk.jo.get(card).contains("Only this one young person has it."));
    assert!(!desk.jo.get("/console/address-book").contains("Solicitor Sol"));
    assert!(!desk.jo.get(&format!("{}/give", desk.contacts(1))).contains("Solicitor Sol"));
    let kim = Visitor::signed_up(&desk.server, "k.lee", "adviser");
    assert_eq!(kim.get(card).status, 404, "Kim does not look after them");
    desk.phones[0].sync().unwrap();
    let contacts = desk.phones[0].contacts().list().unwrap();
    let shown = contacts.iter().find(|contact| contact.display_name == "Solicitor Sol").unwrap();
    assert!(shown.discreet_by_adviser);
}

#[test]
fn contact_that_ends_shows_the_word_why_and_can_come_back() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    let end = format!("{}/{}/end", desk.contacts(0), card.rsplit('/').next().unwrap());
    let page = desk.jo.get(&end);
    let day = ["day-day", "day-month", "day-year"].map(|part| (part, page.field(part).unwrap()));
    let note = "You moved out. The duty line helps until you have somebody new.";
    let missing = desk.jo.post(&end, &day);
    assert_eq!(missing.status, 422);
    assert!(missing.contains("Write why it ends, and who helps now"));
    let form = [&day[..], &[("note", text(note))]].concat();
    assert!(desk.jo.post(&end, &form).to.is_some());
    let shown = desk.night_line(0).unwrap();
    assert_eq!(shown.end_note.as_deref(), Some(note));
    assert!(shown.valid_to.is_some() && !shown.phones.is_empty(), "today it still helps");
    assert!(desk.jo.get(&desk.contacts(0)).contains(note));
    desk.jo.get(&end);
    assert!(desk.jo.post(&end, &[("reopen", text("1"))]).to.is_some());
    let shown = desk.night_line(0).unwrap();
    assert_eq!((shown.end_note, shown.valid_to), (None, None));
    desk.jo.get(&end);
    assert!(desk.jo.post(&end, &[("mistake", text("1"))]).to.is_some());
    assert_eq!(desk.night_line(0), None);
}

#[test]
fn contacts_are_shown_on_the_phone_in_the_order_of_the_page() {
    let desk = Desk::new();
    let path = format!("{}/new", desk.contacts(0));
    for (name, number) in [("Bee", "020 7946 0001"), ("Cee", "020 7946 0002")] {
        desk.jo.get(&path);
        let form = [("display_name", text(name)), ("phone-0-number", text(number))];
        assert!(desk.jo.post(&path, &form).to.is_some());
    }
    let names = || {
        desk.phones[0].sync().unwrap();
        let contacts = desk.phones[0].contacts().list().unwrap();
        contacts.into_iter().map(|contact| contact.display_name).collect::<Vec<_>>()
    };
    assert_eq!(names(), ["Bee", "Cee", "Jo Okoro"]);
    let contacts = desk.phones[0].contacts().list().unwrap();
    desk.jo.get(&desk.contacts(0));
    let form = [("contact", contacts[2].id.as_str().to_owned()), ("move", text("up"))];
    assert!(desk.jo.post(&format!("{}/order", desk.contacts(0)), &form).to.is_some());
    assert_eq!(names(), ["Bee", "Jo Okoro", "Cee"]);
    let page = desk.jo.get(&desk.contacts(0)).html;
    let place = |name: &str| page.rfind(&format!(">{name}<")).expect(name);
    assert!(place("Bee") < place("Jo Okoro") && place("Jo Okoro") < place("Cee"));
}

#[test]
fn manager_merges_an_entry_that_is_on_phones() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    desk.give(1, &card);
    let before: Vec<_> = [0, 1].map(|index| desk.night_line(index).unwrap().id).into();
    let path = format!("{}/new", desk.contacts(2));
    desk.jo.get(&path);
    let form = [("display_name", text("Elm House")), ("phone-0-number", text("020 7946 0003"))];
    let other = desk.jo.post(&path, &form).to.expect("it is added");
    let other = other.split_once("/phones").unwrap().0.rsplit('/').next().unwrap().to_owned();
    assert_eq!(desk.jo.get(&format!("{card}/remove")).status, 403);
    desk.server.add_staff("m.ang", &["--name", "Mo Ang"]);
    let mo = Visitor::signed_up(&desk.server, "m.ang", "manager");
    let page = mo.get(&format!("{card}/remove"));
    assert!(page.contains("2 young people have it on their phone."), "{}", page.html);
    let was = page.field("was").expect("the card as it was");
    assert!(mo.post(&format!("{card}/remove"), &[("into", other), ("was", was)]).to.is_some());
    for index in [0, 1] {
        desk.phones[index].sync().unwrap();
        let contacts = desk.phones[index].contacts().list().unwrap();
        let shown = contacts.iter().find(|it| it.id == before[index]).expect("the same contact");
        assert_eq!(shown.display_name, "Elm House");
        assert_eq!(shown.phones[0].number, "+442079460003");
    }
    // Who has an old page open does not lose the way.
    for page in ["", "/leave", "/phones"] {
        let to = desk.jo.get(&format!("{card}{page}")).to.expect("the other entry");
        assert!(to.ends_with("phones?done=entry-was-merged"), "{to}");
        assert!(desk.jo.get(&to).contains("A colleague merged the entry that you opened"));
    }
    assert_eq!(desk.jo.get(&format!("{card}/phones/list")).status, 404);
    let leave = desk.jo.post(&format!("{card}/leave"), &[("remove", text("0"))]);
    assert!(leave.to.expect("the other entry").ends_with("done=entry-was-merged"));
}

#[test]
fn contact_of_a_removed_entry_has_no_link_to_its_card() {
    let desk = Desk::new();
    let card = desk.add_night_line();
    let end = format!("{}/{}/end", desk.contacts(0), card.rsplit('/').next().unwrap());
    let page = desk.jo.get(&desk.contacts(0));
    assert!(page.html.contains(&card) && page.contains("End") && !page.contains("Take off"));
    desk.server.add_staff("m.ang", &["--name", "Mo Ang"]);
    let mo = Visitor::signed_up(&desk.server, "m.ang", "manager");
    let was = mo.get(&format!("{card}/remove")).field("was").expect("the card as it was");
    let form = [("note", text("Elm House closed. Your adviser helps.")), ("was", was)];
    assert!(mo.post(&format!("{card}/remove"), &form).to.is_some());
    assert_eq!(desk.jo.get(&card).status, 404);
    let page = desk.jo.get(&desk.contacts(0));
    assert!(page.contains("Elm House closed.") && page.contains("Take off"), "{}", page.html);
    assert!(!page.html.contains(&card) && page.html.contains(&end), "{}", page.html);
    let page = desk.jo.get(&end);
    assert_eq!(page.status, 200);
    assert!(page.contains("A manager took this out of the address book."), "{}", page.html);
    assert_eq!(page.field("day-day"), None, "it has ended");
    let mistake = page.field("mistake").expect("the button's field");
    assert!(desk.jo.post(&end, &[("mistake", mistake)]).to.is_some());
    assert_eq!(desk.night_line(0), None);
}

#[test]
fn leave_of_an_entry_asks_if_who_covers_is_away_too() {
    let desk = Desk::new();
    let line = desk.add_night_line();
    let path = format!("{}/new", desk.contacts(1));
    desk.jo.get(&path);
    let form =
        [("display_name", text("Elm House desk")), ("phone-0-number", text("020 7946 0003"))];
    let other = desk.jo.post(&path, &form).to.expect("it is added");
    let other = other.split_once("/phones").unwrap().0.to_owned();
    let year = (chrono::Datelike::year(&chrono::Utc::now()) + 1).to_string();
    let days = |from: &str, to: &str, cover: &str| {
        let first = [("from-day", from), ("from-month", "6"), ("from-year", year.as_str())];
        let last = [("to-day", to), ("to-month", "6"), ("to-year", year.as_str())];
        let all = [&first[..], &last, &[("cover", cover)]].concat();
        all.into_iter().map(|(name, value)| (name, text(value))).collect::<Vec<_>>()
    };
    let leave = format!("{other}/leave");
    desk.jo.get(&leave);
    assert!(desk.jo.post(&leave, &days("7", "21", "")).to.is_some());
    let (leave, cover) = (format!("{line}/leave"), other.rsplit('/').next().unwrap());
    desk.jo.get(&leave);
    let wrong = desk.jo.post(&leave, &days("1", "14", "j.okoro"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.contains("Choose an entry of the address book from the list"), "{}", wrong.html);
    let asked = desk.jo.post(&leave, &days("1", "14", cover));
    assert_eq!((asked.status, asked.to.clone()), (200, None), "{}", asked.html);
    assert!(asked.contains("Who covers is away too"), "{}", asked.html);
    assert!(asked.contains("Elm House desk covers for Night line at Elm House, and is away too."));
    let seen = vec![("clashes", asked.field("clashes").expect("what was seen"))];
    let confirmed = [days("1", "14", cover), seen].concat();
    assert!(desk.jo.post(&leave, &confirmed).to.is_some());
    assert!(desk.jo.get(&leave).contains("Elm House desk covers."));
}
