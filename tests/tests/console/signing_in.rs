//! Signing in, signing out, and refused attempts.

mod authenticator;
mod origin;

use promise_tests::harness::TestServer;

use crate::visitor::{PASSWORD, Visitor, link};

const MINUTE: i64 = 60_000;

fn server() -> TestServer {
    let server = TestServer::start();
    server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    server
}

fn sign_in(visitor: &Visitor, password: &str) -> crate::visitor::Page {
    visitor.get("/console/sign-in");
    let fields = [("name", "J.Okoro".to_owned()), ("password", password.to_owned())];
    visitor.post("/console/sign-in", &fields)
}

#[test]
fn session_begins_with_password_and_code_and_ends_at_sign_out() {
    let server = server();
    let first = Visitor::signed_up(&server, "j.okoro", "adviser");
    let visitor = Visitor::new(&server);
    assert_eq!(sign_in(&visitor, PASSWORD).to.as_deref(), Some("/console/sign-in/code"));
    assert_eq!(visitor.get("/console/people").status, 303, "half signed in is not signed in");
    server.clock.set(MINUTE);
    visitor.get("/console/sign-in/code");
    let wrong = visitor.post("/console/sign-in/code", &[("code", "000000".into())]);
    assert_eq!(wrong.status, 422);
    let half = visitor.cookies.borrow()["__Host-session"].clone();
    let code = first.code(MINUTE);
    let right = visitor.post("/console/sign-in/code", &[("code", code)]);
    assert_eq!((right.status, right.to.as_deref()), (303, Some("/console")));
    let full = visitor.cookies.borrow()["__Host-session"].clone();
    assert_ne!(half, full, "a new token for a new right");
    assert_eq!(visitor.get("/console/people").status, 200);
    assert_eq!(visitor.post("/console/sign-out", &[]).status, 303);
    visitor.cookies.borrow_mut().insert("__Host-session".into(), full);
    assert_eq!(visitor.get("/console/people").status, 303, "the token is worth nothing now");
}

#[test]
fn code_in_digits_of_another_script_signs_in() {
    let server = server();
    let first = Visitor::signed_up(&server, "j.okoro", "adviser");
    for (at, zero) in (1..).zip(['\u{660}', '\u{6f0}', '\u{ff10}']) {
        server.clock.set(at * MINUTE);
        let visitor = Visitor::new(&server);
        sign_in(&visitor, PASSWORD);
        visitor.get("/console/sign-in/code");
        let digit = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10).unwrap()).unwrap();
        let code: String = first.code(at * MINUTE).chars().map(digit).collect();
        let page = visitor.post("/console/sign-in/code", &[("code", code)]);
        assert_eq!(page.to.as_deref(), Some("/console"), "{}", page.html);
    }
}

#[test]
fn unknown_name_and_wrong_password_are_indistinguishable() {
    let server = server();
    Visitor::signed_up(&server, "j.okoro", "adviser");
    let visitor = Visitor::new(&server);
    let mut answers = Vec::new();
    let mut times = Vec::new();
    for name in ["j.okoro", "nobody", "j.okoro", "nobody"] {
        visitor.get("/console/sign-in");
        let fields = [("name", name.to_owned()), ("password", "not this one at all".into())];
        let begun = std::time::Instant::now();
        let page = visitor.post("/console/sign-in", &fields);
        times.push(begun.elapsed().as_secs_f64());
        answers.push(page.html.replace(name, "NAME").replace(&page.field("csrf").unwrap(), ""));
        assert_eq!(page.status, 422);
    }
    assert_eq!(answers[0], answers[1]);
    println!("known, unknown, known, unknown: {times:?} seconds");
    // A failure is logged after the response, so that a known name takes no longer.
    let begun = std::time::Instant::now();
    let noted = || server.run(&["audit", "list", "--council", "riverbridge"]);
    while noted().matches("sign_in_failed").count() < 2 {
        assert!(begun.elapsed().as_secs() < 20, "{}", noted());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn link_works_once_and_weak_password_is_refused() {
    let server = server();
    let path = link(&server, "j.okoro", "administrator");
    let visitor = Visitor::new(&server);
    assert_eq!(visitor.get("/console/welcome/made-up").status, 404);
    visitor.get(&path);
    for (weak, says) in [
        ("short", "12 characters"),
        ("password1234", "easy to guess"),
        ("j.okoro.j.okoro", "easy to guess"),
    ] {
        let page = visitor.post(&path, &[("password", weak.to_owned())]);
        assert!(page.status == 422 && page.contains(says) && !page.html.contains(weak), "{weak}");
    }
    assert!(visitor.choose_password(&path).contains("authenticator"));
    assert_eq!(Visitor::new(&server).get(&path).status, 404);
}

#[test]
fn expired_session_keeps_the_form() {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
    let card = format!("/console/cards/{jo}");
    let page = visitor.get(&card);
    server.clock.set(31 * MINUTE);
    let typed = [
        ("was", page.field("was").unwrap()),
        ("display_name", "Jo Okoro".to_owned()),
        ("about", "A long text, typed\r\nwith care".to_owned()),
    ];
    let ended = visitor.post(&card, &typed);
    assert_eq!(ended.status, 401);
    assert!(ended.contains("What you typed is kept"));
    let carry = |page: &crate::visitor::Page| -> Vec<(String, String)> {
        ["carried-to", "carried.was", "carried.display_name", "carried.about"]
            .into_iter()
            .map(|name| (name.to_owned(), page.field(name).unwrap()))
            .collect()
    };
    let send = |path: &str, own: &[(&str, &str)], carried: &[(String, String)]| {
        let own = own.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let all: Vec<(&str, String)> =
            own.chain(carried.iter().map(|(name, value)| (name.as_str(), value.clone()))).collect();
        visitor.post(path, &all)
    };
    let code =
        send("/console/sign-in", &[("name", "j.okoro"), ("password", PASSWORD)], &carry(&ended));
    assert!(code.contains("Enter your code"));
    let number = visitor.code(31 * MINUTE);
    let back = send("/console/sign-in/code", &[("code", &number)], &carry(&code));
    assert!(back.contains("Nothing you typed was lost"), "{}", back.html);
    assert_eq!(back.field("about").unwrap(), "A long text, typed\r\nwith care");
    let fields = ["was", "display_name", "about"].map(|name| (name, back.field(name).unwrap()));
    let saved = visitor.post(&card, &fields);
    assert_eq!(saved.to, Some(format!("{card}/phones?done=card")), "{}", saved.html);
    assert!(visitor.get(&card).contains("A long text, typed\nwith care"));
}

#[test]
fn sensitive_action_requires_recent_login() {
    let server = server();
    let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
    server.clock.set(11 * MINUTE);
    visitor.get("/console/account");
    let asked = visitor.post("/console/account/codes", &[]);
    assert!(asked.status == 401 && asked.contains("Type your password again"));
    let carried = ("carried-to", asked.field("carried-to").unwrap());
    let wrong = visitor.post("/console/again", &[("password", "wrong".into()), carried.clone()]);
    assert_eq!(wrong.status, 422);
    let right = visitor.post("/console/again", &[("password", PASSWORD.into()), carried]);
    assert!(right.contains("Send it now"));
    assert!(visitor.post("/console/account/codes", &[]).contains("Your recovery codes"));
}

#[test]
fn every_response_has_security_headers() {
    let server = server();
    let visitor = Visitor::new(&server);
    for path in [
        "/console/sign-in",
        "/console/nothing",
        "/console/people",
        "/healthz",
        "/openapi.json",
        "/nothing",
    ] {
        let page = visitor.get(path);
        let header = |name: &str| page.headers.get(name).map_or("", String::as_str);
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert_eq!(header("strict-transport-security"), "", "this server has no HTTPS");
        assert!(!page.html.contains("style=") && !page.html.contains("<script>"), "{path}");
    }
}
