//! An editor writes, a publisher publishes, and a phone shows it: with JavaScript and without.

use promise_tests::harness::{TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

fn fill(browser: &Browser, fields: &[(&str, &str)]) {
    for (field, text) in fields {
        browser.fill(field, text);
    }
    browser.press("main form .button");
}

fn check_pledge_is_published(scripts: bool) {
    let server = TestServer::start();
    server.add_staff("e.moss", &["--name", "Ed Moss"]);
    server.add_staff("p.lane", &["--name", "Pat Lane"]);
    let phone = TestPhone::paired(&server, &person(&server, "CL-0001"));

    // The editor starts without any content.
    let editor = Browser::signed_up(&server, "e.moss", "editor", scripts);
    editor.wait_for_text("Nothing is published yet");
    editor.follow("Change");
    fill(&editor, &[("title-en", "Our promise to you"), ("intro-en", "Hold us to it.")]);
    editor.wait_for_text("Saved in the draft.");
    editor.follow("Add a section");
    fill(&editor, &[("title-en", "")]);
    editor.wait_for_text("Enter a heading");
    fill(&editor, &[("title-en", "Staying well")]);
    editor.wait_for_text("Added to the draft.");
    editor.follow("Add a pledge");
    fill(&editor, &[("title-en", "Free gym"), ("text-en", "We pay for a gym near you.")]);
    editor.wait_for_text("Added to the draft.");
    editor.go("/console/promise/pledges/free-gym/part/who");
    editor.press("#who-2");
    fill(&editor, &[("age_min", "18"), ("age_max", "16")]);
    editor.wait_for_text("must be after the one on which it begins");
    fill(&editor, &[("age_max", "25")]);
    editor.wait_for_text("Former relevant");

    // In a second language, written from right to left.
    editor.follow("All languages");
    editor.run(editor.find("#language").send_keys("Arabic")).unwrap();
    editor.press("main form .button");
    editor.follow("Free gym");
    assert_eq!(editor.attribute("#text-ar", "dir"), "rtl");
    fill(&editor, &[("title-ar", "نادٍ رياضي مجاني")]);
    editor.wait_for_text("1 of 2 texts");
    editor.follow("See it as a phone shows it");
    assert!(
        editor.contains("نادٍ رياضي مجاني") && editor.contains("in English"),
        "{}",
        editor.text()
    );
    editor.go("/console/promise");
    editor.follow("What changes");
    editor.wait_for_text("1 pledge is new");
    editor.follow("The promise");
    editor.follow("Hand in");
    editor.press("main form .button");
    editor.wait_for_text("Handed in. Somebody who wrote none of it");
    assert!(!editor.text().contains("Look at it and publish"), "{}", editor.text());
    editor.go("/console/promise/publish");
    editor.wait_for_text("Your role does not allow this");
    phone.sync().unwrap();
    assert_eq!(phone.promise().read().unwrap(), None);

    // The second person.
    let publisher = Browser::signed_up(&server, "p.lane", "publisher", scripts);
    publisher.wait_for_text("Handed in by Ed Moss");
    publisher.follow("Look at it and publish");
    assert!(
        publisher.contains("Publish this?") && publisher.contains("We pay for a gym near you.")
    );
    publisher.press("main form .button");
    assert!(publisher.contains("Published. Phones have it") && publisher.contains("Edition 1"));
    publisher.back();
    publisher.wait_for_text("Edition 1");
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
    publisher.wait_for_text("Saved in the draft.");
    publisher.go("/console/promise/submit");
    publisher.press("main form .button");
    publisher.wait_for_text("so somebody else must publish it");
    publisher.go("/console/promise/publish");
    publisher.wait_for_text("so somebody else must publish it");
    publisher.go("/console/promise");
    publisher.press("#withdraw, main .buttons button");
    publisher.wait_for_text("Taken back.");
}

#[test]
fn pledge_written_by_editor_is_published_to_phone() {
    check_pledge_is_published(true);
}

#[test]
fn pledge_is_published_without_javascript() {
    check_pledge_is_published(false);
}
