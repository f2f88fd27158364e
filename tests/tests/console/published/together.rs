//! Concurrent edits, and a draft that is based on an older edition.

use promise_edition::EditionContent;
use promise_services::{StaffScope, publishing::editions};
use promise_tests::barnet::{packs, workload};
use promise_tests::harness::{TestPhone, TestServer};

use super::{Desk, HOME, WORDS, get_page, save, send, to};
use crate::visitor::{PASSWORD, person};

#[test]
fn editors_conflict_only_in_the_same_field() {
    let desk = Desk::with_draft();
    save(&desk.ed, "/sections/money/pledges/new", &[("title-en", "Laptop")]);
    let mine = get_page(&desk.ed, WORDS);
    let other = get_page(&desk.ed, "/pledges/laptop/part/words");
    assert_eq!(
        save(&desk.pat, WORDS, &[("title-en", "Theirs"), ("text-en", "Theirs too")]).status,
        303
    );
    let fields = [("title-en", "Laptop"), ("text-en", "We lend one.")];
    assert_eq!(send(&desk.ed, &other, "/pledges/laptop/part/words", &fields).status, 303);
    let typed = [
        ("title-en", "Mine"),
        ("text-en", "We pay for a gym near you."),
        ("easy_read-en", "Mine alone."),
    ];
    let asked = send(&desk.ed, &mine, WORDS, &typed);
    assert_eq!(asked.status, 409);
    assert!(
        asked.contains("Theirs") && asked.contains("Mine") && !asked.contains("Theirs too"),
        "{}",
        asked.html
    );
    // Another edit while the conflict is shown.
    assert_eq!(
        save(&desk.pat, WORDS, &[("title-en", "Newer"), ("text-en", "Theirs too")]).status,
        303
    );
    let chosen = [&typed[..], &[("choose-title-en", "mine")]].concat();
    let again = send(&desk.ed, &asked, WORDS, &chosen);
    assert!(again.status == 409 && again.contains("Newer"), "{}", again.html);
    assert_eq!(send(&desk.ed, &again, WORDS, &chosen).status, 303);
    let now = get_page(&desk.ed, WORDS);
    assert_eq!(now.field("title-en").as_deref(), Some("Mine"));
    assert!(now.contains("Theirs too") && now.contains("Mine alone."));
    let last =
        |title| [("title-en", title), ("text-en", "Theirs too"), ("easy_read-en", "Mine alone.")];
    assert_eq!(save(&desk.pat, WORDS, &last("Last")).status, 303);
    let asked = send(&desk.ed, &now, WORDS, &last("Too late"));
    assert_eq!(asked.status, 409);
    let theirs = [&last("Too late")[..], &[("choose-title-en", "theirs")]].concat();
    assert_eq!(send(&desk.ed, &asked, WORDS, &theirs).status, 303);
    assert_eq!(get_page(&desk.ed, WORDS).field("title-en").as_deref(), Some("Last"));
}

#[test]
fn form_sent_after_submission_keeps_input() {
    let desk = Desk::with_draft();
    let form = get_page(&desk.ed, WORDS);
    let new = get_page(&desk.ed, "/sections/money/pledges/new");
    desk.submit();
    let typed = [("title-en", "Free gym"), ("text-en", "A long text, typed with care")];
    for (form, path) in [(&form, WORDS), (&new, "/sections/money/pledges/new")] {
        desk.ed.get("/console/account");
        let late = send(&desk.ed, form, path, &typed);
        assert_eq!(late.status, 409, "{path}");
        assert!(
            late.contains("handed in while you were typing") && late.contains("typed with care")
        );
    }
    assert_eq!(desk.ed.get(&format!("{HOME}{WORDS}")).status, 409, "nobody begins to type now");
    desk.ed.get(HOME);
    desk.ed.post(&format!("{HOME}/withdraw"), &[]);
    assert_eq!(save(&desk.pat, "/pledges/free-gym/remove", &[]).status, 303);
    desk.ed.get("/console/account");
    let gone = send(&desk.ed, &form, WORDS, &typed);
    assert!(gone.status == 404 && gone.contains("Somebody removed this"), "{}", gone.html);
    assert!(gone.contains("typed with care"));
}

#[test]
fn removal_is_refused_after_a_concurrent_change() {
    let desk = Desk::with_draft();
    let page = get_page(&desk.ed, "/sections/money/remove");
    assert!(page.contains("These pledges go with it") && page.contains("Free gym"));
    save(&desk.pat, "/sections/money/pledges/new", &[("title-en", "Laptop")]);
    desk.ed.get("/console/account");
    let stale = send(&desk.ed, &page, "/sections/money/remove", &[]);
    assert!(stale.status == 409 && stale.contains("Look at it again"), "{}", stale.html);
    let away = get_page(&desk.ed, "/discard");
    assert!(away.contains("Ed Moss") && away.contains("Pat Lane"));
    assert_eq!(save(&desk.ed, "/sections/money/remove", &[]).status, 303);
    assert!(get_page(&desk.ed, "").contains("There is no section yet"));
    desk.ed.get("/console/account");
    assert_eq!(send(&desk.ed, &away, "/discard", &[]).status, 409);
    assert_eq!(to(&save(&desk.ed, "/discard", &[])), "/console/promise?done=discarded");
    assert!(get_page(&desk.ed, "").contains("a draft begins"));
}

/// Publishes a folder, with these pledges in its promise.
fn publish_folder(server: &TestServer, pledges: &str) {
    let folder = tempfile::tempdir().unwrap();
    let promise = format!(
        "title = \"Our promise\"\nintro = \"Keep it.\"\n[council]\nid = \"riverbridge\"\nname = \
         \"Riverbridge Council\"\n[[section]]\nid = \"money\"\ntitle = \"Money\"\n{pledges}"
    );
    let council = TestServer::council_folder();
    let header = std::fs::read_to_string(council.join("opportunities.csv")).unwrap();
    std::fs::write(folder.path().join("promise.toml"), promise).unwrap();
    std::fs::write(folder.path().join("opportunities.csv"), header.lines().next().unwrap())
        .unwrap();
    std::fs::write(folder.path().join("directory.toml"), "").unwrap();
    server.publish(folder.path());
}

fn toml_pledge(id: &str, title: &str) -> String {
    format!(
        "[[pledge]]\nid = \"{id}\"\nsection = \"money\"\ntitle = \"{title}\"\ntext = \"We pay for a \
         gym near you.\"\n"
    )
}

fn two_pledges(gym: &str) -> String {
    [toml_pledge("free-gym", gym), toml_pledge("bus", "Bus pass")].concat()
}

#[test]
fn outdated_draft_is_rebased_and_shows_conflicts() {
    let desk = Desk::published();
    save(&desk.ed, "/sections/money/pledges/new", &[("title-en", "Laptop"), ("text-en", "x")]);
    let own = two_pledges("Free gym");
    publish_folder(&desk.server, &own);
    let overview = get_page(&desk.ed, "");
    assert!(overview.contains("Something else was published") && !overview.contains(">Hand in<"));
    assert_eq!(desk.ed.get(&format!("{HOME}/submit")).status, 409);
    assert_eq!(to(&save(&desk.pat, "/rebase", &[])), "/console/promise?done=rebased");
    let overview = get_page(&desk.ed, "");
    assert!(overview.contains("Bus pass") && overview.contains("Laptop"));
    // Now both change the same pledge.
    save(
        &desk.ed,
        WORDS,
        &[("title-en", "Gym for you"), ("text-en", "We pay for a gym near you.")],
    );
    let own = two_pledges("Gym pass");
    publish_folder(&desk.server, &own);
    let asked = save(&desk.ed, "/rebase", &[]);
    assert!(
        asked.status == 409 && asked.contains("Gym for you") && asked.contains("Gym pass"),
        "{}",
        asked.html
    );
    assert!(!asked.contains("Laptop"));
    // Another edition is published meanwhile: the choices were made for another version.
    let own = two_pledges("Gym card");
    publish_folder(&desk.server, &own);
    let choice = [("choose.pledge.free-gym", "ours")];
    let again = send(&desk.ed, &asked, "/rebase", &choice);
    assert!(again.status == 409 && again.contains("Gym card"), "{}", again.html);
    assert_eq!(send(&desk.ed, &again, "/rebase", &choice).status, 303);
    desk.submit();
    let page = get_page(&desk.pat, "/publish");
    assert!(page.contains("Gym card") && page.contains("Gym for you") && page.contains("Laptop"));
    assert_eq!(desk.publish().status, 303);
    let phone = TestPhone::paired(&desk.server, &person(&desk.server, "CL-0001"));
    phone.sync().unwrap();
    let promise = phone.promise().read().unwrap().unwrap();
    let titles: Vec<&str> =
        promise.chapters[0].pledges.iter().map(|it| it.pledge.title["en"].as_str()).collect();
    assert_eq!((titles, promise.edition), (vec!["Gym for you", "Laptop", "Bus pass"], 5));
}

#[test]
fn draft_is_backed_up_and_restored() {
    let mut desk = Desk::with_draft();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    let file = file.to_str().unwrap();
    desk.server.run(&["backup", file]);
    save(&desk.ed, "/discard", &[]);
    desk.server.stop();
    desk.server.run(&["restore", file]);
    desk.server.resume();
    // A restore ends all sessions.
    assert_eq!(desk.ed.get("/console/promise").status, 303);
    for (visitor, name) in [(&desk.ed, "ed"), (&desk.pat, "pat")] {
        desk.server.clock.set(2 * super::MINUTE);
        visitor.get("/console/sign-in");
        let fields = [("name", name.to_owned()), ("password", PASSWORD.to_owned())];
        assert_eq!(visitor.post("/console/sign-in", &fields).status, 303);
        visitor.get("/console/sign-in/code");
        let code = visitor.code(2 * super::MINUTE);
        assert_eq!(visitor.post("/console/sign-in/code", &[("code", code)]).status, 303);
    }
    let page = get_page(&desk.ed, "/pledges/free-gym");
    assert!(page.contains("We pay for a gym near you."));
    assert!(get_page(&desk.ed, "").contains("Being written"));
    desk.submit();
    assert_eq!(desk.publish().status, 303);
}

#[test]
fn pages_of_a_large_promise_load_within_limit() {
    let desk = Desk::new();
    let (mut promise, opportunities, directory) = packs(&workload(7, 10));
    promise.council.id = "riverbridge".into();
    let content = EditionContent { promise, opportunities, directory };
    desk.server.transact(|tx| {
        let (scope, now) = (StaffScope::operator(), chrono::Utc::now().timestamp_millis());
        editions::publish(tx, &scope, &"riverbridge".into(), &content, now)
    });
    let pledge = &content.promise.pledges.0[0].id;
    let words = format!("/pledges/{pledge}/part/words");
    assert_eq!(save(&desk.ed, &words, &[("title-en", "New"), ("text-en", "New")]).status, 303);
    let mut slowest = 0;
    for path in ["", "/changes", "/preview", "/languages", &words] {
        let begun = std::time::Instant::now();
        let page = get_page(&desk.ed, path);
        let took = begun.elapsed().as_millis();
        println!("{path}: {took} ms, {} bytes", page.html.len());
        slowest = slowest.max(took);
    }
    println!("the slowest: {slowest} ms");
}
