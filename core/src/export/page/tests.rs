//! The page, parsed as a browser or a screen reader would.

use promise_protocol::values::{CarePeriod, Opening};
use serde_json::json;

use super::*;
use crate::collections::{
    Record,
    contacts::{Contact, ContactRecords},
    own_contacts::OwnContact,
    profile::Profile,
};

/// One of most things, with this text in every field.
fn data(text: &str) -> ExportData {
    let fields = json!({"display_name": text, "role": text, "note": text, "email": text,
        "phones": [{"number": text, "kind": "duty", "ext": text, "prefer": true}],
        "working_pattern": [{"days": ["mon"], "opens": "17:00", "closes": "08:45"}],
        "on_closed_days": "as_usual"});
    let record = Record {
        id: "c1".into(),
        fields: serde_json::from_value(fields).unwrap(),
        ..Record::default()
    };
    let period = json!({"from": "2020-01-01", "council": text, "short_break": true});
    let period: CarePeriod = serde_json::from_value(period).unwrap();
    ExportData {
        council_name: Some(text.into()),
        contacts: vec![ContactRecords {
            contact: Contact::from_records(&record, &record),
            record: record.clone(),
            mark: record.clone(),
        }],
        own_contacts: vec![(OwnContact::from_record(&record), record)],
        profile: Profile { care_periods: vec![period], ..Profile::default() },
        orphaned_notes: vec![text.into()],
        ..ExportData::default()
    }
}

/// The names of the tags in order, with `/` before those that close.
fn tags(page: &str) -> Vec<String> {
    let starts = page.split('<').skip(1);
    starts
        .map(|rest| rest.split([' ', '>']).next().unwrap().to_owned())
        .filter(|tag| tag != "!DOCTYPE" && tag != "meta")
        .collect()
}

proptest::proptest! {
    /// If a text could open or close a tag, the page would not be in balance.
    #[test]
    fn every_tag_is_closed_for_any_text(text in "[\\PC<>&\"'/ a-z]{0,60}") {
        let labels = Labels { title: text.clone(), people: text.clone(), ..Labels::default() };
        let page = page(&data(&text), &["en"], &labels);
        let mut open: Vec<String> = Vec::new();
        for tag in tags(&page) {
            match tag.strip_prefix('/') {
                Some(closed) => {
                    let opened = open.pop();
                    proptest::prop_assert_eq!(opened.as_deref(), Some(closed));
                }
                None => open.push(tag),
            }
        }
        proptest::prop_assert!(open.is_empty());
    }
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let page = page(&data("x"), &["en"], &Labels::default());
    let levels: Vec<u32> =
        tags(&page).iter().filter_map(|tag| tag.strip_prefix('h')?.parse().ok()).collect();
    assert_eq!(levels[0], 1);
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn every_id_that_is_referred_to_exists_once() {
    let page = page(&data("x"), &["en"], &Labels::default());
    let values = |name: &str| -> Vec<String> {
        let start = format!(" {name}=\"");
        let rest = page.split(&start).skip(1);
        rest.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    for id in values("aria-labelledby") {
        assert_eq!(ids.iter().filter(|other| **other == id).count(), 1, "{id}");
    }
    for target in values("href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.iter().any(|id| id == target), "{target}");
    }
}

#[test]
fn page_fetches_nothing_and_runs_nothing() {
    let page = page(&data("x"), &["en"], &Labels::default());
    for harm in ["src=", "url(", "@import", "<link", "<script", "<form", " style=", "javascript"] {
        assert!(!page.contains(harm), "{harm}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// Forced colours, such as Windows contrast themes, take away shadows and replace backgrounds.
#[test]
fn what_a_background_marks_has_a_border_too() {
    assert!(!STYLE.contains("shadow"));
    let marked = |rule: &&str| rule.contains("background:") && !rule.contains("body {");
    let rules: Vec<&str> = STYLE.split('}').filter(marked).collect();
    assert!(!rules.is_empty());
    assert!(rules.iter().all(|rule| rule.contains("border")), "{rules:?}");
}

#[test]
fn hours_and_dates_are_formatted() {
    let labels = Labels::default();
    let formatter = Formatter::new(&labels, &[]);
    let hours = |value| formatter.hours(&serde_json::from_value::<Opening>(value).unwrap());
    let cases = [
        (
            json!({"days": ["mon", "tue", "wed", "fri"], "opens": "09:00", "closes": "17:00"}),
            "Mon to Wed, Fri 09:00 to 17:00",
        ),
        (
            json!({"days": ["tue", "mon"], "opens": "17:00", "closes": "08:45"}),
            "Mon, Tue 17:00 to 08:45 (next day)",
        ),
        (json!({"days": ["sun"], "opens": "00:00", "closes": "00:00"}), "Sun all day"),
        (json!({"days": ["sat"], "opens": "16:00", "closes": "00:00"}), "Sat 16:00 to 00:00"),
    ];
    for (opening, expected) in cases {
        assert_eq!(hours(opening), expected);
    }
    let summer = formatter.date_and_time("2026-07-31T23:30:00Z".parse().unwrap());
    assert_eq!(summer, "1 August 2026 at 00:30");
}

#[test]
fn only_valid_addresses_become_links() {
    use super::values::{email, link};
    let markup = |markup: Option<Markup>| markup.unwrap().into_string();
    assert!(
        markup(link(Some("https://a.example/?a=1&b=2")))
            .contains("href=\"https://a.example/?a=1&amp;b=2\"")
    );
    for not in ["javascript:alert(1)", "data:text/html,x", " https://a.example", "JAVASCRIPT:x"] {
        assert!(!markup(link(Some(not))).contains("href"), "{not}");
    }
    assert!(markup(email(Some("jo.o'n+x@a.example"))).contains("href=\"mailto:"));
    for not in ["a@b?bcc=c@d", "a@b,c@d", "jo", "<a@b>"] {
        assert!(!markup(email(Some(not))).contains("href"), "{not}");
    }
}

#[test]
fn number_in_arabic_note_is_isolated() {
    let page = page(&data("اتصل 020 7946 0101\u{202e}"), &["en"], &Labels::default());
    assert!(page.contains("اتصل <bdi dir=\"ltr\">020 7946 0101</bdi></p>"), "{page}");
    assert!(!page.contains('\u{202e}'), "notes of older phones are neutralised too");
}

#[test]
fn council_name_that_runs_from_right_to_left_is_isolated_in_its_sentence() {
    let page = page(&data("نور"), &["en"], &Labels::default());
    assert!(page.contains("This phone belongs with \u{2068}نور\u{2069}."), "{page}");
}
