//! Staff accounts: adding colleagues, changing roles, and deactivating leavers.

use promise_tests::harness::{TestPhone, TestServer};

use super::{MINUTE, Office};
use crate::visitor::{PASSWORD, Visitor, link, person};

#[test]
fn deactivation_ends_the_session_at_the_next_request() {
    let office = Office::of("administrator");
    let leaver = Visitor::signed_up(&office.server, "j.okoro", "adviser");
    let phone = TestPhone::paired(&office.server, &office.ada);
    office.server.run(&["contact", "set", "--staff", "j.okoro", "--phone", "07700 900123"]);
    phone.sync().unwrap();
    let card = format!("/console/cards/{}", office.jo);
    let was = leaver.get(&card).field("was").unwrap();
    let off = format!("/console/staff/{}/deactivate", office.jo);
    let page = office.visitor.get(&off);
    assert!(
        page.contains("Young people they look after")
            && page.contains("They are signed out at once")
    );
    assert!(!page.contains("CL-0001"), "an administrator sees no young people, only how many");
    let done = office.send(&off, &off, &[]);
    assert!(done.to.unwrap().ends_with("?done=switched-off"));

    let refused = leaver.post(&card, &[("was", was), ("display_name", "Jo the Great".into())]);
    assert_eq!(refused.status, 401, "{}", refused.html);
    assert_eq!(leaver.get("/console/people").status, 303, "and from then on");
    assert!(leaver.get("/console/people").to.unwrap().starts_with("/console/sign-in"));
    leaver.get("/console/sign-in");
    let fields = [("name", "j.okoro".to_owned()), ("password", PASSWORD.to_owned())];
    let again = leaver.post("/console/sign-in", &fields);
    assert!(
        again.status == 422 && again.contains("Check your name and password"),
        "{}",
        again.html
    );

    phone.sync().unwrap();
    let contact = &phone.contacts().list().unwrap()[0];
    assert_eq!((contact.display_name.as_str(), contact.phones.len()), ("Jo Okoro", 0));
    assert!(!contact.is_valid_on(promise_services::calendar::today(now())), "it is over");
    let list = office.visitor.get("/console/staff");
    assert!(list.contains("Left"), "{}", list.html);
}

fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

#[test]
fn unused_link_of_deactivated_staff_is_refused() {
    let office = Office::of("administrator");
    let path = link(&office.server, "j.okoro", "adviser");
    let off = format!("/console/staff/{}/deactivate", office.jo);
    assert_eq!(Visitor::new(&office.server).get(&path).status, 200);
    office.send(&off, &off, &[]);
    assert_eq!(Visitor::new(&office.server).get(&path).status, 404);
    let sign_in = format!("/console/staff/{}/sign-in", office.jo);
    let given = office.send(&sign_in, &sign_in, &[("name", "j.okoro"), ("role", "adviser")]);
    assert_eq!(given.status, 409, "and there is no new one");
    let on = format!("/console/staff/{}/reactivate", office.jo);
    assert!(office.send(&on, &on, &[]).to.unwrap().ends_with("?done=switched-on"));
    let again = Visitor::signed_up(&office.server, "j.okoro", "adviser");
    assert!(again.get("/console/people").contains("CL-0001"), "still theirs");
}

#[test]
fn deactivation_requires_recent_login() {
    let office = Office::of("administrator");
    let off = format!("/console/staff/{}/deactivate", office.jo);
    office.server.clock.set(11 * MINUTE);
    let asked = office.send(&off, &off, &[]);
    assert!(asked.status == 401 && asked.contains("Type your password again"));
    let kept = asked.field("carried-to").unwrap();
    let fields = [("password", PASSWORD.to_owned()), ("carried-to", kept)];
    let resumed = office.visitor.post("/console/again", &fields);
    assert!(resumed.contains("Send it now"), "{}", resumed.html);
    assert!(office.visitor.post(&off, &[]).to.unwrap().ends_with("switched-off"));
}

#[test]
fn administrator_cannot_demote_or_deactivate_self() {
    let office = Office::of("administrator");
    let list = office.visitor.get("/console/staff");
    let me =
        list.html.split("/console/staff/").skip(1).find(|part| part.contains("Mo Ang")).unwrap();
    let me = me.split('"').next().unwrap();
    let off = format!("/console/staff/{me}/deactivate");
    let page = office.visitor.get(&off);
    assert!(page.contains("You cannot switch yourself off") && !page.contains("Switch off now"));
    let refused = office.send(&off, &off, &[]);
    assert!(
        refused.status == 409 && refused.contains("Ask another administrator"),
        "{}",
        refused.html
    );
    assert_eq!(office.visitor.get("/console/staff").status, 200, "still signed in");

    let role = format!("/console/staff/{me}/role");
    let last = office.send(&role, &role, &[("role", "adviser")]);
    assert_eq!(last.status, 422);
    assert!(last.contains("Nobody else can sign in as an administrator"));
    office.colleague("eve", "Eve");
    Visitor::signed_up(&office.server, "eve", "administrator");
    let done = office.send(&role, &role, &[("role", "editor")]);
    assert_eq!(done.status, 303, "{}", done.html);
    assert_eq!(office.visitor.get("/console/staff").status, 303, "signed out with the old role");
}

#[test]
fn changed_role_ends_session_and_applies_at_next_sign_in() {
    let office = Office::of("administrator");
    let jo = Visitor::signed_up(&office.server, "j.okoro", "manager");
    assert_eq!(jo.get("/console/team").status, 200);
    let role = format!("/console/staff/{}/role", office.jo);
    assert!(office.visitor.get(&role).contains("They look after 1 young person"));
    assert_eq!(office.send(&role, &role, &[("role", "king")]).status, 422);
    assert_eq!(office.send(&role, &role, &[("role", "adviser")]).status, 303);
    assert_eq!(jo.get("/console/team").status, 303);
    office.server.clock.set(MINUTE);
    let jo = Visitor::signed_in_again(&office.server, &jo, "j.okoro");
    assert_eq!(jo.get("/console/team").status, 403);
    assert_eq!(jo.get("/console/people").status, 200);
}

#[test]
fn new_colleague_signs_in_with_their_link() {
    let office = Office::of("administrator");
    let path = "/console/staff/new";
    let bad = [("display_name", ""), ("name", ""), ("email", "nowhere"), ("team", "South")];
    let page = office.send(path, path, &bad);
    assert_eq!(page.status, 422);
    for says in ["Enter a name", "such as name@example.org", "Choose a role"] {
        assert!(page.contains(says), "{says}");
    }
    assert_eq!(page.field("team").as_deref(), Some("South"), "nothing typed is lost");
    let good = [
        ("display_name", "Kim Lee"),
        ("job", "Personal adviser"),
        ("team", "South"),
        ("email", "kim@example.org"),
        ("name", "K.Lee@example.org"),
        ("role", "adviser"),
    ];
    let made = office.send(path, path, &good);
    assert_eq!(made.status, 200, "{}", made.html);
    let link = made.html.split("id=\"link\">").nth(1).unwrap().split('<').next().unwrap();
    let link = link[link.find("/console/welcome").unwrap()..].to_owned();
    let kim = Visitor::new(&office.server);
    assert!(kim.choose_password(&link).contains("authenticator"));
    let twice = office.send(path, path, &good);
    assert!(twice.status == 422 && twice.contains("Somebody else signs in with this name"));
    // An address has places where it may break.
    let list = office.visitor.get("/console/staff").html;
    let list = list.replace("<wbr>", "").replace("</span><span class=\"unbroken\">", "");
    assert!(
        list.contains("Kim Lee") && list.contains("k.lee@example.org") && list.contains("South")
    );
    let log = office.server.run(&["audit", "list", "--council", "riverbridge"]);
    assert!(log.contains("added_staff") && log.contains("gave_sign_in"));
}

#[test]
fn administrator_of_another_council_is_refused() {
    let server = TestServer::start();
    server.run(&["council", "add", "otherton", "Otherton Council"]);
    let line = ["staff", "add", "--council", "otherton", "--handle", "far", "--name", "Far"];
    server.run(&line);
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let far = Visitor::signed_up(&server, "far", "administrator");
    for page in ["off", "on", "role", "sign-in"] {
        assert_eq!(far.get(&format!("/console/staff/{jo}/{page}")).status, 404);
    }
    let ada = person(&server, "CL-0001");
    assert_eq!(far.get(&format!("/console/people/{ada}")).status, 403);
}
