//! Who may publish, when, and what.

use promise_tests::harness::TestPhone;

use super::{Desk, HOME, MINUTE, WORDS, get_page, save, send, to};
use crate::visitor::{PASSWORD, Visitor, person};

#[test]
fn pledge_reaches_the_phone_after_a_second_person_publishes() {
    let desk = Desk::with_draft();
    let ada = person(&desk.server, "CL-0001");
    let phone = TestPhone::paired(&desk.server, &ada);
    phone.sync().unwrap();
    assert_eq!(phone.promise().read().unwrap(), None, "a draft is nobody's");
    assert!(get_page(&desk.pat, "").contains("Ed Moss"));
    assert_eq!(desk.pat.get(&format!("{HOME}/publish")).to.as_deref(), Some(HOME), "not handed in");
    desk.submit();
    let page = get_page(&desk.pat, "/publish");
    assert!(page.contains("1 pledge is new") && page.contains("We pay for a gym near you."));
    assert_eq!(desk.ed.get(&format!("{HOME}/publish")).status, 403);
    assert_eq!(to(&desk.publish()), "/console/promise?done=published");
    let overview = get_page(&desk.ed, "?done=published");
    assert!(overview.contains("Edition 1, published") && overview.contains("Published. Phones"));
    phone.sync().unwrap();
    let promise = phone.promise().read().unwrap().unwrap();
    assert_eq!(promise.title["en"], "Our promise");
    assert_eq!(promise.council.name, "Riverbridge Council");
    assert_eq!(promise.chapters[0].pledges[0].pledge.text["en"], "We pay for a gym near you.");
    let log = desk.server.run(&["audit", "list", "--council", "riverbridge"]);
    for printed in ["changed_draft", "pledge free-gym", "handed_in", "published", "edition 1"] {
        assert!(log.contains(printed), "{printed}\n{log}");
    }
    assert!(!log.contains("near you"), "the log names, and does not tell");
    let printed = desk.server.run(&["audit", "verify", "--council", "riverbridge"]);
    assert!(printed.starts_with("Whole: "), "{printed}");
}

#[test]
fn author_cannot_publish_own_draft() {
    let desk = Desk::with_draft();
    assert_eq!(save(&desk.pat, "/title", &[("title-en", "Mine")]).status, 303);
    desk.submit();
    let overview = get_page(&desk.pat, "");
    assert!(
        overview.contains("somebody else must publish it") && !overview.contains("Look at it and")
    );
    assert_eq!(desk.pat.get(&format!("{HOME}/publish")).status, 409);
    desk.pat.get("/console/account");
    let refused = desk.pat.post(&format!("{HOME}/publish"), &[]);
    assert!(refused.status == 409 && refused.contains("somebody else must publish it"));
    assert!(get_page(&desk.pat, "").contains("Nothing is published yet"));
    let eve = Visitor::signed_up(&desk.server, "eve", "publisher");
    assert_eq!(to(&save(&eve, "/publish", &[])), "/console/promise?done=published");
}

#[test]
fn resent_form_publishes_nothing_twice() {
    let desk = Desk::with_draft();
    desk.submit();
    let form = get_page(&desk.pat, "/publish");
    assert_eq!(send(&desk.pat, &form, "/publish", &[]).status, 303);
    assert_eq!(desk.pat.get(&format!("{HOME}/publish")).to.as_deref(), Some(HOME));
    let again = send(&desk.pat, &form, "/publish", &[]);
    assert!(again.status == 409 && again.contains("Nothing was published now"), "{}", again.html);
    assert!(get_page(&desk.pat, "").contains("Edition 1, published"));
}

#[test]
fn draft_changed_since_read_is_not_published() {
    let desk = Desk::with_draft();
    desk.submit();
    let form = get_page(&desk.pat, "/publish");
    desk.ed.get(HOME);
    assert_eq!(desk.ed.post(&format!("{HOME}/withdraw"), &[]).status, 303);
    assert_eq!(save(&desk.ed, WORDS, &[("title-en", "Other"), ("text-en", "x")]).status, 303);
    desk.submit();
    let stale = send(&desk.pat, &form, "/publish", &[]);
    assert!(stale.status == 409 && stale.contains("changed since you looked"), "{}", stale.html);
}

#[test]
fn publishing_requires_recent_login_and_resumes() {
    let desk = Desk::with_draft();
    desk.submit();
    desk.server.clock.set(11 * MINUTE);
    let form = get_page(&desk.pat, "/publish");
    let asked = send(&desk.pat, &form, "/publish", &[]);
    assert!(asked.status == 401 && asked.contains("Type your password again"));
    assert!(get_page(&desk.pat, "").contains("Nothing is published yet"));
    let carried = ["carried-to", "carried.seen"].map(|name| (name, asked.field(name).unwrap()));
    let all = [&[("password", PASSWORD.to_owned())][..], &carried].concat();
    let right = desk.pat.post("/console/again", &all);
    assert!(right.contains("Send it now"), "{}", right.html);
    assert_eq!(to(&send(&desk.pat, &right, "/publish", &[])), "/console/promise?done=published");
}

#[test]
fn incomplete_draft_cannot_be_submitted_and_links_its_issues() {
    let desk = Desk::with_draft();
    save(&desk.ed, "/sections/money/pledges/new", &[("title-en", "Laptop")]);
    let page = desk.ed.get(&format!("{HOME}/submit"));
    assert_eq!(page.to.as_deref(), Some("/console/promise#issues"));
    let overview = get_page(&desk.ed, "");
    assert!(overview.contains("“Laptop”: Text is missing") && overview.contains("Not finished"));
    assert!(overview.html.contains("href=\"/console/promise/pledges/laptop/part/words\""));
    desk.ed.get("/console/account");
    let refused = desk.ed.post(&format!("{HOME}/submit"), &[]);
    assert!(refused.status == 409 && refused.contains("missing or wrong"));
    let fields = [("title-en", "Laptop"), ("text-en", "We lend one.")];
    save(&desk.ed, "/pledges/laptop/part/words", &fields);
    desk.submit();
}

#[test]
fn returned_draft_shows_the_note() {
    let desk = Desk::with_draft();
    desk.submit();
    let empty = save(&desk.pat, "/return", &[("reason", " ")]);
    assert!(empty.status == 422 && empty.contains("Say what is to be mended"));
    let reason = [("reason", "Say how far away <b>the gym</b> may be")];
    assert_eq!(save(&desk.pat, "/return", &reason).status, 303);
    let overview = get_page(&desk.ed, "");
    assert!(
        overview.contains("Say how far away <b>the gym</b> may be")
            && !overview.html.contains("<b>the")
    );
    assert_eq!(
        save(&desk.ed, WORDS, &[("title-en", "Gym near you"), ("text-en", "x")]).status,
        303
    );
    desk.submit();
    assert!(!get_page(&desk.ed, "").contains("Say how far"));
}

#[test]
fn manager_and_auditor_cannot_edit_the_promise() {
    let desk = Desk::with_draft();
    let manager = Visitor::signed_up(&desk.server, "eve", "manager");
    for path in ["", "/sections/money", "/pledges/free-gym", "/preview", "/changes", "/languages"] {
        let page = get_page(&manager, path);
        for link in ["/part/", "/remove", "/new", "/move", "/submit", "/discard", "/words"] {
            assert!(!page.html.contains(&format!("{link}\"")), "{path} {link}");
        }
    }
}
