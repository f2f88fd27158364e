//! `promise.toml` and `directory.toml`: what is refused, and with which sentence.

use super::{DIRECTORY, PROMISE, good_row, issues, read, read_bytes};
use crate::describe_changes;

fn promise_issues(from: &str, to: &str) -> Vec<String> {
    assert!(PROMISE.contains(from), "{from}");
    issues(&PROMISE.replacen(from, to, 1), &good_row(), DIRECTORY)
}

fn directory_issues(from: &str, to: &str) -> Vec<String> {
    assert!(DIRECTORY.contains(from), "{from}");
    issues(PROMISE, &good_row(), &DIRECTORY.replacen(from, to, 1))
}

#[test]
fn each_promise_issue_has_its_line_and_sentence() {
    let cases = [
        (
            "section = \"money\"",
            "section = \"mony\"",
            "11: there is no section \"mony\"; the sections are money",
        ),
        ("section = \"money\"", "", "9: a pledge must have a section"),
        ("title = \"Bus pass\"", "tilte = \"Bus pass\"", "9: a pledge must have a title"),
        (
            "id = \"bus-pass\"",
            "id = \"Bus pass\"",
            "10: id \"Bus pass\" cannot be a name; use up to 64",
        ),
        ("text.en", "text.fr", "13: text has no English; write text.en = \"...\""),
        ("text.ar", "text.arabic", "14: text: \"arabic\" is not a language; write its code"),
        ("outcome = 5", "outcome = 6", "16: outcome \"6\" is not one of the five; write a number"),
        ("age_max = 25", "age_max = 18", "19: age_min 18 is not below age_max 18"),
        ("age_max = 25", "age_max = -1", "19: age_max \"-1\" is not an age; write whole years"),
        ("2026-11-01", "2026-11-31", "20: this is not TOML: "),
        ("2026-11-01", "\"soon\"", "20: checked_on \"soon\" is not a day; write 2026-12-31"),
        (
            "[\"former_relevant\"]",
            "[\"former\"]",
            "17: who \"former\" is not known; write one of eligible,",
        ),
        ("[council]", "[counsil]", "1: there is no [council] with its id and name"),
        ("name = \"Riverbridge Council\"", "", "3: the council must have a name"),
        ("\"You get a bus pass.\"", "7", "13: text must be a text in \"quotation marks\""),
        ("You get", "Â£5 and", "13: text holds damaged characters; save the file as UTF-8"),
        (
            "outcome = 5",
            "source_url = \"example.org\"",
            "16: source_url \"example.org\" is not a web address",
        ),
    ];
    for (from, to, what) in cases {
        let found = promise_issues(from, to);
        let start = format!("promise.toml:{what}");
        assert!(found.iter().any(|issue| issue.starts_with(&start)), "{to}: {found:#?}");
    }
}

#[test]
fn pledge_days_out_of_order_are_refused() {
    let to = "valid_from = 2027-02-01\nvalid_to = 2027-01-01";
    assert_eq!(
        promise_issues("outcome = 5", to),
        ["promise.toml:17: valid_from 2027-02-01 is after valid_to 2027-01-01"]
    );
}

#[test]
fn unknown_fields_and_duplicate_ids_are_refused() {
    let unknown = promise_issues("outcome = 5", "outcom = 5");
    assert!(
        unknown[0].starts_with("promise.toml:16: a pledge has no field \"outcom\"; the fields")
    );
    let twice = format!("{PROMISE}[[section]]\nid = \"money\"\ntitle = \"More money\"\n");
    assert_eq!(
        issues(&twice, &good_row(), DIRECTORY),
        ["promise.toml:22: id \"money\" is used twice; it is in line 7 too"]
    );
    let empty = issues("", &good_row(), "");
    assert_eq!(empty.len(), 4, "{empty:#?}");
}

#[test]
fn syntax_error_names_its_line() {
    let found = promise_issues("title = \"Bus pass\"", "title = \"Bus pass");
    assert!(
        found.iter().all(|issue| issue.starts_with("promise.toml:12: this is not TOML: ")),
        "{found:#?}"
    );
}

#[test]
fn each_directory_issue_has_its_line_and_sentence() {
    let cases = [
        ("\"020 7946 0001\"", "\"call us\"", "7: phone number \"call us\" has letters in it"),
        ("[\"020 7946 0001\"]", "[]", "3: a line must have phones"),
        ("[\"020 7946 0001\"]", "[{ kind = \"duty\" }]", "7: a phone must have a number"),
        (
            "[\"020 7946 0001\"]",
            "[{ number = \"999\", kind = \"fax\" }]",
            "7: kind \"fax\" is not known",
        ),
        (
            "[\"020 7946 0001\"]",
            "[{ number = \"999\", ext = \"x\" }]",
            "7: ext \"x\" is not an extension",
        ),
        ("[\"020 7946 0001\"]", "[{ number = \"999\", prefer = 1 }]", "7: prefer is true or false"),
        ("role = \"Duty line\"", "", "3: a line must have a role"),
        ("2026-12-25", "\"Christmas\"", "10: date \"Christmas\" is not a day"),
        ("date = 2026-12-25", "", "9: a closed day must have a date"),
        (
            "council = \"riverbridge\"",
            "council = \"barnet\"",
            "2: council \"barnet\" is not promise.toml's",
        ),
        (
            "hours =",
            "on_closed_days = \"open\"\nhours =",
            "8: on_closed_days \"open\" is not known; write one of closed,",
        ),
        (
            "mon-fri 09:00-17:00",
            "mon-fri 09:00-05:00",
            "8: hours \"mon-fri 09:00-05:00\" end before they begin; write \"mon-fri 09:00-05:00 \
             next day (20 hours)\" or \"mon-fri 09:00-17:00\"",
        ),
        (
            "mon-fri 09:00-17:00",
            "mon-fri 09:00-09:00",
            "8: hours \"mon-fri 09:00-09:00\" begin and end at the same time; write \"mon-fri \
             00:00-24:00\"",
        ),
        (
            "mon-fri 09:00-17:00",
            "sat 06:00-23:00",
            "8: hours \"sat 06:00-23:00\" last 17 hours; if that is right, write",
        ),
        ("hours =", "email = \"us\"\nhours =", "8: email \"us\" is not an e-mail address"),
    ];
    for (from, to, what) in cases {
        let found = directory_issues(from, to);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(&format!("directory.toml:{what}")), "{to}: {found:#?}");
    }
    let twice = format!("{DIRECTORY}[[closed_day]]\ndate = \"25/12/2026\"\nname = \"Again\"\n");
    assert_eq!(
        issues(PROMISE, &good_row(), &twice),
        ["directory.toml:13: 2026-12-25 is there twice"]
    );
}

#[test]
fn timescale_has_a_period_and_the_law_its_source() {
    let with = |fields: &str| {
        format!("{DIRECTORY}[[timescale]]\nid = \"visit\"\ndisplay_name = \"Visits\"\n{fields}")
    };
    let good = with(
        "law = \"2 months\"\nlaw_first = \"7 days\"\nsource = \"SI 2010/2571 reg 8(2)\"\n\
         checked_on = 2026-11-01\n",
    );
    let content = read(PROMISE, &good_row(), &good).unwrap();
    let law = content.directory.timescales[0].law.as_ref().unwrap();
    assert_eq!(
        (law.every.to_string().as_str(), law.source.as_str()),
        ("2 months", "SI 2010/2571 reg 8(2)")
    );
    assert_eq!(law.first.map(|first| first.to_string()).as_deref(), Some("7 days"));
    assert_eq!(law.checked_on.map(|day| day.to_string()).as_deref(), Some("2026-11-01"));
    let next = with("law = \"6 weeks\"\nsource = \"SI 2010/2571 reg 8(2)\"\n");
    let next = read(PROMISE, &good_row(), &next).unwrap();
    let changes = describe_changes(Some(&content), &next);
    assert_eq!(changes[0], "1 timescale changed: \"Visits\"", "{changes:#?}");
    for (fields, issue) in [
        ("", "directory.toml:12: a timescale must have a promise"),
        ("law = \"2 months\"\n", "directory.toml:12: a timescale must have a source"),
        (
            "promise = \"8 weeks\"\nlaw_first = \"7 days\"\n",
            "directory.toml:12: a timescale must have a law",
        ),
        (
            "promise = \"often\"\n",
            "directory.toml:15: promise \"often\" is not a period; write one, such as",
        ),
        ("promise = \"8 weeks\"\nprice = 1\n", "directory.toml:16: "),
    ] {
        let found = issues(PROMISE, &good_row(), &with(fields));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(issue), "{found:#?}");
    }
}

#[test]
fn phone_table_adds_to_its_number() {
    let phones = "[{ number = \"07700 900001\", kind = \"text\", prefer = true }, \"999\", \"07700 900002\"]";
    let directory = DIRECTORY.replace("[\"020 7946 0001\"]", phones);
    let content = read(PROMISE, &good_row(), &directory).unwrap();
    let read = serde_json::to_value(&content.directory.lines.0[0].phones).unwrap();
    assert_eq!(
        read,
        serde_json::json!([
            {"number": "+447700900001", "kind": "text", "prefer": true},
            {"number": "999", "kind": "landline"},
            {"number": "+447700900002", "kind": "mobile"},
        ])
    );
}

#[test]
fn extension_is_split_from_the_number_of_a_line() {
    for phones in [
        "[\"020 7946 0000 ext 4\"]",
        "[\"020 7946 0000 #4\"]",
        "[{ number = \"020 7946 0000 x4\" }]",
        "[{ number = \"٠٢٠ ٧٩٤٦ ٠٠٠٠\", ext = \"٤\" }]",
    ] {
        let directory = DIRECTORY.replace("[\"020 7946 0001\"]", phones);
        let content = read(PROMISE, &good_row(), &directory).unwrap();
        let phone = &content.directory.lines.0[0].phones[0];
        assert_eq!(
            (&*phone.number, phone.ext.as_deref()),
            ("+442079460000", Some("4")),
            "{phones}"
        );
    }
    let twice = "[{ number = \"020 7946 0000 x4\", ext = \"5\" }]";
    let found = directory_issues("[\"020 7946 0001\"]", twice);
    assert!(found.len() == 1 && found[0].contains("an extension twice"), "{found:#?}");
}

#[test]
fn line_that_costs_extra_must_be_confirmed() {
    for phones in ["[\"0901 234 5678\"]", "[{ number = \"118 500\" }]", "[\"070 1234 5678\"]"] {
        let found = directory_issues("[\"020 7946 0001\"]", phones);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].contains("costs extra") && found[0].contains("cost confirmed"),
            "{found:#?}"
        );
    }
    for phones in [
        "[\"0901 234 5678 cost confirmed\"]",
        "[{ number = \"0901 234 5678\", cost_confirmed = true }]",
    ] {
        let directory = DIRECTORY.replace("[\"020 7946 0001\"]", phones);
        let content = read(PROMISE, &good_row(), &directory).unwrap();
        assert_eq!(content.directory.lines.0[0].phones[0].number, "+449012345678", "{phones}");
    }
}

#[test]
fn kind_of_a_line_is_guessed_unless_it_is_written() {
    let phones =
        "[\"85258\", \"159\", \"18001 0300 123 4567\", { number = \"66777\", kind = \"duty\" }]";
    let directory = DIRECTORY.replace("[\"020 7946 0001\"]", phones);
    let content = read(PROMISE, &good_row(), &directory).unwrap();
    let read = serde_json::to_value(&content.directory.lines.0[0].phones).unwrap();
    assert_eq!(
        read,
        serde_json::json!([
            {"number": "85258", "kind": "text"},
            {"number": "159", "kind": "landline"},
            {"number": "1800103001234567", "kind": "landline"},
            {"number": "66777", "kind": "duty"},
        ])
    );
}

#[test]
fn toml_file_of_any_encoding_is_read_or_refused_with_advice() {
    let utf_16: Vec<u8> = PROMISE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let content = read_bytes([utf_16, good_row().into(), DIRECTORY.into()]).unwrap();
    assert_eq!(content, super::good());
    let utf_32: Vec<u8> = PROMISE.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
    let issues = read_bytes([utf_32, good_row().into(), DIRECTORY.into()]).unwrap_err();
    let of_file: Vec<String> = issues
        .iter()
        .map(ToString::to_string)
        .filter(|issue| issue.starts_with("promise.toml"))
        .collect();
    assert_eq!(
        of_file,
        ["promise.toml: the letters in this file cannot be read; save the file as UTF-8"]
    );
}
