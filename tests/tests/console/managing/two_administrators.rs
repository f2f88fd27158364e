//! What one administrator cannot do alone, what two can, and how loud an emergency is.

use promise_tests::harness::{COUNCIL, TestPhone};

use super::{MINUTE, Office};
use crate::visitor::{PASSWORD, Page, Visitor};

/// A council with an administrator, who is the office's visitor, and a publisher who signed in.
struct Pair {
    office: Office,
    pat: String,
    pats: Visitor,
}

impl Pair {
    fn new() -> Self {
        let office = Office::of("administrator");
        let pat = office.colleague("pat", "Pat Reid");
        let pats = Visitor::signed_up(&office.server, "pat", "publisher");
        Self { office, pat, pats }
    }

    /// Adds another administrator, who signs in.
    fn eve(&self) -> Visitor {
        self.office.colleague("eve", "Eve Hall");
        Visitor::signed_up(&self.office.server, "eve", "administrator")
    }

    /// Asks for a new sign-in for Pat. Returns the path of the request.
    fn ask(&self) -> String {
        let path = format!("/console/staff/{}/sign-in", self.pat);
        let fields = [("name", "pat"), ("role", "publisher"), ("reason", "Lost the phone")];
        let asked = self.office.send(&path, &path, &fields);
        let to = asked.to.unwrap_or_else(|| panic!("{}", asked.html));
        assert!(to.ends_with("?done=asked"), "{to}");
        to.trim_end_matches("?done=asked").to_owned()
    }
}

/// Returns the path of the link that a page shows.
fn link_of(page: &Page) -> String {
    let link = page.html.split("id=\"link\">").nth(1).unwrap_or_else(|| panic!("{}", page.html));
    let link = link.split('<').next().unwrap();
    link[link.find("/console/welcome").unwrap()..].to_owned()
}

/// Sends a form from the page at `path`.
fn send(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.get(path);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    visitor.post(path, &fields)
}

/// Chooses a password and sets up an authenticator.
fn sign_up_with(visitor: &Visitor, link: &str, shift: i64) {
    let page = visitor.choose_password(link);
    let typed = page.field("secret").unwrap();
    let secret = data_encoding::BASE32_NOPAD.decode(typed.as_bytes()).unwrap();
    *visitor.secret.borrow_mut() = secret;
    let fields = [("secret", typed), ("code", visitor.code(shift))];
    let page = visitor.post("/console/sign-in/authenticator", &fields);
    assert!(page.contains("recovery codes"), "{}", page.html);
}

#[test]
fn administrator_alone_becomes_no_publisher_and_no_adviser() {
    let pair = Pair::new();
    let office = &pair.office;
    let jos = Visitor::signed_up(&office.server, "j.okoro", "adviser");
    let sign_in = |staff: &str| format!("/console/staff/{staff}/sign-in");
    let new = "/console/staff/new";
    let attempts = [
        (sign_in(&pair.pat), vec![("name", "pat"), ("role", "publisher")]),
        (sign_in(&pair.pat), vec![("name", "pat"), ("role", "editor")]),
        (sign_in(&office.jo), vec![("name", "j.okoro"), ("role", "adviser")]),
        (new.to_owned(), vec![("display_name", "Me"), ("name", "me2"), ("role", "publisher")]),
        (new.to_owned(), vec![("display_name", "Me"), ("name", "me3"), ("role", "manager")]),
    ];
    for (path, mut fields) in attempts {
        fields.push(("reason", "I want to"));
        let page = office.send(&path, &path, &fields);
        assert!(!page.html.contains("/console/welcome/"), "{path}: a link alone: {}", page.html);
    }
    let role = format!("/console/staff/{}/role", office.jo);
    office.send(&role, &role, &[("role", "publisher"), ("reason", "I want to")]);
    assert_eq!(pair.pats.get("/console/promise").status, 200, "still signed in");
    assert_eq!(jos.get("/console/people").status, 200, "still an adviser");
}

#[test]
fn second_administrator_agrees_with_a_code_and_the_holder_reads_of_it() {
    let pair = Pair::new();
    let (office, eve) = (&pair.office, pair.eve());
    let path = format!("/console/staff/{}/sign-in", pair.pat);
    let no_reason = office.send(&path, &path, &[("name", "pat"), ("role", "publisher")]);
    assert!(no_reason.status == 422 && no_reason.contains("Say why"), "{}", no_reason.html);
    let request = pair.ask();
    let own = office.visitor.get(&request);
    assert!(
        own.contains("Take it back") && own.contains("Who can agree: Eve Hall"),
        "{}",
        own.html
    );
    assert!(office.visitor.get("/console/staff").contains("Waiting for another administrator"));
    let alone = office.send(&request, &request, &[("code", "123456")]);
    assert!(alone.status == 409 && alone.contains("You asked for it"), "{}", alone.html);

    let shown = eve.get(&request);
    assert!(shown.contains("Lost the phone") && shown.contains("Mo Ang"), "{}", shown.html);
    let wrong = send(&eve, &request, &[("code", "000000")]);
    assert!(wrong.status == 422 && wrong.contains("This code is not right"), "{}", wrong.html);
    assert_eq!(pair.pats.get("/console/promise").status, 200, "nothing changed yet");
    office.server.clock.set(MINUTE);
    let done = send(&eve, &request, &[("code", &eve.code(MINUTE))]);
    assert_eq!(done.status, 200, "{}", done.html);
    assert_eq!(pair.pats.get("/console/promise").status, 303, "their session ended");

    let pats = Visitor::new(&office.server);
    sign_up_with(&pats, &link_of(&done), MINUTE);
    assert_eq!(pats.get("/console/promise").to.as_deref(), Some("/console/notices"));
    let notice = pats.get("/console/notices");
    for says in ["New password and authenticator", "Mo Ang", "Eve Hall", "Lost the phone"] {
        assert!(notice.contains(says), "{says}: {}", notice.html);
    }
    assert_eq!(send(&pats, "/console/notices", &[]).to.as_deref(), Some("/console"));
    assert_eq!(pats.get("/console/promise").status, 200);
    let history = office.visitor.get(&format!("/console/staff/{}", pair.pat));
    assert!(history.contains("Decided by Eve Hall"), "{}", history.html);
    let log = office.server.run(&["audit", "list", "--council", COUNCIL]);
    for action in ["asked_for_power", "confirmed_power", "read_notice"] {
        assert!(log.contains(action), "{action}: {log}");
    }
}

#[test]
fn account_that_its_holder_disputes_is_held_until_the_operator_helps() {
    let pair = Pair::new();
    let (office, eve) = (&pair.office, pair.eve());
    let request = pair.ask();
    office.server.clock.set(MINUTE);
    let done = send(&eve, &request, &[("code", &eve.code(MINUTE))]);
    let pats = Visitor::new(&office.server);
    sign_up_with(&pats, &link_of(&done), MINUTE);
    let held = send(&pats, "/console/notices", &[("dispute", "1")]);
    assert!(held.contains("Your account is held"), "{}", held.html);
    assert_eq!(pats.get("/console/promise").status, 303);
    pats.get("/console/sign-in");
    let fields = [("name", "pat".to_owned()), ("password", PASSWORD.to_owned())];
    let again = pats.post("/console/sign-in", &fields);
    assert!(again.contains("Your account is held"), "{}", again.html);

    let banner = office.visitor.get("/console/staff");
    assert!(banner.contains("Nobody has looked at it yet"), "{}", banner.html);
    let listed = office.visitor.get("/console/emergencies");
    assert!(listed.contains("Pat Reid says that this was without them"), "{}", listed.html);
    let path = format!("/console/staff/{}/sign-in", pair.pat);
    let fields = [("name", "pat"), ("role", "publisher"), ("reason", "They are back")];
    let barred = office.send(&path, &path, &fields);
    assert!(barred.status == 409 && barred.contains("something that you did"), "{}", barred.html);
    office.server.run(&["staff", "sign-in", "--staff", "pat", "--role", "publisher"]);
    assert!(!office.visitor.get("/console/staff").contains("Nobody has looked at it yet"));
}

#[test]
fn operator_confirms_where_no_other_administrator_can() {
    let pair = Pair::new();
    let office = &pair.office;
    let request = pair.ask();
    let page = office.visitor.get(&request);
    let id = request.rsplit('/').next().unwrap();
    let command = format!("promise-server staff confirm --request {id}");
    assert!(page.contains(&command), "{}", page.html);
    let listed = office.server.run(&["staff", "requests", "--council", COUNCIL]);
    assert!(
        listed.lines().any(|line| line.starts_with(id) && line.contains("waiting")),
        "{listed}"
    );
    let printed = office.server.run(&["staff", "confirm", "--request", id]);
    assert!(printed.contains("Link: http"), "{printed}");
    let history = office.visitor.get(&format!("/console/staff/{}", pair.pat));
    assert!(history.contains("Decided by whoever runs the server"), "{}", history.html);
    for (command, says) in [
        (["staff", "confirm", "--request", id], "does not wait any more"),
        (["staff", "refuse", "--request", id], "does not wait any more"),
        (["staff", "review", "--request", id], "does not wait any more"),
        (["staff", "confirm", "--request", "made-up"], "no such request"),
        (["staff", "confirm", "--request", "NOT AN ID"], "no such request"),
    ] {
        let (_, printed) = office.server.try_run(&command);
        assert!(printed.contains(says), "{command:?}: {printed}");
    }
}

#[test]
fn emergency_is_loud_until_another_administrator_looked_at_it() {
    let office = Office::of("administrator");
    let phone = TestPhone::paired(&office.server, &office.ada);
    phone.sync().unwrap();
    Visitor::signed_up(&office.server, "j.okoro", "adviser");
    office.colleague("eve", "Eve Hall");
    office.colleague("audrey", "Audrey Bell");
    let eve = Visitor::signed_up(&office.server, "eve", "administrator");
    let audrey = Visitor::signed_up(&office.server, "audrey", "auditor");
    let path = format!("/console/staff/{}/emergency", office.jo);
    let page = office.visitor.get(&path);
    assert!(page.contains("Every administrator, manager and auditor sees it"), "{}", page.html);
    for reason in ["", "x"] {
        let refused = office.send(&path, &path, &[("reason", reason)]);
        assert!(refused.status == 422 && refused.contains("Say why"), "{}", refused.html);
    }
    office.server.clock.set(11 * MINUTE);
    let asked = office.send(&path, &path, &[("reason", "They left with the key")]);
    assert!(asked.status == 401 && asked.contains("Type your password again"), "{}", asked.html);
    office.server.clock.set(0);
    let made = office.send(&path, &path, &[("reason", "They left with the key")]);
    link_of(&made);

    for visitor in [&office.visitor, &eve, &audrey] {
        let page = visitor.get("/console/account");
        assert!(page.contains("Nobody has looked at it yet"), "{}", page.html);
        let listed = visitor.get("/console/emergencies");
        assert!(
            listed.contains("They left with the key") && listed.contains("Mo Ang"),
            "{}",
            listed.html
        );
    }
    for _ in 0..3 {
        phone.sync().unwrap();
    }
    let copy = phone.export().json().unwrap().to_string();
    assert!(copy.contains("emergency_access") && copy.contains("Mo Ang"), "{copy}");

    let listed = eve.get("/console/emergencies");
    let request = listed.html.split("href=\"/console/staff/requests/").nth(1).unwrap();
    let request = format!("/console/staff/requests/{}", request.split('"').next().unwrap());
    let own = office.send(&request, &request, &[("step", "review")]);
    assert!(own.status == 409 && own.contains("You asked for it"), "{}", own.html);
    assert_eq!(audrey.get(&request).status, 403);
    let done = send(&eve, &request, &[("step", "review")]);
    assert_eq!(done.to.as_deref(), Some("/console/emergencies?done=reviewed"), "{}", done.html);
    assert!(!audrey.get("/console/account").contains("Nobody has looked at it yet"));
}
