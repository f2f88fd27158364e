//! The directory over HTTP: lines whose numbers are checked before they are saved, and closed days.

use promise_services::{StaffScope, publishing::drafts};
use promise_tests::harness::TestServer;

use crate::visitor::{Page, Visitor};

const HOME: &str = "/console/directory";

struct Desk {
    server: TestServer,
    ed: Visitor,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        for (handle, name) in [("ed", "Ed Moss"), ("eve", "Eve Hart")] {
            server.add_staff(handle, &["--name", name]);
        }
        let ed = Visitor::signed_up(&server, "ed", "editor");
        Self { server, ed }
    }

    fn get(&self, path: &str) -> Page {
        let page = self.ed.get(&format!("{HOME}{path}"));
        assert_eq!(page.status, 200, "{path}: {}", page.html);
        page
    }

    fn directory(&self) -> serde_json::Value {
        let directory = self.server.transact(|tx| {
            let scope = StaffScope::of_council("riverbridge".into());
            Ok(drafts::load(tx, &scope)?.content.directory)
        });
        serde_json::to_value(directory).unwrap()
    }

    /// Adds a line, without the page that checks its numbers.
    fn add(&self, fields: &[(&str, &str)]) -> Page {
        self.get("/new-line");
        let fields = [fields, &[("checked", "1")]].concat();
        self.ed.post(&format!("{HOME}/new-line"), &owned(&fields))
    }
}

fn owned<'a>(fields: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn to(page: &Page) -> &str {
    page.to.as_deref().unwrap_or_else(|| panic!("{} {}", page.status, page.html))
}

fn send(visitor: &Visitor, form: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let hidden = ["was", "seen"].into_iter().filter_map(|name| Some((name, form.field(name)?)));
    let all: Vec<(&str, String)> = hidden.chain(owned(fields)).collect();
    visitor.post(&format!("{HOME}{path}"), &all)
}

const DUTY: [(&str, &str); 5] = [
    ("display_name", "Duty line"),
    ("role", "Duty team"),
    ("phone-0-number", "020 7946 0101"),
    ("hours", "mon-fri 09:00-17:00"),
    ("on_closed_days", "closed"),
];

#[test]
fn number_is_shown_as_dialled_before_it_is_saved() {
    let desk = Desk::new();
    desk.get("/new-line");
    let path = format!("{HOME}/new-line");
    let wrong =
        [("phone-0-number", "020 7946 010"), ("role", "Duty team"), ("on_closed_days", "closed")];
    let page = desk.ed.post(&path, &owned(&wrong));
    assert!(
        page.status == 422
            && page.contains("such as 07700 900123")
            && page.contains("Enter a name")
    );
    assert_eq!(page.field("phone-0-number").as_deref(), Some("020 7946 010"));
    let check = desk.ed.post(&path, &owned(&DUTY));
    assert_eq!(check.status, 200);
    assert!(
        check.contains("Check the numbers") && check.contains("+442079460101"),
        "{}",
        check.html
    );
    assert!(check.html.contains("href=\"tel:+442079460101\""));
    assert_eq!(desk.directory()["lines"], serde_json::json!({}), "nothing is kept yet");
    let change =
        desk.ed.post(&path, &owned(&[&DUTY[..], &[("checked", "1"), ("change", "1")]].concat()));
    assert_eq!(change.field("phone-0-number").as_deref(), Some("020 7946 0101"), "to change it");
    assert_eq!(to(&desk.add(&DUTY)), format!("{HOME}?done=added"));
    assert_eq!(
        desk.directory()["lines"]["phones"],
        serde_json::json!([[{"number": "+442079460101", "kind": "landline"}]])
    );
}

#[test]
fn end_before_start_is_asked_about_and_the_check_says_next_day() {
    let desk = Desk::new();
    desk.get("/new-line");
    let path = format!("{HOME}/new-line");
    let mut nine_to_five = DUTY.to_vec();
    nine_to_five.retain(|(name, _)| *name != "hours");
    nine_to_five.push(("hours", "mon–fri 09:00–05:00"));
    let asked = desk.ed.post(&path, &owned(&nine_to_five));
    assert!(
        asked.status == 422
            && asked.contains("05:00 the next morning, or 5 in the afternoon?")
            && asked.html.contains("href=\"#hours-line-0-0\""),
        "{}",
        asked.html
    );
    // A browser that is sent straight to the check is asked too.
    assert_eq!(desk.add(&nine_to_five).status, 422);
    for (answer, shown) in [
        ("mon-fri 09:00-05:00 next day (20 hours)", "next day"),
        ("mon-fri 09:00-17:00", "09:00-17:00"),
    ] {
        let answered = [&nine_to_five[..], &[("hours-line-0", answer)]].concat();
        let check = desk.ed.post(&path, &owned(&answered));
        assert!(check.status == 200 && check.contains(shown), "{}", check.html);
        let change = [&answered[..], &[("checked", "1"), ("change", "1")]].concat();
        let change = desk.ed.post(&path, &owned(&change));
        assert!(change.contains(answer) && !change.contains("next morning"), "{}", change.html);
    }
    let answered =
        [&nine_to_five[..], &[("hours-line-0", "mon-fri 09:00-05:00 next day (20 hours)")]];
    assert_eq!(to(&desk.add(&answered.concat())), format!("{HOME}?done=added"));
    let page = desk.get("");
    assert!(page.contains("mon-fri 09:00-05:00 next day (20 hours)"), "{}", page.html);
    assert!(page.contains("Saturday 05:00 to Monday 09:00"), "{}", page.html);
}

#[test]
fn hours_without_an_open_line_are_listed() {
    let desk = Desk::new();
    assert!(desk.get("").contains("At any time"));
    desk.add(&DUTY);
    let page = desk.get("");
    assert!(
        page.contains("Monday 17:00 to Tuesday 09:00")
            && page.contains("Friday 17:00 to Monday 09:00")
    );
    assert!(page.contains("On closed days, such as Christmas Day"));
    let night =
        "mon-thu 17:00-09:00 next day\nfri 17:00-24:00\nsat,sun 00:00-24:00\nmon 00:00-09:00";
    let team = [
        ("display_name", "Emergency team"),
        ("role", "Out of hours"),
        ("phone-0-number", "01632 960102"),
        ("phone-0-kind", "oohs"),
        ("phone-0-ext", "12"),
        ("prefer", "0"),
        ("hours", night),
        ("on_closed_days", "open_all_day"),
        ("languages", "en"),
        ("about", "Ring at night."),
        ("email", "night@example.org"),
        ("organisation", "Another Council"),
    ];
    desk.add(&team);
    let page = desk.get("");
    assert!(
        !page.contains("Nobody of yours") && !page.contains("On closed days, such as"),
        "{}",
        page.html
    );
    assert!(page.contains("01632 960102 (Out of hours, extension 12, try first)"), "{}", page.html);
    let lines = &desk.directory()["lines"];
    assert_eq!(lines["on_closed_days"], serde_json::json!(["closed", "open_all_day"]));
    assert_eq!(lines["languages"], serde_json::json!([null, ["en"]]));
    // Order.
    let form = desk.get("");
    assert!(
        to(&send(&desk.ed, &form, "/lines/emergency-team/move", &[("to", "up")]))
            .ends_with("done=moved")
    );
    assert_eq!(desk.directory()["lines"]["id"], serde_json::json!(["emergency-team", "duty-line"]));
    let form = desk.get("/lines/duty-line/remove");
    assert!(form.contains("020 7946 0101"));
    assert!(to(&send(&desk.ed, &form, "/lines/duty-line/remove", &[])).ends_with("done=removed"));
}

#[test]
fn line_text_fields_round_trip_any_input() {
    let desk = Desk::new();
    desk.add(&DUTY);
    for field in ["display_name", "role", "organisation", "about"] {
        for (typed, kept) in [
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("=1+1", "=1+1"),
            ("Jo\u{202e}oroko\u{0}\u{7f}", "Jooroko"),
            ("O'Brien & \"Co\"", "O'Brien & \"Co\""),
        ] {
            let form = desk.get("/lines/duty-line");
            let mut fields = DUTY.to_vec();
            fields.retain(|(name, _)| *name != field);
            fields.extend([(field, typed), ("checked", "1")]);
            let saved = send(&desk.ed, &form, "/lines/duty-line", &fields);
            assert_eq!(saved.status, 303, "{field} {typed:?}: {}", saved.html);
            let shown = desk.get("");
            assert!(
                !shown.html.contains("<script>alert") && shown.contains(kept),
                "{field} {typed:?}"
            );
        }
        let long = "x".repeat(10_000);
        let form = desk.get("/lines/duty-line");
        let mut fields = DUTY.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, &long));
        let page = send(&desk.ed, &form, "/lines/duty-line", &fields);
        assert!(
            page.status == 422 && page.contains("characters or fewer") && page.contains(&long),
            "{field}"
        );
    }
    let form = desk.get("/lines/duty-line");
    let wrong = [&DUTY[..], &[("hours", "nine to five"), ("email", "x")]].concat();
    let mut wrong = wrong;
    wrong.remove(3);
    let page = send(&desk.ed, &form, "/lines/duty-line", &wrong);
    assert!(
        page.status == 422
            && page.contains("nine to five")
            && page.contains("Enter an e-mail address")
    );
}

#[test]
fn concurrent_line_edits_show_the_conflict() {
    let desk = Desk::new();
    desk.add(&DUTY);
    let eve = Visitor::signed_up(&desk.server, "eve", "editor");
    let path = "/lines/duty-line";
    let (mine, theirs) = (desk.get(path), eve.get(&format!("{HOME}{path}")));
    let with = |number: &'static str, role: &'static str| {
        let mut fields = DUTY.to_vec();
        fields.retain(|(name, _)| !matches!(*name, "phone-0-number" | "role"));
        fields.extend([("phone-0-number", number), ("role", role), ("checked", "1")]);
        fields
    };
    assert_eq!(send(&eve, &theirs, path, &with("020 7946 0202", "Duty team")).status, 303);
    let typed = with("020 7946 0303", "My team");
    let clash = send(&desk.ed, &mine, path, &typed);
    assert!(
        clash.status == 409 && clash.contains("020 7946 0202") && clash.contains("020 7946 0303")
    );
    assert!(!clash.contains("My team</span>"), "what only I changed is not asked");
    let chosen = [&typed[..], &[("choose-phones", "theirs")]].concat();
    assert_eq!(send(&desk.ed, &clash, path, &chosen).status, 303);
    let line = &desk.directory()["lines"];
    assert_eq!(
        (&line["phones"][0][0]["number"], &line["role"][0]),
        (&"+442079460202".into(), &"My team".into())
    );
    // In another language.
    let path = "/lines/duty-line/words/ar";
    let form = desk.get(path);
    assert!(form.html.contains("dir=\"rtl\"") && form.contains("Duty line"));
    assert_eq!(send(&desk.ed, &form, path, &[("display_name", "خط المناوبة")]).status, 303);
    assert_eq!(desk.directory()["lines"]["display_name"][0]["ar"], "خط المناوبة");
    assert_eq!(desk.ed.get(&format!("{HOME}/lines/duty-line/words/en")).status, 404);
}

#[test]
fn closed_days_are_added_changed_and_removed() {
    let desk = Desk::new();
    let day = |day: &'static str, name: &'static str| {
        [("date-day", day), ("date-month", "3"), ("date-year", "2099"), ("name", name)]
    };
    let add = |fields: &[(&str, &str)]| {
        let form = desk.get("/days");
        send(&desk.ed, &form, "/days", fields)
    };
    let bad = add(&day("32", ""));
    assert!(
        bad.status == 422 && bad.contains("Enter a real date") && bad.contains("Say what it is")
    );
    assert!(to(&add(&day("3", "Training <b>"))).ends_with("done=day-saved"));
    assert!(add(&day("3", "Once more")).contains("There is a closed day on this date already"));
    let form = desk.get("/days/2099-03-03");
    assert_eq!(form.field("name").as_deref(), Some("Training <b>"));
    assert_eq!(send(&desk.ed, &form, "/days/2099-03-03", &day("4", "Training")).status, 303);
    let stale = send(&desk.ed, &form, "/days/2099-03-03", &day("5", "Late"));
    assert_eq!(stale.status, 404);
    let form = desk.get("/days/2099-03-04/remove");
    assert!(form.contains("Wednesday 4 March 2099"));
    assert!(to(&send(&desk.ed, &form, "/days/2099-03-04/remove", &[])).ends_with("day-removed"));
    assert_eq!(desk.directory(), serde_json::json!({"lines": {}}));

    let list = desk.get("/bank-holidays");
    assert!(list.contains("New Year’s Day, ") && list.contains("www.gov.uk/bank-holidays"));
    let none = send(&desk.ed, &list, "/bank-holidays", &[]);
    assert!(none.status == 422 && none.contains("Tick the days to add"));
    let first = list.field("day").unwrap();
    assert_eq!(send(&desk.ed, &list, "/bank-holidays", &[("day", &first)]).status, 303);
    let days = &desk.directory()["closed_days"];
    assert_eq!((days.as_array().unwrap().len(), &days[0]["date"]), (1, &first.as_str().into()));
    assert!(desk.get("/bank-holidays").contains("it is there already"));
    let log = desk.server.run(&["audit", "list", "--council", "riverbridge"]);
    assert!(
        log.contains(&format!("closed days added: {first}")) && !log.contains("Training"),
        "{log}"
    );
}

#[test]
fn numbers_are_checked_by_what_they_are() {
    let desk = Desk::new();
    desk.get("/new-line");
    let path = format!("{HOME}/new-line");
    let check = |number: &str| {
        let fields = [&[("phone-0-number", number)], &DUTY[..2], &DUTY[3..]].concat();
        let page = desk.ed.post(&path, &owned(&fields));
        assert_eq!(page.status, 200, "{number}: {}", page.html);
        page
    };
    let texts = check("85258");
    assert!(texts.contains("Takes messages and no calls") && !texts.html.contains("tel:"));
    assert!(texts.html.contains("href=\"sms:85258\""));
    let extension = check("020 7946 0000 ext 4");
    assert!(extension.html.contains("href=\"tel:+442079460000;ext=4\""), "{}", extension.html);
    assert!(extension.contains("+442079460000,4") && extension.contains("extension 4"));
    assert!(check("٠٢٠ ٧٩٤٦ ٠١٠١").html.contains("href=\"tel:+442079460101\""));
    assert!(check("18001 0300 123 4567").html.contains("href=\"tel:1800103001234567\""));
    for (number, cost) in [
        ("0901 234 5678", "up to £3.60 a minute or £6.00 a call"),
        ("118 500", "up to £3.65 for 90 seconds"),
        ("070 1234 5678", "more than a call to a mobile phone"),
    ] {
        assert!(check(number).contains(cost), "{number}");
    }
}

#[test]
fn timescales_of_the_folder_are_shown_with_the_law_and_its_source() {
    let desk = Desk::new();
    assert!(!desk.get("").contains("Visits and reviews"));
    desk.server.publish(&TestServer::council_folder());
    let page = desk.get("");
    for text in [
        "Visits and reviews",
        "Your adviser visits you",
        "If your council gives you your home",
        "We promise it every 8 weeks.",
        "The law says the first one within 7 days.",
        "Your council last read that law on Sunday 1 November 2026.",
    ] {
        assert!(page.contains(text), "{text}: {}", page.html);
    }
}
