//! An editor writes, a publisher publishes, and a phone reads: with JavaScript and without.

use promise_tests::harness::{TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

fn fill(browser: &Browser, fields: &[(&str, &str)]) {
    for (field, text) in fields {
        browser.fill(field, text);
    }
    browser.press("main form .button");
}

fn a_pledge_is_written_and_published(scripts: bool) {
    let server = TestServer::start();
    server.add_staff("e.moss", &["--name", "Ed Moss"]);
    server.add_staff("p.lane", &["--name", "Pat Lane"]);
    let phone = TestPhone::paired(&server, &person(&server, "CL-0001"));

    // An editor begins with nothing.
    let editor = Browser::signed_up(&server, "e.moss", "editor", scripts);
    editor.waits_for("Nothing is published yet");
    editor.follow("Change");
    fill(&editor, &[("title-en", "Our promise to you"), ("intro-en", "Hold us to it.")]);
    editor.waits_for("Saved in the draft.");
    editor.follow("Add a section");
    fill(&editor, &[("title-en", "")]);
    editor.waits_for("Enter a heading");
    fill(&editor, &[("title-en", "Staying well")]);
    editor.waits_for("Added to the draft.");
    editor.follow("Add a pledge");
    fill(&editor, &[("title-en", "Free gym"), ("text-en", "We pay for a gym near you.")]);
    editor.waits_for("Added to the draft.");
    editor.go("/console/promise/pledges/free-gym/part/who");
    editor.press("#who-2");
    fill(&editor, &[("age_min", "18"), ("age_max", "16")]);
    editor.waits_for("must be after the one on which it begins");
    fill(&editor, &[("age_max", "25")]);
    editor.waits_for("Former relevant");

    // In a second language, read from right to left.
    editor.follow("All languages");
    editor.run(editor.find("#language").send_keys("Arabic")).unwrap();
    editor.press("main form .button");
    editor.follow("Free gym");
    assert_eq!(editor.attribute("#text-ar", "dir"), "rtl");
    fill(&editor, &[("title-ar", "نادٍ رياضي مجاني")]);
    editor.waits_for("1 of 2 texts");
    editor.follow("See it as a phone shows it");
    assert!(editor.says("نادٍ رياضي مجاني") && editor.says("in English"), "{}", editor.text());
    editor.go("/console/promise");
    editor.follow("What changes");
    editor.waits_for("1 pledge is new");
    editor.follow("The promise");
    editor.follow("Hand in");
    editor.press("main form .button");
    editor.waits_for("Handed in. Somebody who wrote none of it");
    assert!(!editor.text().contains("Look at it and publish"), "{}", editor.text());
    editor.go("/console/promise/publish");
    editor.waits_for("Your role does not allow this");
    phone.sync().unwrap();
    assert_eq!(phone.promise().read().unwrap(), None);

    // The second person.
    let publisher = Browser::signed_up(&server, "p.lane", "publisher", scripts);
    publisher.waits_for("Handed in by Ed Moss");
    publisher.follow("Look at it and publish");
    assert!(publisher.says("Publish this?") && publisher.says("We pay for a gym near you."));
    publisher.press("main form .button");
    assert!(publisher.says("Published. Phones have it") && publisher.says("Edition 1"));
    publisher.back();
    publisher.waits_for("Edition 1");
    assert!(!publisher.text().contains("Publish this?"), "{}", publisher.text());

    phone.sync().unwrap();
    let promise = phone.promise().read().unwrap().unwrap();
    let pledge = &promise.chapters[0].pledges[0].pledge;
    assert_eq!(promise.chapters[0].section.title["en"], "Staying well");
    assert_eq!(
        (pledge.title["en"].as_str(), pledge.title["ar"].as_str()),
        ("Free gym", "نادٍ رياضي مجاني")
    );
    assert_eq!((pledge.age_min, pledge.age_max, promise.edition), (Some(18), Some(25), 1));

    // A publisher who wrote something is not the second person.
    publisher.go("/console/promise/pledges/free-gym/part/words");
    fill(&publisher, &[("title-en", "Gym")]);
    publisher.waits_for("Saved in the draft.");
    publisher.go("/console/promise/submit");
    publisher.press("main form .button");
    publisher.waits_for("so somebody else must publish it");
    publisher.go("/console/promise/publish");
    publisher.waits_for("so somebody else must publish it");
    publisher.go("/console/promise");
    publisher.press("#withdraw, main .buttons button");
    publisher.waits_for("Taken back.");
}

#[test]
fn an_editor_writes_and_a_publisher_publishes() {
    a_pledge_is_written_and_published(true);
}

#[test]
fn they_do_so_without_javascript() {
    a_pledge_is_written_and_published(false);
}
