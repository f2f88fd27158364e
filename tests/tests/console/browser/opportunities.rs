//! An editor imports a sheet, corrects a row and submits; a publisher publishes; a phone finds the
//! opportunity: with JavaScript and without.

use promise_core::OpportunityFilter;
use promise_tests::harness::{TestPhone, TestServer};

use super::driver::Browser;
use crate::visitor::person;

/// As Excel saves it in the United Kingdom: Windows-1252, semicolons, Windows line ends. Two rows
/// have an issue.
const SHEET: &[u8] = b"ref;kind;title;organisation;summary;contact_phone;closes\r\n\
    cafe-1;Job;Caf\xe9 assistant \x96 \xa312 an hour;Crumb & Co;\"Bake bread;\r\nlearn.\";2079460303;30/06/2099\r\n\
    cafe-2;jobb;Baker;Crumb & Co;;;ongoing\r\n\
    cafe-3;job;Night baker;Crumb & Co;;07700 90;ongoing\r\n";

fn check_import_is_published(scripts: bool) {
    let server = TestServer::start();
    for (handle, name) in [("e.moss", "Ed Moss"), ("p.lane", "Pat Lane")] {
        server.add_staff(handle, &["--name", name]);
    }
    server.publish(&TestServer::council_folder());
    let phone = TestPhone::paired(&server, &person(&server, "CL-0001"));
    let editor = Browser::signed_up(&server, "e.moss", "editor", scripts);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("opportunities.csv");
    std::fs::write(&file, SHEET).unwrap();

    editor.follow("Opportunities");
    editor.wait_for_text("40 opportunities");
    editor.follow("Import a sheet");
    editor.press("main form .button");
    editor.wait_for_text("Choose a file, or paste the rows");
    editor.run(editor.find("#file").send_keys(file.to_str().unwrap())).unwrap();
    editor.press("main form .button");
    editor.wait_for_text("1 is new");
    for said in
        ["2 rows have a mistake", "“jobb” is not a kind we know", "is not a whole phone number"]
    {
        assert!(editor.contains(said), "{said}\n{}", editor.text());
    }
    editor.press("#apply.button");
    editor.wait_for_text("In the draft: 1 new, 0 changed");
    editor.follow("Mend this row");
    assert!(editor.contains("Mend line 4"), "{}", editor.text());
    editor.run(editor.find("#kind").send_keys("Apprenticeship")).unwrap();
    editor.press("main form .button");
    editor.wait_for_text("The row is mended.");
    assert!(
        editor.contains("1 is new") && editor.contains("1 row has a mistake"),
        "{}",
        editor.text()
    );
    editor.press("#apply.button");
    editor.wait_for_text("In the draft: 1 new, 0 changed");
    editor.press("#discard.button");
    editor.wait_for_text("42 opportunities");
    // Going back and sending the same form again changes nothing.
    editor.follow("New or changed (2)");
    assert!(
        editor.contains("Café assistant – £12 an hour") && !editor.text().contains("Night baker")
    );
    editor.go("/console/promise/submit");
    editor.press("main form .button");
    editor.wait_for_text("Handed in.");
    drop(editor);

    let publisher = Browser::signed_up(&server, "p.lane", "publisher", scripts);
    publisher.follow("Look at it and publish");
    publisher.wait_for_text("2 opportunities are new");
    publisher.press("main form .button");
    publisher.wait_for_text("Published. Phones have it");

    phone.sync().unwrap();
    let found = phone.opportunities().list(&OpportunityFilter::default()).unwrap();
    let job = found.iter().find(|it| it.opportunity.id == "cafe-1").unwrap();
    assert_eq!(job.opportunity.title, "Café assistant – £12 an hour");
    assert_eq!(job.opportunity.summary, "Bake bread;\nlearn.");
    assert_eq!(job.opportunity.phone.as_deref(), Some("+442079460303"));
    assert!(found.iter().any(|it| it.opportunity.id == "cafe-2"));
    assert!(found.iter().all(|it| it.opportunity.id != "cafe-3"), "nobody mended it");
}

#[test]
fn corrected_sheet_is_imported_and_published() {
    check_import_is_published(true);
}

#[test]
fn sheet_is_imported_without_javascript() {
    check_import_is_published(false);
}

/// Checks a line's number, and rings it from the phone.
#[test]
fn new_directory_line_reaches_the_phone() {
    let server = TestServer::start();
    for (handle, name) in [("e.moss", "Ed Moss"), ("p.lane", "Pat Lane")] {
        server.add_staff(handle, &["--name", name]);
    }
    server.publish(&TestServer::council_folder());
    let phone = TestPhone::paired(&server, &person(&server, "CL-0001"));
    let editor = Browser::signed_up(&server, "e.moss", "editor", true);
    editor.follow("Directory");
    editor.follow("Add a line");
    for (field, text) in [
        ("display_name", "Night line"),
        ("role", "Night team"),
        ("phone-0-number", "020 7946 04"),
        ("hours", "always"),
    ] {
        editor.fill(field, text);
    }
    editor.press("main form .button");
    editor.wait_for_text("is not a whole number");
    editor.fill("phone-0-number", "020 7946 0404");
    editor.press("main form .button");
    assert!(
        editor.contains("Check the numbers") && editor.contains("+442079460404"),
        "{}",
        editor.text()
    );
    editor.press("#change.button");
    editor.fill("phone-0-number", "020 7946 0405");
    editor.press("main form .button");
    editor.wait_for_text("+442079460405");
    editor.press("#keep.button");
    editor.wait_for_text("Added to the draft.");
    editor.follow("Closed days");
    for (field, text) in
        [("date-day", "29"), ("date-month", "6"), ("date-year", "2099"), ("name", "Training day")]
    {
        editor.fill(field, text);
    }
    editor.press("main form .button");
    editor.wait_for_text("The closed day is in the draft.");
    editor.go("/console/promise/submit");
    editor.press("main form .button");
    let publisher = Browser::signed_up(&server, "p.lane", "publisher", true);
    publisher.follow("Look at it and publish");
    publisher.wait_for_text("1 line is new");
    publisher.press("main form .button");
    publisher.wait_for_text("Published. Phones have it");
    phone.sync().unwrap();
    let lines = phone.promise().directory().unwrap().lines.0;
    let line = lines.iter().find(|it| it.id == "night-line").unwrap();
    assert_eq!(line.phones[0].number, "+442079460405");
    let days = phone.promise().directory().unwrap().closed_days;
    assert_eq!(days.last().unwrap().name, "Training day");
}
