//! Changes between editions, in English.

use super::{DIRECTORY, PROMISE, good, good_row, read};
use crate::describe_changes;

#[test]
fn first_edition_is_counted() {
    assert_eq!(describe_changes(None, &good()), ["New edition: 1 pledge, 1 opportunity, 1 line"]);
    assert_eq!(describe_changes(Some(&good()), &good()), [""; 0]);
}

#[test]
fn counts_precede_changes() {
    let promise = format!(
        "{}[[pledge]]\nid = \"gym\"\nsection = \"money\"\ntitle = \"Gym\"\ntext = \"Free gym.\"\n\
         [[pledge]]\nid = \"laptop\"\nsection = \"money\"\ntitle = \"Laptop\"\ntext = \"A laptop.\"\n",
        PROMISE.replace("age_max = 25", "age_max = 24").replace("a bus pass", "a pass")
    );
    let rows = good_row().replace("1/5/2027", "3/5/2027").replace("\"job\"", "\"internship\"");
    let directory = DIRECTORY.replace("\"duty\"", "\"team\"");
    let next = read(&promise, &rows, &directory).unwrap();
    assert_eq!(
        describe_changes(Some(&good()), &next),
        [
            "2 pledges added: \"Gym\", \"Laptop\"",
            "1 pledge changed: \"Bus pass\"",
            "1 opportunity changed: \"Baker\"",
            "1 line added: \"Leaving care duty line\"",
            "1 line removed: \"Leaving care duty line\"",
            "Pledge \"Bus pass\": age max 25 -> 24",
            "Pledge \"Bus pass\": text \"You get a bus pass.\" -> \"You get a pass.\"",
            "Opportunity \"Baker\": closing date 1 May -> 3 May",
            "Opportunity \"Baker\": kind \"job\" -> \"internship\"",
        ]
    );
}

#[test]
fn years_and_removed_values_are_described() {
    let next = |rows: &str, promise: &str| read(promise, rows, DIRECTORY).unwrap();
    let rows = good_row().replace("1/5/2027", "1/5/2028");
    let lines = describe_changes(Some(&good()), &next(&rows, PROMISE));
    assert_eq!(lines[1], "Opportunity \"Baker\": closing date 1 May 2027 -> 1 May 2028");
    let rows = good_row().replace("1/5/2027", "ongoing");
    let lines = describe_changes(Some(&good()), &next(&rows, PROMISE));
    assert_eq!(lines[1], "Opportunity \"Baker\": closing date removed (1 May 2027)");
    let promise = PROMISE.replace("Our promise", "Our new promise");
    let lines = describe_changes(Some(&good()), &next(&good_row(), &promise));
    assert_eq!(lines, ["Promise: title \"Our promise\" -> \"Our new promise\""]);
}

#[test]
fn reordered_records_are_a_change() {
    let more = "[[section]]\nid = \"work\"\ntitle = \"Work\"\n";
    let after = read(&format!("{PROMISE}{more}"), &good_row(), DIRECTORY).unwrap();
    let mut before = after.clone();
    before.promise.sections.reverse();
    assert_eq!(describe_changes(Some(&before), &after), ["The sections are in another order"]);
}

#[test]
fn next_day_of_hours_is_described_before_publishing() {
    let with = |hours: &str| {
        read(PROMISE, &good_row(), &DIRECTORY.replace("mon-fri 09:00-17:00", hours)).unwrap()
    };
    let night = with("mon-fri 17:00-08:45 next day");
    let lines = describe_changes(None, &night);
    assert_eq!(lines[1], "Line \"Leaving care duty line\": hours mon-fri 17:00-08:45 next day");
    let lines = describe_changes(Some(&good()), &night);
    assert!(
        lines[1].contains("was: mon-fri 09:00-17:00\n  now: mon-fri 17:00-08:45 next day"),
        "{lines:#?}"
    );
}

#[test]
fn long_texts_and_lists_span_two_lines() {
    let long = "You get a pass for every bus, tram and train in the whole of this country.";
    let promise = PROMISE
        .replace("You get a bus pass.", long)
        .replace("\"former_relevant\"", "\"relevant\", \"qualifying\"")
        .replace("text.ar = \"...\"", "text.fa = \"...\"");
    let next = read(&promise, &good_row(), DIRECTORY).unwrap();
    assert_eq!(
        describe_changes(Some(&good()), &next),
        [
            "1 pledge changed: \"Bus pass\"".to_owned(),
            "Pledge \"Bus pass\": text (ar) removed (\"...\")".to_owned(),
            format!("Pledge \"Bus pass\": text changed\n  was: You get a bus pass.\n  now: {long}"),
            "Pledge \"Bus pass\": text (fa) added (\"...\")".to_owned(),
            "Pledge \"Bus pass\": who it is for changed\n  was: former_relevant\n  now: relevant, \
             qualifying"
                .to_owned(),
        ]
    );
}
