//! The pages of managers, administrators and auditors, over HTTP.

mod exports;
mod log;
mod references;
mod staff;
mod two_administrators;

use promise_protocol::{Author, AuthorKind, Cell, CellKey, Reading, Stamp};
use promise_services::{OsRandom, StaffScope, assignments, cards::CardEdit, people};
use promise_tests::harness::{COUNCIL, TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

const MINUTE: i64 = 60_000;

/// A council with Jo, who is Ada's adviser, and a signed-in staff member of some role.
struct Office {
    server: TestServer,
    visitor: Visitor,
    jo: String,
    ada: String,
}

impl Office {
    fn of(role: &str) -> Self {
        Self::on(TestServer::start(), role)
    }

    fn on(server: TestServer, role: &str) -> Self {
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro", "--team", "North"]);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        server.add_staff("me", &["--name", "Mo Ang"]);
        let visitor = Visitor::signed_up(&server, "me", role);
        Self { server, visitor, jo, ada }
    }

    fn colleague(&self, handle: &str, name: &str) -> String {
        self.server.add_staff(handle, &["--name", name])
    }

    /// Sends a form from the page at `from`.
    fn send(&self, from: &str, to: &str, fields: &[(&str, &str)]) -> Page {
        self.visitor.get(from);
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.visitor.post(to, &fields)
    }
}

#[test]
fn unassigned_person_is_in_the_managers_banner_until_assigned() {
    let office = Office::of("manager");
    let kim = office.colleague("k.lee", "Kim Lee");
    let bea = person(&office.server, "CL-0002");
    for page in ["/console/people", "/console/team", "/console/account", "/console/accessibility"] {
        let page = office.visitor.get(page);
        assert!(page.contains("1 young person has no adviser today."), "{}", page.html);
        assert!(page.html.contains("href=\"/console/unassigned\""));
    }
    office.server.run(&["staff", "off", "--staff", "j.okoro"]);
    assert!(
        office.visitor.get("/console/people").contains("2 young people have no adviser today.")
    );
    let listed = office.visitor.get("/console/unassigned");
    assert!(
        listed.contains("Jo Okoro no longer works here.")
            && listed.contains("Never had an adviser.")
    );

    let nothing = office.send("/console/unassigned", "/console/unassigned", &[]);
    assert_eq!(nothing.status, 422);
    assert!(
        nothing.contains("Choose at least one young person")
            && nothing.contains("Choose who takes over")
    );
    let left = [("person", office.ada.as_str()), ("to", &office.jo)];
    let left = office.send("/console/unassigned", "/console/unassigned", &left);
    assert!(left.status == 422 && left.contains("Choose who takes over"), "a leaver takes nobody");
    assert!(left.html.contains(&format!("value=\"{}\" checked", office.ada)), "nothing is lost");

    let phone = TestPhone::paired(&office.server, &office.ada);
    phone.sync().unwrap();
    let wanted = [("person", office.ada.as_str()), ("person", &bea), ("to", &kim)];
    let check = office.send("/console/unassigned", "/console/unassigned", &wanted);
    assert!(check.contains("CL-0001") && check.contains("CL-0002") && check.contains("Kim Lee"));
    office.server.clock.set(11 * MINUTE);
    let asked = office.send("/console/unassigned", "/console/unassigned/confirm", &wanted);
    assert!(asked.status == 401 && asked.contains("Type your password again"), "{}", asked.html);
    office.server.clock.set(0);
    let done = office.send("/console/unassigned", "/console/unassigned/confirm", &wanted);
    assert_eq!(done.to.as_deref(), Some("/console/unassigned?done=given"), "{}", done.html);
    let after = office.visitor.get("/console/people");
    assert!(!after.contains("no adviser today"), "{}", after.html);
    phone.sync().unwrap();
    let contacts = phone.contacts().list().unwrap();
    assert_eq!(contacts.iter().map(|it| it.display_name.as_str()).collect::<Vec<_>>(), ["Kim Lee"]);
    let late = office.send("/console/unassigned", "/console/unassigned/confirm", &wanted);
    assert!(late.status == 422 && late.contains("has an adviser by now"), "{}", late.html);
}

#[test]
fn leave_without_cover_links_to_the_leave_page() {
    let office = Office::of("manager");
    let leave = format!("/console/cards/{}/leave", office.jo);
    let today = promise_services::calendar::today(chrono::Utc::now().timestamp_millis());
    let part = |format: &str| today.format(format).to_string();
    let (day, month, year) = (part("%-d"), part("%-m"), part("%Y"));
    let days = [
        ("from-day", day.as_str()),
        ("from-month", &month),
        ("from-year", &year),
        ("to-day", &day),
        ("to-month", &month),
        ("to-year", &year),
    ];
    assert_eq!(office.send(&leave, &leave, &days).status, 303);
    let listed = office.visitor.get("/console/unassigned");
    assert!(listed.contains("Jo Okoro is away until") && listed.html.contains(&leave));
    let kim = office.colleague("k.lee", "Kim Lee");
    office.send(&leave, &leave, &[("remove", "0")]);
    let covered = [&days[..], &[("cover", kim.as_str())]].concat();
    assert_eq!(office.send(&leave, &leave, &covered).status, 303);
    assert!(office.visitor.get("/console/unassigned").contains("Everybody has an adviser today."));
    let team = office.visitor.get("/console/team");
    assert!(team.contains("Kim Lee covers.") && team.contains("and covers for 1"), "{}", team.html);
}

#[test]
fn cover_of_cover_is_asked_about_and_shown_ahead_of_the_day() {
    let office = Office::of("manager");
    let (bo, cy) = (office.colleague("b.osei", "Bo Osei"), office.colleague("c.ray", "Cy Ray"));
    let year = (chrono::Datelike::year(&chrono::Utc::now()) + 1).to_string();
    let save = |staff: &str, from: &str, to: &str, cover: &str, more: &[(&str, &str)]| {
        let leave = format!("/console/cards/{staff}/leave");
        let days = [
            ("from-day", from),
            ("from-month", "12"),
            ("from-year", year.as_str()),
            ("to-day", to),
            ("to-month", "12"),
            ("to-year", year.as_str()),
            ("cover", cover),
        ];
        office.send(&leave, &leave, &[&days[..], more].concat())
    };
    assert_eq!(save(&bo, "7", "21", &cy, &[]).status, 303);
    let asked = save(&office.jo, "1", "14", &bo, &[]);
    let text = "Bo Osei covers for Jo Okoro, and is away too. Phones say to ring Cy Ray instead.";
    assert!(asked.status == 200 && asked.contains(text), "{}", asked.html);
    assert!(!office.visitor.get("/console/team").contains(text), "nothing is saved");
    let confirmed = asked.field("clashes").expect("what the manager has seen");
    let saved = save(&office.jo, "1", "14", &bo, &[("clashes", &confirmed)]);
    assert_eq!(saved.status, 303, "{}", saved.html);
    let team = office.visitor.get("/console/team");
    assert!(team.contains(text) && team.contains("away too"), "{}", team.html);
    // The other way round: a colleague who covers goes on leave.
    let asked = save(&cy, "10", "11", "", &[]);
    let text = "Nobody covers then, and phones say to ring the duty line.";
    assert!(asked.status == 200 && asked.contains(text), "{}", asked.html);
}

#[test]
fn person_is_added_with_an_adviser() {
    let office = Office::of("manager");
    let path = "/console/people/new";
    for (reference, says) in [
        ("", "Enter the reference"),
        ("  \u{202e} ", "Enter the reference"),
        ("CL-0001", "There is a young person with this reference already"),
        (&"x".repeat(61), "60 characters or fewer"),
    ] {
        let fields = [("reference", reference), ("adviser", office.jo.as_str())];
        let page = office.send(path, path, &fields);
        assert!(page.status == 422 && page.contains(says), "{reference}: {}", page.html);
        assert!(page.html.contains(&format!("value=\"{}\" selected", office.jo)));
    }
    let odd = "<b>CL</b> 0002 =1+1";
    let added = office.send(path, path, &[("reference", odd), ("adviser", office.jo.as_str())]);
    let page = office.visitor.get(&added.to.unwrap());
    assert!(
        page.contains("Added.") && page.contains(odd) && page.contains("Jo Okoro"),
        "{}",
        page.html
    );
    assert!(!page.html.contains("<b>CL"));
    assert!(!office.visitor.get("/console/people").contains("no adviser today"));
    let alone = office.send(path, path, &[("reference", "CL-0003"), ("adviser", "")]);
    let page = office.visitor.get(&alone.to.unwrap());
    assert!(page.contains("1 young person has no adviser today."));
}

#[test]
fn second_adviser_is_listed_beside_the_first() {
    let office = Office::of("manager");
    let kim = office.colleague("k.lee", "Kim Lee");
    let phone = TestPhone::paired(&office.server, &office.ada);
    let path = format!("/console/people/{}/adviser", office.ada);
    let form = office.visitor.get(&path);
    assert!(form.html.contains(&kim) && !form.html.contains(&format!("value=\"{}\"", office.jo)));
    let wrong = office.send(&path, &path, &[("adviser", office.jo.as_str())]);
    assert_eq!(wrong.status, 422, "who looks after them already is not given again");
    let given = office.send(&path, &path, &[("adviser", kim.as_str())]);
    assert_eq!(given.status, 303, "{}", given.html);
    phone.sync().unwrap();
    assert_eq!(phone.contacts().list().unwrap().len(), 2);
}

#[test]
fn people_list_keeps_its_adviser_filter() {
    let office = Office::of("manager");
    let kim = office.colleague("k.lee", "Kim Lee");
    for number in 2..=60 {
        let person = person(&office.server, &format!("CL-{number:04}"));
        office.server.assign(&person, &kim);
    }
    let kims = office.visitor.get(&format!("/console/people?adviser={kim}"));
    assert!(kims.contains("59 young people") && !kims.contains("CL-0001"));
    assert!(kims.html.contains(&format!("adviser={kim}&#38;page=1")), "{}", kims.html);
    let jos = office.visitor.get(&format!("/console/people?adviser={}", office.jo));
    assert!(jos.contains("1 young person") && jos.contains("CL-0001"));
    assert_eq!(office.visitor.get("/console/people?adviser=nobodynobody").status, 404);
}

#[test]
fn caseloads_are_grouped_by_team() {
    let office = Office::of("manager");
    office.colleague("k.lee", "Kim Lee");
    let phone = TestPhone::paired(&office.server, &office.ada);
    phone.asks().write("Can we meet?", promise_core::AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    let team = office.visitor.get("/console/team");
    for word in ["North", "No team", "Jo Okoro", "Kim Lee", "the oldest from today"] {
        assert!(team.contains(word), "{word}: {}", team.html);
    }
    let north = office.visitor.get("/console/team?team=north");
    assert!(north.contains("Jo Okoro") && !north.contains("Kim Lee"), "{}", north.html);
    office.server.clock.set(15 * 24 * 60 * MINUTE);
    let visitor = Visitor::signed_in_again(&office.server, &office.visitor, "me");
    let later = visitor.get("/console/team?team=North");
    assert!(later.contains("the oldest for 15 days"), "{}", later.html);
}

#[test]
fn auditor_pages_have_no_forms() {
    let office = Office::of("auditor");
    let bea = person(&office.server, "CL-0002");
    office.server.run(&["staff", "off", "--staff", "j.okoro"]);
    for path in [
        "/console/team".to_owned(),
        "/console/unassigned".to_owned(),
        "/console/people".to_owned(),
        format!("/console/people/{bea}"),
        "/console/log".to_owned(),
    ] {
        let page = office.visitor.get(&path);
        assert_eq!(page.status, 200, "{path}");
        let forms = page.html.matches("method=\"post\"").count();
        assert_eq!(forms, 1, "{path}: signing out alone\n{}", page.html);
        assert!(!page.contains("no adviser today."), "the banner is for whoever can do something");
        let main = page.html.split("<main").nth(1).unwrap();
        let links = main.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap());
        for link in links.filter(|it| it.starts_with("/console/")) {
            let status = office.visitor.get(&link.replace("&#38;", "&")).status;
            assert_eq!(status, 200, "{path}: {link}");
        }
    }
    assert!(office.visitor.get("/console/team").contains("2 young people have no adviser today"));
}

/// Load times of the pages about the whole council: 1,000 young people with 20 asks each, and 40
/// advisers. The largest councils have about as many.
#[test]
fn pages_of_a_large_council_load_within_limit() {
    let office = Office::of("manager");
    let scope = StaffScope::operator();
    office.server.transact(|tx| {
        let mut staff = Vec::new();
        for number in 0..40 {
            let card = [("display_name".to_owned(), format!("Adviser {number}").into())].into();
            let card = CardEdit::new(card)?;
            let handle = format!("a{number}");
            staff.push(promise_services::staff::add(
                tx,
                &scope,
                &COUNCIL.into(),
                &handle,
                card,
                &mut OsRandom,
            )?);
        }
        for number in 0..1000_usize {
            let person = people::add(tx, &scope, &COUNCIL.into(), None, &mut OsRandom)?;
            // One in twenty has no adviser.
            if number % 20 != 0 {
                let adviser = &staff[number % 40];
                assignments::assign(tx, &scope, &person, adviser, 0, &mut OsRandom)?;
            }
            tx.person_for_update(&person)?;
            for ask in 0..20 {
                for field in ["text", "asked_at", "status", "reply", "replied_by", "replied_at"] {
                    let key = CellKey::new("ask", format!("a{ask}"), field);
                    let author = Author::new(AuthorKind::Phone, [1; 5]);
                    let stamp = Stamp::new(Reading::at_millis(1), author);
                    tx.set_cell(&person, &Cell { key, value: "done".into(), stamp }, Some(1))?;
                }
            }
        }
        Ok(())
    });
    for path in ["/console/account", "/console/team", "/console/people", "/console/unassigned"] {
        office.visitor.get(path);
        let begun = std::time::Instant::now();
        let page = office.visitor.get(path);
        let took = begun.elapsed();
        println!("{path}: {} ms", took.as_millis());
        assert!(page.contains("50 young people"), "{path}");
    }
}
