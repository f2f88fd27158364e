//! Valid and invalid input in forms, and concurrent edits.

use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

struct Desk {
    server: TestServer,
    visitor: Visitor,
    jo: String,
    ada: String,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
        Self { server, visitor, jo, ada }
    }

    fn card(&self) -> String {
        format!("/console/cards/{}", self.jo)
    }

    /// Saves the card with these fields and its name.
    fn save(&self, fields: &[(&str, &str)]) -> Page {
        let was = self.visitor.get(&self.card()).field("was").unwrap();
        let mut all = vec![("was", was), ("display_name", "Jo Okoro".to_owned())];
        all.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        self.visitor.post(&self.card(), &all)
    }
}

#[test]
fn number_in_any_spelling_is_kept_as_typed_and_normalised() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    for (typed, number) in [
        ("07700 900123", "+447700900123"),
        ("07700-900-123", "+447700900123"),
        ("+44 (0)7700 900 123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("(020) 7946 0000", "+442079460000"),
        ("01632 960 001", "+441632960001"),
        ("0800 1111", "+448001111"),
        ("116 123", "116123"),
    ] {
        let saved = desk.save(&[("phone-0-number", typed), ("phone-0-kind", "duty")]);
        assert_eq!(saved.status, 303, "{typed}: {}", saved.html);
        let shown = desk.visitor.get(&desk.card()).field("phone-0-number");
        assert_eq!(shown.as_deref(), Some(typed));
        phone.sync().unwrap();
        let phones = &phone.contacts().list().unwrap()[0].phones;
        assert_eq!(phones[0].number, number);
        assert!(phones[0].unknown.is_empty(), "how it was typed stays with the council");
    }
}

#[test]
fn invalid_number_is_refused_with_example_and_form_keeps_input() {
    let desk = Desk::new();
    for typed in
        ["call me", "07700 90012", "07700 900123; 07700 900124", "=1+1", "4.47701E+11", "<b>1</b>"]
    {
        let page = desk.save(&[("phone-0-number", typed), ("team", "Leaving care")]);
        assert_eq!(page.status, 422, "{typed}");
        assert!(
            page.contains("There is a problem") && page.contains("such as 07700 900123"),
            "{typed}"
        );
        assert!(page.html.contains("href=\"#phone-0-number\""));
        assert_eq!(page.field("phone-0-number").as_deref(), Some(typed));
        assert_eq!(page.field("team").as_deref(), Some("Leaving care"));
    }
}

#[test]
fn text_fields_round_trip_any_input() {
    let desk = Desk::new();
    let fields =
        ["display_name", "role", "team", "organisation", "pronouns", "about", "voicemail_note"];
    for field in fields {
        for (typed, kept) in [
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
            ("Jo\u{202e}oroko\u{0}\u{1b}[0m\u{7f}", "Jooroko[0m"),
            ("نور \u{2067}x\u{2069}\u{200e}", "نور \u{2067}x\u{2069}\u{200e}"),
            ("020\u{a0}7946", "020\u{a0}7946"),
            ("نور \u{2067}x", "نور x"),
            ("O'Brien & \"Co\"", "O'Brien & \"Co\""),
        ] {
            let page = desk.save(&[(field, typed)]);
            // The form of these tests always has a name.
            let page = if field == "display_name" {
                let was = desk.visitor.get(&desk.card()).field("was").unwrap();
                desk.visitor.post(&desk.card(), &[("was", was), (field, typed.to_owned())])
            } else {
                page
            };
            assert_eq!(page.status, 303, "{field} {typed:?}: {}", page.html);
            let shown = desk.visitor.get(&desk.card());
            assert!(!shown.html.contains("<script>alert"), "{field}");
            assert!(shown.contains(kept), "{field} {typed:?}");
        }
        let long = "x".repeat(10_000);
        let was = desk.visitor.get(&desk.card()).field("was").unwrap();
        let mut sent = vec![("was", was), (field, long)];
        if field != "display_name" {
            sent.push(("display_name", "Jo Okoro".into()));
        }
        let page = desk.visitor.post(&desk.card(), &sent);
        assert!(page.status == 422 && page.contains("characters or fewer"), "{field}");
    }
    let huge = "x".repeat(300_000);
    let page = desk.save(&[("about", &huge)]);
    assert_eq!(page.status, 413);
}

#[test]
fn search_and_path_accept_any_input() {
    let desk = Desk::new();
    for q in ["%3Cscript%3E", "%00%E2%80%AE", "%27%20OR%201=1--", &"x".repeat(5000), "%F0%28%8C%28"]
    {
        let page = desk.visitor.get(&format!("/console/people?q={q}&page=99999999999"));
        assert!(matches!(page.status, 200 | 400), "{q}: {}", page.status);
        assert!(!page.html.contains("<script>"));
    }
    for path in ["/console/people/../../etc", "/console/people/%00", "/console/cards/%F0%9F%98%80"]
    {
        assert!(matches!(desk.visitor.get(path).status, 400 | 404), "{path}");
    }
}

#[test]
fn concurrent_card_edits_show_the_conflict() {
    let desk = Desk::new();
    desk.server.add_staff("m.ang", &["--name", "Mo Ang"]);
    let manager = Visitor::signed_up(&desk.server, "m.ang", "manager");
    let card = desk.card();
    let name = || ("display_name", "Jo Okoro".to_owned());
    let was = desk.visitor.get(&card).field("was").unwrap();
    let seen = manager.get(&card).field("was").unwrap();
    let first = manager.post(
        &card,
        &[("was", seen), name(), ("email", "new@example.org".into()), ("team", "North".into())],
    );
    assert_eq!(first.status, 303);
    let mine = [
        ("was", was.clone()),
        name(),
        ("email", "mine@example.org".into()),
        ("role", "Adviser".into()),
    ];
    let second = desk.visitor.post(&card, &mine);
    assert_eq!(second.status, 409);
    assert!(second.contains("new@example.org") && second.contains("mine@example.org"));
    assert!(!second.contains("North"), "what only they changed is not asked");
    let mut chosen = mine.to_vec();
    chosen.push(("choose-email", "mine".into()));
    assert_eq!(desk.visitor.post(&card, &chosen).status, 303);
    let now = desk.visitor.get(&card);
    let field = |name| now.field(name).unwrap();
    assert_eq!(
        (field("email"), field("team"), field("role")),
        ("mine@example.org".into(), "North".into(), "Adviser".into())
    );
}

#[test]
fn pages_of_person_without_phone_work() {
    let desk = Desk::new();
    let list = desk.visitor.get("/console/people?show=no-phone");
    assert!(list.contains("CL-0001") && list.contains("No phone yet (1)"));
    let page = desk.visitor.get(&format!("/console/people/{}", desk.ada));
    assert!(page.contains("They have no phone here yet"));
    let spread = desk.save(&[("phone-0-number", "07700 900123")]);
    let spread = desk.visitor.get(&spread.to.unwrap());
    assert!(
        spread.contains("None of your young people has a phone yet") && spread.contains("CL-0001")
    );
    let path = format!("/console/people/{}/appointments/new", desk.ada);
    let bad = desk.visitor.post(
        &path,
        &[
            ("title", "Review".into()),
            ("date-day", "31".into()),
            ("date-month", "2".into()),
            ("date-year", "2027".into()),
            ("time", "noon".into()),
        ],
    );
    assert!(bad.status == 422 && bad.contains("Enter a real date") && bad.contains("Enter a time"));
}

#[test]
fn list_of_thirty_people_fits_in_sixty_kilobytes() {
    let desk = Desk::new();
    for number in 2..=30 {
        let person = person(&desk.server, &format!("CL-{number:04}"));
        desk.server.assign(&person, &desk.jo);
    }
    let page = desk.visitor.get("/console/people");
    assert!(page.contains("30 young people"));
    println!("{} bytes", page.html.len());
    assert!(page.html.len() <= 60_000, "{}", page.html.len());
    assert_eq!(page.html.matches("rel=\"stylesheet\"").count(), 1);
    let style =
        page.html.split("href=\"").find(|part| part.starts_with("/console/assets/")).unwrap();
    let style = desk.visitor.get(style.split('"').next().unwrap());
    assert!(style.status == 200 && style.headers["cache-control"].contains("immutable"));
    assert!(!style.html.contains("@import") && !style.html.contains("url("), "one request");
}

#[test]
fn number_that_costs_extra_is_kept_once_its_cost_is_confirmed() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    let number = || {
        phone.sync().unwrap();
        let contacts = phone.contacts().list().unwrap();
        contacts[0].phones.first().map(|phone| phone.number.clone())
    };
    let fields = [("phone-0-number", "0901 234 5678"), ("team", "Leaving care")];
    let question = desk.save(&fields);
    assert_eq!(question.status, 200, "{}", question.html);
    assert!(question.contains("This number costs extra") && question.contains("£3.60 a minute"));
    assert_eq!(question.field("team").as_deref(), Some("Leaving care"), "nothing typed is lost");
    assert_eq!(number(), None, "nothing is saved yet");
    let confirmed = question.field("cost-confirmed").unwrap();
    let form = desk.save(&[&fields[..], &[("change", "1")]].concat());
    assert_eq!(form.field("phone-0-number").as_deref(), Some("0901 234 5678"), "to change it");
    let other = [("phone-0-number", "0901 234 5679"), ("cost-confirmed", &*confirmed)];
    assert_eq!(desk.save(&other).status, 200, "another number is asked about again");
    let saved = desk.save(&[&fields[..], &[("cost-confirmed", &*confirmed)]].concat());
    assert_eq!(saved.status, 303, "{}", saved.html);
    assert_eq!(number().as_deref(), Some("+449012345678"));
    assert_eq!(desk.save(&fields).status, 303, "it was confirmed before");
}

#[test]
fn extension_and_kind_of_a_number_on_a_card() {
    let desk = Desk::new();
    let phone = TestPhone::paired(&desk.server, &desk.ada);
    for (typed, kind, number, ext, stored) in [
        ("020 7946 0000 ext 4", "", "+442079460000", Some("4"), "landline"),
        ("020 7946 0000 x4", "duty", "+442079460000", Some("4"), "duty"),
        ("020 7946 0000,4", "", "+442079460000", Some("4"), "landline"),
        ("٠٧٧٠٠ ٩٠٠٤٥٦", "", "+447700900456", None, "mobile"),
        ("۰۷۷۰۰ ۹۰۰۴۵۶", "text", "+447700900456", None, "text"),
        ("85258", "", "85258", None, "text"),
        ("18001 0300 123 4567", "", "1800103001234567", None, "landline"),
    ] {
        let saved = desk.save(&[("phone-0-number", typed), ("phone-0-kind", kind)]);
        assert_eq!(saved.status, 303, "{typed}: {}", saved.html);
        phone.sync().unwrap();
        let held = &phone.contacts().list().unwrap()[0].phones[0];
        assert_eq!((&*held.number, held.ext.as_deref()), (number, ext), "{typed}");
        assert_eq!(held.kind.as_str(), stored, "{typed}");
        // The form shows what is stored, and saving it again changes nothing.
        let form = desk.visitor.get(&desk.card());
        let again: Vec<(&str, String)> = ["phone-0-number", "phone-0-kind", "phone-0-ext"]
            .into_iter()
            .map(|name| (name, form.field(name).unwrap_or_default()))
            .collect();
        let again: Vec<(&str, &str)> = again.iter().map(|(name, text)| (*name, &**text)).collect();
        assert_eq!(desk.save(&again).status, 303, "{typed}");
    }
}
