//! Visits and reviews: an adviser records them, the list shows what is due, and the phone shows both limits.

use chrono::{Datelike, Days, NaiveDate, Utc};
use promise_protocol::{london, timescale::LimitState};
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

/// The example council with Jo, who is Ada's adviser.
struct Desk {
    server: TestServer,
    ada: String,
    jo: Visitor,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        server.publish(&TestServer::council_folder());
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        let jo = Visitor::signed_up(&server, "j.okoro", "adviser");
        Self { server, ada, jo }
    }

    fn path(&self, page: &str) -> String {
        format!("/console/people/{}{page}", self.ada)
    }

    /// Records two days of the visits.
    fn record(&self, last: Option<NaiveDate>, next: Option<NaiveDate>) -> Page {
        let path = self.path("/timescales/adviser-visit");
        self.jo.get(&path);
        let mut fields = Vec::new();
        for (day, names) in [
            (last, ["last-day", "last-month", "last-year"]),
            (next, ["next-day", "next-month", "next-year"]),
        ] {
            let parts = day.map(|day| [day.day(), day.month(), day.year().unsigned_abs()]);
            for (index, name) in names.into_iter().enumerate() {
                fields.push((name, parts.map_or(String::new(), |parts| parts[index].to_string())));
            }
        }
        self.jo.post(&path, &fields)
    }
}

fn today() -> NaiveDate {
    london::day(Utc::now())
}

fn before(days: u64) -> Option<NaiveDate> {
    today().checked_sub_days(Days::new(days))
}

fn after(days: u64) -> Option<NaiveDate> {
    today().checked_add_days(Days::new(days))
}

#[test]
fn recorded_visit_is_due_in_the_list_and_on_the_phone() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    let form = desk.jo.get(&desk.path("/timescales/adviser-visit"));
    assert!(form.contains("every 8 weeks") && form.contains("every 2 months"), "{}", form.html);
    assert!(form.contains("SI 2010/2571"), "the law with its source");
    let saved = desk.record(before(57), None);
    assert_eq!(saved.to, Some(desk.path("?done=timescale")), "{}", saved.html);
    let page = desk.jo.get(&saved.to.unwrap());
    assert!(page.contains("We promise it by") && page.contains("The law says by"));
    assert!(page.contains("Overdue") && page.contains("Within two weeks"), "{}", page.html);
    for (list, label) in
        [("due", "Visit or review due (1)"), ("overdue", "Visit or review overdue (1)")]
    {
        let list = desk.jo.get(&format!("/console/people?show={list}"));
        assert!(list.contains("CL-0001") && list.contains(label), "{}", list.html);
        assert!(list.contains("Your adviser visits you: we promise it by"), "{}", list.html);
        assert!(list.contains("Your adviser visits you: the law says by"), "{}", list.html);
    }
    phone.sync().unwrap();
    let days = phone.timescales().unwrap().remove(0).days;
    let states = [days.promise, days.law].map(|limit| limit.unwrap().state);
    assert_eq!(states, [LimitState::Overdue, LimitState::Soon]);

    assert_eq!(desk.record(before(0), after(30)).status, 303);
    let due = desk.jo.get("/console/people?show=due");
    assert!(!due.contains("CL-0001") && due.contains("Visit or review due (0)"), "{}", due.html);
    phone.sync().unwrap();
    assert_eq!(phone.timescales().unwrap()[0].days.next, after(30));
}

#[test]
fn days_that_cannot_be_are_refused_with_a_reason() {
    let desk = Desk::new();
    let future = desk.record(after(1), None);
    assert!(future.status == 422 && future.contains("not in the future"), "{}", future.html);
    let reversed = desk.record(before(1), before(2));
    assert!(reversed.status == 422 && reversed.contains("a day after the last one"));
    let path = desk.path("/timescales/adviser-visit");
    let nonsense = desk.jo.post(
        &path,
        &[("last-day", "31".into()), ("last-month", "2".into()), ("last-year", "2026".into())],
    );
    assert!(nonsense.status == 422 && nonsense.contains("Enter a real date"));
    assert_eq!(desk.jo.get(&desk.path("/timescales/unknown")).status, 404);
    let page = desk.jo.get(&desk.path(""));
    assert!(page.contains("Nothing is recorded"), "nothing was saved: {}", page.html);
}

#[test]
fn young_person_without_a_visit_has_the_limit_of_the_first_one() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    let path = desk.path("/timescales/adviser-visit");
    let form = desk.jo.get(&path);
    assert!(form.contains("The law says the first one within 7 days."), "{}", form.html);
    let moved = before(9).unwrap();
    let from = [
        ("from-day", moved.day().to_string()),
        ("from-month", moved.month().to_string()),
        ("from-year", moved.year().to_string()),
    ];
    assert_eq!(desk.jo.post(&path, &from).status, 303);
    assert_eq!(desk.jo.get(&path).field("from-day"), Some(moved.day().to_string()));
    let page = desk.jo.get(&desk.path(""));
    assert!(page.contains("The first one counts from"), "{}", page.html);
    assert!(page.contains("The law says by") && !page.contains("We promise it by"));
    assert!(desk.jo.get("/console/people?show=overdue").contains("CL-0001"));
    phone.sync().unwrap();
    let days = phone.timescales().unwrap().remove(0).days;
    assert_eq!(days.law.map(|limit| limit.state), Some(LimitState::Overdue));
    // A review has no such limit.
    let review = desk.jo.get(&desk.path("/timescales/plan-review"));
    assert!(!review.contains("From when does the first one count?"), "{}", review.html);
}

#[test]
fn day_from_which_the_first_one_counts_stays_if_the_form_does_not_ask_for_it() {
    let desk = Desk::new();
    let moved = before(9).unwrap().to_string();
    let review = ["--person", &desk.ada, "--timescale", "plan-review", "--from", &moved];
    desk.server.run(&[&["timescale", "record"][..], &review].concat());
    let path = desk.path("/timescales/plan-review");
    assert_eq!(desk.jo.get(&path).field("from-day"), None);
    let next = after(30).unwrap();
    let planned = [
        ("next-day", next.day().to_string()),
        ("next-month", next.month().to_string()),
        ("next-year", next.year().to_string()),
    ];
    assert_eq!(desk.jo.post(&path, &planned).status, 303);
    let page = desk.jo.get(&desk.path(""));
    let has_both = page.contains("Next planned: ") && page.contains("The first one counts from");
    assert!(has_both, "{}", page.html);
}

#[test]
fn lists_of_what_is_due_are_the_advisers_own_and_for_managers_of_each_caseload() {
    let desk = Desk::new();
    let bo = desk.server.add_staff("b.osei", &["--name", "Bo Osei"]);
    let other = person(&desk.server, "CL-0002");
    desk.server.assign(&other, &bo);
    let long_ago = before(70).unwrap().to_string();
    for person in [&desk.ada, &other] {
        let visit = ["--person", person, "--timescale", "adviser-visit", "--last", &long_ago];
        desk.server.run(&[&["timescale", "record"][..], &visit].concat());
    }
    let own = desk.jo.get("/console/people?show=overdue");
    assert!(own.contains("CL-0001") && !own.contains("CL-0002"), "{}", own.html);
    desk.server.add_staff("m.ali", &["--name", "Mo Ali"]);
    let manager = Visitor::signed_up(&desk.server, "m.ali", "manager");
    let all = manager.get("/console/people?show=overdue");
    assert!(all.contains("CL-0001") && all.contains("CL-0002"), "{}", all.html);
    let team = manager.get("/console/team");
    assert!(team.contains("1 overdue") && team.contains("1 by law"), "{}", team.html);
    let path = format!("/console/people?adviser={bo}&show=overdue");
    assert!(team.contains(&path.replace('&', "&amp;")), "{}", team.html);
    let caseload = manager.get(&path);
    assert!(caseload.contains("CL-0002") && !caseload.contains("CL-0001"), "{}", caseload.html);
}
